"""What the denoised short frame lacks, from the long one: residual deconvolution after Richardson and Lucy.

The residual is small beside the picture, and so is the ringing that its deconvolution causes (the paper's Section 4.1);
a gain below 1 at every iteration, where the picture is smooth, keeps the ringing from building up (Section 4.2).

Notes
-----
The paper adds 1 to the residual, for the iteration needs positive values.  Here the denoised frame itself is added:
in linear light an error counts then as much as it is seen, and as much as photon noise there makes it likely; with 1,
the dark surroundings of lamps ring.  Where the long frame is saturated or unknown, and beyond its edges, it has no say;
where it contradicts the model (something moved, a reflection changed) it has little.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from lsd2.imaging.yuan.fourier import Fourier, Kernel, Plane
from lsd2.imaging.yuan.light import to_display

ALPHA = 0.2
"""How strongly smooth parts are held back (the paper's alpha)."""
LEVELS = 4
"""Scales at which a gradient makes a part count as not smooth."""
FLOOR = 0.02
"""Linear light below which errors are weighed alike: the darkest parts hold noise that does not come from photons."""
OUTLIER = 0.3
"""Relative contradiction between the frames that halves the long frame's say."""
LEAST_SEEN = 0.03
"""Part of the kernel that must fall on known pixels for the long frame to have a say."""
TINY = 1e-5

_Light = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Scene:
    """One block, in linear light (H, W, 3): the denoised short frame at the long one's exposure, and the long frame.

    `weight` (H, W, 3) is 1 where the long frame can be believed, else 0.
    """

    base: _Light = field(repr=False)
    long: _Light = field(repr=False)
    weight: _Light = field(repr=False)


class ResidualDeconvolution:
    """Deconvolution of one block with one kernel; every run begins anew."""

    def __init__(self, scene: Scene, kernel: Kernel) -> None:
        self._rim = len(kernel) // 2
        base = np.pad(scene.base, [(self._rim, self._rim)] * 2 + [(0, 0)], mode="edge")
        height, width = base.shape[:2]
        fourier = Fourier(height, width, self._rim, cyclic=True)
        spectrum = fourier.of_kernel(kernel)
        self._gain = gain_map(base)
        self._channels = [
            _Channel(fourier, spectrum, base[..., c], *(self._padded(p[..., c]) for p in (scene.long, scene.weight)))
            for c in range(3)
        ]

    @property
    def contradicted(self) -> float:
        """The part of the believable values that the denoised frame and the kernel cannot explain, 0 to 1."""
        counts = np.sum([(channel.contradicted, channel.believed) for channel in self._channels], axis=0)
        return float(counts[0] / max(counts[1], 1))

    @property
    def confidence(self) -> _Light:
        """How much the long frame has had to say everywhere, (H, W, 3) in [0, 1]."""
        return np.stack([np.clip(channel.seen[self._inside], 0, 1) for channel in self._channels], axis=2)

    @property
    def _inside(self) -> tuple[slice, slice]:
        height, width = self._channels[0].base.shape
        return slice(self._rim, height - self._rim), slice(self._rim, width - self._rim)

    def run(self, iterations: int, report: Callable[[], None], *, controlled: bool) -> _Light:
        """The deblurred block (H, W, 3), with or without gain control; `report` is called after every iteration."""
        gain = self._gain if controlled else np.ones((1, 1), np.float32)
        residuals = [np.zeros_like(channel.offset) for channel in self._channels]
        with ThreadPoolExecutor(len(self._channels), "yuan") as pool:
            for _ in range(iterations):
                residuals = list(pool.map(lambda c, r: c.step(r, gain), self._channels, residuals))
                report()
        planes = [c.base + residual for c, residual in zip(self._channels, residuals, strict=True)]
        return np.asarray(np.stack([plane[self._inside] for plane in planes], axis=2), np.float32)

    def _padded(self, plane: Plane) -> Plane:
        return np.pad(plane, self._rim)


class _Channel:
    """One colour: the deconvolution's data, and its step."""

    def __init__(self, fourier: Fourier, spectrum: Plane, base: Plane, long: Plane, weight: Plane) -> None:
        self._fourier, self._spectrum = fourier, spectrum
        self.base, self.offset = base, base + np.float32(FLOOR)
        blurred = self._blur(base)
        error = (long - blurred) / (np.maximum(blurred, 0) + np.float32(FLOOR))
        self.believed = int(np.count_nonzero(weight))
        self.contradicted = int(np.count_nonzero(np.abs(error[weight > 0]) > OUTLIER))
        trusted = np.asarray(weight / (1 + (error / np.float32(OUTLIER)) ** 2), np.float32)
        self.seen = self._spread(trusted)
        self._known = self.seen > LEAST_SEEN
        self._divisor = np.maximum(self.seen, np.float32(LEAST_SEEN))
        self._data = trusted * np.maximum(long + np.float32(FLOOR), TINY)

    def step(self, residual: Plane, gain: Plane) -> Plane:
        """The paper's equation 10: Richardson and Lucy's update of residual and offset, the residual held back."""
        whole = residual + self.offset
        ratio = self._spread(self._data / np.maximum(self._blur(whole), TINY)) / self._divisor
        whole *= np.where(self._known, np.maximum(ratio, 0), np.float32(1))
        return np.asarray(gain * (whole - self.offset), np.float32)

    def _blur(self, plane: Plane) -> Plane:
        return self._fourier.convolved(self._fourier.of_plane(plane), self._spectrum)

    def _spread(self, plane: Plane) -> Plane:
        return self._fourier.correlated(self._fourier.of_plane(plane), self._spectrum)


def gain_map(light: _Light) -> Plane:
    """The gain (H, W) in [1 - ALPHA, 1]: the sum of gradients, as they are seen, over the scales of a pyramid."""
    height, width = light.shape[:2]
    image, total = to_display(light), np.zeros((height, width), np.float32)
    for level in range(LEVELS):
        across, down = (cv2.Sobel(image, cv2.CV_32F, *way, ksize=1, scale=0.5) for way in ((1, 0), (0, 1)))
        steepest = np.sqrt(across**2 + down**2).max(axis=2)
        total += cv2.resize(steepest, (width, height), interpolation=cv2.INTER_LINEAR)
        if level + 1 < LEVELS:
            size = max(image.shape[1] // 2, 1), max(image.shape[0] // 2, 1)
            image = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.float32)
    return np.asarray(np.minimum(1 - ALPHA + ALPHA * total, 1), np.float32)
