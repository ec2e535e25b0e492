"""EXIF orientation: which way up the stored pixels are meant to be seen.

References
----------
CIPA DC-008 (EXIF 2.32), section 4.6.4, tag 0x0112 Orientation.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

UPRIGHT = 1
ORIENTATIONS = range(1, 9)
_TRANSPOSED = (5, 6, 7, 8)
_UPSIDE_DOWN = (3, 4, 7, 8)
_MIRRORED = (2, 3, 6, 7)
"""Flips of rows and of columns, after the transposition: 6, a quarter turn clockwise, is transposed and mirrored."""


def upright(pixels: NDArray[Any], orientation: int) -> NDArray[Any]:
    """The picture as it is meant to be seen.

    Parameters
    ----------
    pixels : (H, W) or (H, W, C) of any type, as stored.
    orientation : EXIF orientation 1-8.

    Returns
    -------
    A view or a contiguous copy; orientations 5-8 swap height and width.
    """
    if orientation in _TRANSPOSED:
        pixels = pixels.swapaxes(0, 1)
    if orientation in _UPSIDE_DOWN:
        pixels = pixels[::-1]
    if orientation in _MIRRORED:
        pixels = pixels[:, ::-1]
    return np.ascontiguousarray(pixels)


def upright_size(width: int, height: int, orientation: int) -> tuple[int, int]:
    """(width, height) of a picture of this stored size once it is upright."""
    return (height, width) if orientation in _TRANSPOSED else (width, height)
