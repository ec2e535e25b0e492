"""All patches of a few planes in a transform domain, and the way back: windowed patches laid over each other.

Planes are flattened with their own width as stride, so that a patch's place is one number.  Both ways are matrix
products with all pixels of a patch; two separable steps would need less arithmetic and run at the speed of memory.
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


@dataclass(frozen=True, slots=True)
class PatchTransform:
    """A separable transform of square patches and its windowed inverse.

    Attributes
    ----------
    size : side of a patch, N pixels.
    analysis : (N^2, N^2), from pixels (down, across) to coefficients (frequency across, frequency down).
    synthesis : (N^2, N^2), from coefficients to pixels, faded by the window.
    fade : (N,), the Kaiser window along one axis.
    """

    size: int
    analysis: NDArray[np.float32]
    synthesis: NDArray[np.float32]
    fade: NDArray[np.float32]

    @classmethod
    def of(cls, matrix: Matrix, beta: float) -> PatchTransform:
        """The transform by `matrix` (N, N) along both axes, with a Kaiser window of shape `beta`."""
        size = len(matrix)
        fade = np.kaiser(size, beta)
        back = np.linalg.inv(matrix) * fade[:, None]
        analysis = np.einsum("vy,ux->yxuv", matrix, matrix).reshape(size**2, size**2)
        synthesis = np.einsum("yv,xu->uvyx", back, back).reshape(size**2, size**2)
        return cls(size, analysis.astype(np.float32), synthesis.astype(np.float32), fade.astype(np.float32))


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
        pixels = workspace.array("patches", size, size, rows, width)
        for channel, plane in enumerate(padded):
            # Down, across, row, column: whole rows are copied, which patches laid out side by side would not allow.
            pixels[...] = sliding_window_view(plane[top : top + rows + size - 1], (rows, width))
            spectra = out[top * width : (top + rows) * width, channel * count : (channel + 1) * count]
            np.matmul(pixels.reshape(count, -1).T, transform.analysis, out=spectra)


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
        patches = self._workspace.array("patches", count, rows * width)
        np.matmul(self._transform.synthesis.T, spectra.T, out=patches)
        across = self._workspace.array("across", size, rows, width + size - 1)
        across.fill(0)
        layers = patches.reshape(size, size, rows, width)
        for x in range(size):
            across[..., x : x + width] += layers[:, x]
        for y in range(size):
            pixels[y : y + rows] += across[y]


def _without_repeats(places: Places) -> Iterator[Places]:
    """Indices into `places` in rounds in which no place comes twice, which numpy would count once."""
    order = np.argsort(places, kind="stable")
    starts = np.flatnonzero(np.diff(places[order], prepend=-1))
    lengths = np.diff(starts, append=len(places))
    while len(starts):
        yield order[starts]
        starts, lengths = starts[lengths > 1] + 1, lengths[lengths > 1] - 1
