"""A part of a photo is processed as the whole shows it."""

from __future__ import annotations

import weakref
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import cv2
import numpy as np
import pytest

from lsd2 import pipeline
from lsd2.imaging.registration import BLURS
from lsd2.methods import network
from lsd2.methods.base import Kind, MethodInfo, MethodOutput
from lsd2.methods.registry import all_methods, get_method
from lsd2.networks import engine
from lsd2.options import ProcessOptions
from lsd2.parts import SAMPLE_SIDE, Part, part_around, sample_windows
from lsd2.photo import Crop, ExposurePair, FloatImage, Photo, Result
from lsd2.pipeline import Preparation, learn, process, process_part, run_once
from lsd2.progress import Silent, Stage

HEIGHT, WIDTH = 420, 560
CROP = Crop(205, 130, 190, 150)
TILING_TOLERANCE = 1 / 255
PHOTOMETRY_TOLERANCE = 4 / 255
"""Mean error of brightness and colours where a denoiser has seen only the part."""


class Collected(Silent):
    def __init__(self, crop: Crop) -> None:
        self.pixels = np.full((crop.height, crop.width, 3), -1, np.float32)
        self.stages: list[Stage] = []

    def report(self, stage: Stage, done: int, total: int) -> None:
        self.stages.append(stage)

    def tile(self, left: int, top: int, pixels: FloatImage) -> None:
        self.pixels[top : top + pixels.shape[0], left : left + pixels.shape[1]] = pixels


@pytest.fixture(scope="module")
def preparation() -> Preparation:
    """A hand-held pair: the long frame is moved by (6, -4) pixels."""
    rng = np.random.default_rng(5)
    scene = sum(cv2.GaussianBlur(rng.random((HEIGHT, WIDTH, 3)), (0, 0), sigma) * sigma for sigma in (2, 6, 18))
    scene = ((scene - scene.min()) / np.ptp(scene)).astype(np.float32)
    short = np.clip(0.4 * scene + rng.normal(0, 0.02, scene.shape), 0, 1).astype(np.float32)
    long = np.roll(cv2.blur(scene, (9, 1)), (-4, 6), (0, 1))
    return Preparation(ExposurePair(Photo(short), Photo(np.ascontiguousarray(long))), align=True)


def _both(preparation: Preparation, method: str) -> tuple[Result, Result]:
    options = ProcessOptions(method=method)
    return process(preparation.pair, options), process_part(preparation, options, CROP)


@pytest.mark.parametrize("method", ["lsd2", "long"])
def test_a_part_is_what_the_whole_result_shows_there(preparation: Preparation, method: str) -> None:
    whole, part = _both(preparation, method)
    assert part.alignment == whole.alignment
    assert part.alignment.applied
    assert part.crop == CROP
    assert whole.crop is None
    # Samples are registered one by one for a part, whose interpolation rounds otherwise than that of the whole.
    shares = [result.parameters.get("classical_look", 0) for result in (part, whole)]
    assert shares[0] == pytest.approx(shares[1], abs=0.01)
    assert part.pixels.shape == (CROP.height, CROP.width, 3)
    assert np.abs(part.pixels - whole.pixels[CROP.rows, CROP.columns]).max() < TILING_TOLERANCE


@pytest.mark.parametrize("method", ["short", "bm3d"])
def test_a_denoised_part_has_the_detail_of_the_whole_and_nearly_its_brightness(
    preparation: Preparation, method: str
) -> None:
    whole, part = _both(preparation, method)
    there = whole.pixels[CROP.rows, CROP.columns]
    assert part.parameters.get("sigma") == whole.parameters.get("sigma")
    assert np.abs(part.pixels - there).mean() < PHOTOMETRY_TOLERANCE
    if get_method(method).info.kind is Kind.DENOISER:
        assert "estimated" in part.notes[-1]
        # A curve per channel is all that differs: equal levels of one are equal levels of the other.
        for channel in range(3):
            order = np.argsort(there[..., channel], axis=None, kind="stable")
            assert np.diff(part.pixels[..., channel].ravel()[order]).min() > -TILING_TOLERANCE


def test_a_part_at_the_corner_and_the_whole_as_a_part(preparation: Preparation) -> None:
    whole = process(preparation.pair, ProcessOptions())
    for crop in (Crop(WIDTH - 70, HEIGHT - 64, 70, 64), Crop(0, 0, WIDTH, HEIGHT)):
        part = process_part(preparation, ProcessOptions(), crop)
        assert np.abs(part.pixels - whole.pixels[crop.rows, crop.columns]).max() < TILING_TOLERANCE


def test_tiles_of_a_part_arrive_in_its_own_coordinates(preparation: Preparation) -> None:
    seen = Collected(CROP)
    part = process_part(preparation, ProcessOptions(tile=192), CROP, seen)
    assert np.array_equal(seen.pixels, part.pixels)
    assert Stage.PROCESS in seen.stages


def test_a_pair_is_registered_once_for_all_its_parts(preparation: Preparation) -> None:
    fresh = Preparation(preparation.pair, align=True)
    first, second = Collected(CROP), Collected(CROP)
    process_part(fresh, ProcessOptions(method="long"), CROP, first)
    process_part(fresh, ProcessOptions(method="long"), CROP, second)
    strips = second.stages.count(Stage.ALIGN)
    assert first.stages.count(Stage.ALIGN) > strips + len(BLURS)  # it is measured, and tells so


@pytest.mark.parametrize("method", ["lsd2", "mertens"])
def test_what_was_learned_ahead_is_not_measured_again_and_changes_nothing(
    preparation: Preparation, method: str
) -> None:
    ahead, options, seen = Preparation(preparation.pair, align=True), ProcessOptions(method=method), Collected(CROP)
    learn(ahead, options, Silent())
    part = process_part(ahead, options, CROP, seen)
    assert seen.stages.count(Stage.ALIGN) < len(BLURS)
    at_once = process_part(Preparation(preparation.pair, align=True), options, CROP)
    assert np.array_equal(part.pixels, at_once.pixels)
    assert part.parameters == at_once.parameters


def test_a_preparation_is_of_pixels_whatever_is_noted_of_the_photos(preparation: Preparation) -> None:
    pair = preparation.pair
    noted = ExposurePair(replace(pair.short, notes=("noted",)), pair.long)
    assert preparation.is_of(noted, align=True)
    assert not preparation.is_of(noted, align=False)
    assert not preparation.is_of(ExposurePair(pair.long, pair.short), align=True)


def test_photos_that_nobody_needs_any_more_are_let_go_before_the_finishing_step(
    preparation: Preparation, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = preparation.pair
    fresh = Preparation(ExposurePair(given.short, replace(given.long, pixels=given.long.pixels.copy())), align=True)
    registered = weakref.ref(fresh.prepared().pair.long)
    read = weakref.ref(fresh.pair.long.pixels)
    held: list[object] = []

    def finish(method: MethodInfo, output: MethodOutput, *_: object) -> MethodOutput:
        held.extend(photo() for photo in (registered, read))
        return output

    monkeypatch.setattr("lsd2.pipeline.finish", finish)
    result = run_once(fresh, ProcessOptions(method="short"))
    assert held == [None, None]
    whole = process(given, ProcessOptions(method="short"))
    assert np.array_equal(result.pixels, whole.pixels)
    assert result.alignment == whole.alignment


def test_surroundings_begin_on_the_grid_and_end_with_the_photo() -> None:
    assert part_around(Crop(100, 10, 50, 40), 20, 32, 160, 200) == Crop(64, 0, 96, 70)
    assert part_around(Crop(0, 0, 160, 200), 20, 32, 160, 200) == Crop(0, 0, 160, 200)
    for outside in (Crop(150, 0, 20, 20), Crop(0, 0, 0, 5), Crop(-1, 0, 5, 5)):
        with pytest.raises(ValueError, match="no part"):
            part_around(outside, 0, 1, 160, 200)


def test_tiles_beside_the_part_are_not_told() -> None:
    seen = Collected(Crop(0, 0, 4, 3))
    progress = Part(Crop(10, 10, 4, 3), Crop(8, 8, 10, 10)).progress(seen)
    progress.tile(0, 0, np.zeros((10, 2, 3), np.float32))
    assert (seen.pixels == -1).all()
    progress.tile(0, 0, np.arange(300, dtype=np.float32).reshape(10, 10, 3))
    assert seen.pixels[0, 0, 0] == 3 * (2 * 10 + 2)
    assert (seen.pixels >= 0).all()


def test_methods_with_a_reach_have_room_for_their_context() -> None:
    for info in all_methods():
        if info.reach:
            assert info.reach.grid >= 1
            assert info.reach.context >= 0


@pytest.mark.parametrize(("height", "width", "count"), [(100, 200, 1), (300, 511, 1), (300, 512, 2), (3000, 4000, 4)])
def test_samples_are_spread_and_lie_inside(height: int, width: int, count: int) -> None:
    windows = sample_windows(height, width)
    assert len(windows) == count
    assert all(window.fits(width, height) for window in windows)
    size = tuple(side if side < 2 * SAMPLE_SIDE else SAMPLE_SIDE for side in (height, width))
    assert all((window.height, window.width) == size for window in windows)
    shown = np.zeros((height, width), int)
    for window in windows:
        shown[window.rows, window.columns] += 1
    assert shown.max() == 1


def test_finished_parts_of_a_denoised_photo_are_nearly_as_bright_as_the_result(preparation: Preparation) -> None:
    """The denoiser works on the dark short frame; what is shown meanwhile must not be that."""
    short = preparation.pair.short.pixels
    seen = Collected(Crop(0, 0, WIDTH, HEIGHT))
    whole = process(preparation.pair, ProcessOptions("fdncnn"), seen)
    assert whole.pixels.mean() > short.mean() + 0.2
    assert np.abs(seen.pixels - whole.pixels).mean() < PHOTOMETRY_TOLERANCE


def test_loading_a_network_is_not_in_the_seconds(preparation: Preparation, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = 0.0
    load = engine.ready_engine

    def slow(*asked: Any) -> engine.Engine:
        nonlocal clock
        key = asked[0].sha256
        clock += 0 if key in loaded else 100
        loaded.add(key)
        return load(*asked)

    loaded: set[str] = set()
    monkeypatch.setattr(network, "ready_engine", slow)
    monkeypatch.setattr(pipeline, "time", SimpleNamespace(perf_counter=lambda: clock))
    crop = Crop(0, 0, 64, 64)
    assert process_part(preparation, ProcessOptions("fdncnn"), crop).seconds == 0
    assert clock == 100
