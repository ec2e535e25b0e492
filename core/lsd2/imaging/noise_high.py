"""Noise by the high frequencies of the blocks that hold the least low ones, level by level of brightness.

References
----------
N. Ponomarenko, V. Lukin, M. Zriakhov, A. Kaarna and J. Astola, "An automatic approach to lossy compression of AVIRIS
images", IGARSS 2007.
M. Colom and A. Buades, "Analysis and Extension of the Ponomarenko et al. Method, Estimating a Noise Curve from a Single
Image", IPOL 3, 2013.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from lsd2.imaging.noise_blocks import Blocks, by_level

SELECTED = 0.01
MIN_SELECTED = 100
"""Share and least number of blocks of one brightness that are measured."""

_Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class HighNoise:
    """One value per level of brightness.

    Attributes
    ----------
    sigmas : standard deviation, in the unit of the picture.
    spreads : variance of the blocks' energies over what it is for white noise: 1 for that, little more for smoothed
        noise, 4 and more where the energy is texture.
    """

    sigmas: _Vector
    spreads: _Vector


def high_noise(blocks: Blocks) -> HighNoise:
    """Both measures for every level."""
    chosen = [blocks.high[_smoothest(blocks, part)] for part in by_level(blocks)]
    return HighNoise(
        np.array([float(np.sqrt(np.median(high.mean(0)))) for high in chosen]),
        np.array([_spread(high) for high in chosen]),
    )


def _smoothest(blocks: Blocks, part: NDArray[np.intp]) -> NDArray[np.intp]:
    wanted = min(max(MIN_SELECTED, ceil(SELECTED * len(part))), len(part))
    return part[np.argpartition(blocks.low_energy[part], wanted - 1)[:wanted]]


def _spread(high: NDArray[np.float32]) -> float:
    """A mean of n squares of unit white noise has the variance 2 / n."""
    means = high.mean(1, dtype=np.float64)
    mean = float(means.mean())
    return float(means.var()) / mean**2 * high.shape[1] / 2 if mean > 0 else 0.0
