"""Bringing the short frame to the long one's brightness and colour, without knowing either exposure.

Each channel of the short frame is given the histogram of the long one.  That needs no pixel-wise correspondence, so
motion blur and a hand-held camera's shift do not disturb it; what the long frame clips is clipped alike.  On the
LSD2 authors' published triplets this comes nearer to the sharp target (in PSNR) than robustly fitted gain and
offset, in linear light or not, and than histograms of smoothed frames; so does giving one level the mean of all
ranks it holds, which matters as a dark 8-bit frame has few levels.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray

from lsd2.photo import FloatImage

GAMMA = 2.2
"""Display exponent that the gains and offsets undo, as in the LSD2 paper, Section 3.1."""
RANKS = 256
MAX_SAMPLES = 500_000
"""Pixels looked at; more do not move a quantile by a tenth of an 8-bit step."""
STRIP_ROWS = 256
CLIPPED = 250 / 255
"""Long-frame level from which a value tells nothing about gain."""


@dataclass(frozen=True, slots=True)
class ChannelMatch:
    """How one channel was matched.

    Attributes
    ----------
    short_levels, long_levels : the curve: gamma-encoded levels in [0, 1], rising, and what they become.
    gain, offset : long = gain * short + offset in linear light (exponent 2.2), fitted to the curve below clipping; to
        describe the pair, not used in matching.
    """

    short_levels: tuple[float, ...]
    long_levels: tuple[float, ...]
    gain: float
    offset: float


@dataclass(frozen=True, slots=True)
class PhotometryReport:
    """How the short frame is matched to the long one; one `ChannelMatch` each for R, G and B."""

    channels: tuple[ChannelMatch, ...]

    def apply(self, image: FloatImage) -> FloatImage:
        """`image`, a display image (H, W, 3) of the short frame's exposure, as the long frame shows it; a new array."""
        matched = np.empty_like(image)
        for top in range(0, image.shape[0], STRIP_ROWS):
            rows = slice(top, top + STRIP_ROWS)
            for index, channel in enumerate(self.channels):
                matched[rows, :, index] = np.interp(image[rows, :, index], channel.short_levels, channel.long_levels)
        return matched

    def undone(self, image: FloatImage) -> FloatImage:
        """The frame of which `apply` makes `image`, a display image (H, W, 3), as far as the curves can be undone."""
        made = np.empty_like(image)
        for index, channel in enumerate(self.channels):
            made[..., index] = np.interp(image[..., index], channel.long_levels, channel.short_levels)
        return made

    def to_dict(self) -> dict[str, list[float]]:
        """Gains and offsets of R, G, B in linear light."""
        return {
            "gain": [channel.gain for channel in self.channels],
            "offset": [channel.offset for channel in self.channels],
        }


def match_to_long(short: FloatImage, long: FloatImage) -> tuple[FloatImage, PhotometryReport]:
    """The short frame in the long one's brightness and colour.

    Parameters
    ----------
    short, long : display images (H, W, 3) of one scene; noise, blur, clipping and some misalignment do no harm.

    Returns
    -------
    A new display image (H, W, 3), and how it was made.
    """
    report = fit_to_long(short, long)
    return report.apply(short), report


def fit_to_long(short: FloatImage, long: FloatImage) -> PhotometryReport:
    """Only the fit of `match_to_long`; `PhotometryReport.apply` does the rest, also to a denoised short frame."""
    few_short, few_long = sampled(short), sampled(long)
    return PhotometryReport(tuple(_match(few_short[..., c], few_long[..., c]) for c in range(few_short.shape[2])))


def sampled(image: FloatImage) -> FloatImage:
    """Pixels of an image (H, W, C), an even grid of them: enough for what is measured on a whole photo."""
    step = max(1, ceil(sqrt(image.shape[0] * image.shape[1] / MAX_SAMPLES)))
    return image[::step, ::step]


def quantiles(values: FloatImage, ranks: NDArray[np.float64]) -> NDArray[np.float64]:
    """`numpy.quantile` of an array of any shape, for many ranks: sorting once is several times faster."""
    rising = np.sort(values, axis=None)
    place = ranks * (rising.size - 1)
    below = place.astype(np.intp)
    lower, upper = (rising[index].astype(np.float64) for index in (below, np.minimum(below + 1, rising.size - 1)))
    return np.asarray(lower + (place - below) * (upper - lower), np.float64)


def _match(short: FloatImage, long: FloatImage) -> ChannelMatch:
    ranks = np.concatenate(
        [[0.0], (np.arange(RANKS) + 0.5) / RANKS, [1.0]]
    )  # the ends hold small lamps and deep blacks
    levels, place = np.unique(quantiles(short, ranks), return_inverse=True)
    held = np.bincount(place).astype(np.float64)
    targets = np.bincount(place, quantiles(long, ranks)) / held
    gain, offset = _linear_fit(levels**GAMMA, targets**GAMMA, held * (targets < CLIPPED))
    return ChannelMatch(tuple(map(float, levels)), tuple(map(float, targets)), gain, offset)


def _linear_fit(x: NDArray[np.float64], y: NDArray[np.float64], weight: NDArray[np.float64]) -> tuple[float, float]:
    """Weighted least-squares gain and offset; a pure gain where the levels do not determine both."""
    if not weight.any():
        weight = np.ones_like(x)
    mean_x, mean_y = np.average(x, weights=weight), np.average(y, weights=weight)
    spread = np.average((x - mean_x) ** 2, weights=weight)
    if spread < 1e-12:
        return float(mean_y / max(mean_x, 1e-6)), 0.0
    gain = np.average((x - mean_x) * (y - mean_y), weights=weight) / spread
    return float(gain), float(mean_y - gain * mean_x)
