"""Whether what looks like smoothed noise is noise, or the texture of a photo; see `noise`.

Two tests, either of which is enough.

*Agreement*: the least blocks and the next ones hold the same energy, as noise does, and distinctly more than the high
frequencies alone say.

*Ratio*: at half size, the high frequencies of smooth blocks hold more noise than white noise would leave there, and the
energies of these blocks are spread as those of noise are.  It needs a few smooth blocks where agreement needs many.  A
clean photo that was enlarged has next to nothing at full size, and much more at half size than cameras leave.

All limits are ramps, so that like photos get like levels.  They come from clean and enlarged Kodak photos on one side;
on the other from white noise, demosaiced noise, and smoothed camera noise of known strength (the PolyU set).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from lsd2.imaging.noise_high import HighNoise
from lsd2.imaging.noise_spectrum import LeastNoise

FINE_SHARE = (0.75, 0.55)
AGREEMENT = (1.20, 1.10)
"""Where agreement begins and wholly counts: the high frequencies' share of the noise; how far the blocks disagree."""
CERTAIN = (1.05, 1.025)
CERTAIN_SHARE = (0.92, 0.82)
"""Below this disagreement there is nothing but noise, and agreement counts from this share on: demosaicing alone takes
no more of the highest frequencies (BM3D then stayed 3 dB below its best)."""
SMOOTHED = (0.35, 0.25)
LENIENT = (1.25, 1.15)
"""Below these shares only a camera's smoothing can be at work, and textured photos with such noise need more
room; still more would take the grass of an enlarged photo for noise."""
RATIO = (2.8, 3.6)
SPREAD = (4.4, 3.2)
"""Where the ratio of half size to full size begins and wholly counts; the spread that speaks against noise."""
SURE_RATIO = (1.2, 1.4)
SURE_SPREAD = (1.8, 1.3)
SURE_AGREEMENT = (1.10, 1.05)
"""Below this spread and this disagreement there is nothing but noise, and so little of a ratio is enough."""
ENLARGED = (16.0, 10.0)
"""Ratio above which the photo was enlarged, and below which it was not."""
ROUNDING = 1 / 255 / sqrt(12)
"""Standard deviation that 8-bit numbers have by themselves; it is all that enlarged photos have of high frequencies."""
MOST = 2.5
"""By the ratio, sigma is at most so many times the noise at half size: what is stronger still may be texture.  On PolyU
photos BM3D is then within 0.6 dB of its best, and clean photos lose little by a mistake."""

_Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scale:
    """The noise of all channels at one size, in the unit of the picture.

    Attributes
    ----------
    high, spread : medians over channels and levels of brightness.
    least, next : over all frequencies, root mean square over channels.
    """

    high: float
    spread: float
    least: float
    next: float

    @classmethod
    def of(cls, channels: Sequence[tuple[HighNoise, LeastNoise]]) -> Scale:
        """Pool the channels."""
        return cls(
            high=float(np.median(np.concatenate([high.sigmas for high, _ in channels]))),
            spread=float(np.median(np.concatenate([high.spreads for high, _ in channels]))),
            least=rms(np.array([least.least for _, least in channels])),
            next=rms(np.array([least.next for _, least in channels])),
        )

    @property
    def disagreement(self) -> float:
        """How much more the next blocks hold than the least ones; about 1 for noise."""
        return self.next / self.least


def coarse_sigma(fine: _Vector, coarse: _Vector, full: Scale, half: Scale) -> _Vector:
    """Per channel, `fine` raised towards `coarse` as far as that is to be believed."""
    agreed = by_agreement(rms(fine), full, half) * np.maximum(coarse - fine, 0)
    limited = np.minimum(coarse, MOST * 2 * half.high * _relative(coarse))
    return np.asarray(fine + np.maximum(agreed, by_ratio(full, half) * np.maximum(limited - fine, 0)), np.float64)


def by_agreement(fine: float, full: Scale, half: Scale) -> float:
    """Weight of the measure over all frequencies, 0 to 1, by the first test."""
    if full.least <= 0 or half.least <= 0:
        return 0.0
    share = fine / full.least
    smoothed = _ramp(share, *SMOOTHED)
    zero, one = _between(AGREEMENT, LENIENT, smoothed)
    disagreement = max(full.disagreement, half.disagreement)
    begins, counts = _between(FINE_SHARE, CERTAIN_SHARE, _ramp(disagreement, *CERTAIN))
    return _ramp(disagreement, zero, one) * _ramp(share, begins, counts)


def by_ratio(full: Scale, half: Scale) -> float:
    """The same by the second test."""
    unrounded = sqrt(max(full.high**2 - ROUNDING**2, 0.0))
    if unrounded <= 0 or full.least <= 0 or half.least <= 0:
        return 0.0
    disagreement = max(full.disagreement, half.disagreement)
    sure = _ramp(half.spread, *SURE_SPREAD) * _ramp(disagreement, *SURE_AGREEMENT)
    ratio = _ramp(2 * half.high / full.high, *_between(RATIO, SURE_RATIO, sure))  # 1 for white noise
    return ratio * _ramp(2 * half.high / unrounded, *ENLARGED) * _ramp(half.spread, *SPREAD)


def _between(some: tuple[float, float], other: tuple[float, float], weight: float) -> tuple[float, float]:
    """The first limits, moved towards the others."""
    return some[0] + weight * (other[0] - some[0]), some[1] + weight * (other[1] - some[1])


def rms(values: _Vector) -> float:
    """Root mean square."""
    return sqrt(float(np.mean(values**2)))


def _relative(values: _Vector) -> _Vector:
    """Over their root mean square; ones if all are zero."""
    mean = rms(values)
    return values / mean if mean > 0 else np.ones_like(values)


def _ramp(value: float, zero: float, one: float) -> float:
    return min(max((value - zero) / (one - zero), 0.0), 1.0)
