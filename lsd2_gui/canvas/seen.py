"""The part of a picture that is on the screen, in whole pixels."""

from __future__ import annotations

from math import ceil, floor

from lsd2.photo import Crop
from lsd2_gui.canvas.transform import ViewTransform

SMALLEST = 64
"""Less than this is no part worth processing by itself, pixels."""


def seen_crop(transform: ViewTransform) -> Crop | None:
    """What is seen of the picture; None if that is all of it."""
    left, top, right, bottom = transform.visible
    (x, width), (y, height) = (_span(left, right, transform.image.width), _span(top, bottom, transform.image.height))
    if (width, height) == (int(transform.image.width), int(transform.image.height)):
        return None
    return Crop(x, y, width, height)


def _span(low: float, high: float, extent: float) -> tuple[int, int]:
    """First pixel and number of pixels, within the picture and not less than `SMALLEST` as far as it goes."""
    whole = int(extent)
    first, end = max(0, floor(low)), min(whole, ceil(high))
    first = max(0, min(first, whole - SMALLEST))
    return first, max(end, min(first + SMALLEST, whole)) - first
