"""Lettering for the rendered night scene's signs, in the font that ships inside Pillow."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

OVERSAMPLING = 4


def text_mask(text: str, height: int, bold: float = 0.0, spacing: float = 0.0) -> NDArray[np.float32]:
    """One line of text, cropped to its ink.

    Parameters
    ----------
    height : font size, pixels.
    bold : extra stroke width, as a share of the font size.
    spacing : extra space between letters, as a share of the font size.

    Returns
    -------
    float32 (H, W) coverage in [0, 1].
    """
    size = OVERSAMPLING * max(height, 3)
    font = ImageFont.load_default(size)
    pen, places = 0.0, []
    for letter in text:
        places.append(pen)
        pen += font.getlength(letter) + spacing * size
    sheet = Image.new("L", (int(pen) + 2 * size, 3 * size))
    draw = ImageDraw.Draw(sheet)
    for letter, place in zip(text, places, strict=True):
        draw.text((size + place, size), letter, fill=255, font=font, stroke_width=bold * size)
    return _shrink(_crop_to_ink(np.asarray(sheet)))


def _crop_to_ink(sheet: NDArray[np.uint8]) -> NDArray[np.uint8]:
    rows, columns = np.flatnonzero(sheet.any(axis=1)), np.flatnonzero(sheet.any(axis=0))
    if not rows.size:
        return sheet[:OVERSAMPLING, :OVERSAMPLING]
    return sheet[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _shrink(ink: NDArray[np.uint8]) -> NDArray[np.float32]:
    size = (max(ink.shape[1] // OVERSAMPLING, 1), max(ink.shape[0] // OVERSAMPLING, 1))
    return np.asarray(cv2.resize(ink, size, interpolation=cv2.INTER_AREA), np.float32) / np.float32(255)


def fitted_text(text: str, width: float, height: float, bold: float = 0.0, spacing: float = 0.0) -> NDArray[np.float32]:
    """The largest `text_mask` whose ink fits into width x height pixels; at least one pixel."""
    probe = text_mask(text, 40, bold, spacing)
    scale = min(width / probe.shape[1], height / probe.shape[0])
    mask = text_mask(text, max(int(40 * scale), 1), bold, spacing)
    return mask[: max(int(height), 1), : max(int(width), 1)]
