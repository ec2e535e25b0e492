"""The pair at reduced size: what is estimated once for the whole picture."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil

import numpy as np
from numpy.typing import NDArray

from lsd2.imaging.photometry import fit_to_long
from lsd2.imaging.yuan.exposure import Exposure, through_blur
from lsd2.imaging.yuan.fourier import Fourier, Kernel, Plane
from lsd2.imaging.yuan.kernel import Frames, Prior, cropped, estimate_kernel, radius_of, resized
from lsd2.imaging.yuan.light import SATURATED, to_light
from lsd2.photo import FloatImage

LONGEST = 1024
"""Longest side at which the whole picture is looked at, pixels."""
LONGEST_TRAIL = 1 / 8
"""Longest trail that is looked for, as part of the shorter side."""
LARGEST_RADIUS = 64
LEAST_SEEN = 0.02
"""Part of the picture in which all channels must be believed; with less, one is enough."""
ROOM = 1.25
"""How much further than the whole picture's a block's kernel may reach."""


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole picture's exposure, kernel radius at full size, and what is known of every block's kernel before."""

    exposure: Exposure
    radius: int
    prior: Prior = field(repr=False)


def look_over(denoised: FloatImage, long: FloatImage) -> Overview:
    """Estimate what is the same for the whole picture; display images (H, W, 3) of one size, registered."""
    step = ceil(max(long.shape[:2]) / LONGEST)
    light, blurred, seen = _reduced(denoised, long, step)
    exposure = Exposure.of(fit_to_long(denoised, long))
    longest = min(int(min(long.shape[:2]) * LONGEST_TRAIL / 2), LARGEST_RADIUS)
    kernel, energy = estimate_kernel(frames_of(exposure.apply(light), blurred, seen), max(ceil(longest / step), 2))
    exposure = through_blur(light, blurred, seen, _blur_by(kernel, light.shape[:2]), exposure)
    reach = radius_of(kernel)
    radius = min(ceil(ROOM * reach * step) + 2, LARGEST_RADIUS + 2)
    whole = resized(cropped(kernel, ceil(radius / step)), radius)
    return Overview(exposure, radius, Prior(whole, energy))


def frames_of(light: NDArray[np.float32], long: NDArray[np.float32], seen: NDArray[np.float32]) -> Frames:
    """Luminance of frames (H, W, 3) in linear light; pixels count where every channel is known."""
    known = seen.min(axis=2)
    if known.mean() < LEAST_SEEN:
        known = seen.max(axis=2)
    return Frames(light.mean(axis=2), long.mean(axis=2), known)


def _blur_by(kernel: Kernel, size: tuple[int, ...]) -> _Blur:
    return _Blur(kernel, size[0], size[1])


class _Blur:
    """Blurs planes of one size; beyond the edges they go on as at the edge."""

    def __init__(self, kernel: Kernel, height: int, width: int) -> None:
        self._rim = len(kernel) // 2
        self._fourier = Fourier(height + 2 * self._rim, width + 2 * self._rim, self._rim, cyclic=True)
        self._spectrum = self._fourier.of_kernel(kernel)

    def __call__(self, plane: Plane) -> Plane:
        padded = np.pad(plane, self._rim, mode="edge")
        blurred = self._fourier.convolved(self._fourier.of_plane(padded), self._spectrum)
        return blurred[self._rim : len(padded) - self._rim, self._rim : padded.shape[1] - self._rim]


def _reduced(
    denoised: FloatImage, long: FloatImage, step: int
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """Light of both frames, means of step x step pixels, and where all of these are not saturated; (h, w, 3) each."""
    parts = []
    for top in range(0, max(long.shape[0] // step, 1) * step, 64 * step):
        rows = slice(top, min(top + 64 * step, max(long.shape[0] // step, 1) * step))
        unsaturated = (long[rows] < SATURATED).astype(np.float32)
        parts.append([_means(plane, step) for plane in (to_light(denoised[rows]), to_light(long[rows]), unsaturated)])
    light, blurred, seen = (np.concatenate(planes) for planes in zip(*parts, strict=True))
    return light, blurred, (seen > 0.999).astype(np.float32)


def _means(image: NDArray[np.float32], step: int) -> NDArray[np.float32]:
    if step == 1:
        return image
    height, width = image.shape[0] // step, image.shape[1] // step
    blocks = image[: height * step, : width * step].reshape(height, step, width, step, 3)
    return np.asarray(blocks.mean(axis=(1, 3)), np.float32)
