"""How bright the short frame would be as the long one: gain and offset of light, seen through the blur."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lsd2.imaging.photometry import PhotometryReport
from lsd2.imaging.yuan.fourier import Plane

REWEIGHTINGS = 5
TUNING = 2.0
"""Errors of so many standard deviations count half (Cauchy's weights)."""
FEWEST = 100
"""Pixels that determine gain and offset."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """long = gain * short + offset in linear light, for R, G and B."""

    gain: tuple[float, float, float]
    offset: tuple[float, float, float]

    @classmethod
    def of(cls, report: PhotometryReport) -> Exposure:
        """What matching the frames' histograms says; where it makes no sense of a channel, that is left as it is."""
        pairs = [(c.gain, c.offset) if c.gain > 0 else (1.0, 0.0) for c in report.channels]
        red, green, blue = pairs
        return cls((red[0], green[0], blue[0]), (red[1], green[1], blue[1]))

    def apply(self, light: NDArray[np.float32]) -> NDArray[np.float32]:
        """Light (..., 3) of the short frame at the long one's exposure; may go beyond 1, where the long one clips."""
        gain, offset = np.array(self.gain, np.float32), np.array(self.offset, np.float32)
        return np.asarray(np.maximum(light * gain + offset, 0), np.float32)


def through_blur(
    light: NDArray[np.float32],
    long: NDArray[np.float32],
    weight: NDArray[np.float32],
    blur: Callable[[Plane], Plane],
    known: Exposure,
) -> Exposure:
    """Robust least squares between the blurred short frame and the long one.

    Parameters
    ----------
    light, long : linear light (H, W, 3) of the denoised short frame and of the long one.
    weight : (H, W, 3); pixels of less than 1 are left out: saturated or unknown.
    blur : the long frame's blur, applied to a plane (H, W).
    known : kept for channels of which too little can be seen.
    """
    gains, offsets = list(known.gain), list(known.offset)
    for channel in range(3):
        seen = weight[..., channel] >= 1
        found = _fit(blur(light[..., channel])[seen], long[..., channel][seen])
        if found and found[0] > 0:
            gains[channel], offsets[channel] = found
    return Exposure((gains[0], gains[1], gains[2]), (offsets[0], offsets[1], offsets[2]))


def _fit(x: Plane, y: Plane) -> tuple[float, float] | None:
    """Gain and offset of y over x by iteratively reweighted least squares; None if the values do not tell."""
    if len(x) < FEWEST or float(np.var(x, dtype=np.float64)) < 1e-12:
        return None
    weight, gain, offset = np.ones_like(x), 1.0, 0.0
    for _ in range(REWEIGHTINGS):
        mean_x, mean_y = (float(np.average(values, weights=weight)) for values in (x, y))
        spread = float(np.average((x - mean_x) ** 2, weights=weight))
        if spread < 1e-12:
            return None
        gain = float(np.average((x - mean_x) * (y - mean_y), weights=weight)) / spread
        offset = mean_y - gain * mean_x
        error = np.abs(y - gain * x - offset)
        weight = np.asarray(1 / (1 + (error / (TUNING * 1.4826 * float(np.median(error)) + 1e-9)) ** 2), np.float32)
    return gain, offset
