"""Halving and doubling, and when they are used."""

from __future__ import annotations

import numpy as np
import pytest

from lsd2.imaging.coarse import coarse_levels, doubled, halved, possible_levels, second_share


def _ramp(height: int, width: int) -> np.ndarray:
    y, x = np.mgrid[:height, :width].astype(np.float32)
    return np.stack([x / 200, y / 200, (x + y) / 400], axis=2)


@pytest.mark.parametrize(("blur", "levels"), [(0.0, 0), (1.5, 0), (3.9, 0), (4.0, 1), (7.9, 1), (8.0, 2), (40.0, 2)])
def test_wide_blur_begins_with_small_copies(blur: float, levels: int) -> None:
    assert coarse_levels(blur, 2000, 3000) == levels


@pytest.mark.parametrize(("side", "levels"), [(64, 0), (127, 0), (128, 1), (255, 1), (256, 2)])
def test_copies_never_get_too_small(side: int, levels: int) -> None:
    assert coarse_levels(20.0, side, 4000) == levels


def test_halving_averages() -> None:
    image = np.random.default_rng(1).random((6, 8, 3), dtype=np.float32)
    expected = image.reshape(3, 2, 4, 2, 3).mean(axis=(1, 3))
    np.testing.assert_allclose(halved(image), expected, atol=1e-6)


@pytest.mark.parametrize("size", [(40, 60), (41, 60), (40, 61), (41, 61)])
def test_doubling_brings_smooth_pictures_back_in_place(size: tuple[int, int]) -> None:
    image = _ramp(*size)
    again = doubled(halved(image))(0, 0, *size)
    np.testing.assert_allclose(again[4:-4, 4:-4], image[4:-4, 4:-4], atol=1e-3)


def test_a_tile_is_a_part_of_the_whole() -> None:
    coarse = np.random.default_rng(2).random((30, 40, 3), dtype=np.float32)
    read = doubled(coarse)
    np.testing.assert_allclose(read(14, 22, 20, 18), read(0, 0, 60, 80)[14:34, 22:40], atol=1e-5)


@pytest.mark.parametrize(("side", "levels"), [(40, 0), (127, 0), (128, 1), (300, 2), (512, 3)])
def test_photos_can_be_halved_while_enough_is_left(side: int, levels: int) -> None:
    assert possible_levels(side, 5000) == levels


def _looks(change: float, doubt: float) -> float:
    """The share where the first look moved a flat long frame by `change`, and the second differs by `doubt`."""
    long = np.full((40, 50, 3), 0.5, np.float32)
    return second_share(long, long + np.float32(change), long + np.float32(change - doubt))


def test_a_sharp_long_frame_needs_no_second_look() -> None:
    assert _looks(change=0.0, doubt=0.05) == 0
    assert _looks(change=0.02, doubt=0.05) == 0


def test_both_looks_are_worth_the_same_where_much_was_changed() -> None:
    assert _looks(change=0.1, doubt=0.05) == 0.5
    assert _looks(change=0.1, doubt=0.0) == 0.5


def test_between_them_the_share_rises_steadily() -> None:
    shares = [_looks(change, 0.05) for change in (0.026, 0.03, 0.034, 0.038, 0.042)]
    assert shares == sorted(shares)
    assert 0 < shares[0] < shares[-1] < 0.5
    assert _looks(0.05 / 2**0.5, 0.05) == pytest.approx(0.25, abs=1e-3)


def test_noise_of_single_pixels_is_no_change() -> None:
    rng = np.random.default_rng(3)
    first = rng.random((1, 1, 3), dtype=np.float32) * np.ones((80, 80, 1), np.float32)
    noisy = first + rng.normal(0, 0.03, first.shape).astype(np.float32)
    assert second_share(noisy, first, first + np.float32(0.02)) == 0
