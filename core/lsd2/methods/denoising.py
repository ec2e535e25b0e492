"""Denoisers on a pair: the short frame denoised, then brought to the long frame's brightness and colours."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import cv2
import numpy as np

from lsd2.imaging.noise import estimate_noise
from lsd2.imaging.photometry import PhotometryReport, fit_to_long
from lsd2.methods.base import Denoiser, MethodInfo, MethodOutput, PreparedPair
from lsd2.options import MAX_SIGMA, ProcessOptions
from lsd2.photo import FloatImage
from lsd2.progress import Progress, Stage

SOFTENING = 1.5
"""Standard deviation, pixels, of the Gaussian that stands in for a denoiser where only a histogram is wanted."""
PART_NOTE = "brightness and colours of this part are estimated; the whole photo's may differ by a shade"


@dataclass(frozen=True, slots=True)
class NoiseLevel:
    """The sigma a denoiser is given, on the 0-255 scale, and who said so: "given" or "auto"."""

    sigma: float
    source: str

    def to_dict(self) -> dict[str, Any]:
        """As parameters of a result."""
        return {"sigma": round(self.sigma, 2), "sigma_source": self.source}


def noise_level(image: FloatImage, options: ProcessOptions, progress: Progress) -> NoiseLevel:
    """The user's sigma, or the estimate of this image, no more than denoisers are made for."""
    if options.sigma is not None:
        return NoiseLevel(options.sigma, "given")
    return NoiseLevel(min(estimate_noise(image, progress).sigma, MAX_SIGMA), "auto")


def denoise(denoiser: Denoiser, image: FloatImage, options: ProcessOptions, progress: Progress) -> MethodOutput:
    """A display image (H, W, 3) without its noise; the noise level is in the parameters.

    Raises
    ------
    Cancelled, Lsd2Error
        As `Denoiser.denoise`.
    """
    return denoise_at(denoiser, image, noise_level(image, options, progress), options, progress)


def denoise_at(
    denoiser: Denoiser, image: FloatImage, level: NoiseLevel, options: ProcessOptions, progress: Progress
) -> MethodOutput:
    """As `denoise`, for noise that is known."""
    output = denoiser.denoise(image, level.sigma, options, progress)
    return replace(output, parameters={**level.to_dict(), **output.parameters})


class _Matched:
    """Passes on finished parts nearly as the result will show them: as bright as the long frame."""

    def __init__(self, told: Progress, pair: PreparedPair) -> None:
        self._told, self._pair = told, pair

    def report(self, stage: Stage, done: int, total: int) -> None:
        self._told.report(stage, done, total)

    def tile(self, left: int, top: int, pixels: FloatImage) -> None:
        self._told.tile(left, top, self._brightness.apply(pixels))

    @cached_property
    def _brightness(self) -> PhotometryReport:
        return self._pair.brightness


class DenoisedShort:
    """The method that a denoiser is on a pair."""

    def __init__(self, info: MethodInfo, denoiser: Denoiser) -> None:
        self.info = info
        self._denoiser = denoiser

    def run(self, pair: PreparedPair, options: ProcessOptions, progress: Progress) -> MethodOutput:
        """Denoise the short frame, then match it: its noise is as the estimate saw it only before."""
        level = noise_level(pair.whole.short, options, progress)
        output = denoise_at(self._denoiser, pair.short, level, options, _Matched(progress, pair))
        report = _fit(output.pixels, pair)
        return replace(
            output,
            pixels=report.apply(output.pixels),
            parameters={**output.parameters, "photometry": report.to_dict()},
            notes=output.notes if pair.scene is None else (*output.notes, PART_NOTE),
        )


def _fit(denoised: FloatImage, pair: PreparedPair) -> PhotometryReport:
    """How the denoised short frame is brought to the long one's brightness and colours.

    Of a part, the rest is not denoised; there the short frame softened a little has nearly the same histogram: on real
    pairs the result is then within 2/255 of the whole photo's on average.
    """
    if pair.scene is None:
        return fit_to_long(denoised, pair.long)
    soft = cv2.GaussianBlur(pair.scene.short, (0, 0), SOFTENING)
    return fit_to_long(np.asarray(soft, np.float32), pair.scene.long)
