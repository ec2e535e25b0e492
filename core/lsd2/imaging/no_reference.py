"""How sharp and how noisy a picture is, from the picture alone: for real photos, of which nobody has a better one.

Neither figure says how true a picture is: texture that was made up counts as sharp, and detail that was smoothed
away as clean.  They are read together, and for pictures of one scene at one brightness.

References
----------
X. Zhu and P. Milanfar, "Automatic parameter selection for denoising algorithms using a no-reference measure of image
content", IEEE TIP 19(12), 2010: the metric Q, which falls with blur and with noise.
The noise level is that of the smoothest blocks, as in `noise_spectrum`: what a method left is seldom white, and often
coarse, so that an estimate by fine frequencies would miss it.
"""

from __future__ import annotations

from math import sqrt

import cv2
import numpy as np
from numpy.typing import NDArray

from lsd2.imaging.noise_blocks import halved, read_blocks
from lsd2.imaging.noise_spectrum import smoothest_noise
from lsd2.imaging.registration import LUMA
from lsd2.photo import FloatImage

PATCH = 8
EDGES = 0.05
"""Share of patches that are taken for the edges of a scene."""
SIGNIFICANCE = 0.001
"""Chance that a patch of white noise is taken for one with a direction (the paper's delta)."""
STRIP_ROWS = 32 * PATCH
MARGIN = 1
"""Rows that a gradient needs on either side."""


def sharpness(image: FloatImage) -> float:
    """The metric Q of the luminance on the 0-255 scale: 0 for a flat picture, more for sharper ones.

    `image` is a display image (H, W, 3), at least 8x8.

    Notes
    -----
    A patch counts as 0 if its gradients have no direction, by the paper's equation 15.  The paper takes the mean of the
    others; here it is the mean of the sharpest `EDGES` of all patches.  The number of patches then is the same for all
    pictures of a scene, and weak patterns in its smooth parts, such as denoisers weave of noise, do not count.
    """
    height, width = image.shape[0] // PATCH * PATCH, image.shape[1] // PATCH * PATCH
    if not height or not width:
        raise ValueError(f"sharpness needs at least {PATCH}x{PATCH} pixels, not {image.shape[1]}x{image.shape[0]}")
    strips = range(0, height, STRIP_ROWS)
    found = [_metric(*_gradients(image, top, min(top + STRIP_ROWS, height), width)).ravel() for top in strips]
    values = np.sort(np.concatenate(found))
    return float(values[-max(round(EDGES * len(values)), 1) :].mean())


def noise_left(image: FloatImage) -> float:
    """Sigma on the 0-255 scale, RMS over the channels, of noise of any grain; a display image (H, W, 3).

    It is measured at full and at half size, and the larger one counts: the blotches that denoisers leave are coarse.
    In photos without any smooth part it is the weakest texture, which is the same for all methods.
    """
    planes = [np.ascontiguousarray(image[..., channel]) for channel in range(image.shape[2])]
    variances = [[smoothest_noise(read_blocks(p)) ** 2 for p in (plane, halved(plane))] for plane in planes]
    return 255 * sqrt(float(np.mean(variances, axis=0).max()))


def measure_alone(image: FloatImage) -> dict[str, float]:
    """The figures "sharpness" (not for less than 8x8 pixels) and "noise" of a display image (H, W, 3)."""
    noise = {"noise": noise_left(image)}
    return noise if min(image.shape[:2]) < PATCH else {"sharpness": sharpness(image), **noise}


def _gradients(image: FloatImage, top: int, bottom: int, width: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Across and down, (rows, width), of the luminance of some rows."""
    first, last = max(top - MARGIN, 0), min(bottom + MARGIN, len(image))
    light = np.asarray(image[first:last] @ LUMA * np.float32(255), np.float32)
    rows = slice(top - first, bottom - first)
    across = cv2.Sobel(light, cv2.CV_32F, 1, 0, ksize=1, scale=0.5)[rows, :width]
    down = cv2.Sobel(light, cv2.CV_32F, 0, 1, ksize=1, scale=0.5)[rows, :width]
    return np.asarray(across, np.float32), np.asarray(down, np.float32)


def _metric(across: NDArray[np.float32], down: NDArray[np.float32]) -> NDArray[np.float32]:
    """Q of every patch, 0 where its gradients have no direction; from their singular values s1 >= s2 (equation 12)."""
    xx, yy, xy = (_patch_sums(product) for product in (across * across, down * down, across * down))
    middle, spread = (xx + yy) / 2, np.sqrt((xx - yy) ** 2 / 4 + xy**2)
    s1, s2 = np.sqrt(middle + spread), np.sqrt(np.maximum(middle - spread, 0))
    coherence = (s1 - s2) / np.maximum(s1 + s2, 1e-6)
    return np.asarray(np.where(coherence > threshold(), s1 * coherence, 0), np.float32)


def threshold() -> float:
    """Coherence that white noise exceeds with the chance `SIGNIFICANCE` (equation 15)."""
    rare = SIGNIFICANCE ** (1 / (PATCH**2 - 1))
    return sqrt((1 - rare) / (1 + rare))


def _patch_sums(plane: NDArray[np.float32]) -> NDArray[np.float32]:
    height, width = plane.shape
    return np.asarray(plane.reshape(height // PATCH, PATCH, width // PATCH, PATCH).sum(axis=(1, 3)), np.float32)
