"""Where a picture is clipped: at full, half, quarter... size, so that it is seen at every zoom.

Pixels count as they are in the file, not as they are brightened on the screen.  Smaller levels keep the share of
clipped pixels, so that a few burnt pixels still show in a picture that is shrunk to the window.
"""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from lsd2_gui.qimage import BAND_ROWS, LEVELS, SMALLEST_SIDE, U8, U16, halved

BLACK, WHITE = 128, 65535 - 128
"""uint16 values up to and from which 8 bits say 0 and 255."""
_SHADOW, _HIGHLIGHT = (60, 120, 255), (255, 40, 40)
"""RGB of the marks, as in other raw developers: blue below, red above."""
_STRENGTH = 0.9
_BOOST = 3.0
"""A third of a pixel's area that is clipped is marked in full."""


class ClipMap:
    """Shares of clipped pixels.

    `levels[k]` is uint8 (H, W, 2) for the picture at 1/2^(k+1): the share of pixels with all channels at black, and of
    pixels with any channel at white, 255 for all.  The full size is computed from the picture when it is painted.
    """

    def __init__(self, width: int, height: int) -> None:
        self.levels: list[U8] = []
        while len(self.levels) + 1 < LEVELS and min(width, height) > SMALLEST_SIDE:
            width, height = (width + 1) // 2, (height + 1) // 2
            self.levels.append(np.zeros((height, width, 2), np.uint8))

    @classmethod
    def of(cls, pixels: U16) -> ClipMap:
        """Of a whole picture, uint16 (H, W, 3) RGB."""
        made = cls(pixels.shape[1], pixels.shape[0])
        made.renew(pixels, 0, 0, pixels.shape[1], pixels.shape[0])
        return made

    def renew(self, pixels: U16, left: int, top: int, right: int, bottom: int) -> None:
        """Measure a part of the picture again; `pixels` is the whole picture."""
        if not self.levels:
            return
        left, top, right, bottom = left // 2, top // 2, (right + 1) // 2, (bottom + 1) // 2
        for start in range(top, bottom, BAND_ROWS):
            end = min(start + BAND_ROWS, bottom)
            self.levels[0][start:end, left:right] = halved(clipped(pixels[2 * start : 2 * end, 2 * left : 2 * right]))
        for source, target in zip(self.levels, self.levels[1:], strict=False):
            left, top, right, bottom = left // 2, top // 2, (right + 1) // 2, (bottom + 1) // 2
            target[top:bottom, left:right] = halved(source[2 * top : 2 * bottom, 2 * left : 2 * right])


def clipped(pixels: U16) -> U8:
    """uint8 (H, W, 2): 255 where all channels are black; 255 where any channel is white."""
    part = np.ascontiguousarray(pixels)
    black = cv2.inRange(part, (0, 0, 0), (BLACK, BLACK, BLACK))
    below_white = cv2.inRange(part, (0, 0, 0), (WHITE - 1, WHITE - 1, WHITE - 1))
    return np.asarray(cv2.merge([black, cv2.bitwise_not(below_white)]), np.uint8)


def clip_marks(shares: U8, *, shadows: bool, highlights: bool) -> QImage:
    """The marks to lay over a part of a picture, transparent elsewhere; `shares` as in a level of `ClipMap`."""
    height, width = shares.shape[:2]
    both = np.ascontiguousarray(shares).view("<u2")[..., 0]
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    rows = np.frombuffer(image.bits(), np.uint32).reshape(height, image.bytesPerLine() // 4)
    np.take(_marks(shadows, highlights), both, out=rows[:, :width])
    return image


@lru_cache(maxsize=4)
def _marks(shadows: bool, highlights: bool) -> NDArray[np.uint32]:
    """Premultiplied ARGB for every pair of shares, read as one number with that of the shadows in its lower byte."""
    none = np.zeros(256, np.uint32)
    low, high = _mark_table(_SHADOW) if shadows else none, _mark_table(_HIGHLIGHT) if highlights else none
    return np.maximum(low[None, :], high[:, None]).ravel()


def _mark_table(colour: tuple[int, int, int]) -> NDArray[np.uint32]:
    """Premultiplied ARGB for each of the 256 shares."""
    alpha = np.minimum(np.arange(256) / 255 * _BOOST, 1.0) * _STRENGTH
    red, green, blue = (np.round(alpha * channel).astype(np.uint32) for channel in colour)
    opacity = np.round(alpha * 255).astype(np.uint32)
    return np.asarray((opacity << 24) | (red << 16) | (green << 8) | blue, np.uint32)
