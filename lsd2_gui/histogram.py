"""How often each value occurs in a picture as it is shown."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from lsd2_gui.canvas.difference import luma
from lsd2_gui.qimage import U8

BINS = 256
MOST_SAMPLES = 1_000_000
"""More pixels than this are sampled on a regular grid: means of neighbours would hide the noise."""


@dataclass(frozen=True, eq=False)
class Histogram:
    """Shares of all pixels in each of 256 bins, float64: (3, 256) of R, G, B, and (256,) of the luma."""

    channels: NDArray[np.float64]
    luma: NDArray[np.float64]


def measure(pixels: U8, region: tuple[float, float, float, float] | None = None) -> Histogram:
    """Of uint8 (H, W, 4) B G R and an unused byte, or of a region of it: left, top, right, bottom in pixels.

    A region without a pixel gives zeros.
    """
    height, width = pixels.shape[:2]
    left, top, right, bottom = region or (0, 0, width, height)
    rows, columns = (slice(max(0, int(low)), max(0, math.ceil(high))) for low, high in ((top, bottom), (left, right)))
    part = pixels[rows, columns]
    step = max(1, math.ceil(math.sqrt(part.shape[0] * part.shape[1] / MOST_SAMPLES)))
    sampled = np.ascontiguousarray(part[::step, ::step])
    count = sampled.shape[0] * sampled.shape[1]
    if count == 0:
        return Histogram(np.zeros((3, BINS)), np.zeros(BINS))
    red_green_blue = np.stack([_counts(sampled, channel) for channel in (2, 1, 0)])
    return Histogram(red_green_blue / count, _counts(luma(sampled), 0) / count)


def mended(histogram: Histogram, gain: float) -> Histogram:
    """Without the gaps that a gain in linear light tears between the values of an 8-bit picture.

    Means over about the width of a gap; the ends stay as they are, for they tell what is clipped.
    """
    reach = math.ceil(gain ** (1 / 2.4)) if gain > 1.0 else 0
    if reach == 0:
        return histogram
    channels = np.stack([_mended(shares, reach) for shares in histogram.channels])
    return Histogram(channels, _mended(histogram.luma, reach))


def _mended(shares: NDArray[np.float64], reach: int) -> NDArray[np.float64]:
    inner = np.pad(shares[1:-1], reach, mode="reflect")
    width = 2 * reach + 1
    means = np.convolve(inner, np.full(width, 1 / width), mode="valid")
    return np.concatenate([shares[:1], means, shares[-1:]])


def _counts(pixels: U8, channel: int) -> NDArray[np.float64]:
    return np.asarray(cv2.calcHist([pixels], [channel], None, [BINS], [0, BINS]), np.float64).ravel()
