"""What the classical look stands on at the best effort: the short frame denoised by FDnCNN, where that is better.

FDnCNN has learned what photos look like, which the Wiener filter of `imaging.pilot` has not; what noise it leaves, that
filter takes out.  It is made for white noise: of noise that a camera has smoothed, or of the darkest of shadows, it
leaves too much, and the look is then farther from the fusion than the one on the short frame itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from lsd2.errors import WeightsError
from lsd2.methods.classical_look import ClassicalLook, Sample, judge
from lsd2.methods.registry import get_denoiser, method_info
from lsd2.networks.manifest import find_model
from lsd2.options import MAX_SIGMA, ProcessOptions
from lsd2.parts import part_around
from lsd2.photo import Crop, FloatImage
from lsd2.progress import Progress, Untiled

DENOISER = "fdncnn"
LEFT = 0.3
"""The noise that FDnCNN leaves, as the filter after it is told; a part of what there was."""
FARTHER = 1.3
"""So much more may the look differ from the fusion than the one on the short frame, mean square: where noise is white
it is 0.7 to 1.15 times as much, where FDnCNN fails 1.4 and more."""
LEAST = 1 / 255
"""Noise that is worth it, as a part of full scale."""
LARGEST_TILE = 640
"""FDnCNN takes long, and between tiles a cancel is heard."""


def denoiser_told() -> dict[str, str]:
    """Which weights of FDnCNN are used, for a result's parameters: their name and hash."""
    entry = find_model(DENOISER, None)
    return {"name": entry.name, "sha256": entry.sha256}


def better_base(
    samples: Sequence[Sample], blur_px: float, look: ClassicalLook, options: ProcessOptions, progress: Progress
) -> tuple[ClassicalLook, str | None]:
    """The same look on samples denoised first, where that is better; and a note where FDnCNN cannot run.

    `blur_px` is as for `judge`.

    Raises
    ------
    Cancelled
        When `progress` says so.
    """
    if look.sigma < LEAST:
        return look, None
    try:
        bases = [denoised(sample.short, look.sigma, options, progress) for sample in samples]
    except WeightsError as error:
        return look, f"the best effort did without FDnCNN: {error}"
    cleaned = [replace(sample, short=base) for sample, base in zip(samples, bases, strict=True)]
    other = judge(cleaned, blur_px, LEFT * look.sigma)
    if other is None or other.doubt > FARTHER * look.doubt:
        return look, None
    return replace(other, removed=look.sigma), None


def denoised(
    short: FloatImage, sigma: float, options: ProcessOptions, progress: Progress, kept: Crop | None = None
) -> FloatImage:
    """The short frame, a display image (H, W, 3), without its noise of this standard deviation, a part of full scale.

    It is right in the part `kept`, None for all of it; beyond, it is black.

    Raises
    ------
    Cancelled, Lsd2Error
        As `Denoiser.denoise`.
    """
    reach = method_info(DENOISER).reach
    height, width = short.shape[:2]
    area = part_around(kept, reach.context, reach.grid, width, height) if kept and reach else Crop(0, 0, width, height)
    tile = min(options.tile or LARGEST_TILE, LARGEST_TILE)
    theirs = replace(options, model=None, tile=tile)
    seen = short[area.rows, area.columns]
    pixels = get_denoiser(DENOISER).denoise(seen, min(255 * sigma, MAX_SIGMA), theirs, Untiled(progress)).pixels
    if pixels.shape == short.shape:
        return pixels
    base = np.zeros_like(short)
    base[area.rows, area.columns] = pixels
    return base
