"""How alike two frames of different exposure, noise and blur are, where one lies on the other.

What is compared is locally normalised band-passed luminance, so that neither gain nor colour cast counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from lsd2.imaging.photometry import quantiles

Gray = NDArray[np.float32]
"""float32 (H, W), gamma-encoded luminance in [0, 1], or detail made from it."""
Matrix = NDArray[np.float64]
"""3x3, takes short-frame pixel coordinates (x, y, 1) to long-frame ones; pixel centres are whole numbers."""

BLOCKS = 6
MIN_OVERLAP = 0.4
"""Least part of the blocks that both frames must show for a score to mean anything."""
SIGMA_OF_COPY = 3.0
"""Least sigma of a wide blur in the pixels of the copy that it is made on."""
RESIZING = 1 / 12 + 1 / 6
"""Variance, in squared pixels of the copy, of the blur by averaging and by linear interpolation."""
TEXTURE_FLOOR = 0.02
"""Local contrast, of full scale, below which band-passed detail is taken for noise."""


def smooth(image: Gray, sigma: float) -> Gray:
    """Gaussian blur, its border mirrored; a wide one is made on a small copy, at a fraction of the time."""
    factor = int(sigma / SIGMA_OF_COPY)
    if factor < 2 or min(image.shape) < 8 * factor:
        return _gaussian(image, sigma)
    height, width = image.shape
    copy = cv2.resize(image, (-(-width // factor), -(-height // factor)), interpolation=cv2.INTER_AREA)
    blurred = _gaussian(np.asarray(copy, np.float32), ((sigma / factor) ** 2 - RESIZING) ** 0.5)
    return np.asarray(cv2.resize(blurred, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)


def _gaussian(image: Gray, sigma: float) -> Gray:
    return np.asarray(cv2.GaussianBlur(image, (0, 0), sigma, borderType=cv2.BORDER_REFLECT), np.float32)


def rank_match(image: Gray, reference: Gray) -> Gray:
    """`image` with the histogram of `reference`; what the reference clips becomes flat here too."""
    ranks = np.linspace(0, 1, 257)
    rising = quantiles(image, ranks) + 1e-9 * np.arange(len(ranks))
    return np.interp(image, rising, quantiles(reference, ranks)).astype(np.float32)


def features(image: Gray, longest: float, low: float, high: float) -> Gray:
    """Band-passed and locally normalised detail at reduced size; the sigmas are pixels of that size."""
    factor = min(1.0, longest / max(image.shape))
    height, width = (max(round(side * factor), 8) for side in image.shape)
    small = np.asarray(cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA), np.float32)
    band = smooth(small, low) - smooth(small, high)
    return np.asarray(band / (np.sqrt(smooth(band * band, 1.5 * high)) + TEXTURE_FLOOR), np.float32)


def warp(image: Gray, matrix: Matrix) -> Gray:
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpPerspective(image, matrix, image.shape[::-1], flags=flags), np.float32)


def correlation(a: Gray, b: Gray) -> float:
    """Zero-normalised cross-correlation; 0 where either is flat or empty."""
    if not a.size:
        return 0.0
    a, b = a - a.mean(), b - b.mean()
    return float((a * b).sum() / (np.sqrt(float((a * a).sum()) * float((b * b).sum())) + 1e-6))


def score(a: Gray, b: Gray, matrix: Matrix) -> float:
    """Mean correlation of the blocks of two feature images, weighted by their texture; 0 if they hardly overlap."""
    moved, seen = warp(b, matrix), warp(np.ones_like(b), matrix) > 0.99
    total = weights = 0.0
    used = 0
    for block in _blocks(a.shape):
        inside = seen[block]
        if inside.mean() < 0.5:
            continue
        p, q = a[block][inside], moved[block][inside]
        weight = float(np.sqrt(np.var(p) * np.var(q)))
        total, weights, used = total + weight * correlation(p, q), weights + weight, used + 1
    return total / weights if used >= MIN_OVERLAP * BLOCKS**2 and weights > 0 else 0.0


def _blocks(shape: tuple[int, ...]) -> Iterator[tuple[slice, slice]]:
    rows, columns = (np.linspace(0, side, BLOCKS + 1).astype(int) for side in shape)
    for top, bottom in pairwise(rows):
        for left, right in pairwise(columns):
            yield slice(top, bottom), slice(left, right)
