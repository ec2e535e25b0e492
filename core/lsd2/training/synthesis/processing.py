"""What a camera does to a picture before it writes the file: less colour noise, less noise, sharper edges."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

CHROMA_SIGMA = (0.8, 3.0)
"""Range of the Gaussian over the colour difference planes, pixels."""
LUMA_RANGE = (0.02, 0.10)
"""Range of the bilateral filter's sigma over brightness, of full scale."""
SHARPEN = (0.2, 1.0)
"""Range of the unsharp mask's amount."""
SHARPEN_SIGMA = 0.9


@dataclass(frozen=True, slots=True)
class Processing:
    """One camera's settings; 0 switches a step off."""

    chroma_sigma: float = 0.0
    luma_range: float = 0.0
    sharpen: float = 0.0


UNPROCESSED = Processing()


def draw_processing(share: float, rng: np.random.Generator) -> Processing:
    """Sample a camera; each step is on with probability `share`."""
    bounds = (CHROMA_SIGMA, LUMA_RANGE, SHARPEN)
    return Processing(*(float(rng.uniform(*bound)) if rng.random() < share else 0.0 for bound in bounds))


def process(display: NDArray[np.float32], camera: Processing) -> NDArray[np.float32]:
    """Apply a camera's steps to a display image (H, W, 3) in [0, 1]; the result is in [0, 1] too."""
    if camera == UNPROCESSED:
        return display
    planes = cv2.cvtColor(display, cv2.COLOR_RGB2YCrCb)
    if camera.chroma_sigma:
        planes[..., 1:] = cv2.GaussianBlur(planes[..., 1:], (0, 0), camera.chroma_sigma)
    luma = np.ascontiguousarray(planes[..., 0])
    if camera.luma_range:
        luma = cv2.bilateralFilter(luma, 5, camera.luma_range, 1.5)
    if camera.sharpen:
        luma = luma + np.float32(camera.sharpen) * (luma - cv2.GaussianBlur(luma, (0, 0), SHARPEN_SIGMA))
    planes[..., 0] = luma
    return np.clip(cv2.cvtColor(planes, cv2.COLOR_YCrCb2RGB), 0, 1)
