"""Collaborative filtering: shrinkage of groups of patches in the three-dimensional transform domain.

Coefficients come in units of the noise standard deviation, and the Haar bands along the group without normalisation:
where a band sums m patches, its noise has variance m.  Both filters leave every band divided by m, as `haar_inverse`
wants it.

References
----------
Dabov et al., IEEE TIP 16(8), 2007: hard threshold with weight 1 / N_har, N_har being how many coefficients are left;
empirical Wiener filter with weight 1 / |W|^2, W being its attenuation factors.

Notes
-----
Weights are at most 1 in both stages.  Without that bound, a group whose pilot vanishes in a channel, as colour does in
grey regions, would outweigh all others.
"""

from __future__ import annotations

from math import sqrt

import numpy as np
from numpy.typing import NDArray

from lsd2.imaging.bm3d.transforms import haar_levels

Block = NDArray[np.float32]
"""float32 (n, B, C, K): n patches of each of B groups, C channels, K coefficients."""
Weights = NDArray[np.float32]
"""float32 (B, C): how much each group's estimate counts in each channel."""


def hard_threshold(block: Block, threshold: float) -> Weights:
    """Zero all coefficients within `threshold` noise standard deviations, in place."""
    for rows, summed in haar_levels(len(block)):
        band = block[rows]
        np.putmask(band, np.abs(band) <= np.float32(threshold * sqrt(summed)), 0)
    kept = np.add.reduce((block != 0).view(np.uint8), axis=0, dtype=np.uint8).sum(-1, dtype=np.float32)
    _normalise(block)
    return np.asarray(1 / np.maximum(kept, 1), np.float32)


def wiener_filter(block: Block, pilot: Block) -> Weights:
    """Attenuate the coefficients of `block` as the noise-free ones of `pilot` suggest; both are changed in place."""
    np.square(pilot, out=pilot)
    for rows, summed in haar_levels(len(block)):
        pilot[rows] /= pilot[rows] + np.float32(summed)
    block *= pilot
    np.square(pilot, out=pilot)
    energy = pilot.sum(axis=0).sum(axis=-1)
    _normalise(block)
    return np.asarray(1 / np.maximum(energy, 1), np.float32)


def _normalise(block: Block) -> None:
    for rows, summed in haar_levels(len(block)):
        block[rows] *= np.float32(1 / summed)
