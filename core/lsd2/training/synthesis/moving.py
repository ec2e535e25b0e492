"""Objects that move between the two frames: the long one shows them elsewhere, and the short one is right."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

AXES = (0.08, 0.3)
"""Range of an object's half axes, of the crop's side."""
SHIFT = (3.0, 24.0)
"""Range of its displacement, pixels."""
EDGE = 2.0
"""Softness of its outline, pixels (Gaussian sigma)."""


def move_object(blurred: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32]:
    """An elliptic part of a blurred scene (H, W, 3), linear light, replaced by what stood at a random distance."""
    height, width = blurred.shape[:2]
    axes = tuple(max(2, int(rng.uniform(*AXES) * side)) for side in (width, height))
    centre = (int(rng.integers(width)), int(rng.integers(height)))
    outline = np.zeros((height, width), np.float32)
    cv2.ellipse(outline, centre, axes, float(rng.uniform(0, 180)), 0, 360, 1.0, cv2.FILLED)
    mask = cv2.GaussianBlur(outline, (0, 0), EDGE)[..., None]
    length, angle = rng.uniform(*SHIFT), rng.uniform(0, 2 * np.pi)
    move = np.array([[1, 0, length * np.cos(angle)], [0, 1, length * np.sin(angle)]], np.float32)
    moved = cv2.warpAffine(blurred, move, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
    return np.asarray(blurred + mask * (moved - blurred), np.float32)
