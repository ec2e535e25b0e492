"""Where the reference patches of an image are, and how the image is cut into pieces that can be worked on alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, isqrt

import numpy as np
from numpy.typing import NDArray

from lsd2.imaging.bm3d.matching import Positions
from lsd2.imaging.bm3d.patches import Planes
from lsd2.imaging.bm3d.profiles import StageParameters
from lsd2.imaging.bm3d.stages import Sums

SMALLEST_SIDE = 64
LARGEST_SIDE = 200
"""Side of a piece, pixels: larger ones waste less on their margins, but take so much memory that they are slower, by
3 % for one worker and by 10 % for two."""
SMALLEST_SHARED_SIDE = 128
PIECES_PER_WORKER = 2
"""So many pieces of each stage keep all workers busy to the end, unless they were little but margins."""
TABLES = 20e6
"""Bytes that a piece needs beside its coefficients: distances, candidates, sums of pixels."""


def reference_positions(length: int, parameters: StageParameters) -> Positions:
    """First pixels of the reference patches along an axis: every `step`, and the last one that fits."""
    last = length - parameters.patch
    regular = np.arange(0, last + 1, parameters.step)
    return regular if regular[-1] == last else np.append(regular, last)


@dataclass(frozen=True)
class Span:
    """References along one axis, and the pixels [start, stop) in which they and all their matches lie."""

    references: Positions
    start: int
    stop: int

    @property
    def local(self) -> Positions:
        """The references, counted from `start`."""
        return self.references - self.start

    @property
    def pixels(self) -> slice:
        return slice(self.start, self.stop)


@dataclass(frozen=True)
class Plan:
    """Pieces in bands from the top, each from the left: every row span with every column span."""

    rows: list[Span]
    columns: list[Span]

    def __len__(self) -> int:
        return len(self.rows) * len(self.columns)

    def pieces(self) -> Iterator[tuple[Span, Span]]:
        """Row span and column span of every piece, band by band."""
        return ((row, column) for row in self.rows for column in self.columns)


def plan_pieces(height: int, width: int, side: int, parameters: StageParameters) -> Plan:
    """Cut an image so that the references of a piece lie within about `side` pixels along each axis."""
    return Plan(_cut_axis(height, side, parameters), _cut_axis(width, side, parameters))


def _cut_axis(length: int, side: int, parameters: StageParameters) -> list[Span]:
    references = reference_positions(length, parameters)
    pieces = min(ceil((length - parameters.patch + 1) / side), len(references))
    return [_span(part, length, parameters) for part in np.array_split(references, pieces)]


def _span(references: Positions, length: int, parameters: StageParameters) -> Span:
    first, last = int(references[0]), int(references[-1])
    return Span(references, max(first - parameters.reach, 0), min(last + parameters.reach + parameters.patch, length))


def side_for(memory_bytes: float, channels: int, inputs: int, parameters: StageParameters) -> int:
    """Side of pieces that need no more than `memory_bytes` each, as far as the bounds of the side allow.

    A piece holds all patches' coefficients of each of its `inputs`, and as many sums.
    """
    per_pixel = 4 * (inputs + 1) * channels * parameters.patch**2
    side = isqrt(int(max(memory_bytes - TABLES, 0) / per_pixel)) - 2 * parameters.reach - parameters.patch
    return min(max(side, SMALLEST_SIDE), LARGEST_SIDE)


def shared_side(side: int, height: int, width: int, workers: int) -> int:
    """`side`, or less where an image is so small that some of the workers would soon have nothing to do."""
    fair = isqrt(height * width // (PIECES_PER_WORKER * workers)) if workers > 1 else side
    return min(side, max(fair, SMALLEST_SHARED_SIDE))


def blend_bands(plan: Plan, results: Iterator[Sums], width: int) -> Iterator[tuple[int, Planes]]:
    """Add up overlapping pieces and divide by their weights, band by band.

    Parameters
    ----------
    results : sums of weighted estimates and of weights of each piece of `plan`, in its order.

    Yields
    ------
    The first row of a strip, and its final values, float32 (C, rows, width); the strips follow each other without gap.
    """
    carried: NDArray[np.float32] | None = None
    for index, band in enumerate(plan.rows):
        sums = _sum_band(plan.columns, results, width)
        if carried is not None:
            sums[:, :, : carried.shape[2]] += carried
        following = plan.rows[index + 1].start if index + 1 < len(plan.rows) else band.stop
        final, carried = np.split(sums, [following - band.start], axis=2)
        yield band.start, final[0] / final[1]


def _sum_band(columns: list[Span], results: Iterator[Sums], width: int) -> NDArray[np.float32]:
    """Sums (2, C, rows, width) of one band's pieces: weighted estimates, weights."""
    sums: NDArray[np.float32] | None = None
    for column in columns:
        piece = np.stack(next(results))
        if sums is None:
            sums = np.zeros((*piece.shape[:3], width), np.float32)
        sums[..., column.pixels] += piece
    assert sums is not None
    return sums
