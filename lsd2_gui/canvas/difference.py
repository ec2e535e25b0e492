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


def difference(left: U8, right: U8, kind: Difference, gain: int, out: U8) -> None:
    """Write the difference times `gain`, clipped to 8 bits, into `out`, with 255 in the unused byte.

    It may be `left` or `right`: fresh memory for every frame would take a third of its time.

    ABSOLUTE is taken in each channel and black where both are alike; SIGNED is grey there, brighter where the right
    picture is; LUMINANCE is signed, of the luma (ITU-R BT.709 weights, as sRGB has its primaries).
    """
    if kind is Difference.ABSOLUTE:
        cv2.convertScaleAbs(cv2.absdiff(right, left, dst=out), dst=out, alpha=gain)
    elif kind is Difference.SIGNED:
        _signed(left, right, gain, out)
    else:
        cv2.cvtColor(_signed(luma(left), luma(right), gain), cv2.COLOR_GRAY2BGRA, dst=out)
    whole = out.view("<u4")
    np.bitwise_or(whole, np.uint32(0xFF000000), out=whole)


def luma(pixels: U8) -> U8:
    """uint8 (H, W): the weighted sum of the gamma-encoded channels."""
    return np.asarray(cv2.transform(pixels, LUMA), np.uint8)


def _signed(left: U8, right: U8, gain: int, out: U8 | None = None) -> U8:
    return np.asarray(cv2.addWeighted(right, float(gain), left, -float(gain), float(MIDDLE), dst=out), np.uint8)
