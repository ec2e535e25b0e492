"""The opponent colours in which colour BM3D works: one luminance, two chrominances.

References
----------
K. Dabov, A. Foi, V. Katkovnik and K. Egiazarian, "Color image denoising via sparse 3D collaborative filtering with
grouping constraint in luminance-chrominance space", ICIP 2007.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lsd2.photo import FloatImage

OPPONENT = np.array([[1 / 3, 1 / 3, 1 / 3], [1 / 2, 0, -1 / 2], [1 / 4, -1 / 2, 1 / 4]])
"""Rows: luminance, red against blue, green against magenta; columns: R, G, B."""


def opponent_matrix(channels: int) -> NDArray[np.float64]:
    """The change of colours for images of one channel (none) or three."""
    return OPPONENT if channels == 3 else np.eye(1)


def noise_gains(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """Noise standard deviation of each opponent channel for independent unit noise in every input channel."""
    return np.asarray(np.linalg.norm(matrix, axis=1), np.float64)


def change_colours(pixels: FloatImage, matrix: NDArray[np.float64]) -> FloatImage:
    """Apply a (C, C) matrix to the channels of float32 (H, W, C), in any range."""
    return np.asarray(pixels @ matrix.T.astype(np.float32), np.float32)
