"""The noise that denoisers are measured on is what it claims to be."""

from __future__ import annotations

import numpy as np
import pytest

from lsd2.evaluation.denoising import NoiseKind, NoiseRecipe, add_noise

CLEAN = np.full((200, 200, 3), 0.02, np.float32)


def test_noise_has_the_strength_asked_for_and_is_not_clipped() -> None:
    noise = add_noise(CLEAN, NoiseRecipe(25), "a.png") - CLEAN
    assert noise.std() * 255 == pytest.approx(25, rel=0.01)
    assert abs(noise.mean()) * 255 < 0.5
    assert (noise + CLEAN).min() < 0


def test_noise_depends_on_seed_and_name_only() -> None:
    noisy = add_noise(CLEAN, NoiseRecipe(25), "a.png")
    assert np.array_equal(noisy, add_noise(CLEAN, NoiseRecipe(25), "a.png"))
    assert not np.array_equal(noisy, add_noise(CLEAN, NoiseRecipe(25), "b.png"))
    assert not np.array_equal(noisy, add_noise(CLEAN, NoiseRecipe(25, seed=1), "a.png"))


def test_clipped_noise_has_the_values_of_an_8_bit_file() -> None:
    noisy = add_noise(CLEAN, NoiseRecipe(25, NoiseKind.CLIPPED), "a.png") * 255
    assert noisy == pytest.approx(np.rint(noisy), abs=1e-3)
    assert noisy.min() == 0
