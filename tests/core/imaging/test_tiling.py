"""Tiled processing: seams, exactness, what is reported when, and cancelling."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lsd2.imaging.tiling import TilePlan, choose_tile, plan_tiles, run_tiled
from lsd2.progress import Cancelled, Silent, Stage


def _noise(height: int, width: int, channels: int = 3) -> np.ndarray:
    return np.random.default_rng(7).random((height, width, channels), np.float32)


class Recorder(Silent):
    """Keeps what was handed out, and cancels at a given number of finished tiles."""

    def __init__(self, height: int, width: int, cancel_at: int | None = None) -> None:
        self.picture = np.full((height, width, 3), np.nan, np.float32)
        self.times = np.zeros((height, width), int)
        self.steps: list[tuple[Stage, int, int]] = []
        self.cancel_at = cancel_at

    def report(self, stage: Stage, done: int, total: int) -> None:
        self.steps.append((stage, done, total))
        if done == self.cancel_at:
            raise Cancelled

    def tile(self, left: int, top: int, pixels: np.ndarray) -> None:
        height, width = pixels.shape[:2]
        self.picture[top : top + height, left : left + width] = pixels
        self.times[top : top + height, left : left + width] += 1


plans = st.builds(
    lambda height, width, tile, overlap, multiple, share: plan_tiles(
        height, width, tile, overlap, multiple, int(share * overlap / 2)
    ),
    height=st.integers(1, 150),
    width=st.integers(1, 150),
    tile=st.integers(1, 96),
    overlap=st.integers(0, 40),
    multiple=st.sampled_from([1, 2, 8, 16]),
    share=st.floats(0, 1),
)


@given(plans)
@settings(max_examples=60, deadline=None)
def test_identity_gives_the_photo_back_and_hands_every_pixel_out_once(plan: TilePlan) -> None:
    photo = _noise(plan.rows.length, plan.columns.length)
    progress = Recorder(*photo.shape[:2])
    result = run_tiled(photo, lambda tile: tile, plan, progress)
    assert result.dtype == np.float32
    np.testing.assert_allclose(result, photo, atol=1e-6, rtol=0)
    assert (progress.times == 1).all()
    np.testing.assert_array_equal(progress.picture, result)
    assert progress.steps == [(Stage.PROCESS, done, len(plan)) for done in range(len(plan) + 1)]


@given(
    length=st.integers(1, 5000),
    tile=st.integers(1, 700),
    overlap=st.integers(0, 90),
    multiple=st.sampled_from([1, 16, 32]),
)
def test_tiles_cover_the_photo_on_the_grid_without_slivers(length: int, tile: int, overlap: int, multiple: int) -> None:
    axis = plan_tiles(length, 1, tile, overlap, multiple, guard=0).rows
    spans = [axis.span(index) for index in range(len(axis.starts))]
    sizes = [stop - start for start, stop in spans]
    assert spans[0][0] == 0
    assert spans[-1][1] == length
    assert all(start % multiple == 0 for start, _ in spans)
    assert all(left[1] - right[0] == axis.overlap >= overlap for left, right in pairwise(spans))
    assert max(sizes) <= max(tile, axis.overlap + 2 * multiple)
    if len(sizes) > 1:
        assert max(sizes) - min(sizes) <= 2 * multiple


def test_a_photo_smaller_than_a_tile_is_one_tile() -> None:
    plan = plan_tiles(100, 130, tile=130, overlap=32, multiple=1)
    assert [(t.left, t.top, t.width, t.height) for t in plan.tiles] == [(0, 0, 130, 100)]


def test_tile_positions_by_hand() -> None:
    plan = plan_tiles(64, 200, tile=96, overlap=32, multiple=32, guard=8)
    assert [(t.left, t.top, t.width, t.height) for t in plan.tiles] == [
        (0, 0, 96, 64),
        (64, 0, 96, 64),
        (128, 0, 72, 64),
    ]
    assert plan.columns.support(1) == (72, 152)
    fade = 0.5 - 0.5 * np.cos(np.pi * 0.5 / 16)
    np.testing.assert_allclose(plan.columns.weight(1)[[0, 15, 40]], [fade, 1 - fade, 1.0], atol=1e-6)


@given(plans)
def test_weights_sum_to_one_and_are_nowhere_negative(plan: TilePlan) -> None:
    for axis in (plan.rows, plan.columns):
        total = np.zeros(axis.length)
        for index in range(len(axis.starts)):
            weight = axis.weight(index)
            assert (weight >= 0).all()
            total[slice(*axis.support(index))] += weight
        np.testing.assert_allclose(total, 1, atol=2e-7)


@pytest.mark.parametrize("size", [(131, 200), (300, 97), (64, 64)])
def test_a_filter_narrower_than_the_guard_is_the_same_tiled(size: tuple[int, int]) -> None:
    photo = _noise(*size)

    def blur(tile: np.ndarray) -> np.ndarray:
        return cv2.blur(tile, (15, 15))

    result = run_tiled(photo, blur, plan_tiles(*size, tile=80, overlap=32, multiple=16, guard=8), Silent())
    np.testing.assert_allclose(result, blur(photo), atol=1e-5)


def test_a_pooling_filter_is_the_same_tiled_because_origins_lie_on_the_grid() -> None:
    photo = _noise(128, 208)

    def pool(tile: np.ndarray) -> np.ndarray:
        small = cv2.resize(tile, (tile.shape[1] // 16, tile.shape[0] // 16), interpolation=cv2.INTER_AREA)
        return cv2.resize(small, tile.shape[1::-1], interpolation=cv2.INTER_NEAREST)

    result = run_tiled(photo, pool, plan_tiles(128, 208, tile=64, overlap=16, multiple=16, guard=4), Silent())
    np.testing.assert_allclose(result, pool(photo), atol=1e-6)


def test_what_happens_in_the_guard_band_does_not_count() -> None:
    plan = plan_tiles(100, 150, tile=64, overlap=32, multiple=16, guard=8)
    bounds = iter(plan.tiles)

    def spoil(tile: np.ndarray) -> np.ndarray:
        place, spoilt = next(bounds), np.full_like(tile, np.nan)
        top, left = 8 * (place.top > 0), 8 * (place.left > 0)
        bottom = place.height - 8 * (place.top + place.height < 100)
        right = place.width - 8 * (place.left + place.width < 150)
        spoilt[top:bottom, left:right] = 0.5
        return spoilt

    result = run_tiled(_noise(100, 150), spoil, plan, Silent())
    np.testing.assert_allclose(result, 0.5, atol=1e-7)


def test_an_offset_per_tile_becomes_a_smooth_ramp() -> None:
    plan = plan_tiles(64, 400, tile=128, overlap=64, multiple=16, guard=8)
    offsets = iter(np.linspace(0, 1, len(plan)))
    row = run_tiled(np.zeros((64, 400, 3), np.float32), lambda tile: tile + np.float32(next(offsets)), plan, Silent())
    step = np.abs(np.diff(row[30, :, 0])).max()
    assert (
        0 < step <= np.pi / 2 / (len(plan) - 1) / 48 * 1.01
    )  # steepest slope of a raised cosine over 64 - 2 * 8 pixels


@pytest.mark.parametrize("cancel_at", range(5))
def test_cancelling_stops_at_once(cancel_at: int) -> None:
    plan = plan_tiles(96, 96, tile=64, overlap=16, multiple=16, guard=4)
    assert len(plan) == 4
    calls = []

    def run(tile: np.ndarray) -> np.ndarray:
        calls.append(tile.shape)
        return tile

    with pytest.raises(Cancelled):
        run_tiled(_noise(96, 96), run, plan, Recorder(96, 96, cancel_at))
    assert len(calls) == cancel_at


def test_input_can_be_read_piece_by_piece_and_channels_may_change() -> None:
    photo = _noise(90, 120, 6)
    read = []

    def reader(top: int, left: int, height: int, width: int) -> np.ndarray:
        read.append((top, left, height, width))
        return photo[top : top + height, left : left + width]

    plan = plan_tiles(90, 120, tile=64, overlap=16, multiple=16, guard=4)
    result = run_tiled(reader, lambda tile: tile[..., 3:4], plan, Silent(), out_channels=1)
    np.testing.assert_allclose(result, photo[..., 3:4], atol=1e-6)
    assert read == [(t.top, t.left, t.height, t.width) for t in plan.tiles]


def test_a_tile_of_the_wrong_size_is_refused() -> None:
    plan = plan_tiles(90, 120, tile=64, overlap=16, multiple=16, guard=4)
    with pytest.raises(ValueError, match="came back as"):
        run_tiled(_noise(90, 120), lambda tile: tile[1:], plan, Silent())


@pytest.mark.parametrize(
    ("budget", "expected"),
    [(512 * 512 * 100, 512), (512 * 512 * 100 - 1, 480), (0, 64), (10**15, 2048)],
)
def test_tile_from_budget(budget: int, expected: int) -> None:
    assert choose_tile(budget, 100, multiple=32, smallest=64, largest=2048) == expected
