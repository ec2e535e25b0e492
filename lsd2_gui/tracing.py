"""Where a fused picture comes from, made visible: what is the short frame's, in colour over the grey picture."""

from __future__ import annotations

import cv2
import numpy as np

from lsd2_gui.qimage import U8, U16
from lsd2_gui.theme import COLOURS

GREY_SHARE = 0.6
"""Brightness of the picture under the colour, so that the colour stands out in highlights too."""
DARKEST_COLOUR = 0.35
"""Brightness of the colour where the picture is black."""
_STRIP_ROWS = 256


def tinted(pixels: U16, share: U8) -> U16:
    """The picture in grey, coloured by as much of every pixel as is the short frame's.

    Parameters
    ----------
    pixels : uint16 (H, W, 3), RGB, gamma-encoded sRGB; so is what is returned.
    share : uint8 (H, W), 255 being all.
    """
    made = np.empty_like(pixels)
    for top in range(0, len(pixels), _STRIP_ROWS):
        rows = slice(top, top + _STRIP_ROWS)
        grey = cv2.cvtColor(np.ascontiguousarray(pixels[rows]), cv2.COLOR_RGB2GRAY).astype(np.float32)[..., None]
        part = share[rows, :, None].astype(np.float32) / 255
        coloured = colour() * (DARKEST_COLOUR * 65535 + (1 - DARKEST_COLOUR) * grey)
        made[rows] = (1 - part) * GREY_SHARE * grey + part * coloured + 0.5
    return made


def colour() -> np.ndarray:
    """The colour that stands for the short frame: RGB in [0, 1]."""
    code = COLOURS["accent"].lstrip("#")
    return np.array([int(code[place : place + 2], 16) for place in (0, 2, 4)], np.float32) / 255
