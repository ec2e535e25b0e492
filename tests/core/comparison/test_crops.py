"""Automatic crops are where the methods differ, in what all of them could see."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from lsd2.comparison.crops import automatic_side, choose_crops
from lsd2.photo import AlignmentReport, Crop

STILL = AlignmentReport.unaligned("it was not asked for")


def _pictures(height: int, width: int, *spots: tuple[int, int]) -> list[np.ndarray]:
    """Two grey pictures that differ in 60x60 spots at (x, y)."""
    one = np.full((height, width, 3), 20000, np.uint16)
    two = one.copy()
    for strength, (x, y) in enumerate(reversed(spots), start=1):
        two[y : y + 60, x : x + 60] += np.uint16(5000 * strength)
    return [one, two]


def _long(height: int, width: int) -> np.ndarray:
    return np.full((height, width, 3), 0.5, np.float32)


def _holds(crop: Crop, x: int, y: int) -> bool:
    return crop.x <= x and x + 60 <= crop.x + crop.width and crop.y <= y and y + 60 <= crop.y + crop.height


def test_crops_find_the_differences_strongest_first() -> None:
    spots = [(400, 300), (30, 200), (250, 20)]
    found = choose_crops(_pictures(480, 640, *spots), _long(480, 640), STILL, 3)
    assert [_holds(crop, *spot) for crop, spot in zip(found, spots, strict=True)] == [True] * 3


def test_saturated_parts_are_left_out() -> None:
    long = _long(480, 640)
    long[280:400, 380:500] = 1.0
    (crop,) = choose_crops(_pictures(480, 640, (400, 300), (30, 200)), long, STILL, 1)
    assert _holds(crop, 30, 200)


def test_what_the_long_frame_did_not_show_is_left_out() -> None:
    moved = AlignmentReport(True, ((1.0, 0.0, 90.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)), 90.0, 1.0, "moved")
    (crop,) = choose_crops(_pictures(480, 640, (575, 300), (200, 200)), _long(480, 640), moved, 1)
    assert crop.x + crop.width - 1 + 90 <= 639
    assert _holds(crop, 200, 200)


@settings(max_examples=25, deadline=None)
@given(st.integers(8, 300), st.integers(8, 300), st.integers(1, 5), st.integers(0, 9))
def test_crops_lie_inside_and_apart(height: int, width: int, count: int, seed: int) -> None:
    pictures = np.random.default_rng(seed).integers(0, 65535, (2, height, width, 3), dtype=np.uint16)
    found = choose_crops(pictures, _long(height, width), STILL, count)
    assert 1 <= len(found) <= count
    assert all(crop.fits(width, height) for crop in found)
    assert all(crop.width == crop.height == automatic_side(width, height) for crop in found)
    covered = np.zeros((height, width), int)
    for crop in found:
        covered[crop.rows, crop.columns] += 1
    assert covered.max() == 1


def test_large_photos_are_thinned_out_without_losing_the_place() -> None:
    found = choose_crops(_pictures(2000, 3000, (1300, 900)), _long(2000, 3000), STILL, 1)
    assert found[0].width == 240
    assert _holds(found[0], 1300, 900)


def test_whether_a_crop_fits() -> None:
    assert Crop(0, 0, 10, 20).fits(10, 20)
    assert not Crop(1, 0, 10, 20).fits(10, 20)
    assert not Crop(0, 1, 10, 20).fits(10, 20)
