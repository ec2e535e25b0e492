"""The finishing step of a run, after the method."""

from __future__ import annotations

import time
from dataclasses import asdict, replace
from typing import Any

from lsd2.finishing import FUSION_WEIGHTS
from lsd2.finishing.blend import Blended, blend_with_short
from lsd2.finishing.network import network_share, pack, refine
from lsd2.imaging.fusion.levels import STRIP_ROWS, Levels, apply_levels, as_white_as, brightness
from lsd2.methods.base import MethodInfo, MethodOutput
from lsd2.networks.manifest import find_model
from lsd2.options import Fusion, FusionOptions, ProcessOptions
from lsd2.photo import FloatImage
from lsd2.progress import Progress, Stage

BLEND_MEMORY_GB = 0.15
"""Larger strips win no time, and beside the photos and two results little memory is left of 2 GB at 24 megapixels."""
NOT_THE_SAME = (
    "exposure fusion changed nothing: the short photo does not show the same scene as the result, only darker"
)
NOTHING_TO_CLEAN = "the fusion network was left out: the short photo shows no noise that it could take out"
FUSED_ALREADY = "exposure fusion was left out: the method fuses the exposures itself"


def is_finished(method: MethodInfo, options: ProcessOptions) -> bool:
    """Whether these options ask for a finishing step after this method."""
    fusion = options.fusion
    return fusion.kind is not Fusion.NONE and fusion.strength > 0 and method.can_be_finished


def finish(
    method: MethodInfo, output: MethodOutput, short: FloatImage, options: ProcessOptions, progress: Progress
) -> MethodOutput:
    """What the method gave, after the finishing step that the options ask for.

    Parameters
    ----------
    short : the short frame, a display image (H, W, 3) of the result's size.

    Raises
    ------
    Cancelled
        When `progress` says so.
    WeightsError, DeviceError
        When the network is asked for and cannot run.
    """
    if not is_finished(method, options):
        left_out = options.fusion.kind is not Fusion.NONE and method.fuses_exposures
        return replace(output, notes=(*output.notes, FUSED_ALREADY)) if left_out else output
    started = time.perf_counter()
    blended = _blended(output.pixels, short, options, progress)
    if blended is None:
        return replace(output, notes=(*output.notes, NOT_THE_SAME))
    before, share, gains = brightness(output.pixels), blended.short_share, blended.transfer.gains
    pixels, described, notes = blended.pixels, dict[str, Any](), output.notes
    if options.fusion.kind is Fusion.NETWORK:
        of_network = network_share(blended.transfer.sigma)
        if of_network:
            packed = pack(pixels)
            del blended, pixels  # the network runs in the memory that the blend took
            refined = refine(packed, output.pixels, short, of_network, options, progress)
            pixels, described = refined.pixels, _how(refined)
        else:
            notes = (*notes, NOTHING_TO_CLEAN)
        described["network_share"] = round(of_network, 3)
    levels = _set_levels(pixels, options.fusion, before)
    for top in range(0, len(pixels), STRIP_ROWS):
        progress.tile(0, top, pixels[top : top + STRIP_ROWS])
    described |= {
        "gain": [round(float(1 / gain), 3) for gain in gains],
        "black_point": levels.black,
        "white_point": round(levels.white, 4),
        "from_short": round(float(share.mean()) / 255, 4),
        "seconds": round(time.perf_counter() - started, 3),
    }
    parameters = {**output.parameters, "fusion": described}
    return replace(output, pixels=pixels, parameters=parameters, notes=notes, short_share=share)


def check_weights(method: MethodInfo, options: ProcessOptions) -> None:
    """Raise `WeightsError` before anything is computed if the network is asked for and there are no weights for it."""
    if is_finished(method, options) and options.fusion.kind is Fusion.NETWORK:
        find_model(FUSION_WEIGHTS, options.fusion.model)


def _blended(picture: FloatImage, short: FloatImage, options: ProcessOptions, progress: Progress) -> Blended | None:
    memory = min(options.memory_budget_gb, BLEND_MEMORY_GB) * 1e9
    return blend_with_short(
        picture, short, options.fusion, memory, lambda *steps: progress.report(Stage.FINISH, *steps)
    )


def _how(refined: MethodOutput) -> dict[str, Any]:
    """The network's parameters and weights, for the result's."""
    return {**refined.parameters, "model": asdict(refined.model) if refined.model else None}


def _set_levels(pixels: FloatImage, options: FusionOptions, before: float) -> Levels:
    white = as_white_as(pixels, before) if options.white_point is None else options.white_point
    levels = Levels(options.black_point, max(white, options.black_point + 0.01))
    apply_levels(pixels, levels)
    return levels
