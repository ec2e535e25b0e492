"""Exposure fusion of some aligned pictures as they are (Mertens et al. 2007)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from lsd2.imaging.fusion.blend import GRID, Exposures, Report, blend
from lsd2.imaging.fusion.weights import Weighting, normalised_weights
from lsd2.photo import FloatImage

WEIGHT_REACH = 1
"""Rows that the weight of a pixel looks up and down."""
BYTES_PER_PIXEL = 130
"""Working memory per pixel of a strip and its margins, for two exposures; measured."""
SMALLEST_STRIP, LARGEST_STRIP = 4 * GRID, 64 * GRID
"""Rows; beyond the largest, cancel gets sluggish and nothing is won."""


@dataclass(frozen=True, slots=True)
class Fused:
    """A fused picture: a display image (H, W, 3), and the weight (H, W) of its last exposure, 255 being all."""

    pixels: FloatImage = field(repr=False)
    last_weight: NDArray[np.uint8] = field(repr=False)


def strip_rows(width: int, memory_bytes: float) -> int:
    """Rows of a strip, so that the work on it takes about `memory_bytes`, and never less than the smallest strip."""
    rows = min(memory_bytes / (BYTES_PER_PIXEL * width), LARGEST_STRIP)
    return max(int(rows) // GRID * GRID, SMALLEST_STRIP)


def fuse(pictures: Sequence[FloatImage], weighting: Weighting, memory_bytes: float, report: Report) -> Fused:
    """Fuse display images (H, W, 3) of equal size, which are left as they are.

    Parameters
    ----------
    memory_bytes : working memory beside the pictures and the result.
    report : told the steps of work; may raise `Cancelled`.
    """
    height, width = pictures[0].shape[:2]
    last_weight = np.empty((height, width), np.uint8)

    def read(top: int, bottom: int) -> Exposures:
        exposures = read_rows(pictures, weighting, top, bottom)
        last_weight[top:bottom] = as_share(exposures.weights[-1])
        return exposures

    pixels = blend(read, (height, width), strip_rows(width, memory_bytes), report)
    return Fused(np.clip(pixels, 0, 1, out=pixels), last_weight)


def read_rows(pictures: Sequence[FloatImage], weighting: Weighting, top: int, bottom: int) -> Exposures:
    """Rows of the pictures with their weights."""
    first, last = max(top - WEIGHT_REACH, 0), min(bottom + WEIGHT_REACH, pictures[0].shape[0])
    weights = normalised_weights([picture[first:last] for picture in pictures], weighting)
    kept = slice(top - first, bottom - first)
    return Exposures([picture[top:bottom] for picture in pictures], [weight[kept] for weight in weights])


def as_share(weight: FloatImage) -> NDArray[np.uint8]:
    """A weight in [0, 1] as an integer of 0 to 255, rounded."""
    return (weight * np.float32(255) + np.float32(0.5)).astype(np.uint8)
