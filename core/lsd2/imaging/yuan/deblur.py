"""A whole pair: what is the same everywhere once, then block by block with a kernel each, blended.

A hand that holds a camera also turns it, so that the trail of a point depends on where it is.  Every block has its own
kernel, pulled to the whole picture's where the block holds little to tell.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from lsd2.imaging.tiling import choose_tile, plan_tiles, run_tiled
from lsd2.imaging.yuan.deconvolution import ResidualDeconvolution, Scene
from lsd2.imaging.yuan.detail import detail_layer
from lsd2.imaging.yuan.kernel import estimate_kernel
from lsd2.imaging.yuan.light import to_display, to_light
from lsd2.imaging.yuan.overview import Overview, frames_of, look_over
from lsd2.imaging.yuan.quick import BYTES_PER_PIXEL, believable
from lsd2.photo import FloatImage
from lsd2.progress import Progress, Stage

CONTROLLED_ITERATIONS = PLAIN_ITERATIONS = 4
"""On published triplets 3 are best, and 8 cost 0.4 dB: beyond, the noise of the long frame grows faster than detail."""
SMALLEST_BLOCK, LARGEST_BLOCK = 224, 768
"""Sides, pixels: enough structure to tell a kernel, and few enough pixels for the kernel to be one."""
FADE = 64
"""Width, pixels, over which one block fades into the next."""


@dataclass(frozen=True, slots=True)
class Deblurred:
    """The result, and how it was made.

    Attributes
    ----------
    pixels : display image (H, W, 3).
    overview : what holds for the whole picture.
    blocks : how many it was made in.
    contradicted : the part of the long frame's unsaturated values that the model cannot explain, 0 to 1.
    """

    pixels: FloatImage = field(repr=False)
    overview: Overview
    blocks: int
    contradicted: float


def deblur_with_pair(denoised: FloatImage, long: FloatImage, progress: Progress, memory_bytes: float) -> Deblurred:
    """Recover the sharp scene at the long frame's exposure.

    Parameters
    ----------
    denoised, long : display images (H, W, 3) of one size, registered: the short frame without its noise, and the long
        one with its blur.
    progress : told `Stage.ESTIMATE`, then `Stage.PROCESS` after every kernel and every iteration of every block.
    memory_bytes : working memory beside the two frames and the result.

    Raises
    ------
    Cancelled
        When `progress` says so.
    """
    progress.report(Stage.ESTIMATE, 0, 1)
    overview = look_over(denoised, long)
    progress.report(Stage.ESTIMATE, 1, 1)
    side = choose_tile(int(memory_bytes), BYTES_PER_PIXEL, 1, SMALLEST_BLOCK, LARGEST_BLOCK)
    side = max(min(side, max(long.shape[:2]) // 2), SMALLEST_BLOCK, 6 * overview.radius)
    plan = plan_tiles(long.shape[0], long.shape[1], side, 2 * overview.radius + FADE, 1, overview.radius)
    steps = _Steps(progress, len(plan) * (1 + CONTROLLED_ITERATIONS + PLAIN_ITERATIONS))

    def read(top: int, left: int, height: int, width: int) -> FloatImage:
        part = slice(top, top + height), slice(left, left + width)
        return np.concatenate([denoised[part], long[part]], axis=2)

    shares: list[float] = []
    pixels = run_tiled(read, lambda frames: _block(frames, overview, steps, shares), plan, steps)
    return Deblurred(pixels, overview, len(plan), float(np.mean(shares)))


def _block(frames: FloatImage, overview: Overview, steps: _Steps, shares: list[float]) -> FloatImage:
    """One block (H, W, 6), the denoised short and the long frame, deblurred; appends how much is contradicted."""
    base, long = overview.exposure.apply(to_light(frames[..., :3])), to_light(frames[..., 3:])
    weight = believable(frames[..., 3:])
    kernel, _ = estimate_kernel(frames_of(base, long, weight), overview.radius, overview.prior)
    steps.step()
    deconvolution = ResidualDeconvolution(Scene(base, long, weight), kernel)
    shares.append(deconvolution.contradicted)
    controlled = to_display(deconvolution.run(CONTROLLED_ITERATIONS, steps.step, controlled=True))
    plain = to_display(deconvolution.run(PLAIN_ITERATIONS, steps.step, controlled=False))
    return np.asarray(np.clip(controlled + detail_layer(plain, controlled), 0, 1), np.float32)


class _Steps:
    """Counts steps of all blocks; blocks themselves are only handed on."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0
        progress.report(Stage.PROCESS, 0, total)

    def step(self) -> None:
        self._done += 1
        self._progress.report(Stage.PROCESS, self._done, self._total)

    def report(self, stage: Stage, done: int, total: int) -> None:
        pass

    def tile(self, left: int, top: int, pixels: FloatImage) -> None:
        self._progress.tile(left, top, pixels)
