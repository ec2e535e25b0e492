"""The window's pictures, read by the worker: as they are, or blended with another."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lsd2.photo import Crop, FloatImage
from lsd2.worker.protocol import Blend, SharedImage
from lsd2.worker.shared import SharedPixels, to_uint16


def read_display(image: SharedImage, blend: Blend | None = None, crop: Crop | None = None) -> FloatImage:
    """A display image (H, W, 3) of the window's picture, or of the part of it in `crop`.

    Raises
    ------
    Lsd2Error
        When it is there no more.
    """
    pixels = _cut(_display(image), crop)
    if blend is None or blend.strength >= 1.0:
        return pixels
    return blended(pixels, _cut(_display(blend.base), crop), blend.strength)


def read_levels(image: SharedImage, blend: Blend | None = None) -> NDArray[np.uint16]:
    """The same, whole, as uint16 levels."""
    if blend is None or blend.strength >= 1.0:
        picture = SharedPixels.attach(image)
        try:
            return picture.levels()
        finally:
            picture.close()
    return to_uint16(read_display(image, blend))


def blended(pixels: FloatImage, base: FloatImage, strength: float) -> FloatImage:
    """`strength` (0 to 1) of `pixels` and the rest of `base`: display images (H, W, 3), a new one."""
    mixed = base + np.float32(strength) * (pixels - base)
    return np.clip(mixed, 0.0, 1.0, out=mixed)


def _display(image: SharedImage) -> FloatImage:
    picture = SharedPixels.attach(image)
    try:
        return picture.to_float()
    finally:
        picture.close()


def _cut(pixels: FloatImage, crop: Crop | None) -> FloatImage:
    return pixels if crop is None else np.ascontiguousarray(pixels[crop.rows, crop.columns])
