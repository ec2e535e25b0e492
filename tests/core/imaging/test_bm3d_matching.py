"""Block matching against a plain search, the reference grid, and the blending of pieces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lsd2.imaging.bm3d.grid import Plan, blend_bands, plan_pieces, reference_positions, shared_side, side_for
from lsd2.imaging.bm3d.matching import find_groups, smallest
from lsd2.imaging.bm3d.profiles import NORMAL, Profile, StageParameters
from lsd2.imaging.bm3d.workspace import Workspace

SMALL = StageParameters(patch=4, step=3, group=8, window=9, max_distance=850.0)


def plain_search(plane: np.ndarray, row: int, column: int, parameters: StageParameters) -> np.ndarray:
    """Ascending mean squared differences, 0-255 scale, of one reference to every whole patch in its window."""
    size, reach = parameters.patch, parameters.reach
    reference = plane[row : row + size, column : column + size]
    found = [
        np.square(255.0 * (plane[y : y + size, x : x + size] - reference)).mean()
        for y in range(max(row - reach, 0), min(row + reach, len(plane) - size) + 1)
        for x in range(max(column - reach, 0), min(column + reach, plane.shape[1] - size) + 1)
    ]
    return np.sort(found)


@pytest.mark.parametrize("shape", [(26, 31), (4, 4), (5, 20), (25, 24)])
def test_groups_are_those_of_a_plain_search(shape: tuple[int, int]) -> None:
    plane = np.random.default_rng(1).random(shape).astype(np.float32) * np.float32(0.3) + np.float32(0.5)
    rows, columns = (reference_positions(length, SMALL) for length in shape)
    groups = find_groups(plane, rows, columns, SMALL, Workspace())
    assert len(set(groups.sizes.tolist())) > 1 or shape == (4, 4)
    for index, (row, column) in enumerate((y, x) for y in rows for x in columns):
        expected = plain_search(plane, row, column, SMALL)
        size = groups.sizes[index]
        matches = min(int((expected <= SMALL.max_distance).sum()), SMALL.group)
        assert size <= matches < 2 * size
        members = groups.members[index, :size]
        assert members[0] == row * shape[1] + column
        assert len(set(members.tolist())) == size
        distances = [plain_search_distance(plane, row, column, place) for place in members]
        np.testing.assert_allclose(distances, expected[:size], rtol=1e-3, atol=1e-2)


def plain_search_distance(plane: np.ndarray, row: int, column: int, place: int) -> float:
    y, x = divmod(int(place), plane.shape[1])
    difference = plane[y : y + 4, x : x + 4] - plane[row : row + 4, column : column + 4]
    return float(np.square(255.0 * difference).mean())


@pytest.mark.parametrize(
    ("parts", "cells", "number"), [(13, 117, 16), (13, 117, 32), (39, 39, 32), (3, 5, 8), (1, 64, 16)]
)
def test_the_smallest_are_those_of_a_full_sort(parts: int, cells: int, number: int) -> None:
    rng = np.random.default_rng(parts)
    codes = rng.permuted(np.arange(60 * parts * cells, dtype=np.int32)).reshape(60, -1)
    codes[0] = np.arange(codes.shape[1])  # all of the smallest in the first parts
    codes[1] = codes[0, ::-1]
    codes[2] = codes[0].reshape(parts, cells).T.ravel()
    np.testing.assert_array_equal(smallest(codes.copy(), number, cells), np.sort(codes)[:, :number])


def test_every_patch_of_a_flat_plane_is_in_its_own_group() -> None:
    plane = np.full((30, 30), 1.0, np.float32)
    positions = reference_positions(30, SMALL)
    groups = find_groups(plane, positions, positions, SMALL, Workspace())
    assert (groups.sizes == SMALL.group).all()
    assert groups.members[:, 0].tolist() == [y * 30 + x for y in positions for x in positions]


@given(st.integers(8, 200), st.integers(1, 8))
def test_reference_patches_cover_an_axis(length: int, step: int) -> None:
    parameters = StageParameters(patch=8, step=step, group=4, window=9, max_distance=1.0)
    positions = reference_positions(length, parameters)
    covered = {position + offset for position in positions.tolist() for offset in range(8)}
    assert covered == set(range(length))


@settings(max_examples=30)
@given(st.integers(8, 300), st.integers(8, 300), st.integers(16, 100))
def test_pieces_hold_every_reference_once_with_its_whole_window(height: int, width: int, side: int) -> None:
    plan = plan_pieces(height, width, side, NORMAL.hard)
    for length, spans in ((height, plan.rows), (width, plan.columns)):
        joined = np.concatenate([span.references for span in spans])
        np.testing.assert_array_equal(joined, reference_positions(length, NORMAL.hard))
        for span in spans:
            assert span.start == max(span.references[0] - 19, 0)
            assert span.stop == min(span.references[-1] + 19 + 8, length)


def test_blending_gives_every_row_once() -> None:
    plan = plan_pieces(150, 90, 40, NORMAL.hard)
    image = np.random.default_rng(0).random((3, 150, 90), dtype=np.float32) + 0.5

    def pieces(plan: Plan) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        for number, (rows, columns) in enumerate(plan.pieces()):
            part = image[:, rows.pixels, columns.pixels]
            yield part * (number + 1), np.full_like(part, number + 1)

    strips = list(blend_bands(plan, pieces(plan), 90))
    assert len(strips) > 2
    assert [top for top, _ in strips] == np.cumsum([0, *(strip.shape[1] for _, strip in strips)]).tolist()[:-1]
    np.testing.assert_allclose(np.concatenate([strip for _, strip in strips], axis=1), image, rtol=1e-5)


def test_pieces_fit_their_memory() -> None:
    side = side_for(100e6, 3, 2, NORMAL.wiener)
    coefficients = 4 * 3 * 3 * 64
    assert coefficients * (side + 2 * 19 + 8) ** 2 <= 80e6 < coefficients * (side + 1 + 2 * 19 + 8) ** 2
    assert 16 <= side_for(1, 3, 2, NORMAL.wiener) <= side_for(1e12, 3, 2, NORMAL.wiener) <= 512


def test_small_images_are_cut_so_that_every_worker_has_some() -> None:
    assert shared_side(288, 800, 800, 1) == 288
    for workers in (2, 4, 8):
        side = shared_side(288, 800, 800, workers)
        assert len(plan_pieces(800, 800, side, NORMAL.hard)) >= 2 * workers
    assert shared_side(288, 800, 800, 64) == 128, "smaller ones would be little but margins"
    assert shared_side(100, 800, 800, 64) == 100
    assert shared_side(288, 4000, 6000, 16) == 288


@pytest.mark.parametrize("change", [{"step": 5}, {"group": 12}, {"window": 8}, {"window": 1}, {"patch": 0}])
def test_impossible_parameters_are_refused(change: dict[str, int]) -> None:
    values = {"patch": 4, "step": 3, "group": 8, "window": 9, **change}
    with pytest.raises(ValueError, match=r"patch|group"):
        StageParameters(**values, max_distance=1.0)


def test_the_first_stage_needs_a_power_of_two() -> None:
    with pytest.raises(ValueError, match="power of two"):
        Profile(hard=replace(NORMAL.hard, patch=11), wiener=NORMAL.wiener, threshold=2.7)
