"""How near a picture comes to a reference: PSNR and SSIM, as the field computes them.

Both take display images and work through them in strips, so that photos of tens of megapixels need little memory.

References
----------
Z. Wang, A. Bovik, H. Sheikh and E. Simoncelli, "Image Quality Assessment: From Error
Visibility to Structural Similarity", IEEE TIP 13(4), 2004: SSIM with an 11x11 Gaussian window of sigma 1.5,
K1 = 0.01, K2 = 0.03.
"""

from __future__ import annotations

from math import inf, log10

import cv2
import numpy as np
from numpy.typing import NDArray

from lsd2.photo import FloatImage

WINDOW = 11
SIGMA = 1.5
C1 = 0.01**2
C2 = 0.03**2
STRIP_ROWS = 256

_Plane = NDArray[np.float64]


def psnr(a: FloatImage, b: FloatImage) -> float:
    """Peak signal-to-noise ratio, dB, over all pixels and channels with a peak of 1; infinite for equal images.

    `a` and `b` are display images (H, W, 3) of equal size.  They are compared as they are, without clipping or
    rounding.
    """
    _check(a, b)
    error = 0.0
    for top in range(0, a.shape[0], STRIP_ROWS):
        rows = slice(top, top + STRIP_ROWS)
        error += float(np.square(a[rows].astype(np.float64) - b[rows]).sum())
    return inf if error == 0 else 10.0 * log10(a.size / error)


def ssim(a: FloatImage, b: FloatImage) -> float:
    """Structural similarity, the mean of the three channels', for a dynamic range of 1.

    `a` and `b` are display images (H, W, 3) of equal size, at least 11x11.  Only windows that lie wholly inside
    count, and variances are those of the weighted population, as in the authors' code.
    """
    _check(a, b)
    height, width, channels = a.shape
    if min(height, width) < WINDOW:
        raise ValueError(f"SSIM needs at least {WINDOW}x{WINDOW} pixels, not {width}x{height}")
    windows = height - WINDOW + 1
    total = 0.0
    for top in range(0, windows, STRIP_ROWS):
        rows = slice(top, min(top + STRIP_ROWS, windows) + WINDOW - 1)
        for channel in range(channels):
            total += _ssim_sum(a[rows, :, channel].astype(np.float64), b[rows, :, channel].astype(np.float64))
    return float(total / (windows * (width - WINDOW + 1) * channels))


def _check(a: FloatImage, b: FloatImage) -> None:
    if a.shape != b.shape:
        raise ValueError(f"images of different sizes cannot be compared: {a.shape} and {b.shape}")


def _ssim_sum(a: _Plane, b: _Plane) -> float:
    """Sum of the SSIM map over all windows inside one plane; eq. 13 of the paper."""
    mean_a, mean_b = window_mean(a), window_mean(b)
    variances = window_mean(a * a) + window_mean(b * b) - mean_a**2 - mean_b**2
    covariance = window_mean(a * b) - mean_a * mean_b
    likeness = (2 * mean_a * mean_b + C1) * (2 * covariance + C2)
    return float((likeness / ((mean_a**2 + mean_b**2 + C1) * (variances + C2))).sum())


def window_mean(plane: _Plane) -> _Plane:
    """Gaussian-weighted mean of every window that lies inside the plane."""
    kernel = cv2.getGaussianKernel(WINDOW, SIGMA, cv2.CV_64F)
    reach = WINDOW // 2
    filtered = cv2.sepFilter2D(plane, cv2.CV_64F, kernel, kernel, borderType=cv2.BORDER_REFLECT)
    return np.asarray(filtered[reach:-reach, reach:-reach], np.float64)
