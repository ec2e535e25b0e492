"""A wall being painted for the rendered night scene: colour, relief, own light and outline, addressed in metres."""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

FloatImage = NDArray[np.float32]
Colour = tuple[float, float, float]
Rect = tuple[float, float, float, float]
"""(left, bottom, right, top), metres from the surface's lower left corner."""


def dimmed(colour: Colour, factor: float) -> Colour:
    """A colour, or the power of a light, times a factor."""
    return (colour[0] * factor, colour[1] * factor, colour[2] * factor)


def smooth_noise(shape: tuple[int, int], cell: tuple[float, float], rng: np.random.Generator) -> FloatImage:
    """Noise (H, W) of mean 0 whose features are about `cell` = (height, width) pixels large."""
    rows, columns = (int(np.ceil(size / max(step, 1.0))) + 3 for size, step in zip(shape, cell, strict=True))
    grid = rng.standard_normal((rows, columns), dtype=np.float32)
    if min(cell) <= 1 and max(cell) <= 1:
        return grid[: shape[0], : shape[1]]
    full = (int(columns * max(cell[1], 1.0)), int(rows * max(cell[0], 1.0)))
    return np.asarray(cv2.resize(grid, full, interpolation=cv2.INTER_CUBIC)[: shape[0], : shape[1]], np.float32)


def fractal_noise(shape: tuple[int, int], coarsest: float, rng: np.random.Generator, octaves: int = 6) -> FloatImage:
    """Noise (H, W) with features from `coarsest` pixels downwards; each octave has 0.6 of the one before."""
    count = int(np.clip(np.log2(max(coarsest, 1)) + 1, 1, octaves))
    total, cell = np.zeros((2, 2), np.float32), 1.0
    for octave in range(count):
        cell = max(coarsest / 2**octave, 1.0)
        rows, columns = (int(np.ceil(size / cell)) + 2 for size in shape)
        detail = np.float32(0.6**octave) * rng.standard_normal((rows, columns), dtype=np.float32)
        total = np.asarray(detail + cv2.resize(total, (columns, rows), interpolation=cv2.INTER_LINEAR), np.float32)
    size = (int(total.shape[1] * cell), int(total.shape[0] * cell))
    whole = cv2.resize(total, size, interpolation=cv2.INTER_LINEAR) if cell > 1 else total
    return np.asarray(whole[: shape[0], : shape[1]], np.float32)


@dataclass(slots=True)
class Surface:
    """A rectangle of wall.  Arrays have their first row at the top.

    Attributes
    ----------
    width, height : metres.
    density : texels per metre.
    grain : generator of texture noise only, so that the layout never depends on the resolution.
    albedo : (H, W, 3) linear reflectance.  emission : (H, W, 3) linear radiance.
    relief : (H, W) height towards the viewer, metres.  alpha : (H, W) coverage.
    """

    width: float
    height: float
    density: float
    grain: np.random.Generator
    albedo: FloatImage = field(init=False, repr=False)
    emission: FloatImage = field(init=False, repr=False)
    relief: FloatImage = field(init=False, repr=False)
    alpha: FloatImage = field(init=False, repr=False)

    def __post_init__(self) -> None:
        shape = (max(round(self.height * self.density), 2), max(round(self.width * self.density), 2))
        self.albedo = np.full((*shape, 3), 0.2, np.float32)
        self.emission = np.zeros((*shape, 3), np.float32)
        self.relief = np.zeros(shape, np.float32)
        self.alpha = np.ones(shape, np.float32)

    @property
    def shape(self) -> tuple[int, int]:
        """(H, W), texels."""
        return (self.relief.shape[0], self.relief.shape[1])

    @property
    def everything(self) -> Rect:
        return (0.0, 0.0, self.width, self.height)

    def part(self, rect: Rect) -> tuple[slice, slice]:
        """Index of a rectangle: at least one texel large, but empty outside the surface."""
        rows, columns = self.shape
        left, right = self._span(rect[0] * self.density, rect[2] * self.density, columns)
        top, bottom = self._span(rows - rect[3] * self.density, rows - rect[1] * self.density, rows)
        return slice(top, bottom), slice(left, right)

    @staticmethod
    def _span(start: float, end: float, size: int) -> tuple[int, int]:
        first = min(max(round(start), 0), size)
        return first, max(min(max(round(end), round(start) + 1), size), first)

    def part_shape(self, rect: Rect) -> tuple[int, int]:
        """(H, W), texels, of a rectangle."""
        rows, columns = self.part(rect)
        return rows.stop - rows.start, columns.stop - columns.start

    def paint(self, rect: Rect, colour: Colour, relief: float | None = None, mottle: float = 0.06) -> None:
        """Fill a rectangle with a slightly mottled colour; it hides any light behind it."""
        where = self.part(rect)
        shape = self.part_shape(rect)
        if 0 in shape:
            return
        spots = fractal_noise(shape, 0.3 * self.density, self.grain, 8)
        self.albedo[where] = np.clip(np.asarray(colour, np.float32) * (1 + np.float32(mottle) * spots[..., None]), 0, 1)
        self.emission[where] = 0
        if relief is not None:
            self.relief[where] = relief + np.float32(0.0008) * spots

    def polygon(self, points: list[tuple[float, float]]) -> FloatImage:
        """Coverage (H, W) of a polygon given in metres, anti-aliased."""
        mask = np.zeros(self.shape, np.uint8)
        place = np.array([[x * self.density - 0.5, self.shape[0] - y * self.density - 0.5] for x, y in points])
        cv2.fillPoly(mask, [np.round(place * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
        return mask.astype(np.float32) / np.float32(255)

    def print_mask(self, mask: FloatImage, centre: tuple[float, float], colour: Colour, glow: float = 0.0) -> None:
        """Print a mask (h, w), such as lettering, around a point; `glow` is the radiance of luminous paint."""
        rows, columns = self.shape
        top = round(rows - centre[1] * self.density - mask.shape[0] / 2)
        left = round(centre[0] * self.density - mask.shape[1] / 2)
        first_row, first_column = max(top, 0), max(left, 0)
        cut = mask[first_row - top : rows - top, first_column - left : columns - left]
        if not cut.size:
            return
        where = (slice(first_row, first_row + cut.shape[0]), slice(first_column, first_column + cut.shape[1]))
        ink = cut[..., None] * np.float32(1)
        paint = np.asarray(colour, np.float32)
        self.albedo[where] += ink * (paint - self.albedo[where])
        self.emission[where] += ink * (paint * np.float32(glow) - self.emission[where])
