"""Right minus left, made visible.

Arrays are as they are painted: uint8 (H, W, 4), B G R and an unused byte, gamma-encoded sRGB.
"""

from __future__ import annotations

import cv2
import numpy as np

from lsd2_gui.canvas.look import Difference
from lsd2_gui.qimage import U8

LUMA = np.array([[0.0722, 0.7152, 0.2126, 0.0]], np.float32)
"""Weights of B, G, R and the unused byte."""
MIDDLE = 128
"""What a signed difference shows where both are alike."""


def difference(left: U8, right: U8, kind: Difference, gain: int) -> U8:
    """The difference times `gain`, clipped to 8 bits.

    ABSOLUTE is taken in each channel and black where both are alike; SIGNED is grey there, brighter where the right
    picture is; LUMINANCE is signed, of the luma (ITU-R BT.709 weights, as sRGB has its primaries).
    """
    if kind is Difference.ABSOLUTE:
        return np.asarray(cv2.convertScaleAbs(cv2.absdiff(right, left), alpha=gain), np.uint8)
    if kind is Difference.SIGNED:
        return _signed(left, right, gain)
    grey = _signed(luma(left), luma(right), gain)
    return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGRA), np.uint8)


def luma(pixels: U8) -> U8:
    """uint8 (H, W): the weighted sum of the gamma-encoded channels."""
    return np.asarray(cv2.transform(pixels, LUMA), np.uint8)


def _signed(left: U8, right: U8, gain: int) -> U8:
    return np.asarray(cv2.addWeighted(right, float(gain), left, -float(gain), float(MIDDLE)), np.uint8)
