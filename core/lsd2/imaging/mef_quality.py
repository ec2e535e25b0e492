"""How well a fused picture keeps what a sequence of exposures shows: MEF-SSIM.

References
----------
K. Ma, K. Zeng and Z. Wang, "Perceptual Quality Assessment for Multi-Exposure Image Fusion", IEEE TIP 24(11), 2015.
Every patch of the sequence is split into mean, strength and structure.  The fused patch is held against the greatest
strength and a mean structure; its brightness does not count.  Three scales, with the weights of multi-scale SSIM.

Notes
-----
The structures' covariances are all that is needed, so no patch is ever formed.  Levels are those of luminance in
gamma-encoded [0, 1], which changes nothing against 0-255, as K2 scales with the range.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from lsd2.imaging.quality import STRIP_ROWS, WINDOW, window_mean
from lsd2.photo import FloatImage

C2 = 0.03**2
SCALE_WEIGHTS = (0.0448, 0.2856, 0.3001)
"""Of the three finest scales of multi-scale SSIM; normalised to sum to 1, as in the paper, Section IV-C."""
LARGEST_POWER = 10.0
"""Bound of the exponent p = tan(pi R / 2), which grows without one where the structures agree."""
TINY = 1e-9
SMALLEST_SIDE = WINDOW << (len(SCALE_WEIGHTS) - 1)

_Plane = NDArray[np.float64]


def mef_ssim(fused: FloatImage, exposures: Sequence[FloatImage]) -> float:
    """MEF-SSIM of a fused picture against the sequence it was made of, on luminance; 1 is best.

    Parameters
    ----------
    fused, exposures : display images (H, W, 3) of equal size, at least 44x44 pixels; two exposures or more.

    Raises
    ------
    ValueError
        When sizes differ or are too small, or there are fewer than two exposures.
    """
    if len(exposures) < 2 or any(image.shape != fused.shape for image in exposures):
        raise ValueError("MEF-SSIM needs two or more exposures of the fused picture's size")
    if min(fused.shape[:2]) < SMALLEST_SIDE:
        raise ValueError(f"MEF-SSIM needs at least {SMALLEST_SIDE}x{SMALLEST_SIDE} pixels")
    planes = [_luminance(image) for image in (fused, *exposures)]
    score = 1.0
    for weight in SCALE_WEIGHTS:
        score *= max(_score(planes[0], planes[1:]), 0.0) ** (weight / sum(SCALE_WEIGHTS))
        planes = [_halved(plane) for plane in planes]
    return score


def _luminance(image: FloatImage) -> FloatImage:
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), np.float32)


def _halved(plane: FloatImage) -> FloatImage:
    """Mean of 2x2 pixels; an odd last row or column is dropped."""
    height, width = plane.shape[0] // 2, plane.shape[1] // 2
    return np.asarray(
        cv2.resize(plane[: 2 * height, : 2 * width], (width, height), interpolation=cv2.INTER_AREA), np.float32
    )


def _score(fused: FloatImage, exposures: Sequence[FloatImage]) -> float:
    """Mean of the quality map over all windows that lie inside, at one scale."""
    windows = fused.shape[0] - WINDOW + 1
    total = 0.0
    for top in range(0, windows, STRIP_ROWS):
        rows = slice(top, min(top + STRIP_ROWS, windows) + WINDOW - 1)
        total += quality_map(fused[rows], [plane[rows] for plane in exposures]).sum()
    return float(total / (windows * (fused.shape[1] - WINDOW + 1)))


def quality_map(fused: FloatImage, exposures: Sequence[FloatImage]) -> _Plane:
    """Eq. 16 of the paper for every window inside the planes (H, W): values up to 1, (H - 10, W - 10)."""
    planes = [np.asarray(plane, np.float64) for plane in (*exposures, fused)]
    covariance = _covariances(planes)
    last = len(exposures)
    strengths = [np.sqrt(covariance[k, k]) for k in range(last)]
    shares = _structure_shares(strengths, covariance, last)
    norm = sum(shares[j] * shares[k] * covariance[j, k] for j in range(last) for k in range(last))
    along = sum(shares[k] * covariance[k, last] for k in range(last))
    desired = np.max(strengths, axis=0)
    wanted = desired * along / np.maximum(np.sqrt(np.maximum(norm, 0)), TINY)
    quality = (2 * wanted + C2) / (desired**2 + covariance[last, last] + C2)
    return np.asarray(quality, np.float64)


def _covariances(planes: Sequence[_Plane]) -> dict[tuple[int, int], _Plane]:
    """Covariance of every two planes in every window; variances are not below 0."""
    means = [window_mean(plane) for plane in planes]
    found: dict[tuple[int, int], _Plane] = {}
    for j, first in enumerate(planes):
        for k in range(j, len(planes)):
            product = window_mean(first * planes[k]) - means[j] * means[k]
            found[j, k] = found[k, j] = np.maximum(product, 0) if j == k else product
    return found


def _structure_shares(
    strengths: Sequence[_Plane], covariance: dict[tuple[int, int], _Plane], count: int
) -> list[_Plane]:
    """What every exposure's patch is multiplied by in the mean structure (eq. 8-12): strength^(p - 1), scaled."""
    together = sum(covariance[j, k] for j in range(count) for k in range(count))
    consistency = (np.sqrt(np.maximum(together, 0)) + TINY) / (sum(strengths) + TINY)
    power = np.minimum(np.tan(np.pi / 2 * np.clip(consistency, 0, 1 - TINY)), LARGEST_POWER)
    strongest = np.max(strengths, axis=0) + TINY
    return [(s / strongest) ** power / np.maximum(s, TINY) * (s > TINY) for s in strengths]
