"""Taking noise of a known strength out of smooth areas at little cost: the guided filter.

References
----------
K. He, J. Sun and X. Tang, "Guided Image Filtering", ECCV 2010.
"""

from __future__ import annotations

import cv2
import numpy as np

from lsd2.photo import FloatImage

RADIUS = 4
REACH = 2 * RADIUS
"""Rows that a pixel of the result looks up and down: two box filters."""
STRENGTH = 2.0
"""The filter's epsilon, in variances of the noise: with 1 half of the noise's amplitude would stay in even areas."""


def smooth(image: FloatImage, sigma: float) -> FloatImage:
    """Smooth a display image (rows, W, 3), guided by its own luminance, whose edges well above the noise stay.

    `sigma` is the noise's standard deviation in gamma-encoded values of [0, 1]; with 0 the image comes back as it is.
    """
    if sigma <= 0:
        return image
    guide = np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), np.float32)
    mean_guide = _mean(guide)
    spread: FloatImage = np.maximum(_mean(guide * guide) - mean_guide**2, 0) + np.float32(STRENGTH * sigma**2)
    channels = [_fitted(np.asarray(plane, np.float32), guide, mean_guide, spread) for plane in cv2.split(image)]
    return np.asarray(cv2.merge(channels), np.float32)


def _fitted(plane: FloatImage, guide: FloatImage, mean_guide: FloatImage, spread: FloatImage) -> FloatImage:
    """A channel (rows, W) as the means of all lines through the guide that fit around a pixel; all planes alike.

    One channel at a time: spreading planes over channels costs numpy a third more time.
    """
    mean = _mean(plane)
    slope: FloatImage = np.divide(_mean(plane * guide) - mean * mean_guide, spread, dtype=np.float32)
    return np.asarray(_mean(slope) * guide + _mean(mean - slope * mean_guide), np.float32)


def _mean(values: FloatImage) -> FloatImage:
    side = 2 * RADIUS + 1
    return np.asarray(cv2.blur(values, (side, side), borderType=cv2.BORDER_REFLECT), np.float32)
