"""A comparison is fair: the same pixels, the same alignment, the same photometric treatment for every method."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from lsd2 import pipeline
from lsd2.comparison.rows import Compared
from lsd2.errors import WeightsError
from lsd2.evaluation.comparison import compare
from lsd2.evaluation.triplets import evaluate_triplet, find_triplets
from lsd2.imaging import photometry
from lsd2.methods import base, denoising, registry
from lsd2.methods.base import Kind, MethodInfo, MethodOutput, PreparedPair
from lsd2.options import ProcessOptions
from lsd2.photo import ExposurePair, FloatImage, Photo
from lsd2.pipeline import Prepared, prepare
from lsd2.progress import Progress, Silent


@pytest.fixture
def prepared() -> Prepared:
    rng = np.random.default_rng(0)
    shade = np.linspace(0.1, 0.4, 48, dtype=np.float32)[None, :, None].repeat(40, axis=0).repeat(3, axis=2)
    short = Photo((shade + rng.normal(0, 0.02, shade.shape)).astype(np.float32))
    return prepare(ExposurePair(short, Photo(2 * shade)), align=False)


class Spy:
    """Stands in for every method: keeps the arrays it is given, then does what the method does."""

    def __init__(self, name: str, seen: dict[str, PreparedPair]) -> None:
        self._method, self._seen = registry.get_method(name), seen
        self.info = self._method.info

    def run(self, pair: PreparedPair, options: ProcessOptions, progress: Progress) -> MethodOutput:
        self._seen[self.info.name] = pair
        return self._method.run(pair, options, progress)


def runnable() -> list[str]:
    lacking = registry.without_weights(registry.all_methods())
    return [info.name for info in registry.all_methods() if info not in lacking]


def requests() -> list[ProcessOptions]:
    return [ProcessOptions(method=name, sigma=5) for name in registry.in_comparison_order(runnable())]


def test_every_method_gets_the_very_same_arrays(prepared: Prepared, monkeypatch: pytest.MonkeyPatch) -> None:
    before = prepared.pair.short.copy(), prepared.pair.long.copy()
    rows = check_same_arrays(prepared, monkeypatch)
    assert np.array_equal(prepared.pair.short, before[0])
    assert np.array_equal(prepared.pair.long, before[1])
    assert {row.result.alignment for row in rows} == {prepared.alignment}


def test_every_method_gets_the_same_registered_long_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    light = patches(160, 200)
    moved = Photo(np.roll(np.minimum(light, 1), (4, 7), (0, 1)))
    prepared = prepare(ExposurePair(Photo((light / 3).astype(np.float32)), moved), align=True)
    assert prepared.alignment.applied
    assert prepared.alignment.shift_px == pytest.approx(np.hypot(4, 7), abs=0.3)
    rows = check_same_arrays(prepared, monkeypatch)
    assert all(row.result.alignment is prepared.alignment for row in rows)
    inner = slice(20, 140), slice(20, 180)
    assert np.abs(prepared.pair.long - np.minimum(light, 1))[inner].mean() < 0.01


def check_same_arrays(prepared: Prepared, monkeypatch: pytest.MonkeyPatch) -> list[Compared]:
    """Run every method that can run, and see what each of them was given."""
    seen: dict[str, PreparedPair] = {}
    monkeypatch.setattr(pipeline, "get_method", lambda name: Spy(name, seen))
    rows = compare(prepared, requests(), None, Silent())
    assert set(seen) == set(runnable())
    for pair in seen.values():
        assert pair.short is prepared.pair.short
        assert pair.long is prepared.pair.long
        assert not pair.short.flags.writeable
        assert not pair.long.flags.writeable
    return rows


def test_every_method_is_shown_at_the_long_frames_brightness_and_colours() -> None:
    """Whatever a method does, its display has the long frame's exposure; plain exposure fusion is about another one."""
    rng, light = np.random.default_rng(4), patches(144, 192) ** 2.2
    gains = np.float32([1 / 4, 1 / 7, 1 / 5])
    short = (light * gains) ** (1 / 2.2) + rng.normal(0, 4 / 255, light.shape)
    long = cv2.blur(light, (5, 3)) ** (1 / 2.2)
    pair = ExposurePair(Photo(short.clip(0, 1).astype(np.float32)), Photo(long.clip(0, 1).astype(np.float32)))
    for row in compare(prepare(pair, align=True), requests(), None, Silent()):
        if row.result.method != "mertens":
            shown = row.as_display().mean(axis=(0, 1))
            assert shown == pytest.approx(pair.long.pixels.mean(axis=(0, 1)), rel=0.05), row.result.method


def test_an_evaluation_compares_in_the_same_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    light = patches(48, 64)
    for role, factor in (("short", 0.4), ("long", 1.0), ("sharp", 1.0)):
        cv2.imwrite(str(tmp_path / f"a_{role}.png"), (255 * factor * light).clip(0, 255).astype(np.uint8)[..., ::-1])
    seen: dict[str, PreparedPair] = {}
    monkeypatch.setattr(pipeline, "get_method", lambda name: Spy(name, seen))
    (files,), _ = find_triplets(tmp_path)
    figures = evaluate_triplet(files, requests(), Silent())
    assert set(figures) == set(seen) == set(runnable())
    assert len({id(pair.short) for pair in seen.values()}) == len({id(pair.long) for pair in seen.values()}) == 1
    assert all(set(row) == {"psnr", "ssim", "seconds"} for row in figures.values())


def patches(height: int, width: int) -> FloatImage:
    """Flat rectangles of many sizes and colours, (H, W, 3) in [0.1, 0.9]."""
    rng = np.random.default_rng(7)
    image = np.full((height, width, 3), 0.4, np.float32)
    for size in (40, 20, 10):
        for _ in range(height * width // (6 * size * size)):
            y, x = rng.integers(0, height), rng.integers(0, width)
            image[y : y + size, x : x + size] = rng.uniform(0.1, 0.9, 3)
    return image


def test_all_that_shows_the_short_frame_is_matched_to_the_same_long_frame(
    prepared: Prepared, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row of the short frame and every denoiser go through one function with one target."""
    targets: list[FloatImage] = []

    def spy(image: FloatImage, long: FloatImage) -> photometry.PhotometryReport:
        targets.append(long)
        return photometry.fit_to_long(image, long)

    monkeypatch.setattr(base, "fit_to_long", spy)
    monkeypatch.setattr(denoising, "fit_to_long", spy)
    rows = compare(prepared, requests(), None, Silent())
    runnable_denoisers = [info.name for info in registry.denoisers() if info.name in runnable()]
    fusing = [info for info in registry.all_methods() if info.trained and info.kind is Kind.PAIR]
    # the row of the short frame, how far each network that fuses finds the exposures apart, and FDnCNN's finished parts
    assert len(targets) == 1 + len(runnable_denoisers) + len(fusing) + ("fdncnn" in runnable_denoisers)
    assert all(target is prepared.pair.long for target in targets)
    matched = {row.result.method for row in rows if "photometry" in row.result.parameters}
    assert matched == {"short", *runnable_denoisers}


def test_rows_hold_what_the_methods_made(prepared: Prepared) -> None:
    reference = prepared.pair.long
    (short, long) = compare(prepared, [ProcessOptions(method=name) for name in ("short", "long")], reference, Silent())
    assert np.abs(long.as_display() - reference).max() <= 0.5 / 65535 + 1e-6
    assert (long.figures["psnr"], long.figures["ssim"]) == (np.inf, pytest.approx(1))
    assert set(long.figures) == {"psnr", "ssim", "sharpness", "noise"}
    assert long.figures["noise"] < short.figures["noise"]
    assert 20 < short.figures["psnr"] < 50
    assert short.result.pixels.size == 0
    assert short.result.peak_rss_mb > 0


def test_a_failing_method_is_named(prepared: Prepared, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        info = MethodInfo("broken", "Broken", "Fails.", Kind.PAIR)

        def run(self, pair: PreparedPair, options: ProcessOptions, progress: Progress) -> MethodOutput:
            raise WeightsError("there are no weights")

    monkeypatch.setattr(pipeline, "get_method", lambda name: Broken())
    with pytest.raises(WeightsError, match=r"^broken: there are no weights$"):
        compare(prepared, [ProcessOptions(method="broken")], None, Silent())
