"""The detail layer: what plain deconvolution recovers beyond gain-controlled deconvolution, without its ringing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from math import ceil

import numpy as np

from lsd2.photo import FloatImage

SPATIAL_SIGMA = 1.6
"""Pixels (the paper's)."""
RANGE_SIGMA = 0.08
"""Distance of gamma-encoded colours (the paper's)."""
REACH = ceil(2.5 * SPATIAL_SIGMA)
CORE = 3.0
"""Standard deviations of the layer's noise that are taken off: the paper's layer holds the long frame's noise, too."""
STRIPS = 4


def detail_layer(plain: FloatImage, guide: FloatImage) -> FloatImage:
    """What a joint bilateral filter takes out of `plain`, as far as it is stronger than its noise: signed, (H, W, 3).

    `plain` and `guide` are display images (H, W, 3): the plain and the gain-controlled deconvolution.
    """
    edges = np.linspace(0, len(plain), STRIPS + 1).astype(int)
    with ThreadPoolExecutor(STRIPS, "detail") as pool:
        parts = list(pool.map(lambda a, b: _strip(plain, guide, a, b), edges[:-1], edges[1:]))
    layer = plain - np.concatenate(parts)
    noise = 1.4826 * np.median(np.abs(layer), axis=(0, 1))
    return np.asarray(layer - np.clip(layer, -CORE * noise, CORE * noise), np.float32)


def _strip(plain: FloatImage, guide: FloatImage, top: int, bottom: int) -> FloatImage:
    """Rows of the joint bilateral filter of `plain`, its range weights taken from `guide`."""
    size = bottom - top, plain.shape[1]
    around, similar = _surroundings(plain, top, bottom), _surroundings(guide, top, bottom)
    centre = guide[top:bottom]
    total, weights = np.zeros((*size, 3), np.float32), np.zeros((*size, 1), np.float32)
    for down in range(2 * REACH + 1):
        for across in range(2 * REACH + 1):
            part = slice(down, down + size[0]), slice(across, across + size[1])
            near = ((down - REACH) ** 2 + (across - REACH) ** 2) / (2 * SPATIAL_SIGMA**2)
            far = np.square(similar[part] - centre).sum(axis=2, keepdims=True) / np.float32(2 * RANGE_SIGMA**2)
            weight = np.exp(-far - np.float32(near))
            total += weight * around[part]
            weights += weight
    return np.asarray(total / weights, np.float32)


def _surroundings(image: FloatImage, top: int, bottom: int) -> FloatImage:
    """Rows of an image and all that the filter reaches from them, edges repeated."""
    rows = np.arange(top - REACH, bottom + REACH).clip(0, len(image) - 1)
    columns = np.arange(-REACH, image.shape[1] + REACH).clip(0, image.shape[1] - 1)
    return np.asarray(image[rows[:, None], columns], np.float32)
