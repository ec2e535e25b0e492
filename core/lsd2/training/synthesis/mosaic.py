"""Noise as a sensor makes it: every pixel sees one colour, and demosaicing spreads its noise over the neighbours.

This gives noise that is coarser in colour than in brightness, with the texture of real demosaicing at edges.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

PATTERNS = {
    (0, 0): cv2.COLOR_BayerRGGB2RGB_EA,
    (0, 1): cv2.COLOR_BayerGRBG2RGB_EA,
    (1, 0): cv2.COLOR_BayerGBRG2RGB_EA,
    (1, 1): cv2.COLOR_BayerBGGR2RGB_EA,
}
"""OpenCV's edge-aware demosaicing by the (row, column) of the red pixel."""
BLACK, WHITE = 4096, 40000
"""Black level, and steps from black to white, of the 16-bit sensor values; it saturates at 1.5 times white."""


def bayer(linear: NDArray[np.float32], red: tuple[int, int]) -> NDArray[np.float32]:
    """What a sensor sees: one channel of linear light (H, W, 3) RGB per pixel, (H, W)."""
    row, column = red
    seen = linear[..., 1].copy()
    seen[row::2, column::2] = linear[row::2, column::2, 0]
    seen[1 - row :: 2, 1 - column :: 2] = linear[1 - row :: 2, 1 - column :: 2, 2]
    return seen


def demosaic(sensor: NDArray[np.float32], red: tuple[int, int]) -> NDArray[np.float32]:
    """Linear light (H, W, 3) RGB of sensor values (H, W) that may be below black; even sides of 4 pixels or more."""
    steps = np.clip(np.rint(sensor * WHITE + BLACK), 0, 65535).astype(np.uint16)
    full = cv2.cvtColor(steps, PATTERNS[red])
    return (full.astype(np.float32) - BLACK) / np.float32(WHITE)


def expose_on_sensor(
    linear: NDArray[np.float32], levels: NDArray[np.float32], floor: float, rng: np.random.Generator
) -> NDArray[np.float32]:
    """Linear light (H, W, 3) RGB with shot noise of variance k (I + floor), made per sensor pixel and demosaiced.

    Parameters
    ----------
    levels : k (3,) per channel after white balance.
    floor : intensity whose shot noise stands for read noise.
    """
    red = (int(rng.integers(2)), int(rng.integers(2)))
    seen = bayer(linear, red)
    variance = bayer(np.broadcast_to(levels, linear.shape), red) * (np.maximum(seen, 0) + np.float32(floor))
    noisy = seen + np.sqrt(variance) * rng.standard_normal(seen.shape, dtype=np.float32)
    return demosaic(np.asarray(noisy, np.float32), red)
