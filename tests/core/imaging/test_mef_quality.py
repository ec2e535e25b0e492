"""MEF-SSIM behaves as its paper says, and agrees with patches formed one by one."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from lsd2.imaging.fusion.mertens import fuse
from lsd2.imaging.fusion.weights import Weighting
from lsd2.imaging.mef_quality import C2, LARGEST_POWER, mef_ssim, quality_map
from lsd2.imaging.quality import SIGMA, STRIP_ROWS, WINDOW
from lsd2.photo import FloatImage


def _texture(height: int, width: int, seed: int = 0) -> FloatImage:
    noise = np.random.default_rng(seed).standard_normal((height, width, 3), dtype=np.float32)
    return np.clip(0.5 + 0.6 * cv2.GaussianBlur(noise, (0, 0), 1.5), 0, 1)


@pytest.fixture(scope="module")
def exposures() -> list[FloatImage]:
    """A scene whose left half is 20 times as bright as its right one; each exposure shows one of them well."""
    linear = _texture(96, 128) ** 2.2
    linear[:, :64] *= 20
    return [np.clip(linear * gain, 0, 1).astype(np.float32) ** np.float32(1 / 2.2) for gain in (0.05, 1.0)]


def test_a_sequence_of_one_picture_is_fused_perfectly_by_that_picture() -> None:
    image = _texture(64, 64)
    assert mef_ssim(image, [image, image, image]) == pytest.approx(1, abs=1e-6)


def test_brightness_does_not_count_but_contrast_does() -> None:
    image = _texture(64, 64) / 2
    assert mef_ssim(image + np.float32(0.4), [image, image]) == pytest.approx(1, abs=1e-5)
    assert mef_ssim(image / 2, [image, image]) < 0.95


def test_a_fused_picture_is_above_every_exposure_and_noise_and_blur_are_below_it(exposures: list[FloatImage]) -> None:
    fused = fuse(exposures, Weighting(), 1e9, lambda *_: None).pixels
    score = mef_ssim(fused, exposures)
    assert score > 0.9
    assert all(mef_ssim(exposure, exposures) < score - 0.1 for exposure in exposures)
    noise = np.random.default_rng(1).normal(0, 0.05, fused.shape).astype(np.float32)
    assert mef_ssim(fused + noise, exposures) < score - 0.01
    assert mef_ssim(cv2.GaussianBlur(fused, (0, 0), 2), exposures) < score - 0.05


def test_the_order_of_exposures_does_not_matter(exposures: list[FloatImage]) -> None:
    assert mef_ssim(exposures[1], exposures) == pytest.approx(mef_ssim(exposures[1], exposures[::-1]), abs=1e-12)


def test_quality_is_that_of_patches_formed_one_by_one() -> None:
    rng = np.random.default_rng(3)
    planes = [rng.random((WINDOW, WINDOW + 1), dtype=np.float32) for _ in range(4)]
    found = quality_map(planes[0], planes[1:])
    assert found.shape == (1, 2)
    for column in range(2):
        patches = [plane[:, column : column + WINDOW].astype(np.float64) for plane in planes]
        assert found[0, column] == pytest.approx(_patch_quality(patches[0], patches[1:]), rel=1e-6)


def _patch_quality(fused: NDArray[np.float64], exposures: list[NDArray[np.float64]]) -> float:
    """Eq. 3-16 of the paper as they stand; norms and products are weighted by the Gaussian window."""
    kernel = cv2.getGaussianKernel(WINDOW, SIGMA, cv2.CV_64F)
    window = kernel @ kernel.T

    def product(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
        return float((window * a * b).sum())

    def centred(patch: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(patch - (window * patch).sum())

    rest = [centred(patch) for patch in exposures]
    norms = [product(patch, patch) ** 0.5 for patch in rest]
    together = sum(rest[1:], start=rest[0])
    consistency = product(together, together) ** 0.5 / sum(norms)
    power = min(np.tan(np.pi / 2 * consistency), LARGEST_POWER)
    structure = sum(
        (norm**power * patch / norm for norm, patch in zip(norms, rest, strict=True)), np.zeros_like(together)
    )
    wanted = max(norms) * structure / product(structure, structure) ** 0.5
    got = centred(fused)
    return (2 * product(wanted, got) + C2) / (product(wanted, wanted) + product(got, got) + C2)


def test_pictures_higher_than_a_strip_are_scored_as_a_whole() -> None:
    pictures = [_texture(STRIP_ROWS + 90, 48, seed) for seed in range(3)]
    shown = np.float32([0.299, 0.587, 0.114])
    grey = [picture @ shown for picture in pictures]
    tall = float(quality_map(grey[0], grey[1:]).mean())
    top = float(quality_map(grey[0][:200], [plane[:200] for plane in grey[1:]]).mean())
    assert tall != pytest.approx(top, abs=1e-6)
    from lsd2.imaging.mef_quality import _score

    assert _score(grey[0], grey[1:]) == pytest.approx(tall, abs=1e-9)


@pytest.mark.parametrize(("size", "count"), [((40, 64), 2), ((64, 64), 1)])
def test_what_cannot_be_scored_is_refused(size: tuple[int, int], count: int) -> None:
    image = _texture(*size)
    with pytest.raises(ValueError, match="MEF-SSIM needs"):
        mef_ssim(image, [image] * count)
    with pytest.raises(ValueError, match="fused picture's size"):
        mef_ssim(_texture(64, 65), [_texture(64, 64)] * 2)
