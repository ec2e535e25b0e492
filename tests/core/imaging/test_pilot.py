"""The Wiener filter by a clean picture of the same scene."""

from __future__ import annotations

import numpy as np
import pytest

from lsd2.imaging.pilot import BLOCK, filtered
from lsd2.photo import FloatImage


def _scene(height: int = 61, width: int = 74) -> FloatImage:
    y, x = np.mgrid[:height, :width] / 9.0
    planes = [0.5 + 0.3 * np.sin(x + k) * np.cos(y - k) for k in range(3)]
    return np.stack(planes, axis=2).astype(np.float32)


def test_white_noise_goes_and_the_scene_stays() -> None:
    scene, random = _scene(), np.random.default_rng(3)
    noisy = (scene + 0.1 * random.standard_normal(scene.shape)).astype(np.float32)
    left = filtered(noisy, scene, 0.1) - scene
    assert left.std() < 0.1 / 4
    assert abs(left.mean()) < 0.003


def test_without_noise_the_picture_is_its_own_not_the_pilots() -> None:
    scene = _scene()
    kept = filtered(scene, _scene()[:, ::-1], 0.0)
    grey = kept.mean(axis=2)
    np.testing.assert_allclose(grey, scene.mean(axis=2), atol=1e-4)


def test_a_flat_pilot_leaves_less_than_the_means_of_blocks() -> None:
    random = np.random.default_rng(4)
    noisy = (0.5 + 0.1 * random.standard_normal((64, 64, 3))).astype(np.float32)
    left = filtered(noisy, np.full_like(noisy, 0.5), 0.1)
    assert left.std() < 0.5 * 0.1 / BLOCK


def test_stains_wider_than_a_block_are_the_pilots_where_noise_is_strong() -> None:
    stain = np.zeros((64, 64, 3), np.float32)
    stain[16:48, 16:48] = (0.1, -0.1, 0.0)
    strong, weak = (filtered(0.5 + stain, np.full_like(stain, 0.5), sigma) for sigma in (0.1, 0.001))
    assert np.abs(strong[24:40, 24:40] - 0.5).max() < 0.02
    assert np.abs(weak[24:40, 24:40] - 0.5).max() > 0.09


@pytest.mark.parametrize("size", [(8, 8), (9, 30), (12, 5), (13, 14)])
def test_small_pictures_keep_their_size(size: tuple[int, int]) -> None:
    image = np.full((*size, 3), 0.25, np.float32)
    np.testing.assert_allclose(filtered(image, image, 0.02), image, atol=1e-5)


def test_a_part_that_begins_at_a_block_is_what_the_whole_has_there() -> None:
    scene, random = _scene(96, 96), np.random.default_rng(5)
    noisy = (scene + 0.05 * random.standard_normal(scene.shape)).astype(np.float32)
    whole, part = filtered(noisy, scene, 0.05), filtered(noisy[16:80, 24:88], scene[16:80, 24:88], 0.05)
    np.testing.assert_allclose(part[8:-8, 8:-8], whole[24:72, 32:80], atol=1e-5)
