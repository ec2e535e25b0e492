"""Denoisers on a pair: the short frame denoised, then brought to the long frame's brightness and colours."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from lsd2.imaging.noise import estimate_noise
from lsd2.imaging.photometry import match_to_long
from lsd2.methods.base import Denoiser, MethodInfo, MethodOutput, PreparedPair
from lsd2.options import MAX_SIGMA, ProcessOptions
from lsd2.photo import FloatImage
from lsd2.progress import Progress


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
    level = noise_level(image, options, progress)
    output = denoiser.denoise(image, level.sigma, options, progress)
    return replace(output, parameters={**level.to_dict(), **output.parameters})


class DenoisedShort:
    """The method that a denoiser is on a pair."""

    def __init__(self, info: MethodInfo, denoiser: Denoiser) -> None:
        self.info = info
        self._denoiser = denoiser

    def run(self, pair: PreparedPair, options: ProcessOptions, progress: Progress) -> MethodOutput:
        """Denoise the short frame, then match it: its noise is as the estimate saw it only before."""
        output = denoise(self._denoiser, pair.short, options, progress)
        matched, report = match_to_long(output.pixels, pair.long)
        return replace(output, pixels=matched, parameters={**output.parameters, "photometry": report.to_dict()})
