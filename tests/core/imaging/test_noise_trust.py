"""What counts as smoothed noise, and what as texture."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lsd2.imaging.noise_blocks import Blocks, halved, read_blocks
from lsd2.imaging.noise_high import high_noise
from lsd2.imaging.noise_trust import ROUNDING, Scale, by_agreement, by_ratio, coarse_sigma

FULL = Scale(high=0.002, spread=6.0, least=0.009, next=0.012)
HALF = Scale(high=0.005, spread=2.0, least=0.008, next=0.011)
"""Smoothed noise, 2 * 0.005 / 0.002 = 5 times stronger at half size, of which few blocks are smooth."""


def test_smoothed_noise_is_believed_by_its_ratio_alone() -> None:
    assert by_ratio(FULL, HALF) == 1
    assert by_agreement(0.002, FULL, HALF) == 0


@pytest.mark.parametrize(
    ("full", "half"),
    [
        (replace(FULL, high=0.010), HALF),  # white: twice the half
        (replace(FULL, high=0.0045), HALF),  # 2.2 times: grain and texture
        (FULL, replace(HALF, spread=5.0)),  # unlike energies
        (replace(FULL, high=ROUNDING * 1.05), HALF),  # enlarged: rounding is all there is
        (replace(FULL, high=0.0), HALF),
        (replace(FULL, least=0.0), HALF),
    ],
)
def test_what_is_not_smoothed_noise_is_not_believed(full: Scale, half: Scale) -> None:
    assert by_ratio(full, half) == 0


def test_a_small_ratio_is_enough_where_there_is_nothing_but_noise() -> None:
    """Demosaicing takes little; blocks that agree and are spread as noise is leave no doubt."""
    full, half = replace(FULL, high=0.0065, next=0.0091), replace(HALF, spread=1.1, next=0.0083)
    assert by_ratio(full, half) == 1
    assert by_ratio(replace(full, next=0.0105), half) == 0, "they disagree: texture"


def test_by_the_ratio_sigma_is_limited() -> None:
    fine, coarse = np.full(3, 0.002), np.full(3, 0.1)
    np.testing.assert_allclose(coarse_sigma(fine, coarse, FULL, HALF), 2.5 * 2 * 0.005)
    np.testing.assert_allclose(coarse_sigma(fine, np.full(3, 0.02), FULL, HALF), 0.02)
    np.testing.assert_allclose(coarse_sigma(fine, np.full(3, 0.001), FULL, HALF), fine)


def test_white_noise_is_alike_at_both_sizes_and_spread_as_it_should_be() -> None:
    noise = np.random.default_rng(0).normal(0.5, 0.1, (256, 256)).astype(np.float32)
    full, half = high_noise(read_blocks(noise)), high_noise(read_blocks(halved(noise)))
    assert full.sigmas == pytest.approx(0.1, rel=0.05)
    assert 2 * half.sigmas == pytest.approx(0.1, rel=0.1)
    assert full.spreads == pytest.approx(1, abs=0.4)


def test_blocks_of_unlike_energy_are_spread_more() -> None:
    """Half of them with energy 0, half with 2: their variance is their squared mean, for white noise 2 / 8 of it."""
    high = np.repeat(np.array([0.0, 2.0], np.float32), 50)[:, None].repeat(8, axis=1)
    blocks = Blocks(np.zeros(100, np.float32), np.zeros(100, np.float32), high, high)
    assert high_noise(blocks).spreads == pytest.approx([4.0])
    assert high_noise(replace(blocks, high=0 * high)).spreads == pytest.approx([0.0])
