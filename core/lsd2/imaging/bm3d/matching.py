"""Block matching: for every reference patch, the most similar patches in a window around it.

Squared distances come from one matrix product per block of neighbouring references,
|R - P|^2 = |R|^2 + |P|^2 - 2 R.P, with the two norms carried as extra columns.  A distance and the place of its
candidate travel as one integer - the float's bits, with the place in the lowest ones, are ordered as the distances
are - so that sorting plain numbers picks the best.  That rounds distances to about one part in 4000.

References
----------
Dabov et al., IEEE TIP 16(8), 2007: grouping by block matching, with the plain distance (no pre-filtering of patches).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.lib.stride_tricks import as_strided, sliding_window_view
from numpy.typing import NDArray

from lsd2.imaging.bm3d.profiles import StageParameters
from lsd2.imaging.bm3d.workspace import Workspace

SIDE = 4
"""References along each side of a block: a larger block compares more patches than its references' windows hold."""
MID_GREY = np.float32(0.5)
"""Taken off all pixels, because small numbers leave less rounding in |R|^2 + |P|^2 - 2 R.P; the same for all pieces."""
FAR = 1e9
"""Squared norm of patches that lie partly outside; far beyond every threshold."""

Plane = NDArray[np.float32]
Positions = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Groups:
    """Patches that belong together, one row per reference in reading order.

    Attributes
    ----------
    members : (G, K) places of the first pixels in the flattened plane, most similar first, the reference itself first
        of all.
    sizes : (G,) how many of each row count; powers of two from 1 to K.
    """

    members: Positions
    sizes: Positions


def find_groups(
    plane: Plane, rows: Positions, columns: Positions, parameters: StageParameters, workspace: Workspace
) -> Groups:
    """Match every reference patch of a grid.

    Parameters
    ----------
    plane : float32 (H, W), luminance in [0, 1] or a little beyond; at least one patch large.
    rows, columns : ascending first pixels of the reference patches along each axis.
    """
    search = _Search(plane, parameters, workspace)
    codes = np.empty((len(rows), len(columns), parameters.group), np.int32)
    row_blocks = _blocks(rows, parameters.step)
    present = np.concatenate([np.arange(SIDE) < block.count for block in row_blocks])
    for block in _blocks(columns, parameters.step):
        best = search.column(block.start, [each.start for each in row_blocks])
        codes[:, block.index : block.index + block.count] = best[present, : block.count]
    return _decode(codes, rows, columns, plane.shape[1], parameters)


@dataclass(frozen=True, slots=True)
class _Block:
    """Evenly spaced references along one axis: the number and place of the first, and how many."""

    index: int
    start: int
    count: int


def _blocks(positions: Positions, step: int) -> list[_Block]:
    """Cut a grid axis into blocks of at most `SIDE`; the last reference may stand closer than `step`, on its own."""
    blocks: list[_Block] = []
    for index, position in enumerate(positions.tolist()):
        last = blocks[-1] if blocks else None
        if last and last.count < SIDE and position == last.start + last.count * step:
            blocks[-1] = _Block(last.index, last.start, last.count + 1)
        else:
            blocks.append(_Block(index, position, 1))
    return blocks


class _Search:
    """Distances of one plane's patches, one column of blocks after the other."""

    def __init__(self, plane: Plane, parameters: StageParameters, workspace: Workspace) -> None:
        self._parameters, self._workspace = parameters, workspace
        self._span = (SIDE - 1) * parameters.step
        size, before, after = parameters.patch, parameters.reach, parameters.reach + self._span
        centred = plane - MID_GREY
        self._pixels = np.pad(centred, (before, after))
        self._norms = np.pad(_patch_energy(centred, size), (before, after), constant_values=FAR)
        places = np.arange(parameters.window**2, dtype=np.int32)
        self._places = places.reshape(parameters.window, parameters.window)

    def column(self, start: int, row_starts: Sequence[int]) -> NDArray[np.int32]:
        """Codes (SIDE * len(row_starts), SIDE, group) of the best matches, ascending, for one column of blocks."""
        window, group = self._parameters.window, self._parameters.group
        distances = self._distances(start, row_starts)
        cut = self._workspace.array("cut", len(row_starts), SIDE, SIDE, window, window)
        np.maximum(self._windows(distances), 0, out=cut)
        codes = self._encode(cut).reshape(-1, window * window)
        return smallest(codes, group, _cells(window, group)).reshape(SIDE * len(row_starts), SIDE, group)

    def _windows(self, distances: Plane) -> Plane:
        """Of (blocks, SIDE, SIDE, length, length), each reference's own window: further on by a step per reference."""
        step, window = self._parameters.step, self._parameters.window
        blocks, down, across, row, column = distances.strides
        return as_strided(
            distances,
            (len(distances), SIDE, SIDE, window, window),
            (blocks, down + step * row, across + step * column, row, column),
            writeable=False,
        )

    def _encode(self, distances: Plane) -> NDArray[np.int32]:
        codes = distances.view(np.int32)
        codes &= ~_place_mask(self._parameters)
        codes |= self._places
        centre = self._parameters.reach
        codes[..., centre, centre] = -1  # the reference itself comes first, whatever else equals it
        return codes

    def _distances(self, start: int, row_starts: Sequence[int]) -> Plane:
        """Squared distances (blocks, SIDE, SIDE, length, length) of every reference to its block's candidates."""
        length = self._parameters.window + self._span
        patches = self._strip(start, length)
        references = self._references(start, row_starts)
        out = self._workspace.array("distances", len(row_starts), SIDE * SIDE, length * length)
        for block, top in enumerate(row_starts):
            candidates = patches[:, top : top + length].reshape(len(patches), -1)
            np.matmul(references[block], candidates, out=out[block])
        return out.reshape(len(row_starts), SIDE, SIDE, length, length)

    def _strip(self, start: int, length: int) -> Plane:
        """Patches (N^2 + 2, rows, length) that begin in the columns from `start`: pixels, squared norm, one."""
        size = self._parameters.patch
        windows = sliding_window_view(self._pixels[:, start : start + length + size - 1], (size, size))
        norms = self._norms[:, start : start + length]
        strip = self._workspace.array("strip", size * size + 2, *norms.shape)
        strip[:-2].reshape(size, size, *norms.shape)[...] = windows.transpose(2, 3, 0, 1)
        strip[-2] = norms
        strip[-1] = 1
        return strip

    def _references(self, start: int, row_starts: Sequence[int]) -> NDArray[np.float32]:
        """All blocks' references as left factors (blocks, SIDE^2, N^2 + 2): -2 R, one, |R|^2."""
        reach, size = self._parameters.reach, self._parameters.patch
        offsets = reach + self._parameters.step * np.arange(SIDE)
        rows, columns = np.add.outer(row_starts, offsets)[:, :, None], start + offsets
        factors = np.ones((len(row_starts), SIDE * SIDE, size * size + 2), np.float32)
        found = sliding_window_view(self._pixels, (size, size))[rows, columns]
        factors[..., :-2] = -2 * found.reshape(*factors.shape[:2], -1)
        factors[..., -1] = self._norms[rows, columns].reshape(factors.shape[:2])
        return factors


def smallest(codes: NDArray[np.int32], number: int, cells: int) -> NDArray[np.int32]:
    """The `number` smallest values of every row of (R, n), ascending; no row may hold a value twice.

    Rows are cut into `cells` parts, a divisor of n.  The `number`-th smallest of the parts' minima bounds the row's
    smallest values and leaves a few dozen to be sorted, which takes a fourth of the time of a partial sort of all.
    """
    if cells < number:
        return np.sort(codes)[:, :number]
    minima = codes.reshape(len(codes), -1, cells).min(axis=1)
    minima.partition(number - 1)
    found = np.flatnonzero(codes <= minima[:, number - 1 : number])
    rows = found // codes.shape[1]
    counts = np.bincount(rows, minlength=len(codes))
    firsts = np.cumsum(counts) - counts
    left = np.full((len(codes), counts.max()), np.iinfo(np.int32).max, np.int32)
    left[rows, np.arange(len(found)) - firsts[rows]] = codes.ravel()[found]
    left.sort()
    return left[:, :number]


def _cells(window: int, number: int) -> int:
    """How many parts to cut a window into: few enough to be cheap, so many that their minima are a close bound."""
    divisors = (divisor for divisor in range(1, window + 1) if window % divisor == 0)
    return next((window * divisor for divisor in divisors if window * divisor >= 3 * number), window)


def _patch_energy(plane: Plane, size: int) -> Plane:
    """Sum of squares of every whole patch, (H - size + 1, W - size + 1), by its first pixel."""
    squares = np.square(plane, dtype=np.float64)
    sums = cv2.boxFilter(squares, -1, (size, size), anchor=(0, 0), normalize=False, borderType=cv2.BORDER_CONSTANT)
    return np.asarray(sums[: len(plane) - size + 1, : plane.shape[1] - size + 1], np.float32)


def _place_mask(parameters: StageParameters) -> int:
    return (1 << (parameters.window**2 - 1).bit_length()) - 1


def _decode(
    codes: NDArray[np.int32], rows: Positions, columns: Positions, width: int, parameters: StageParameters
) -> Groups:
    mask, window, reach = _place_mask(parameters), parameters.window, parameters.reach
    codes[..., 0] = reach * window + reach
    limit = np.float32(parameters.max_distance / 255**2 * parameters.patch**2)
    matches = ((codes & ~mask).view(np.float32) <= limit).sum(-1)
    down, right = np.divmod((codes & mask).astype(np.intp), window)
    members = (rows[:, None, None] + down - reach) * width + columns[:, None] + right - reach
    sizes = 1 << np.log2(matches).astype(np.intp)
    return Groups(members.reshape(-1, parameters.group), sizes.ravel())
