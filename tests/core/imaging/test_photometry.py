"""Matching the short frame to the long one."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lsd2.imaging.photometry import fit_to_long, match_to_long
from lsd2.imaging.quality import psnr


def _light(seed: int = 0, height: int = 120, width: int = 160) -> np.ndarray:
    """Smooth linear light from 0 to about 1.5."""
    light = cv2.resize(np.random.default_rng(seed).random((8, 10, 3), np.float32), (width, height))
    return 1.5 * (light - light.min()) / np.ptp(light)


def _display(light: np.ndarray) -> np.ndarray:
    return (np.clip(light, 0, 1) ** (1 / 2.2)).astype(np.float32)


def test_a_gain_and_offset_per_channel_are_undone_and_reported() -> None:
    light, dark, haze = _light(), np.array([0.2, 0.125, 0.25]), np.array([0.004, 0.0, 0.006])
    long = _display(light)
    matched, report = match_to_long(_display(light * dark + haze), long)
    off = np.abs(matched - long)
    assert np.quantile(off, 0.998) < 0.01
    assert off.max() < 0.06  # at the few darkest pixels, between the last ranks
    values = report.to_dict()
    np.testing.assert_allclose(values["gain"], 1 / dark, rtol=0.02)
    np.testing.assert_allclose(values["offset"], -haze / dark, atol=0.005)


def test_it_does_not_need_the_frames_to_lie_on_each_other() -> None:
    light = _light(1)
    short, long = _display(0.15 * light), _display(light)
    moved = cv2.blur(np.roll(long, (3, -4), axis=(0, 1)), (9, 1))
    assert psnr(match_to_long(short, moved)[0], long) > 30


def test_noise_and_eight_bits_leave_the_brightness_right() -> None:
    light, random = _light(2), np.random.default_rng(3)
    dark = 0.12 * light
    noisy = _display(dark + np.sqrt(0.004 * dark) * random.standard_normal(light.shape))
    short, long = np.float32(np.round(noisy * 255) / 255), _display(light)
    matched, _ = match_to_long(short, long)
    np.testing.assert_allclose(matched.mean(axis=(0, 1)), long.mean(axis=(0, 1)), atol=0.01)
    assert psnr(matched, long) > psnr(short, long) + 8


def test_identical_frames_stay_as_they_are() -> None:
    image = _display(_light(4))
    matched, report = match_to_long(image, image)
    np.testing.assert_allclose(matched, image, atol=0.02)
    np.testing.assert_allclose(report.to_dict()["gain"], 1, atol=1e-3)
    assert matched is not image


@given(short=st.floats(0, 1, width=32), long=st.floats(0, 1, width=32))
@settings(deadline=None)
def test_flat_frames_take_the_long_ones_value(short: float, long: float) -> None:
    matched, report = match_to_long(np.full((4, 5, 3), short, np.float32), np.full((4, 5, 3), long, np.float32))
    np.testing.assert_allclose(matched, long, atol=1e-6)
    assert np.isfinite(report.to_dict()["gain"] + report.to_dict()["offset"]).all()


def test_a_wholly_clipped_long_frame_is_matched_by_white() -> None:
    short = _display(0.1 * _light(5))
    matched, report = match_to_long(short, np.ones_like(short))
    np.testing.assert_allclose(matched, 1, atol=1e-6)
    assert np.isfinite(report.to_dict()["gain"]).all()


def test_the_curve_rises_and_can_be_applied_to_another_rendering() -> None:
    light = _light(6)
    short, long = _display(0.2 * light), _display(light)
    report = fit_to_long(short, long)
    for channel in report.channels:
        assert (np.diff(channel.short_levels) > 0).all()
        assert (np.diff(channel.long_levels) >= 0).all()
    np.testing.assert_array_equal(report.apply(short[10:20]), match_to_long(short, long)[0][10:20])


@pytest.mark.parametrize("size", [(1, 1), (300, 2), (1200, 1000)])
def test_any_size(size: tuple[int, int]) -> None:
    short = np.random.default_rng(0).random((*size, 3), np.float32)
    matched, _ = match_to_long(0.3 * short, short)
    assert matched.shape == short.shape
    assert np.abs(matched - short).max() < 0.02
