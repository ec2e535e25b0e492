"""PSNR by hand, SSIM against scikit-image."""

from __future__ import annotations

from math import inf, log10

import numpy as np
import pytest
from skimage.metrics import structural_similarity

from lsd2.imaging.quality import psnr, ssim


def _images(height: int, width: int, noise: float = 0.1) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(1)
    image = random.random((height, width, 3), np.float32)
    return image, np.clip(image + noise * random.standard_normal(image.shape), 0, 1).astype(np.float32)


def test_psnr_of_a_known_offset() -> None:
    image = np.full((300, 7, 3), 0.25, np.float32)
    assert psnr(image, image + np.float32(0.5)) == pytest.approx(20 * log10(2), abs=1e-9)
    assert psnr(image, image) == inf


def test_psnr_of_one_wrong_channel_of_one_pixel() -> None:
    image = np.zeros((10, 10, 3), np.float32)
    other = image.copy()
    other[3, 4, 1] = 1
    assert psnr(image, other) == pytest.approx(10 * log10(300), abs=1e-9)


@pytest.mark.parametrize("size", [(11, 11), (11, 40), (64, 48), (266, 30), (267, 30), (600, 25)])
def test_ssim_is_that_of_scikit_image(size: tuple[int, int]) -> None:
    a, b = _images(*size)
    expected = structural_similarity(
        a.astype(np.float64),
        b.astype(np.float64),
        gaussian_weights=True,
        sigma=1.5,
        use_sample_covariance=False,
        data_range=1.0,
        channel_axis=2,
    )
    assert ssim(a, b) == pytest.approx(expected, abs=1e-9)


def test_ssim_of_two_flat_images_by_hand() -> None:
    a, b = np.full((20, 20, 3), 0.25, np.float32), np.full((20, 20, 3), 0.5, np.float32)
    assert ssim(a, b) == pytest.approx((2 * 0.125 + 1e-4) / (0.0625 + 0.25 + 1e-4), abs=1e-9)


def test_ssim_is_one_for_equal_images_symmetric_and_falls_with_noise() -> None:
    image, noisy = _images(40, 50, 0.05)
    noisier = _images(40, 50, 0.2)[1]
    assert ssim(image, image) == pytest.approx(1, abs=1e-12)
    assert ssim(image, noisy) == pytest.approx(ssim(noisy, image), abs=1e-12)
    assert ssim(image, noisier) < ssim(image, noisy) < 1


def test_images_that_cannot_be_compared() -> None:
    image = np.zeros((20, 20, 3), np.float32)
    with pytest.raises(ValueError, match="different sizes"):
        psnr(image, image[:10])
    with pytest.raises(ValueError, match="different sizes"):
        ssim(image, image[:10])
    with pytest.raises(ValueError, match="at least 11x11"):
        ssim(image[:10], image[:10])
