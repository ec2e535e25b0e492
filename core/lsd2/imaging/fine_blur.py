"""Blur of less than a pixel or two, which is much in the photo that a copy was made of.

Blurring takes more from fine detail than from coarse.  Blurred alike, the short frame agrees with the long one in what
share of either is left; its noise, which is not in the long frame, takes no part in their covariance.
"""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np

from lsd2.imaging.likeness import Gray, Matrix, warp

BLURS = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0)
"""Standard deviations, pixels, that are tried; between two it is interpolated."""
FINE, COARSE = (1.0, 3.0), (4.0, 12.0)
"""Bands of detail: what the wider of two Gaussians takes out and the narrower leaves, sigmas in pixels."""
NOTHING = 1e-9


def fine_blur(short: Gray, long: Gray, matrix: Matrix) -> float:
    """Gaussian blur (sigma, pixels) of the long of two luminance images against the short one, up to `BLURS[-1]`.

    Parameters
    ----------
    short, long : smoothed alike, of equal brightness.
    matrix : takes short pixel coordinates to long ones.
    """
    seen = warp(np.ones_like(long), matrix) > 0.99
    long = warp(long, matrix)
    bands = [(band, _band(long, 0.0, band)) for band in (FINE, COARSE)]

    def missing(blur: float) -> float:
        """How much less fine detail than coarse the long frame has, in logarithms, than the short one blurred."""
        fine, coarse = (
            float((of_long * of_long)[seen].sum() + NOTHING)
            / max(float((_band(short, blur, band) * of_long)[seen].sum()), NOTHING)
            for band, of_long in bands
        )
        return float(np.log(coarse) - np.log(fine))

    errors = [(blur, missing(blur)) for blur in BLURS]
    if errors[0][1] <= 0:
        return 0.0
    for (less, above), (more, below) in pairwise(errors):
        if below <= 0:
            return less + (more - less) * above / (above - below)
    return BLURS[-1]


def _band(image: Gray, blur: float, band: tuple[float, float]) -> Gray:
    """The detail of a band in an image that is blurred before."""
    narrow, wide = (
        cv2.GaussianBlur(image, (0, 0), float(np.hypot(blur, sigma)), borderType=cv2.BORDER_REFLECT) for sigma in band
    )
    return np.asarray(narrow - wide, np.float32)
