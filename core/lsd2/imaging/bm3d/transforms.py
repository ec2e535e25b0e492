"""The transforms of BM3D as matrices, and the Haar transform along a group.

Every analysis matrix has rows of unit norm, so white noise of unit variance has unit variance in every coefficient.

References
----------
Dabov et al., IEEE TIP 16(8), 2007, Table I: bior1.5 and DCT for patches, Haar along the group.
A. Cohen, I. Daubechies and J.-C. Feauveau, "Biorthogonal bases of compactly supported wavelets", Comm. Pure Appl.
Math. 45, 1992: the spline wavelet with 1 and 5 vanishing moments.
"""

from __future__ import annotations

from math import log2, sqrt

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Block = NDArray[np.float32]

BIOR15_LOW_PASS = np.array([3, -3, -22, 22, 128, 128, 22, -22, -3, 3]) / 256
"""Analysis low-pass filter up to its norm; the high-pass filter is the Haar difference."""


def dct_matrix(size: int) -> Matrix:
    """Orthonormal DCT-II: (size, size), one basis function per row."""
    frequency, sample = np.mgrid[:size, :size]
    basis = np.cos(np.pi * frequency * (2 * sample + 1) / (2 * size)) * sqrt(2 / size)
    basis[0] /= sqrt(2)
    return np.asarray(basis, np.float64)


def bior15_matrix(size: int) -> Matrix:
    """Full periodic decomposition by the bior1.5 wavelet: (size, size), `size` a power of two.

    Rows from the coarsest (the mean) to the finest; not orthogonal, so it is undone by its matrix inverse.
    """
    analysis = np.eye(size)
    length = size
    while length > 1:
        analysis[:length] = _bior15_level(length) @ analysis[:length]
        length //= 2
    return np.asarray(analysis / np.linalg.norm(analysis, axis=1, keepdims=True), np.float64)


def _bior15_level(length: int) -> Matrix:
    """One level: low-pass rows in the first half, high-pass rows in the second."""
    half = length // 2
    level = np.zeros((length, length))
    for row in range(half):
        first = 2 * row + 1 - len(BIOR15_LOW_PASS) // 2
        np.add.at(level[row], np.arange(first, first + len(BIOR15_LOW_PASS)) % length, BIOR15_LOW_PASS)
        level[half + row, 2 * row : 2 * row + 2] = 1, -1
    return level


def haar_order(size: int) -> NDArray[np.intp]:
    """Ranks in the order in which `haar_forward` wants them, so that it combines ranks 2k and 2k+1 first.

    Bit reversal: at every level the two partners are half a block apart, and whole halves are added at once.
    """
    order = np.zeros(1, np.intp)
    while len(order) < size:
        order = np.concatenate([2 * order, 2 * order + 1])
    return order


def haar_levels(size: int) -> list[tuple[slice, float]]:
    """For each band of rows that `haar_forward` gives: its rows, and how often it sums an input (its squared norm)."""
    finest = round(log2(size))
    details = [(slice(size >> level, size >> (level - 1)), float(1 << level)) for level in range(1, finest + 1)]
    return [*details, (slice(0, 1), float(size))]


def haar_forward(block: Block, scratch: Block) -> None:
    """Haar transform along the first axis, in place, without normalisation (sums and differences only).

    `block` is (n, ...), its rows in `haar_order`, n a power of two; `scratch` has its shape.
    """
    source, spare, length = block, scratch, len(block)
    while length > 1:
        half = length // 2
        np.add(source[:half], source[half:length], out=spare[:half])
        np.subtract(source[:half], source[half:length], out=block[half:length])
        source, spare, length = spare, source, half
    block[0] = source[0]


def haar_inverse(block: Block, scratch: Block) -> Block:
    """Undo `haar_forward` of a block whose bands were divided by their squared norms; the result is in either array."""
    source, spare, length = block, scratch, 1
    while length < len(block):
        np.add(source[:length], block[length : 2 * length], out=spare[:length])
        np.subtract(source[:length], block[length : 2 * length], out=spare[length : 2 * length])
        source, spare, length = spare, source, 2 * length
    return source
