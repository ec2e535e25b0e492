"""A part of a photo that is processed with some of its surroundings, and cut out of what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from lsd2.photo import Crop
from lsd2.progress import Progress, Stage

Scalar = TypeVar("Scalar", bound=np.generic)


@dataclass(frozen=True, slots=True)
class Part:
    """`crop` of a photo, processed as a piece of `window` (None: the whole photo)."""

    crop: Crop
    window: Crop | None

    @property
    def inner(self) -> Crop:
        """The part in the pixels of what is processed."""
        return self.crop.seen_from(self.window) if self.window else self.crop

    def cut(self, pixels: NDArray[Scalar]) -> NDArray[Scalar]:
        """The part alone; an array of its own, so that the surroundings are freed."""
        return np.ascontiguousarray(pixels[self.inner.rows, self.inner.columns])

    def progress(self, told: Progress) -> Progress:
        """Passes on reports, and of finished tiles what lies in the part, in the part's coordinates."""
        return _Cutting(told, self.inner)


class _Cutting:
    def __init__(self, told: Progress, inner: Crop) -> None:
        self._told, self._inner = told, inner

    def report(self, stage: Stage, done: int, total: int) -> None:
        self._told.report(stage, done, total)

    def tile(self, left: int, top: int, pixels: NDArray[np.float32]) -> None:
        inner, (height, width) = self._inner, pixels.shape[:2]
        x, y = max(left, inner.x), max(top, inner.y)
        right, bottom = min(left + width, inner.x + inner.width), min(top + height, inner.y + inner.height)
        if x < right and y < bottom:
            self._told.tile(x - inner.x, y - inner.y, pixels[y - top : bottom - top, x - left : right - left])


class Moved:
    """Passes on the progress of an area that is processed alone, in the coordinates of what it lies in."""

    def __init__(self, told: Progress, area: Crop) -> None:
        self._told, self._area = told, area

    def report(self, stage: Stage, done: int, total: int) -> None:
        self._told.report(stage, done, total)

    def tile(self, left: int, top: int, pixels: NDArray[np.float32]) -> None:
        self._told.tile(left + self._area.x, top + self._area.y, pixels)


def part_around(crop: Crop, context: int, grid: int, width: int, height: int) -> Crop:
    """`crop` with `context` pixels around it, as far as a photo of `width` x `height` has them.

    It begins at multiples of `grid`.

    Raises
    ------
    ValueError
        When the crop is empty or not inside the photo.
    """
    if min(crop.width, crop.height) < 1 or not crop.fits(width, height):
        raise ValueError(f"{crop} is no part of a photo of {width}x{height}")
    left, top = (max(start - context, 0) // grid * grid for start in (crop.x, crop.y))
    right = min(crop.columns.stop + context, width)
    bottom = min(crop.rows.stop + context, height)
    return Crop(left, top, right - left, bottom - top)


SAMPLE_SIDE = 256
"""Side of a sample, pixels, of photos that have room for two."""


def sample_windows(height: int, width: int) -> tuple[Crop, ...]:
    """Where to look at a photo to judge all of it: up to four places, around the centres of its quarters.

    A side that is shorter than two samples is looked at in full.
    """
    return tuple(
        Crop(x=x, y=y, width=across, height=down) for y, down in _samples(height) for x, across in _samples(width)
    )


def _samples(length: int) -> tuple[tuple[int, int], ...]:
    """Where they begin along one side, and how long they are."""
    if length < 2 * SAMPLE_SIDE:
        return ((0, length),)
    return tuple((length * quarter // 4 - SAMPLE_SIDE // 2, SAMPLE_SIDE) for quarter in (1, 3))
