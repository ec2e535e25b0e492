"""Highlights that a bright picture clips, taken from a darker frame of the same geometry.

In linear light the dark frame is gain * bright + offset per channel, but for noise.  Where the bright picture is about
to clip, its radiance is read from the dark frame instead, which is exposed best there and so has the least noise in it.
From that radiance comes a dark exposure for exposure fusion, which holds the highlights and, everywhere else, the
bright picture's own structure and colours.  So no noise of the dark frame reaches the shadows, and nothing that moved
between the frames is seen twice.

Virtual exposures between the two, and restoring the hue of clipped colours in the bright one, were tried: both lower
MEF-SSIM against the two frames, and lamps lose their glow.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import sqrt
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from lsd2.imaging.fusion.smoothing import REACH as SMOOTHING_REACH
from lsd2.imaging.fusion.smoothing import smooth
from lsd2.photo import FloatImage

GAMMA = 2.2
CLIPS_FROM, CLIPPED = 0.86, 0.97
"""Levels of the bright picture's brightest channel between which the dark frame takes over."""
AGREES_FROM, AGREES = 0.45, 0.8
"""Radiance that the dark frame must show, of the bright picture's white, to be believed where that picture clips."""
NEIGHBOURHOOD = 7
"""Pixels across which one that agrees stands for others: a bright edge is a few pixels wider in a picture with blur."""
REACH = SMOOTHING_REACH + NEIGHBOURHOOD // 2
"""Rows that a pixel of an exposure looks up and down."""
SAMPLES, LEAST_AREAS, LARGEST_AREA = 200_000, 4000, 4
"""Values compared at most; areas that a small photo is divided into at least; the largest area's side, pixels."""
FIT_LEVELS = (0.08, 0.9)
"""Levels of the bright picture between which the frames are compared."""
FIT_DARK_BELOW = 0.98
ROUNDS = 8
MEASURED, BASE, BLOCK = 1024, 15, 16
"""Sides of the window in which noise is measured, of the filter that takes out what is smooth, of blocks; pixels."""
BRIGHT_SHARE, LEAST_SHARE = 0.5, 0.2
"""Share of the blocks that are too dark to be measured; quantile of the others' noise that is taken."""
EVEN_FROM, EVEN_TO, EVEN_BLOCKS = 0.1, 0.9, 16
"""Levels of the dark frame between which blocks that the bright one clips tell its noise, and how many must."""
MIN_CORRELATION = 0.4
"""Of the compared pixels' values in linear light; below it the pictures do not show the same."""
LARGEST_CAST, BLACK, UNSEEN_GAIN = 6.0, 6 / 255, 1e-4
"""A dark frame that is this black wherever the bright one does not clip tells no gains: channels seem to differ by more
than any cast, or the gains to be less than any.  Then it is taken to be exposed by a gain so small that it gives
highlights, as they are, and no more."""
LEAST_GAIN, LARGEST_GAIN = 5e-5, 0.9

_Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Transfer:
    """How the dark frame is exposed: dark = gain * bright + offset in linear light (exponent 2.2).

    Attributes
    ----------
    gains, offsets : of R, G and B.
    sigma : standard deviation of the dark frame's noise, in gamma-encoded values, where the picture is bright.
    """

    gains: _Vector = field(repr=False)
    offsets: _Vector = field(repr=False)
    sigma: float

    @property
    def gain(self) -> float:
        """One gain for all channels, so that the dark exposure has the bright picture's colours."""
        return float(self.gains.mean())

    @property
    def offset(self) -> float:
        """What the dark exposure loses in the blacks, where a camera's tone curve is no plain exponent."""
        return min(float(self.offsets.mean()), 0.0)


@dataclass(frozen=True, slots=True)
class Recovered:
    """Rows of the dark exposure (rows, W, 3), a display image, and how much (rows, W) of the dark frame is in it."""

    dark: FloatImage = field(repr=False)
    share: FloatImage = field(repr=False)


def fit_transfer(bright: FloatImage, dark: FloatImage) -> Transfer | None:
    """Compare the frames where neither clips; None where they do not show the same, or the dark one is not darker.

    The fit is robust (Cauchy weights), so that what moved, and the bright picture's own faults, have no say.

    Parameters
    ----------
    bright, dark : display images (H, W, 3) of one geometry.
    """
    light, night = _samples(bright), _samples(dark)
    peak = light.max(axis=1)
    known = (peak > FIT_LEVELS[0]) & (peak < FIT_LEVELS[1]) & (night.max(axis=1) < FIT_DARK_BELOW)
    if known.sum() < 100:
        return None
    x, y = to_linear(light[known]), to_linear(night[known])
    fits = np.array([_robust_line(x[:, channel], y[:, channel]) for channel in range(3)], np.float32)
    gains, offsets = fits[:, 0], fits[:, 1]
    untold = gains.min() < max(LEAST_GAIN, gains.max() / LARGEST_CAST)
    if untold and np.median(night[known]) < BLACK:
        return Transfer(np.full(3, UNSEEN_GAIN, np.float32), np.zeros(3, np.float32), 0.0)
    if gains.min() < LEAST_GAIN or gains.max() > LARGEST_GAIN or fits[:, 2].max() < MIN_CORRELATION:
        return None
    return Transfer(gains, offsets, _noise(bright, dark, gains, offsets))


def _samples(image: FloatImage) -> FloatImage:
    """Values (N, 3) from all over a display image, means of small areas: noise hides what frames have in common."""
    height, width = image.shape[:2]
    area = min(max(int(sqrt(height * width / LEAST_AREAS)), 1), LARGEST_AREA)
    small = cv2.resize(image, (width // area, height // area), interpolation=cv2.INTER_AREA) if area > 1 else image
    step = max(1, int(sqrt(small.shape[0] * small.shape[1] / SAMPLES)))
    return np.asarray(small[::step, ::step].reshape(-1, 3), np.float32)


def _noise(bright: FloatImage, dark: FloatImage, gains: _Vector, offsets: _Vector) -> float:
    """The dark frame's noise: what it shows beyond what the bright one foretells, but for what is as wide as `BASE`.

    Measured in blocks in the middle of the photo, where it is bright.  Noise is in all of them, while what the
    frames' tone curves do to texture is not; so blocks with little count.  Where the bright frame clips nothing can be
    foretold, but there can be no more noise than the dark one's evenest blocks have of noise and texture together.
    """
    top, left = (max((side - MEASURED) // 2, 0) for side in bright.shape[:2])
    window = np.s_[top : top + MEASURED, left : left + MEASURED]
    peak, seen = _brightest(bright[window]), dark[window]
    size = (max(peak.shape[1] // BLOCK, 1), max(peak.shape[0] // BLOCK, 1))
    level, in_dark = _means(peak, size), _means(_brightest(seen), size)
    foretold = to_display(gains * to_linear(bright[window]) + offsets)
    below = level < FIT_LEVELS[1]
    bounds = []
    if below.any():
        known = below & (level >= np.quantile(level[below], BRIGHT_SHARE))
        bounds.append(_little(seen - foretold, size, known))
    clipped = (level > CLIPPED) & (in_dark > EVEN_FROM) & (in_dark < EVEN_TO)
    if clipped.sum() >= EVEN_BLOCKS:
        bounds.append(_little(seen, size, clipped))
    return min(bounds, default=0.0)


def _little(image: FloatImage, size: tuple[int, int], known: NDArray[np.bool_]) -> float:
    """Root of the power of what is finer than `BASE`, in those of the `known` blocks that have little."""
    fine = image - cv2.blur(image, (BASE, BASE)).reshape(image.shape)
    return sqrt(float(np.quantile(_means((fine**2).mean(axis=2), size)[known], LEAST_SHARE)))


def _means(plane: FloatImage, size: tuple[int, int]) -> FloatImage:
    return np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_AREA), np.float32)


def _robust_line(x: _Vector, y: _Vector) -> tuple[float, float, float]:
    """Gain, offset and correlation of y = gain * x + offset by iteratively reweighted least squares."""
    weight: NDArray[np.floating[Any]] = np.ones_like(x)
    gain = offset = correlation = 0.0
    for _ in range(ROUNDS):
        mean_x, mean_y = np.average(x, weights=weight), np.average(y, weights=weight)
        spread_x, spread_y = (np.average(np.square(v - m), weights=weight) for v, m in ((x, mean_x), (y, mean_y)))
        together = np.average((x - mean_x) * (y - mean_y), weights=weight)
        gain = float(together / max(spread_x, 1e-12))
        offset = float(mean_y - gain * mean_x)
        correlation = float(together / max(np.sqrt(spread_x * spread_y), 1e-12))
        error = y - (gain * x + offset)
        scale = 1.4826 * float(np.median(np.abs(error))) + 1e-6
        weight = 1 / (1 + np.square(error / (2 * scale)))
    return gain, offset, correlation


def recover(bright: FloatImage, dark: FloatImage, transfer: Transfer) -> Recovered:
    """The dark exposure; rows within `REACH` of a cut that is not the photo's edge are not valid.

    Parameters
    ----------
    bright, dark : rows of display images (rows, W, 3) of one geometry.
    """
    share = _ramp(_brightest(bright), CLIPS_FROM, CLIPPED)
    radiance = to_linear(bright)
    if share.any():
        seen = np.maximum((to_linear(smooth(dark, transfer.sigma)) - transfer.offsets) / transfer.gains, 0)
        share *= _agreement(seen)
        radiance += share[..., None] * (seen - radiance)
    radiance *= np.float32(transfer.gain)
    radiance += np.float32(transfer.offset)
    return Recovered(to_display(radiance), share)


def _agreement(seen: FloatImage) -> FloatImage:
    """Where the dark frame also shows something bright, or right beside it, (rows, W)."""
    kernel = np.ones((NEIGHBOURHOOD, NEIGHBOURHOOD), np.uint8)
    nearby = np.asarray(cv2.dilate(_brightest(seen), kernel), np.float32)
    return _ramp(nearby, AGREES_FROM, AGREES)


def _brightest(image: FloatImage) -> FloatImage:
    """The largest of R, G and B (rows, W); numpy's own maximum over so short an axis takes five times as long."""
    red, green, blue = cv2.split(image)
    return np.asarray(cv2.max(cv2.max(red, green), blue), np.float32)


def _ramp(values: FloatImage, zero: float, one: float) -> FloatImage:
    """Smooth step from 0 at `zero` to 1 at `one`."""
    t = np.clip((values - np.float32(zero)) / np.float32(one - zero), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float32)


def to_linear(image: FloatImage) -> FloatImage:
    """Display image to linear light, any shape; values below 0 are taken for 0."""
    return np.asarray(cv2.pow(np.maximum(image, 0), GAMMA), np.float32).reshape(image.shape)


def to_display(linear: FloatImage) -> FloatImage:
    """Linear light, clipped to [0, 1], to a display image, any shape."""
    return np.asarray(cv2.pow(np.clip(linear, 0, 1), 1 / GAMMA), np.float32).reshape(linear.shape)
