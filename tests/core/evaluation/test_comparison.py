"""A comparison is fair: the same pixels, the same alignment, the same photometric treatment for every method."""

from __future__ import annotations

import numpy as np
import pytest

from lsd2 import pipeline
from lsd2.errors import WeightsError
from lsd2.evaluation.comparison import compare
from lsd2.imaging import photometry
from lsd2.methods import denoising, frames, registry
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
    seen: dict[str, PreparedPair] = {}
    monkeypatch.setattr(pipeline, "get_method", lambda name: Spy(name, seen))
    before = prepared.pair.short.copy(), prepared.pair.long.copy()
    rows = compare(prepared, requests(), None, Silent())
    assert set(seen) == set(runnable())
    for pair in seen.values():
        assert pair.short is prepared.pair.short
        assert pair.long is prepared.pair.long
        assert not pair.short.flags.writeable
        assert not pair.long.flags.writeable
    assert np.array_equal(prepared.pair.short, before[0])
    assert np.array_equal(prepared.pair.long, before[1])
    assert {row.result.alignment for row in rows} == {prepared.alignment}


def test_all_that_shows_the_short_frame_is_matched_to_the_same_long_frame(
    prepared: Prepared, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row of the short frame and every denoiser go through one function with one target."""
    targets: list[FloatImage] = []

    def spy(image: FloatImage, long: FloatImage) -> photometry.PhotometryReport:
        targets.append(long)
        return photometry.fit_to_long(image, long)

    monkeypatch.setattr(frames, "fit_to_long", spy)
    monkeypatch.setattr(denoising, "fit_to_long", spy)
    rows = compare(prepared, requests(), None, Silent())
    runnable_denoisers = [info.name for info in registry.denoisers() if info.name in runnable()]
    assert len(targets) == 1 + len(runnable_denoisers)
    assert all(target is prepared.pair.long for target in targets)
    matched = {row.result.method for row in rows if "photometry" in row.result.parameters}
    assert matched == {"short", *runnable_denoisers}


def test_rows_hold_what_the_methods_made(prepared: Prepared) -> None:
    reference = prepared.pair.long
    (short, long) = compare(prepared, [ProcessOptions(method=name) for name in ("short", "long")], reference, Silent())
    assert np.abs(long.as_display() - reference).max() <= 0.5 / 65535 + 1e-6
    assert long.figures == {"psnr": np.inf, "ssim": pytest.approx(1)}
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
