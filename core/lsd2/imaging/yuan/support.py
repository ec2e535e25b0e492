"""Which parts of an estimated kernel are the camera's path, and which are noise.

The paper thresholds by hysteresis: a connected trace is kept, weak parts and all, if a part of it is strong; traces
without a strong part are noise.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from lsd2.imaging.yuan.fourier import Plane

LOW, HIGH = 0.05, 0.2
"""Thresholds relative to the strongest part of the kernel."""
SMALLEST_TRACE = 0.125
"""Traces of fewer pixels, relative to the largest one, are specks: hot pixels that both frames have, correlated."""
SMOOTHED_FROM = 7
"""Kernels of this side and more are judged by 3x3 means; in smaller ones a pixel is a good part of the path."""


def trace(kernel: Plane) -> NDArray[np.bool_]:
    """The pixels of a kernel, not normalised, that belong to the camera's path; all False for an empty kernel."""
    judged = kernel
    if len(kernel) >= SMOOTHED_FROM:
        judged = np.asarray(cv2.boxFilter(kernel, -1, (3, 3), borderType=cv2.BORDER_CONSTANT), np.float32)
    peak = float(judged.max())
    if peak <= 0:
        return np.zeros(kernel.shape, np.bool_)
    number, labels = cv2.connectedComponents((judged > LOW * peak).astype(np.uint8), connectivity=8)
    strongest = np.array([judged[labels == label].max(initial=0) for label in range(number)])
    areas = np.bincount(labels.ravel(), minlength=number)
    masses = np.bincount(labels.ravel(), kernel.ravel(), minlength=number)
    areas[0] = masses[0] = strongest[0] = 0  # what is below the low threshold
    large = (areas >= SMALLEST_TRACE * areas.max()) | (masses > 0.5 * masses.sum())
    return np.asarray(((strongest > HIGH * peak) & large)[labels])


def widened(mask: NDArray[np.bool_], pixels: int = 1) -> Plane:
    """1 where a mask or one of its neighbours is set, else 0."""
    side = 2 * pixels + 1
    return np.asarray(cv2.dilate(mask.astype(np.float32), np.ones((side, side), np.uint8)), np.float32)
