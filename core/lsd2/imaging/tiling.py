"""Processing a photo of any size in tiles that blend without a seam.

Neighbouring tiles share an overlap in which one fades into the next by a raised cosine.  The weights of an axis are
differences of one rising step per tile border, so they sum to one by construction and no buffer of weight sums is
needed.  In a guard band at every inner edge, where a network lacks the context that the whole photo would give it, the
weight is exactly zero.  Tile origins are multiples of the network's total stride, so that its pooling grid lies as it
would untiled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import isqrt

import numpy as np
from numpy.typing import NDArray

from lsd2.photo import FloatImage
from lsd2.progress import Progress, Stage

ReadTile = Callable[[int, int, int, int], FloatImage]
"""Called as read(top, left, height, width): the input of one tile, float32 (height, width, C)."""
RunTile = Callable[[FloatImage], FloatImage]
"""Takes float32 (height, width, C_in), gives float32 (height, width, C_out) of the same height and width."""


@dataclass(frozen=True, slots=True)
class Tile:
    """The rectangle that is read for one tile, in pixels of the photo."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True)
class Axis:
    """How one side of a photo is cut.

    Attributes
    ----------
    length : pixels along this axis.
    starts : first pixel of each tile, ascending, `starts[0] == 0`.
    overlap : pixels that neighbouring tiles share.
    guard : pixels of zero weight at each inner edge.
    """

    length: int
    starts: tuple[int, ...]
    overlap: int
    guard: int

    def span(self, index: int) -> tuple[int, int]:
        """First pixel and end of what tile `index` reads."""
        last = index + 1 == len(self.starts)
        return self.starts[index], self.length if last else self.starts[index + 1] + self.overlap

    def support(self, index: int) -> tuple[int, int]:
        """First pixel and end of where tile `index` has weight."""
        start, stop = self.span(index)
        return start + self.guard * (index > 0), stop - self.guard * (index + 1 < len(self.starts))

    def weight(self, index: int) -> NDArray[np.float32]:
        """Blending weight of tile `index` over its support; all tiles' weights sum to one at every pixel."""
        pixels = np.arange(*self.support(index))
        rise = self._step(pixels, index) if index > 0 else np.ones(len(pixels))
        fall = self._step(pixels, index + 1) if index + 1 < len(self.starts) else np.zeros(len(pixels))
        return (rise - fall).astype(np.float32)

    def _step(self, pixels: NDArray[np.intp], border: int) -> NDArray[np.float64]:
        """Raised cosine from 0 to 1 between the guard bands of the overlap that begins at `starts[border]`."""
        offset = pixels - self.starts[border] - self.guard
        phase = np.clip((offset + 0.5) / max(self.overlap - 2 * self.guard, 0.5), 0.0, 1.0)
        return 0.5 - 0.5 * np.cos(np.pi * np.where(offset < 0, 0.0, phase))

    @cached_property
    def cells(self) -> tuple[tuple[int, int], ...]:
        """The axis cut at every end of a support: within one cell the same tiles have weight."""
        cuts = sorted({edge for index in range(len(self.starts)) for edge in self.support(index)})
        return tuple(pairwise(cuts))

    def cells_of(self, index: int) -> slice:
        """Which of `cells` make up the support of tile `index`."""
        start, stop = self.support(index)
        inside = [k for k, (first, end) in enumerate(self.cells) if start <= first and end <= stop]
        return slice(inside[0], inside[-1] + 1)


@dataclass(frozen=True)
class TilePlan:
    """Tiles in reading order (rows from the top, each from the left)."""

    rows: Axis
    columns: Axis

    def __len__(self) -> int:
        return len(self.rows.starts) * len(self.columns.starts)

    @cached_property
    def tiles(self) -> tuple[Tile, ...]:
        return tuple(self._tile(*self.position(index)) for index in range(len(self)))

    def position(self, index: int) -> tuple[int, int]:
        """Row and column of tile `index` in the grid of tiles."""
        return divmod(index, len(self.columns.starts))

    def _tile(self, row: int, column: int) -> Tile:
        (top, bottom), (left, right) = self.rows.span(row), self.columns.span(column)
        return Tile(left, top, right - left, bottom - top)


def plan_tiles(height: int, width: int, tile: int, overlap: int, multiple: int = 32, guard: int = 8) -> TilePlan:
    """Cut a photo into tiles of nearly equal size, at most `tile` on a side where that is possible.

    Parameters
    ----------
    height, width : size of the photo, pixels.
    tile : longest side of a tile, pixels; raised to `overlap` + 2 `multiple` where it is less.
    overlap : pixels that neighbours share, rounded up to `multiple`.
    multiple : every tile begins at a multiple of this: the total stride of the network.
    guard : pixels at inner tile edges that do not count; less than half the overlap.
    """
    if min(height, width, tile, multiple) < 1 or overlap < 0 or guard < 0 or 2 * guard > overlap:
        raise ValueError(f"no tiles of {tile} with overlap {overlap}, guard {guard} for {width}x{height}")
    shared = -(-overlap // multiple) * multiple
    side = max(tile // multiple * multiple, shared + 2 * multiple)
    return TilePlan(
        Axis(height, _starts(height, side, shared, multiple), shared, guard),
        Axis(width, _starts(width, side, shared, multiple), shared, guard),
    )


def _starts(length: int, side: int, overlap: int, multiple: int) -> tuple[int, ...]:
    """Evenly spaced multiples of `multiple`; rounding up keeps every tile, the last one too, within `side`."""
    if length <= side:
        return (0,)
    count = -(-(length - overlap) // (side - overlap))
    return tuple(-(-index * (length - overlap) // (count * multiple)) * multiple for index in range(count))


def choose_tile(budget_bytes: int, bytes_per_pixel: float, multiple: int, smallest: int, largest: int) -> int:
    """The largest square tile side, a multiple of `multiple`, whose pixels fit the budget, within the two bounds."""
    side = isqrt(max(int(budget_bytes / bytes_per_pixel), 0)) // multiple * multiple
    return min(max(side, smallest), largest)


def run_tiled(
    inputs: FloatImage | ReadTile,
    run: RunTile,
    plan: TilePlan,
    progress: Progress,
    out_channels: int = 3,
) -> FloatImage:
    """Run `run` on every tile, in reading order, and blend what it gives.

    Memory beside the inputs is the output and a few times one tile.  A region is handed to `progress.tile` as soon as
    no tile that is still to come has weight in it, so that every pixel is handed out exactly once, with its final
    value, as a view into the output.

    Parameters
    ----------
    inputs : float32 (H, W, C) in any colour space, or a function that reads one tile of it.
    run : the function to apply; its output is blended as it is, so it must keep to [0, 1] itself.
    plan : from `plan_tiles`, for this height and width.
    progress : told `Stage.PROCESS` before the first tile and after each one.
    out_channels : channels that `run` gives.

    Returns
    -------
    float32 (H, W, out_channels).

    Raises
    ------
    Cancelled
        At once when `progress` says so.
    """
    read = inputs if callable(inputs) else _reader(inputs)
    output = np.zeros((plan.rows.length, plan.columns.length, out_channels), np.float32)
    waiting = _Waiting(plan)
    progress.report(Stage.PROCESS, 0, len(plan))
    for index, tile in enumerate(plan.tiles):
        _add(output, run(read(tile.top, tile.left, tile.height, tile.width)), plan, index)
        for region in waiting.finish(index):
            progress.tile(region.left, region.top, _cut(output, region))
        progress.report(Stage.PROCESS, index + 1, len(plan))
    return output


def _reader(image: FloatImage) -> ReadTile:
    return lambda top, left, height, width: image[top : top + height, left : left + width]


def _cut(image: FloatImage, region: Tile) -> FloatImage:
    return image[region.top : region.top + region.height, region.left : region.left + region.width]


def _add(output: FloatImage, pixels: FloatImage, plan: TilePlan, index: int) -> None:
    """Add one tile to the output with its weight; pixels in the guard band are not even looked at."""
    tile, (row, column) = plan.tiles[index], plan.position(index)
    if pixels.shape != (tile.height, tile.width, output.shape[2]):
        raise ValueError(f"a tile of {tile.width}x{tile.height} came back as {pixels.shape}")
    (top, bottom), (left, right) = plan.rows.support(row), plan.columns.support(column)
    inner = pixels[top - tile.top : bottom - tile.top, left - tile.left : right - tile.left].copy()
    _weigh(inner, plan.rows.weight(row)[:, None, None])
    _weigh(inner.transpose(1, 0, 2), plan.columns.weight(column)[:, None, None])
    output[top:bottom, left:right] += inner


def _weigh(pixels: FloatImage, weight: FloatImage) -> None:
    """Multiply the rows of `pixels` by `weight` (rows, 1, 1) in place; most weights are 1: those rows are left out."""
    fading = np.flatnonzero(weight != 1)
    for run in np.split(fading, np.flatnonzero(np.diff(fading) > 1) + 1):
        if len(run):
            rows = slice(run[0], run[-1] + 1)
            pixels[rows] *= weight[rows]


class _Waiting:
    """Counts, for every cell of the photo, the tiles that still have to add to it."""

    def __init__(self, plan: TilePlan) -> None:
        self._plan = plan
        self._left_to_add = np.zeros((len(plan.rows.cells), len(plan.columns.cells)), np.int32)
        for index in range(len(plan)):
            self._left_to_add[self._cells(index)] += 1

    def _cells(self, index: int) -> tuple[slice, slice]:
        row, column = self._plan.position(index)
        return self._plan.rows.cells_of(row), self._plan.columns.cells_of(column)

    def finish(self, index: int) -> Iterator[Tile]:
        """The regions that became final with tile `index`, one per run of cells in a row of cells."""
        rows, columns = self._cells(index)
        self._left_to_add[rows, columns] -= 1
        for row in range(rows.start, rows.stop):
            final = np.flatnonzero(self._left_to_add[row, columns] == 0) + columns.start
            for run in np.split(final, np.flatnonzero(np.diff(final) > 1) + 1):
                if len(run):
                    yield self._region(row, int(run[0]), int(run[-1]))

    def _region(self, row: int, first_column: int, last_column: int) -> Tile:
        (top, bottom), left = self._plan.rows.cells[row], self._plan.columns.cells[first_column][0]
        return Tile(left, top, self._plan.columns.cells[last_column][1] - left, bottom - top)
