"""Taking white noise out of a picture where a clean one of the same scene is at hand: a Wiener filter of its cosines.

Every block is shrunk as the clean picture's block says: what that has is kept, the rest is noise.  The result has the
noisy picture's own detail, not the clean one's.  The means of blocks are weighed between both: noise of low frequency
would show as blotches, and colour noise, which cameras smear over many pixels, has hardly any other.

References
----------
G. Yu and G. Sapiro, "DCT Image Denoising: a Simple and Effective Image Denoising Algorithm", IPOL 1, 2011: overlapping
blocks, decorrelated colours.  Dabov et al., IEEE TIP 16(8), 2007: the empirical Wiener filter by a pilot.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from lsd2.photo import FloatImage

BLOCK, STEP = 8, 4
"""Side of the blocks and distance between them, pixels."""
CAUTION = (3.0, 6.0, 6.0)
"""Factors on the noise's variance, of luminance and two differences of colours: the pilot is not the true scene."""
PILOT_ERROR = (0.04, 0.025, 0.025)
"""How wrong the pilot's means of blocks may be: the coefficient's standard deviation, as that of the noise."""
BYTES_PER_PIXEL = 240
"""Working memory."""

_OPPONENT = np.array([[1, 1, 1], [1, 0, -1], [0.5, -1, 0.5]], np.float32)
_COLOURS = np.asarray(_OPPONENT / np.linalg.norm(_OPPONENT, axis=1, keepdims=True), np.float32)
"""Orthonormal: luminance and two differences, rows."""

_Blocks = NDArray[np.float32]
"""(rows, columns, 3, BLOCK, BLOCK)."""


def filtered(noisy: FloatImage, pilot: FloatImage, sigma: float) -> FloatImage:
    """The noisy picture without its noise.

    Parameters
    ----------
    noisy, pilot : display images (H, W, 3) of one scene and brightness; the pilot is clean.
    sigma : standard deviation of the noise, as a part of full scale.
    """
    height, width = noisy.shape[:2]
    coefficients, clean = _cosines(noisy), _cosines(pilot)
    doubt = np.square(np.array(PILOT_ERROR, np.float32))
    own_mean = doubt / (doubt + np.float32(sigma**2))
    means = clean[..., 0] * (1 - own_mean)
    energy = np.square(clean, out=clean)
    noise = np.array(CAUTION, np.float32)[:, None] * np.float32(sigma**2) + np.float32(1e-12)
    gains = np.divide(energy, energy + noise, out=energy)
    gains[..., 0] = own_mean
    weights = 1 / np.maximum(np.square(gains).sum(axis=-1), 0.1)
    coefficients *= gains
    coefficients[..., 0] += means
    coefficients *= weights[..., None]
    blocks = (coefficients @ _basis()).reshape(*weights.shape, BLOCK, BLOCK)
    return _put_together(blocks, weights, (height, width))


@cache
def _basis() -> NDArray[np.float32]:
    """The cosine transform of a flattened block, (BLOCK * BLOCK, BLOCK * BLOCK); its transpose turns back."""
    index = np.arange(BLOCK)
    cosines = np.sqrt(2 / BLOCK) * np.cos(np.pi * (2 * index[None] + 1) * index[:, None] / (2 * BLOCK))
    cosines[0] /= np.sqrt(2)
    return np.asarray(np.kron(cosines, cosines), np.float32)


def _cosines(image: FloatImage) -> NDArray[np.float32]:
    """(rows, columns, 3, BLOCK * BLOCK) of the blocks that cover a picture and a mirrored rim of one block."""
    rims = [(BLOCK, BLOCK + -side % STEP) for side in image.shape[:2]]
    padded = np.pad(image @ _COLOURS.T, [*rims, (0, 0)], mode="reflect" if min(image.shape[:2]) > 12 else "edge")
    blocks: _Blocks = np.lib.stride_tricks.sliding_window_view(padded, (BLOCK, BLOCK), (0, 1))[::STEP, ::STEP]
    return np.asarray(blocks.reshape(*blocks.shape[:3], BLOCK * BLOCK) @ _basis().T, np.float32)


def _put_together(blocks: _Blocks, weights: NDArray[np.float32], size: tuple[int, int]) -> FloatImage:
    """The weighted mean of all blocks over each pixel, as RGB."""
    rows, columns = blocks.shape[:2]
    shape = (BLOCK + STEP * (rows - 1), BLOCK + STEP * (columns - 1), 3)
    total, weight = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    for down in range(BLOCK):
        for across in range(BLOCK):
            part = slice(down, down + STEP * rows, STEP), slice(across, across + STEP * columns, STEP)
            total[part] += blocks[..., down, across]
            weight[part] += weights
    inside = slice(BLOCK, BLOCK + size[0]), slice(BLOCK, BLOCK + size[1])
    return np.asarray((total[inside] / weight[inside]) @ _COLOURS, np.float32)
