"""Exposure fusion of a method's result with the highlights of the short frame (Mertens et al. 2007)."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from lsd2.imaging.fusion.blend import Exposures, Report, blend
from lsd2.imaging.fusion.highlights import REACH, Transfer, fit_transfer, recover
from lsd2.imaging.fusion.mertens import WEIGHT_REACH, as_share, strip_rows
from lsd2.imaging.fusion.weights import Weighting, normalised_weights
from lsd2.options import FusionOptions
from lsd2.photo import FloatImage, ShareMap

CONTEXT = REACH + WEIGHT_REACH
EVEN, SEEN_FROM = 0.5, 0.01
"""Local contrast that chooses no exposure, in standard deviations of the short frame's noise beyond what is not seen.
Otherwise noise in the picture, or its lack in what was smoothed, would decide where the surroundings have no detail."""
WHOLE_FROM = 0.5
"""Up to this strength the step fades in; above it, the short frame's exposure is preferred more and more."""


@dataclass(frozen=True, slots=True)
class Blended:
    """A picture with the highlights of the short frame.

    Attributes
    ----------
    pixels : (H, W, 3), gamma-encoded sRGB, a new array; values may leave [0, 1].
    short_share : how much of every pixel is the short frame's.
    transfer : how the short frame is exposed against the picture.
    """

    pixels: FloatImage = field(repr=False)
    short_share: ShareMap = field(repr=False)
    transfer: Transfer


@dataclass(frozen=True, slots=True)
class _Frames:
    """The two display images, and how they are joined."""

    picture: FloatImage
    short: FloatImage
    transfer: Transfer
    options: FusionOptions

    def read(self, top: int, bottom: int) -> tuple[Exposures, FloatImage]:
        """Rows of the exposures, and how much of them is the short frame's."""
        first, last = max(top - CONTEXT, 0), min(bottom + CONTEXT, self.picture.shape[0])
        bright = self.picture[first:last]
        found = recover(bright, self.short[first:last], self.transfer)
        weights = self._weights(bright, found.dark)
        kept = slice(top - first, bottom - first)
        exposures = Exposures([bright[kept], found.dark[kept]], [weight[kept] for weight in weights])
        return exposures, found.share[kept] * exposures.weights[1]

    def _weights(self, bright: FloatImage, dark: FloatImage) -> list[FloatImage]:
        chosen = self.options
        noise = EVEN * max(self.transfer.sigma - SEEN_FROM, 0.0)
        weighting = Weighting(chosen.detail, chosen.colour, chosen.light, noise)
        prior = max(chosen.strength, WHOLE_FROM) ** 2
        weight = normalised_weights([bright, dark], weighting, (1.0, prior))[1]
        weight *= np.float32(min(chosen.strength / WHOLE_FROM, 1.0))
        return [1 - weight, weight]


def blend_with_short(
    picture: FloatImage, short: FloatImage, options: FusionOptions, memory_bytes: float, report: Report
) -> Blended | None:
    """Fuse display images (H, W, 3) of one geometry; None where they do not show the same at two exposures.

    Parameters
    ----------
    picture : a method's result, in the long frame's exposure.
    short : the short frame as it is.
    memory_bytes : working memory beside the two and the result.
    report : told the steps of work; may raise `Cancelled`.
    """
    transfer = fit_transfer(picture, short)
    return None if transfer is None else blend_exposed(picture, short, transfer, options, memory_bytes, report)


def blend_exposed(
    picture: FloatImage,
    short: FloatImage,
    transfer: Transfer,
    options: FusionOptions,
    memory_bytes: float,
    report: Report,
) -> Blended:
    """`blend_with_short` where it is known how the short frame is exposed."""
    frames = _Frames(picture, short, transfer, options)
    height, width = picture.shape[:2]
    share = np.empty((height, width), np.uint8)

    def read(top: int, bottom: int) -> Exposures:
        exposures, of_short = frames.read(top, bottom)
        share[top:bottom] = as_share(of_short)
        return exposures

    pixels = blend(read, (height, width), strip_rows(width, memory_bytes), report)
    return Blended(pixels, share, transfer)
