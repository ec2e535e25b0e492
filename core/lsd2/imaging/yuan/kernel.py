"""Estimating the blur kernel from a sharp and a blurred picture, from coarse to fine.

Gradients are compared: they do not depend on offsets between the frames.  Only pixels near structure of the blurred
frame count, for elsewhere the denoised frame holds nothing but what is left of its noise, and that looks like blur.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np

from lsd2.imaging.yuan.fourier import Kernel, Plane
from lsd2.imaging.yuan.least_squares import Evidence, solve
from lsd2.imaging.yuan.support import trace, widened

RIDGE = 0.003
"""Regularisation, relative to the energy of the sharp features (the paper's lambda)."""
COARSEST_RADIUS = 2.5
SMOOTHING = 0.5
"""Standard deviation, pixels, of the Gaussian before the gradients."""
STRUCTURE_SIGMA = 2.0
"""Standard deviation, pixels, of the Gaussian that spreads structure."""


@dataclass(frozen=True, slots=True)
class Frames:
    """The two frames as the kernel sees them: luminance in linear light, of equal exposure, (H, W).

    `weight` is 1 where the blurred frame can be believed and 0 where it is saturated or unknown.
    """

    sharp: Plane = field(repr=False)
    blurred: Plane = field(repr=False)
    weight: Plane = field(repr=False)

    def reduced(self, factor: float) -> Frames:
        """Both at a smaller size; a pixel counts only if all of its parts do."""
        if factor == 1:
            return self
        height, width = (max(round(side * factor), 8) for side in self.sharp.shape)
        small = [
            np.asarray(cv2.resize(plane, (width, height), interpolation=cv2.INTER_AREA), np.float32)
            for plane in (self.sharp, self.blurred, self.weight)
        ]
        return Frames(small[0], small[1], (small[2] > 0.99).astype(np.float32))


@dataclass(frozen=True, slots=True)
class Prior:
    """What is known of a kernel before: `kernel`, and the energy per pixel of the features that it came from.

    `weight` says how strongly a new estimate is pulled to it, relative to that energy: a block that holds less
    structure than the whole picture follows the picture.
    """

    kernel: Kernel = field(repr=False)
    energy: float
    weight: float = 0.03


def estimate_kernel(frames: Frames, radius: int, prior: Prior | None = None) -> tuple[Kernel, float]:
    """The kernel, (2 radius + 1) on a side, that the sharp frame is blurred with, and the energy per pixel behind it.

    Without structure to tell, that is the prior's kernel, or one that moves nothing.
    """
    scales = [1.0]
    while radius * scales[-1] > COARSEST_RADIUS:
        scales.append(scales[-1] / 2)
    kernel, energy = None, 0.0
    for scale in reversed(scales):
        reach = max(int(np.ceil(radius * scale)), 1)
        evidence = _evidence(frames.reduced(scale), reach)
        before = Prior(resized(prior.kernel, reach), prior.energy, prior.weight) if prior else None
        kernel = _one_scale(evidence, reach, None if kernel is None else resized(kernel, reach), before)
        energy = evidence.energy() / evidence.weight.size
    assert kernel is not None
    return kernel, energy


def _one_scale(evidence: Evidence, reach: int, coarser: Kernel | None, prior: Prior | None) -> Kernel:
    side = 2 * reach + 1
    known = prior.kernel if prior else delta(reach)
    support = np.ones((side, side), np.float32) if coarser is None else widened(trace(coarser))
    ridge = RIDGE * evidence.energy()
    pull = prior.weight * prior.energy * evidence.weight.size if prior else 0.0
    if ridge + pull <= 0 or not evidence.weight.any():
        return known
    if prior:
        support = np.maximum(support, (known > 0).astype(np.float32))
    start = np.full((side, side), 1 / side**2, np.float32) if coarser is None else coarser * support
    target = np.float32(pull / (ridge + pull)) * known
    return _cleaned(solve(evidence, start, support, ridge + pull, target), known)


def _cleaned(found: Plane, fallback: Kernel) -> Kernel:
    kept = found * trace(found)
    total = float(kept.sum())
    return np.asarray(kept / np.float32(total), np.float32) if total > 0 else fallback


def _evidence(frames: Frames, reach: int) -> Evidence:
    """Gradients of both frames, weighted by the structure of the blurred one."""
    sharp, blurred = _gradients(frames.sharp), _gradients(frames.blurred)
    weight = np.asarray(cv2.erode(frames.weight, np.ones((5, 5), np.uint8)), np.float32)
    inside = np.zeros_like(weight)
    inside[reach:-reach, reach:-reach] = weight[reach:-reach, reach:-reach]
    structure = cv2.GaussianBlur(blurred[0] ** 2 + blurred[1] ** 2, (0, 0), STRUCTURE_SIGMA)
    typical = float((structure * inside).sum() / max(float(inside.sum()), 1.0))
    return Evidence(sharp, blurred, np.asarray(inside * structure / (structure + typical + 1e-12), np.float32))


def _gradients(plane: Plane) -> tuple[Plane, Plane]:
    smooth = cv2.GaussianBlur(plane, (0, 0), SMOOTHING)
    across, down = np.zeros_like(plane), np.zeros_like(plane)
    across[:, :-1], down[:-1] = np.diff(smooth, axis=1), np.diff(smooth, axis=0)
    return across, down


def delta(radius: int) -> Kernel:
    """The kernel that moves nothing."""
    kernel = np.zeros((2 * radius + 1, 2 * radius + 1), np.float32)
    kernel[radius, radius] = 1
    return kernel


def resized(kernel: Kernel, radius: int) -> Kernel:
    """A kernel of another scale."""
    side = 2 * radius + 1
    if side == len(kernel):
        return kernel
    smaller = side < len(kernel)
    made = cv2.resize(kernel, (side, side), interpolation=cv2.INTER_AREA if smaller else cv2.INTER_CUBIC)
    made = np.maximum(made, 0)
    return np.asarray(made / max(float(made.sum()), 1e-12), np.float32)


def radius_of(kernel: Kernel) -> int:
    """The smallest radius that holds all of a kernel."""
    middle = len(kernel) // 2
    rows, columns = np.nonzero(kernel)
    return int(max(np.abs(rows - middle).max(), np.abs(columns - middle).max()))


def cropped(kernel: Kernel, radius: int) -> Kernel:
    """The middle of a kernel, or a kernel with zeros around it."""
    middle, made = len(kernel) // 2, np.zeros((2 * radius + 1, 2 * radius + 1), np.float32)
    reach = min(radius, middle)
    made[radius - reach : radius + reach + 1, radius - reach : radius + reach + 1] = kernel[
        middle - reach : middle + reach + 1, middle - reach : middle + reach + 1
    ]
    return made
