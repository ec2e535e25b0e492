"""Sharpness falls with blur and with noise, and the noise level is the noise's."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from lsd2.imaging.no_reference import PATCH, STRIP_ROWS, _metric, measure_alone, noise_left, sharpness, threshold
from lsd2.photo import FloatImage


def scene() -> FloatImage:
    """Edges of many directions on smooth ground, (300, 400, 3)."""
    y, x = np.mgrid[0:300, 0:400].astype(np.float32)
    image = 0.3 + 0.2 * x / 400
    for k in range(12):
        angle = k * np.pi / 12
        image += 0.04 * (np.sin(angle) * (y - 150) + np.cos(angle) * (x - 30 - 30 * k) > 0)
    return np.asarray(np.repeat(image[..., None], 3, axis=2), np.float32)


def noisy(image: FloatImage, sigma: float) -> FloatImage:
    noise = np.random.default_rng(0).normal(0, sigma / 255, image.shape)
    return np.asarray(image + noise, np.float32)


def fur() -> FloatImage:
    """Fine lines whose direction changes slowly over the picture, (300, 400, 3)."""
    y, x = np.mgrid[0:300, 0:400].astype(np.float32)
    lines = 0.4 + 0.15 * np.sin(1.1 * np.hypot(y + 50, x - 200)) + 0.1 * np.sin(0.4 * np.hypot(y - 400, x))
    return np.asarray(np.repeat(lines[..., None], 3, axis=2), np.float32)


def test_sharpness_falls_with_blur_and_with_noise() -> None:
    blurred = [sharpness(fur()), *(sharpness(cv2.GaussianBlur(fur(), (0, 0), sigma)) for sigma in (0.5, 1.0, 2.0, 4.0))]
    assert blurred == sorted(blurred, reverse=True)
    assert blurred[0] > 2 * blurred[-1]
    with_noise = [sharpness(noisy(fur(), sigma)) for sigma in (0, 10, 20, 40)]
    assert with_noise == sorted(with_noise, reverse=True)


def test_a_straight_edge_has_the_metric_computed_by_hand() -> None:
    """Inside a patch, gradients of half the step stand in two columns of eight rows: s1 = step / 2 * 4, s2 = 0."""
    image = np.full((8, 8, 3), 0.2, np.float32)
    image[:, 4:] = 0.6
    assert sharpness(image) == pytest.approx(255 * 0.4 / 2 * 4, rel=1e-4)
    assert sharpness(image.transpose(1, 0, 2)) == pytest.approx(255 * 0.4 / 2 * 4, rel=1e-4)


def test_white_noise_has_a_direction_as_seldom_as_the_paper_says() -> None:
    across, down = np.random.default_rng(1).normal(0, 1, (2, 1600, 1600)).astype(np.float32)
    share = np.count_nonzero(_metric(across, down)) / (1600 / PATCH) ** 2
    assert share == pytest.approx(0.001, abs=0.0006)
    assert threshold() == pytest.approx(0.234, abs=0.001)


def test_strips_do_not_matter() -> None:
    tall = np.concatenate([scene()] * 2)
    assert len(tall) > STRIP_ROWS
    turned = tall.transpose(1, 0, 2)
    assert sharpness(np.ascontiguousarray(turned[: tall.shape[1], : tall.shape[0]])) == pytest.approx(
        sharpness(tall), rel=0.02
    )


@pytest.mark.parametrize("sigma", [2.0, 5.0, 15.0])
def test_the_noise_is_what_was_added(sigma: float) -> None:
    assert noise_left(noisy(scene(), sigma)) == pytest.approx(sigma, rel=0.12)


def test_coarse_blotches_are_noise_too() -> None:
    blotches = cv2.GaussianBlur(np.random.default_rng(2).normal(0, 1, (300, 400, 3)), (0, 0), 1.5)
    blotched = (scene() + 6 / 255 * blotches / blotches.std()).astype(np.float32)
    assert noise_left(blotched) == pytest.approx(6, rel=0.3)
    assert noise_left(scene()) < 0.5


def test_small_pictures_have_no_sharpness() -> None:
    tiny = noisy(np.full((5, 20, 3), 0.5, np.float32), 3)
    assert set(measure_alone(tiny)) == {"noise"}
    assert set(measure_alone(scene())) == {"noise", "sharpness"}
    with pytest.raises(ValueError, match="8x8"):
        sharpness(tiny)
