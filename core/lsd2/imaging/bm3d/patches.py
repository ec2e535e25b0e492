"""All patches of a few planes in a transform domain, and the way back: windowed patches laid over each other.

Planes are flattened with their own width as stride, so that a patch's place is one number.  Both ways go along one axis
after the other: across by one small matrix product with rows of pixels; down by products with a few frequencies at a
time, which is half the arithmetic of a product with all pixels of a patch, and large enough to run at full speed.
Filtered patches are summed up in the transform domain and transformed back once, however many groups they were in: the
inverse transform, the window and the sum over patches are linear.

References
----------
Dabov et al., IEEE TIP 16(8), 2007: aggregation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from lsd2.imaging.bm3d.transforms import Matrix
from lsd2.imaging.bm3d.workspace import Workspace

Planes = NDArray[np.float32]
Places = NDArray[np.intp]

ROWS = 16
"""Rows of patches that are transformed at a time, few enough to stay in a core's cache until they are stored."""


TOGETHER = 16
"""Coefficients that are transformed down together, at most, unless one frequency across has more."""


@dataclass(frozen=True, slots=True)
class PatchTransform:
    """A separable transform of square patches and its windowed inverse.

    Attributes
    ----------
    size : side of a patch, N pixels.
    across : (N, N), from pixels of a row to frequencies.
    down : (k N, k N), of k frequencies across: from their rows (frequency across, pixel down), by columns, to
        coefficients (frequency across, frequency down).
    back_down, back_across : the way back, as left factors, faded by the window.
    fade : (N,), the Kaiser window along one axis.
    """

    size: int
    across: NDArray[np.float32]
    down: NDArray[np.float32]
    back_down: NDArray[np.float32]
    back_across: NDArray[np.float32]
    fade: NDArray[np.float32]

    @classmethod
    def of(cls, matrix: Matrix, beta: float) -> PatchTransform:
        """The transform by `matrix` (N, N) along both axes, with a Kaiser window of shape `beta`."""
        size = len(matrix)
        fade = np.kaiser(size, beta)
        back = np.linalg.inv(matrix) * fade[:, None]
        together = np.eye(max(k for k in range(1, size + 1) if size % k == 0 and (k == 1 or k * size <= TOGETHER)))
        down, back_down = np.kron(together, matrix.T), np.kron(together, back)
        return cls(size, *(values.astype(np.float32) for values in (matrix, down, back_down, back, fade)))

    def grouped(self, spectra: NDArray[np.float32]) -> NDArray[np.float32]:
        """Coefficients (places, N^2) of one channel as (groups, places, k N), the same memory."""
        return spectra.reshape(len(spectra), -1, len(self.down)).transpose(1, 0, 2)


def spectra_shape(planes: Planes, transform: PatchTransform) -> tuple[int, int]:
    """Places and coefficients, (places, C * N^2), of float32 (C, H, W).

    Coefficients are in the order channel, frequency across, frequency down.
    Places go from 0 to (H - N + 1) * W; those in the last N - 1 columns are of patches that hang over the edge.
    """
    channels, height, width = planes.shape
    return (height - transform.size + 1) * width, channels * transform.size**2


def patch_spectra(planes: Planes, transform: PatchTransform, workspace: Workspace, out: NDArray[np.float32]) -> None:
    """Coefficients of the patch at every place of float32 (C, H, W), into `out` of `spectra_shape`."""
    width, size, count = planes.shape[2], transform.size, transform.size**2
    padded = np.pad(planes, ((0, 0), (0, 0), (0, size - 1)))
    for top in range(0, planes.shape[1] - size + 1, ROWS):
        rows = min(ROWS, planes.shape[1] - size + 1 - top)
        for channel, plane in enumerate(padded):
            lines = _lines(plane[top : top + rows + size - 1], width, transform, workspace)
            stacked = workspace.array("patches", size, size, rows, width)  # frequency across, down, row, column
            stacked[...] = sliding_window_view(lines, rows, axis=1).transpose(0, 1, 3, 2)
            spectra = out[top * width : (top + rows) * width, channel * count : (channel + 1) * count]
            columns = stacked.reshape(-1, len(transform.down), rows * width).transpose(0, 2, 1)
            np.matmul(columns, transform.down, out=transform.grouped(spectra))


def _lines(
    pixels: NDArray[np.float32], width: int, transform: PatchTransform, workspace: Workspace
) -> NDArray[np.float32]:
    """Frequencies of the N pixels from every place of every row on: (N, rows, width)."""
    shifted = workspace.array("shifted", transform.size, len(pixels), width)
    shifted[...] = sliding_window_view(pixels, width, axis=1).transpose(1, 0, 2)
    lines = workspace.array("lines", *shifted.shape)
    np.matmul(transform.across, shifted.reshape(transform.size, -1), out=lines.reshape(transform.size, -1))
    return lines


class Aggregate:
    """Weighted sums of filtered patches, kept as coefficients until the end."""

    def __init__(self, planes: Planes, transform: PatchTransform, workspace: Workspace) -> None:
        self._shape = planes.shape
        self._transform = transform
        self._workspace = workspace
        places, coefficients = spectra_shape(planes, transform)
        self._spectra = workspace.array("sums", places, coefficients)
        self._weights = workspace.array("weights", places, len(planes))
        self._spectra.fill(0)
        self._weights.fill(0)

    def add(self, places: Places, spectra: NDArray[np.float32], weights: NDArray[np.float32]) -> None:
        """Add (M, C * N^2) coefficients, already weighted, and their weights (M, C) at M places."""
        for rows in _without_repeats(places):
            here = places[rows]
            self._add_rows(self._spectra, here, spectra, rows)
            self._add_rows(self._weights, here, weights, rows)

    def _add_rows(
        self, sums: NDArray[np.float32], here: Places, values: NDArray[np.float32], rows: NDArray[np.intp]
    ) -> None:
        """`sums[here] += values[rows]` in memory that is at hand: new memory each time would take as long again."""
        taken, added = (self._workspace.array(name, len(rows), sums.shape[1]) for name in ("taken", "added"))
        np.take(sums, here, axis=0, out=taken, mode="clip")  # "raise" would copy
        np.take(values, rows, axis=0, out=added, mode="clip")
        taken += added
        sums[here] = taken

    def planes(self) -> tuple[Planes, Planes]:
        """Sums of weighted pixels and of weights: two float32 (C, H, W)."""
        channels, height, width = self._shape
        reach, fade = self._transform.size - 1, self._transform.fade
        pixels = np.zeros((channels, height, width + reach), np.float32)
        for top in range(0, height - reach, ROWS):
            for channel in range(channels):
                self._lay_over(pixels[channel, top : top + ROWS + reach], top, channel)
        weights = self._weights.reshape(-1, width, channels)
        padded = np.pad(weights, ((0, reach), (0, 0), (0, 0)))
        # The window is symmetric, so correlating with it up and to the left is laying it over down and to the right.
        spread = cv2.sepFilter2D(padded, -1, fade, fade, anchor=(reach, reach), borderType=cv2.BORDER_CONSTANT)
        sums = spread.reshape(height, width, channels).transpose(2, 0, 1)
        return pixels[:, :, :width], np.ascontiguousarray(sums, np.float32)

    def _lay_over(self, pixels: NDArray[np.float32], top: int, channel: int) -> None:
        """Add the patches of up to `ROWS` rows of places to the pixels that they cover."""
        size, width = self._transform.size, self._shape[2]
        count, rows = size**2, len(pixels) - size + 1
        spectra = self._spectra[top * width : (top + rows) * width, channel * count : (channel + 1) * count]
        stacked = self._workspace.array("patches", size, size, rows, width)  # frequency across, down, row, column
        out = stacked.reshape(-1, len(self._transform.back_down), rows * width)
        np.matmul(self._transform.back_down, self._transform.grouped(spectra).transpose(0, 2, 1), out=out)
        lines = self._workspace.array("lines", size, rows + size - 1, width)
        lines.fill(0)
        for y in range(size):
            lines[:, y : y + rows] += stacked[:, y]
        shifted = self._workspace.array("shifted", *lines.shape)
        np.matmul(self._transform.back_across, lines.reshape(size, -1), out=shifted.reshape(size, -1))
        for x in range(size):
            pixels[:, x : x + width] += shifted[x]


def _without_repeats(places: Places) -> Iterator[Places]:
    """Indices into `places` in rounds in which no place comes twice, which numpy would count once."""
    order = np.argsort(places, kind="stable")
    starts = np.flatnonzero(np.diff(places[order], prepend=-1))
    lengths = np.diff(starts, append=len(places))
    while len(starts):
        yield order[starts]
        starts, lengths = starts[lengths > 1] + 1, lengths[lengths > 1] - 1
