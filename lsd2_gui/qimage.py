"""Arrays become images here and nowhere else.

A `MipChain` holds a picture for the screen at full, half, quarter... size.  Each level is an array and a `QImage` that
looks into it, so that finished tiles can be written in place.  Building one touches no widget
and may run on any thread; once built it belongs to the main thread.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from lsd2.photo import Crop

LEVELS = 5
SMALLEST_SIDE = 64
THUMBNAIL_SAMPLES = 6
"""Pixels of a large picture that are looked at for one of its thumbnail's, in each direction."""
BAND_ROWS = 64
"""Rows that are made ready at once: what they need stays in the processor's cache."""

U8 = NDArray[np.uint8]
U16 = NDArray[np.uint16]


@dataclass(frozen=True, slots=True, eq=False)
class MipLevel:
    """`image` looks into `pixels`: uint8 (H, W, 4), B G R and an unused byte.  Neither outlives the other."""

    image: QImage
    pixels: U8


class MipChain:
    """A picture at 1, 1/2, 1/4... of its size; each level averages 2x2 pixels of the one above.

    `version` grows whenever something is written.
    """

    def __init__(self, width: int, height: int) -> None:
        self.version = 0
        self._levels = [_new_level(width, height)]
        while len(self._levels) < LEVELS and min(width, height) > SMALLEST_SIDE:
            width, height = (width + 1) // 2, (height + 1) // 2
            self._levels.append(_new_level(width, height))

    @classmethod
    def from_u16(cls, pixels: U16, table: U8) -> MipChain:
        """From uint16 (H, W, 3) RGB, through a table of 65536 uint8 values (see `display_table`)."""
        chain = cls(pixels.shape[1], pixels.shape[0])
        chain.write(0, 0, pixels, table)
        return chain

    @property
    def width(self) -> int:
        return self._levels[0].image.width()

    @property
    def height(self) -> int:
        return self._levels[0].image.height()

    @property
    def levels(self) -> tuple[MipLevel, ...]:
        return tuple(self._levels)

    def write(self, left: int, top: int, pixels: U16, table: U8) -> None:
        """Put uint16 RGB pixels at (left, top) of the full size and renew the smaller levels there."""
        self.version += 1
        height, width = pixels.shape[:2]
        for start in range(0, height, BAND_ROWS):
            band = pixels[start : start + BAND_ROWS]
            shown = cv2.cvtColor(cv2.LUT(np.ascontiguousarray(band), table), cv2.COLOR_RGB2BGRA)
            self._levels[0].pixels[top + start :, left : left + width][: len(band)] = shown
            self._renew(left, top + start, left + width, top + start + len(band))

    def dimmed(self, share: float) -> MipChain:
        """A copy with `share` of the brightness."""
        copy = MipChain(self.width, self.height)
        for source, target in zip(self._levels, copy._levels, strict=True):
            target.pixels[:] = cv2.convertScaleAbs(source.pixels, alpha=share)
        return copy

    def level_for(self, scale: float) -> int:
        """The smallest level that is not smaller than the picture on the screen at `scale`."""
        level = 0
        while level + 1 < len(self._levels) and scale <= 0.5 ** (level + 1):
            level += 1
        return level

    def _renew(self, left: int, top: int, right: int, bottom: int) -> None:
        for above, below in zip(self._levels, self._levels[1:], strict=False):
            left, top, right, bottom = left // 2, top // 2, (right + 1) // 2, (bottom + 1) // 2
            source = above.pixels[2 * top : 2 * bottom, 2 * left : 2 * right]
            below.pixels[top:bottom, left:right] = halved(source)


def owned_image(pixels: U8) -> QImage:
    """An image with a copy of uint8 (H, W, 4) that it owns.

    numpy makes the copy, for Qt would keep the interpreter from everything else meanwhile.
    """
    height, width = pixels.shape[:2]
    image = QImage(width, height, QImage.Format.Format_RGB32)
    np.frombuffer(image.bits(), np.uint8).reshape(pixels.shape)[:] = pixels
    return image


def display_table(gain: float = 1.0) -> U8:
    """65536 uint8 values: from gamma-encoded sRGB uint16 to the same in uint8, with `gain` in linear light."""
    encoded = np.arange(65536, dtype=np.float64) / 65535
    if gain != 1.0:
        encoded = encode_srgb(np.minimum(decode_srgb(encoded) * gain, 1.0))
    return np.round(encoded * 255).astype(np.uint8)


def decode_srgb(encoded: NDArray[np.float64]) -> NDArray[np.float64]:
    """Gamma-encoded sRGB to linear light, both in [0, 1] (IEC 61966-2-1)."""
    return np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)


def encode_srgb(linear: NDArray[np.float64]) -> NDArray[np.float64]:
    """Linear light to gamma-encoded sRGB, both in [0, 1] (IEC 61966-2-1)."""
    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * np.maximum(linear, 0) ** (1 / 2.4) - 0.055)


def _new_level(width: int, height: int) -> MipLevel:
    """Black.  numpy fills it, for Qt would keep the interpreter from everything else meanwhile."""
    pixels = np.zeros((height, width, 4), np.uint8)
    pixels[..., 3] = 255
    return MipLevel(QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32), pixels)


def halved(pixels: U8) -> U8:
    """2x2 means of uint8 (H, W, C); an odd last row or column counts twice."""
    height, width = pixels.shape[:2]
    if height % 2 or width % 2:
        padded = cv2.copyMakeBorder(pixels, 0, height % 2, 0, width % 2, cv2.BORDER_REPLICATE)
        pixels = np.asarray(padded, dtype=np.uint8)
    size = ((width + 1) // 2, (height + 1) // 2)
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def thumbnail(pixels: U16, width: int, height: int) -> QImage:
    """The middle of a uint16 RGB picture in the proportions of width x height, as an image of that size."""
    middle = _middle(Crop(0, 0, pixels.shape[1], pixels.shape[0]), width, height)
    step = max(1, int(middle.width / width / THUMBNAIL_SAMPLES))
    part = np.ascontiguousarray(pixels[middle.rows, middle.columns][::step, ::step])
    small = np.asarray(cv2.resize(part, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint16)
    return owned_image(MipChain.from_u16(small, display_table()).levels[0].pixels)


def small_picture(chain: MipChain, width: int, height: int, part: Crop | None = None) -> QImage:
    """The middle of a chain's picture, or of a part of it, in the proportions of width x height, of that size."""
    middle = _middle(part or Crop(0, 0, chain.width, chain.height), width, height)
    index = chain.level_for(width / middle.width)
    pixels, step = chain.levels[index].pixels, 2**index
    rows, columns = (
        slice(one.start // step, max(one.start // step + 1, one.stop // step)) for one in (middle.rows, middle.columns)
    )
    small = cv2.resize(pixels[rows, columns], (width, height), interpolation=cv2.INTER_AREA)
    return owned_image(np.asarray(small, np.uint8))


def _middle(part: Crop, width: int, height: int) -> Crop:
    """As much of a part as has the proportions of width x height."""
    scale = min(part.width / width, part.height / height)
    inner_width, inner_height = max(1, int(width * scale)), max(1, int(height * scale))
    left, top = part.x + (part.width - inner_width) // 2, part.y + (part.height - inner_height) // 2
    return Crop(left, top, inner_width, inner_height)
