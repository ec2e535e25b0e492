"""All patches of a few planes in a transform domain, and the way back: windowed patches laid over each other.

Planes are flattened with their own width as stride, so that a patch's place is one number.  Both ways are convolutions.
Filtered patches are summed up in the transform domain and transformed back once, however many groups they were in: the
inverse transform, the window and the sum over patches are linear.

References
----------
Dabov et al., IEEE TIP 16(8), 2007: aggregation.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray

from lsd2.imaging.bm3d.transforms import Matrix
from lsd2.imaging.bm3d.workspace import Workspace

Planes = NDArray[np.float32]

ROWS = 8
"""Rows of patches that are transformed at a time, few enough to stay in a core's cache until they are stored."""


@dataclass(frozen=True, slots=True)
class PatchTransform:
    """A separable transform of square patches and its windowed inverse.

    Attributes
    ----------
    size : side of a patch, N pixels.
    analysis : (N, N), the transform along one axis, one basis function per row.
    synthesis : (N, N), the inverse along one axis, its rows faded by the window.
    window : (N, N), the Kaiser window by which patches are weighted.
    """

    size: int
    analysis: torch.Tensor
    synthesis: torch.Tensor
    window: torch.Tensor

    @classmethod
    def of(cls, matrix: Matrix, beta: float) -> PatchTransform:
        """The transform by `matrix` (N, N) along both axes, with a Kaiser window of shape `beta`."""
        fade = np.kaiser(len(matrix), beta)
        synthesis = np.linalg.inv(matrix) * fade[:, None]
        tensors = (torch.from_numpy(each).float() for each in (matrix, synthesis, np.outer(fade, fade)))
        return cls(len(matrix), *tensors)


def spectra_shape(planes: Planes, transform: PatchTransform) -> tuple[int, int]:
    """Places and coefficients, (places, C * N^2), of float32 (C, H, W).

    Coefficients are in the order channel, frequency across, frequency down.
    Places go from 0 to (H - N + 1) * W; those in the last N - 1 columns are of patches that hang over the edge.
    """
    channels, height, width = planes.shape
    return (height - transform.size + 1) * width, channels * transform.size**2


def patch_spectra(planes: Planes, transform: PatchTransform, out: NDArray[np.float32]) -> None:
    """Coefficients of the patch at every place of float32 (C, H, W), into `out` of `spectra_shape`."""
    channels, _, width = planes.shape
    size, filters = transform.size, transform.analysis
    padded = F.pad(torch.from_numpy(planes)[None], (0, size - 1)).contiguous(memory_format=torch.channels_last)
    across = F.conv2d(padded, filters.view(size, 1, 1, size).repeat(channels, 1, 1, 1), groups=channels)
    down = filters.view(size, 1, size, 1).repeat(channels * size, 1, 1, 1)
    spectra = torch.from_numpy(out).view(-1, width, channels * size * size)
    for top in range(0, len(spectra), ROWS):
        strip = across[:, :, top : top + ROWS + size - 1]
        spectra[top : top + ROWS] = F.conv2d(strip, down, groups=channels * size)[0].permute(1, 2, 0)


class Aggregate:
    """Weighted sums of filtered patches, kept as coefficients until the end."""

    def __init__(self, planes: Planes, transform: PatchTransform, workspace: Workspace) -> None:
        self._shape = planes.shape
        self._transform = transform
        places, coefficients = spectra_shape(planes, transform)
        self._spectra = torch.from_numpy(workspace.array("sums", places, coefficients)).zero_()
        self._weights = torch.from_numpy(workspace.array("weights", places, len(planes))).zero_()

    def add(self, places: torch.Tensor, spectra: torch.Tensor, weights: torch.Tensor) -> None:
        """Add (M, C * N^2) coefficients, already weighted, and their weights (M, C) at M places."""
        self._spectra.index_add_(0, places, spectra)
        self._weights.index_add_(0, places, weights)

    def planes(self) -> tuple[Planes, Planes]:
        """Sums of weighted pixels and of weights: two float32 (C, H, W)."""
        size, synthesis, width = self._transform.size, self._transform.synthesis, self._shape[2]
        columns = _lay_over(self._as_image(self._spectra), _down_only(synthesis))
        pixels = _lay_over(columns, synthesis.T.reshape(1, size, 1, size))
        weights = _lay_over(self._as_image(self._weights), self._transform.window.view(1, 1, size, size))
        return pixels[0, :, :, :width].numpy(), weights[0, :, :, :width].numpy()

    def _as_image(self, values: torch.Tensor) -> torch.Tensor:
        """Values of all places, (places, K), as (1, K, rows, W), without a copy."""
        return values.view(1, -1, self._shape[2], values.shape[1]).permute(0, 3, 1, 2)


def _down_only(synthesis: torch.Tensor) -> torch.Tensor:
    """Kernels (N, N^2, N, 1) that undo the transform down the columns and keep the frequencies across."""
    size = len(synthesis)
    return torch.einsum("yu,vw->vwuy", synthesis, torch.eye(size)).reshape(size, size * size, size, 1)


def _lay_over(image: torch.Tensor, kernels: torch.Tensor) -> torch.Tensor:
    """Put a patch of pixels, the value times the kernel, down and right of every value, and add them all up.

    Parameters
    ----------
    image : (1, groups * I, H, W).
    kernels : (O, I, h, w), the same for all groups.

    Returns
    -------
    (1, groups * O, H + h - 1, W + w - 1).
    """
    _, inputs, height, width = kernels.shape
    groups = image.shape[1] // inputs
    mirrored = kernels.flip(2, 3).repeat(groups, 1, 1, 1)
    return F.conv2d(image, mirrored, groups=groups, padding=(height - 1, width - 1))
