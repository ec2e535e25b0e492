"""Between display images and light, in which exposures add up and blur is a convolution."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lsd2.imaging.photometry import GAMMA
from lsd2.photo import FloatImage

SATURATED = 0.97
"""Gamma-encoded level from which a value of the long frame may be clipped light."""


def to_light(image: FloatImage) -> NDArray[np.float32]:
    """Linear light in [0, 1] of a display image of any shape."""
    return np.power(np.maximum(image, 0), np.float32(GAMMA), dtype=np.float32)


def to_display(light: NDArray[np.float32]) -> FloatImage:
    """Gamma-encoded values in [0, 1] of linear light; what is brighter than white is white."""
    return np.power(np.clip(light, 0, 1), np.float32(1 / GAMMA), dtype=np.float32)
