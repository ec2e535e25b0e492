"""Gamma, over-exposure of the long frame and lights beyond white (Section 3.1.1 of the paper)."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

GAMMA = 2.2


def to_linear(image: NDArray[np.float32]) -> NDArray[np.float32]:
    """Undo the gamma: display image in [0, 1] to linear light in [0, 1], any shape."""
    return np.asarray(cv2.pow(np.ascontiguousarray(image), GAMMA), np.float32).reshape(image.shape)


def to_display(linear: NDArray[np.float32]) -> NDArray[np.float32]:
    """Clip linear light to [0, 1] and apply the gamma, any shape."""
    return encode(np.minimum(linear, 1))


def encode(linear: NDArray[np.float32]) -> NDArray[np.float32]:
    """Apply the gamma to linear light, any shape; what is brighter than white stays above 1."""
    return np.asarray(cv2.pow(np.maximum(linear, 0), 1 / GAMMA), np.float32).reshape(linear.shape)


def boost_lights(linear: NDArray[np.float32], gain: float, threshold: float = 0.8) -> NDArray[np.float32]:
    """Lift what the photo clipped: lamps and reflections are brighter than the white of the file.

    Luminance above `threshold` is stretched so that 1 becomes `gain`; hue is kept.  Linear light, HWC, RGB.
    """
    brightest = linear.max(axis=2, keepdims=True)
    over = np.clip((brightest - threshold) / (1 - threshold), 0, 1)
    return np.asarray(linear * (1 + (gain - 1) * over**2), np.float32)


def overexpose(linear: NDArray[np.float32], scale: float) -> NDArray[np.float32]:
    """Multiply by the paper's s; nothing is clipped here, so that lights leave bright trails when blurred."""
    return np.asarray(linear * np.float32(scale))
