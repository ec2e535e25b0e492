"""Underexposure and colour distortion of the short frame (Section 3.1.2 of the paper)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class ColourDistortion:
    """Ranges of the affine change a I + b per channel (R, G, B), in linear light.

    Attributes
    ----------
    gain_green : range of a for green; sampled evenly in the logarithm.
    cast : range of the ratio of a for red, and for blue, to green's.
    offsets : ranges of b per channel.
    """

    gain_green: Range
    cast: tuple[Range, Range]
    offsets: tuple[Range, Range, Range]

    def sample(self, rng: np.random.Generator) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Draw (a, b), each (3,) float32 in RGB order; a stays under 0.35 as in the authors' data."""
        green = np.exp(rng.uniform(*np.log(self.gain_green)))
        gains = np.array([green * rng.uniform(*self.cast[0]), green, green * rng.uniform(*self.cast[1])])
        offsets = np.array([rng.uniform(*bounds) for bounds in self.offsets])
        return np.minimum(gains, 0.35).astype(np.float32), offsets.astype(np.float32)


MEASURED = ColourDistortion(
    gain_green=(0.12, 0.19),
    cast=((1.0, 2.0), (1.05, 2.2)),
    offsets=((0.0, 0.007), (-0.004, 0.001), (0.0, 0.008)),
)
"""As measured on the paper's published triplets: a_R 0.14-0.31, a_G 0.12-0.195, a_B 0.15-0.34."""

WIDE = ColourDistortion(
    gain_green=(0.015, 0.22),
    cast=((0.85, 1.9), (0.85, 1.9)),
    offsets=((-0.001, 0.004), (-0.002, 0.001), (-0.001, 0.004)),
)
"""Real night pairs are darker: brightness ratios of 2-6 in gamma values, with casts of either kind."""


def distort(
    linear: NDArray[np.float32], gains: NDArray[np.float32], offsets: NDArray[np.float32]
) -> NDArray[np.float32]:
    """a I + b per channel, not below 0.  Linear light, HWC, RGB."""
    return np.asarray(np.maximum(linear * gains + offsets, 0), np.float32)
