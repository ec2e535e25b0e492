"""How much the short frame is brightened on the screen, so that it can be compared with the long one.

The paper's figures do the same: a short frame as dark as it is shows nothing.  Only the view changes, never the data.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from lsd2_gui.qimage import decode_srgb

MAX_GAIN = 2.0**10
_SAMPLES_PER_SIDE = 256
_HALVINGS = 24


def matching_gain(short: NDArray[np.uint16], long: NDArray[np.uint16]) -> float:
    """The gain in linear light that gives the short frame the long frame's mean brightness, clipped at white.

    Both are uint16 (H, W, 3), RGB, gamma-encoded sRGB.  1 if the short frame is not the darker one.
    """
    dark, target = _linear_light()[np.sort(_sampled(short), axis=None)], mean_brightness(long)
    sums = np.concatenate(([0.0], np.cumsum(dark)))
    if sums[-1] / dark.size >= target or sums[-1] == 0.0:
        return 1.0
    low, high = 0.0, float(np.log2(MAX_GAIN))
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        unclipped = np.searchsorted(dark, 2**-middle)
        too_dark = (2**middle * sums[unclipped] + dark.size - unclipped) / dark.size < target
        low, high = (middle, high) if too_dark else (low, middle)
    return float(2**low)


def mean_brightness(pixels: NDArray[np.uint16]) -> float:
    """Mean of the linear light of a gamma-encoded uint16 picture, in [0, 1]."""
    return float(_linear_light()[_sampled(pixels)].mean())


def _sampled(pixels: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """A few hundred pixels in each direction, on a regular grid."""
    step_y, step_x = (max(1, side // _SAMPLES_PER_SIDE) for side in pixels.shape[:2])
    return pixels[::step_y, ::step_x]


@lru_cache(maxsize=1)
def _linear_light() -> NDArray[np.float64]:
    """Of every uint16 value; for a whole picture that is far less work than a power for every pixel."""
    return decode_srgb(np.arange(65536) / 65535)
