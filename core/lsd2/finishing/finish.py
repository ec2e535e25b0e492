"""The finishing step of a run, after the method."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from lsd2.finishing.blend import Blended, blend_with_short
from lsd2.imaging.fusion.levels import STRIP_ROWS, Levels, apply_levels, as_white_as, brightness
from lsd2.methods.base import MethodInfo, MethodOutput
from lsd2.options import Fusion, FusionOptions, ProcessOptions
from lsd2.photo import FloatImage
from lsd2.progress import Progress, Stage

NOT_THE_SAME = (
    "exposure fusion changed nothing: the short photo does not show the same scene as the result, only darker"
)
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
    memory = options.memory_budget_gb * 1e9
    blended = blend_with_short(
        output.pixels, short, options.fusion, memory, lambda *steps: progress.report(Stage.FINISH, *steps)
    )
    if blended is None:
        return replace(output, notes=(*output.notes, NOT_THE_SAME))
    levels = _set_levels(blended.pixels, options.fusion, brightness(output.pixels))
    for top in range(0, len(blended.pixels), STRIP_ROWS):
        progress.tile(0, top, blended.pixels[top : top + STRIP_ROWS])
    seconds = time.perf_counter() - started
    parameters = {**output.parameters, "fusion": {**_described(blended, levels), "seconds": round(seconds, 3)}}
    return replace(output, pixels=blended.pixels, parameters=parameters, short_share=blended.short_share)


def _set_levels(pixels: FloatImage, options: FusionOptions, before: float) -> Levels:
    white = as_white_as(pixels, before) if options.white_point is None else options.white_point
    levels = Levels(options.black_point, max(white, options.black_point + 0.01))
    apply_levels(pixels, levels)
    return levels


def _described(blended: Blended, levels: Levels) -> dict[str, Any]:
    return {
        "gain": [round(float(1 / gain), 3) for gain in blended.transfer.gains],
        "black_point": levels.black,
        "white_point": round(levels.white, 4),
        "from_short": round(float(blended.short_share.mean()) / 255, 4),
    }
