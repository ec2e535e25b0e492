from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lsd2_gui.canvas.clipping import BLACK, WHITE, ClipMap, clip_marks, clipped


def test_black_is_all_channels_and_white_is_any() -> None:
    pixels = np.array(
        [[(0, 0, 0), (BLACK, 0, 0), (BLACK + 1, 0, 0)], [(WHITE, 0, 0), (WHITE - 1, 9, 9), (65535, 65535, 65535)]],
        np.uint16,
    )
    marks = clipped(pixels)
    assert marks[..., 0].tolist() == [[255, 255, 0], [0, 0, 0]]
    assert marks[..., 1].tolist() == [[0, 0, 0], [255, 0, 255]]


def test_thresholds_are_where_8_bits_say_0_and_255() -> None:
    values = np.arange(65536, dtype=np.float64) / 65535 * 255
    assert np.flatnonzero(np.round(values) == 0).max() == BLACK
    assert np.flatnonzero(np.round(values) == 255).min() == WHITE


def test_smaller_levels_keep_the_share() -> None:
    pixels = np.full((256, 256, 3), 30000, np.uint16)
    pixels[::2, ::2] = 65535
    for level in ClipMap.of(pixels).levels:
        assert np.all(level[..., 0] == 0)
        assert np.abs(level[..., 1].astype(int) - 64).max() <= 1


@given(st.integers(0, 150), st.integers(0, 120), st.integers(1, 90), st.integers(1, 90))
def test_renewing_a_part_is_as_good_as_measuring_the_whole(left: int, top: int, width: int, height: int) -> None:
    rng = np.random.default_rng(1)
    before = rng.choice(np.array([0, 30000, 65535], np.uint16), (173, 211, 3))
    after = before.copy()
    right, bottom = min(211, left + width), min(173, top + height)
    after[top:bottom, left:right] = 65535
    renewed = ClipMap.of(before)
    renewed.renew(after, left, top, right, bottom)
    for one, other in zip(renewed.levels, ClipMap.of(after).levels, strict=True):
        assert np.array_equal(one, other)


def test_marks_are_transparent_where_nothing_is_clipped_or_asked_for() -> None:
    shares = np.array([[[0, 0], [255, 0], [0, 255], [0, 20]]], np.uint8)
    both = clip_marks(shares, shadows=True, highlights=True)
    assert [both.pixelColor(x, 0).alpha() for x in range(3)] == [0, 230, 230]
    assert 0 < both.pixelColor(3, 0).alpha() < 230
    assert both.pixelColor(1, 0).blue() > 240
    assert both.pixelColor(2, 0).red() > 240
    only = clip_marks(shares, shadows=False, highlights=True)
    assert [only.pixelColor(x, 0).alpha() for x in range(3)] == [0, 0, 230]


def test_a_small_picture_needs_no_smaller_levels() -> None:
    pixels = np.zeros((20, 30, 3), np.uint16)
    assert ClipMap.of(pixels).levels == []
