"""A classical look at the pair, after the network's: its result tells how the long frame is blurred, and what is noise.

The network errs where it cannot tell blur from scene.  With its result at hand the blur is soon found; the short frame,
cleaned by a Wiener filter that takes the result for its pilot (`imaging.pilot`), and the long one, deconvolved
(`imaging.yuan.quick`), make a picture that errs otherwise, and the mean of both is better than either.
`methods.joining` makes one picture of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from lsd2.imaging import pilot
from lsd2.imaging.coarse import energy, second_share
from lsd2.imaging.noise import estimate_noise
from lsd2.imaging.photometry import PhotometryReport, fit_to_long
from lsd2.imaging.yuan import quick
from lsd2.imaging.yuan.fourier import Kernel
from lsd2.imaging.yuan.light import SATURATED
from lsd2.photo import FloatImage
from lsd2.progress import Silent

MOST = 0.6
"""Share in the mean: 0.5 is 0.1 dB worse on published and on synthetic triplets, 0.7 on pairs with cameras' noise."""
WIDEST = 12.0
"""Blur (sigma, pixels) up to which kernels hold a trail: with one of 16 pixels, deconvolving makes the mean of three in
eight synthetic pairs worse than the fusion, by up to 0.7 dB; without, all are better, by 0.35 dB on average."""
LEAST_BELIEVED = 0.5
"""Share of its say that this look has where the deconvolution is not believed; its picture there is the cleaned short
frame's.  By channel, and with white known where samples are saturated, 0.17 dB on published triplets."""
FADE = 2.0
"""Standard deviation, pixels, of the blur of its say, so that this shows no edge."""
KNOWN = 0.04
"""Distance, of full scale, beyond the values that the samples have, over which this look loses its say."""
RARE = 8
"""Levels at either end of a curve of brightness that are left out of these: noise makes them, and they are steep."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A small part of the pair, registered, and what was fused of it; display images (H, W, 3).

    The short frame may be denoised already.
    """

    long: FloatImage
    short: FloatImage
    fused: FloatImage


@dataclass(frozen=True, slots=True)
class Views:
    """A part of the pair as both looks see it; display images (H, W, 3) in the fusion's brightness.

    Attributes
    ----------
    mean : of the fusion and the classical look's picture, weighted by how far that is believed.
    picture : the classical look's.
    cleaned : the short frame without its noise, which that picture began as.
    free : how far the fusion may be left, (H, W, 1) in [0, 1]; 0 where something moved or values are unlike the
        samples'.
    """

    mean: FloatImage
    picture: FloatImage
    cleaned: FloatImage
    free: FloatImage


@dataclass(frozen=True, slots=True)
class ClassicalLook:
    """What a pair's samples tell.

    Attributes
    ----------
    kernel : the long frame's blur; None where it is wider than kernels can be, and nothing is deconvolved.
    sigma : standard deviation of the noise that its short frame has, as a part of full scale.
    brightness : from the short frame to the fusion.
    correction : from the cleaned short frame in the fusion's brightness to the fusion.
    share : of this look in the mean, in [0, `MOST`].
    doubt : how much it differs from the fusion, mean square of what is not single pixels' noise.
    removed : standard deviation of the noise that a denoiser takes out of its short frame before; 0 where none does.
    """

    kernel: Kernel | None
    sigma: float
    brightness: PhotometryReport
    correction: PhotometryReport
    share: float = MOST
    doubt: float = 0.0
    removed: float = 0.0

    def cleaned(self, short: FloatImage, fused: FloatImage) -> FloatImage:
        """The short frame without its noise, in the fusion's brightness but for the correction."""
        return self.brightness.apply(pilot.filtered(short, self.brightness.undone(fused), self.sigma))

    def sharpened(self, cleaned: FloatImage, long: FloatImage) -> tuple[FloatImage, FloatImage]:
        """What this look alone makes of a part of the pair, and how far that can be believed; see `quick.sharpened`."""
        base = self.correction.apply(cleaned)
        return (base, np.ones_like(base)) if self.kernel is None else quick.sharpened(base, long, self.kernel)

    def views(self, long: FloatImage, short: FloatImage, fused: FloatImage, moved: FloatImage) -> Views:
        """What both looks make of a part of the pair; `moved`, (H, W, 1), is 1 where the fusion has to stay."""
        cleaned = self.cleaned(short, fused)
        picture, believed = self.sharpened(cleaned, long)
        free = self._known(fused) * (1 - moved)
        weight = _faded(np.float32(self.share) * np.maximum(believed, LEAST_BELIEVED) * free)
        mean = np.asarray(fused + weight * (picture - fused), np.float32)
        return Views(mean, picture, cleaned, _faded(free))

    def _known(self, fused: FloatImage) -> FloatImage:
        """1 where the values are like the samples', (H, W, 1) in [0, 1]."""
        known = np.ones((*fused.shape[:2], 1), np.float32)
        for index, channel in enumerate(self.correction.channels):
            levels = channel.long_levels
            rare = min(RARE, (len(levels) - 1) // 2)
            low, high = levels[rare], 1.0 if levels[-1] >= SATURATED else levels[-1 - rare]
            values = fused[..., index : index + 1]
            known *= np.clip(1 - np.maximum(low - values, values - high) / KNOWN, 0, 1)
        return known


def _faded(weight: FloatImage) -> FloatImage:
    """Weights (H, W, C) without an edge that would show."""
    return np.asarray(cv2.GaussianBlur(weight, (0, 0), FADE), np.float32).reshape(weight.shape)


def judge(samples: Sequence[Sample], blur_px: float = 0.0, sigma: float | None = None) -> ClassicalLook | None:
    """What samples of a pair tell; None where they show nothing, or where this look would be no gain.

    Parameters
    ----------
    blur_px : of the long frame; see `PreparedPair`.
    sigma : standard deviation of their short frames' noise, as a part of full scale; None is measured.
    """
    sides = [min(sample.long.shape[:2]) for sample in samples]
    found = quick.kernel_between([(s.fused, s.long) for s in samples]) if min(sides) > 2 * quick.RADIUS else None
    if found is None:
        return None
    kernel = found if blur_px <= WIDEST else None
    if sigma is None:
        sigma = float(np.median([estimate_noise(sample.short, Silent()).sigma for sample in samples])) / 255
    long, short, fused = (np.concatenate([getattr(s, name) for s in samples]) for name in ("long", "short", "fused"))
    brightness = fit_to_long(short, fused)
    look = ClassicalLook(kernel, sigma, brightness, brightness)
    cleaned = [look.cleaned(sample.short, sample.fused) for sample in samples]
    look = replace(look, correction=fit_to_long(np.concatenate(cleaned), fused))
    alone = np.concatenate([look.sharpened(one, s.long)[0] for one, s in zip(cleaned, samples, strict=True)])
    share = second_share(long, fused, alone, MOST)
    return replace(look, share=share, doubt=energy(alone - fused)) if share else None
