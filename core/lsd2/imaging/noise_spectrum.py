"""Noise of any spectrum, by the blocks of least energy; `noise` says when this is to be believed.

References
----------
E. Wilson and M. Hilferty, "The distribution of chi-square", PNAS 17, 1931: the quantile in `_chi2_ratio`.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from lsd2.imaging.noise_blocks import Blocks, by_level
from lsd2.photo import FloatImage

LEAST = (0.02, -2.0537)
NEXT = (0.10, -1.2816)
"""Quantiles of block energy, and of the normal distribution, at which noise of any spectrum is measured."""
STRONGEST = 0.95
"""Quantile over frequencies that counts as the strongest."""

_Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LeastNoise:
    """Noise by the blocks of least energy at one scale: at both quantiles, and at its strongest frequencies."""

    least: float
    next: float
    peak: float


def least_noise(blocks: Blocks) -> LeastNoise:
    """Standard deviations, in the unit of the picture; the mean over parts of like brightness is of variances."""
    spectra = [[_spectrum(blocks.all[part], *quantile) for part in by_level(blocks)] for quantile in (LEAST, NEXT)]
    least, following = (np.mean(spectrum, axis=0) for spectrum in spectra)
    return LeastNoise(
        *(sqrt(float(value)) for value in (least.mean(), following.mean(), np.quantile(least, STRONGEST)))
    )


def smoothest_noise(blocks: Blocks) -> float:
    """Standard deviation, of any spectrum, in the smoothest blocks of each brightness; the median over brightness.

    Where a photo is textured all over, that is its weakest texture.
    """
    return sqrt(float(np.median([_spectrum(blocks.all[part], *LEAST).mean() for part in by_level(blocks)])))


def _spectrum(energies: FloatImage, share: float, normal_quantile: float) -> _Vector:
    """Noise variance per frequency by the `share` of blocks with the least energy, whatever the noise's spectrum is."""
    means = energies.mean(1)
    quantile = float(np.quantile(means, share))
    spectrum = energies[means <= 1.2 * quantile].mean(0, dtype=np.float64)
    variance = quantile / _chi2_ratio(spectrum, normal_quantile)
    return np.asarray(spectrum * (variance / max(float(spectrum.mean()), 1e-30)), np.float64)


def _chi2_ratio(spectrum: _Vector, normal_quantile: float) -> float:
    """Quantile of a sum of squares over its mean, with the degrees of freedom that the spectrum leaves."""
    squares = float((spectrum**2).sum())
    if squares <= 0:
        return 1.0
    freedom = max(float(spectrum.sum()) ** 2 / squares, 4.0)
    return float((1 - 2 / (9 * freedom) + normal_quantile * sqrt(2 / (9 * freedom))) ** 3)
