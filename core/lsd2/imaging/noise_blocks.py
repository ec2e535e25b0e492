"""The 8x8 blocks of one channel in which noise is measured, as energies of their DCT coefficients."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray

from lsd2.photo import FloatImage

SIDE = 8
HIGH_FROM = 9
"""Frequencies with i + j of this or more are high: T of Colom and Buades, IPOL 2013."""
ALL_FROM = 2
"""The mean and the two slowest waves are shading, not noise."""
MAX_BLOCKS = 40_000
CLIPPED_SHARE = 0.1
FEWEST_UNCLIPPED = 500
HALF_STEP = 0.5 / 255
BLOCKS_PER_BIN = 3000
MAX_BINS = 12


@dataclass(frozen=True, slots=True)
class Blocks:
    """N blocks.

    Attributes
    ----------
    level : (N,) mean value.
    low_energy : (N,) sum of squares of the low frequencies.
    high, all : (N, ...) squares of the high frequencies, and of all but the slowest.
    """

    level: NDArray[np.float32]
    low_energy: NDArray[np.float32]
    high: NDArray[np.float32]
    all: NDArray[np.float32]


def read_blocks(plane: FloatImage) -> Blocks:
    """Blocks spread evenly over a plane (H, W), without those that hold many clipped values if others are enough."""
    pixels = _unclipped(_spread(plane))
    transform = dct_matrix()
    energies = np.square(transform @ pixels @ transform.T)
    i, j = np.indices((SIDE, SIDE))
    high, low = i + j >= HIGH_FROM, (i + j < HIGH_FROM) & (i + j > 0)
    return Blocks(pixels.mean((1, 2)), energies[:, low].sum(1), energies[:, high], energies[:, i + j >= ALL_FROM])


def halved(plane: FloatImage) -> FloatImage:
    """Means of 2x2 pixels; white noise has half its sigma there, smoothed noise more."""
    height, width = plane.shape
    even = np.pad(plane, ((0, height % 2), (0, width % 2)), mode="edge")
    return np.asarray((even[::2, ::2] + even[1::2, ::2] + even[::2, 1::2] + even[1::2, 1::2]) / 4, np.float32)


def _spread(plane: FloatImage) -> FloatImage:
    """At most about `MAX_BLOCKS` overlapping blocks (N, 8, 8); a smaller image is mirrored."""
    height, width = plane.shape
    padding = [(0, max(SIDE - length, 0)) for length in (height, width)]
    plane = np.pad(plane, padding, mode="symmetric")
    windows = np.lib.stride_tricks.sliding_window_view(plane, (SIDE, SIDE))
    step = max(2, ceil(sqrt(windows.shape[0] * windows.shape[1] / MAX_BLOCKS)))
    return np.asarray(windows[::step, ::step].reshape(-1, SIDE, SIDE), np.float32)


def _unclipped(pixels: FloatImage) -> FloatImage:
    clipped = (np.abs(pixels) <= HALF_STEP) | (np.abs(pixels - 1) <= HALF_STEP)
    kept = clipped.mean((1, 2)) < CLIPPED_SHARE
    return pixels[kept] if np.count_nonzero(kept) >= FEWEST_UNCLIPPED else pixels


def by_level(blocks: Blocks) -> list[NDArray[np.intp]]:
    """Equal parts of blocks of like brightness, dark ones first."""
    bins = min(max(len(blocks.level) // BLOCKS_PER_BIN, 1), MAX_BINS)
    return np.array_split(np.argsort(blocks.level, kind="stable"), bins)


def dct_matrix() -> NDArray[np.float32]:
    """The orthonormal DCT-II: white noise keeps its variance in every coefficient."""
    k, x = np.indices((SIDE, SIDE))
    matrix = sqrt(2 / SIDE) * np.cos(np.pi * (2 * x + 1) * k / (2 * SIDE))
    matrix[0] /= sqrt(2)
    return np.asarray(matrix, np.float32)
