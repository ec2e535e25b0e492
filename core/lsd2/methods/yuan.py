"""The method of Yuan et al., SIGGRAPH 2007, for static scenes; see `lsd2.imaging.yuan`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from lsd2.imaging.yuan import Deblurred, deblur_with_pair
from lsd2.methods.base import MethodInfo, MethodOutput, PreparedPair
from lsd2.methods.denoising import NoiseLevel, denoise_at, noise_level
from lsd2.methods.registry import get_denoiser
from lsd2.options import MAX_SIGMA, ProcessOptions
from lsd2.progress import Portion, Progress

STRENGTH = 1.4
"""Sigma that BM3D is given, over the noise's: what it takes away too much comes back from the long frame, what it
leaves stays.  On published triplets 0.4 dB better than 1, and 0.7 dB better than 1.8."""
MUCH_CONTRADICTED = 0.25


class Yuan:
    """The method behind the protocol of `methods.base`."""

    def __init__(self, info: MethodInfo) -> None:
        self.info = info

    def run(self, pair: PreparedPair, options: ProcessOptions, progress: Progress) -> MethodOutput:
        """Denoise the short frame by BM3D, find the long frame's blur from both, and deconvolve what differs.

        The denoised frame is brought to the long one's exposure as the other methods' results are, then more exactly
        once the blur is known.
        """
        first, second = Portion(progress, 0.0, 0.5), Portion(progress, 0.5, 1.0)
        level = noise_level(pair.short, options, first)
        stronger = NoiseLevel(min(STRENGTH * level.sigma, MAX_SIGMA), level.source)
        denoised = denoise_at(get_denoiser("bm3d"), pair.short, stronger, options, first)
        budget = options.memory_budget_gb * 1e9
        found = deblur_with_pair(denoised.pixels, pair.long, second, budget)
        return MethodOutput(
            found.pixels, {**denoised.parameters, **level.to_dict(), **_parameters(found)}, notes=_notes(found)
        )


def _parameters(found: Deblurred) -> dict[str, Any]:
    return {
        "denoising_strength": STRENGTH,
        "exposure": asdict(found.overview.exposure),
        "kernel_radius": found.overview.radius,
        "blocks": found.blocks,
        "contradicted": round(found.contradicted, 3),
    }


def _notes(found: Deblurred) -> tuple[str, ...]:
    if found.contradicted < MUCH_CONTRADICTED:
        return ()
    share = f"the photos contradict each other in {found.contradicted:.0%} of the picture"
    return (f"{share}; the method of Yuan et al. is for scenes in which nothing moves",)
