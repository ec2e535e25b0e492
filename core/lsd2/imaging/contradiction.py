"""How far two frames of a pair contradict each other, whatever moved values about by a few pixels.

Motion blur, a misregistration of few pixels and parallax make no new values: a pixel of the one frame has moved only
where it lies beyond all values that the other one has within their reach, and the other way round.  How far beyond is
counted in what noise, the short frame's few levels in the dark and saturation explain.

Tone curves and colours of two exposures are never quite alike.  So the frames are also compared by what is usual in
this very pair, by its medians over each level: what all places of a colour do is development, not motion.

References
----------
A. Srikantha and D. Sidibe, "Ghost detection and removal for high dynamic range images: recent advances", Signal
Processing: Image Communication 27(6), 2012.  B. Wronski et al., "Handheld multi-frame super-resolution", ACM TOG 38(4),
2019: differences judged by the noise and by the range of values around a place.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from lsd2.imaging.photometry import PhotometryReport
from lsd2.photo import FloatImage

LEAST, NOISE = 0.03, 3.0
"""Difference, of full scale, that is let pass anyway, and how often the usual difference of a level is."""
STEPS = 1.5 / 255
"""What black level and rounding may do to the short frame, of full scale; its dark levels become far brighter."""
BRIGHT, SATURATED, CLIPPING = 0.8, 0.95, 0.1
"""Levels of the long frame between which it begins to saturate, and the difference that then is let pass."""
LEVELS = 24
"""Into which values are sorted, equally many in each."""
ENOUGH = 40_000
"""Pixels that medians are taken of."""
UNUSUAL = 3.0
"""How often as large as at the average level differences may usually be."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Small copies of both frames, gamma-encoded; values move about within `reach` pixels."""

    dark: FloatImage
    bright: FloatImage
    brightness: PhotometryReport
    reach: int

    def differences(self) -> tuple[FloatImage, FloatImage]:
        """How far the frames contradict each other, and how far single pixels differ, (H, W); 1 is suspicious."""
        matched, bright = self.brightness.apply(self.dark), self.bright
        unit = self._tolerance(matched)
        usual, usual_short = matched + _residual(matched, bright), bright + _residual(bright, matched)
        pairs = (matched, bright), (usual, bright), (matched, usual_short)
        beyond, apart = (
            [gaussian(np.asarray(compare(a, b) / unit, np.float32), 1.0) for a, b in pairs]
            for compare in (self._beyond, np.subtract)
        )
        return _agreed(*beyond), _agreed(*apart)

    def _tolerance(self, matched: FloatImage) -> FloatImage:
        """What may differ without anything having moved."""
        apart = np.abs(matched - self.bright)
        typical = np.stack([_usual_size(self.bright[..., c], apart[..., c]) for c in range(3)], axis=2)
        highest, lowest = (self.brightness.apply(np.clip(self.dark + step, 0, 1)) for step in (STEPS, -STEPS))
        saturation = np.clip((self.bright - BRIGHT) / (SATURATED - BRIGHT), 0, 1)
        passed = LEAST + NOISE * 1.4826 * typical + (highest - lowest) / 2 + CLIPPING * saturation
        return np.asarray(passed, np.float32)

    def _beyond(self, a: FloatImage, b: FloatImage) -> FloatImage:
        """By how much each of two pictures is beyond all that the other has within reach: the less of both, signed."""
        within = disc(self.reach)
        (low_a, high_a), (low_b, high_b) = ((cv2.erode(x, within), cv2.dilate(x, within)) for x in (a, b))
        higher = np.minimum(low_a - b, a - high_b)
        lower = np.minimum(b - high_a, low_b - a)
        return np.asarray(np.maximum(higher, 0) - np.maximum(lower, 0), np.float32)


def _agreed(measured: FloatImage, by_short: FloatImage, by_long: FloatImage) -> FloatImage:
    """What both the curve of brightness and one of the usual relations say, the most of all channels, (H, W)."""
    usual = np.where(np.abs(by_short) > np.abs(by_long), by_short, by_long)
    least = np.minimum(np.abs(measured), np.abs(usual))
    return np.asarray(np.where(measured * usual > 0, least, 0).max(axis=2), np.float32)


def _medians(levels: FloatImage, values: FloatImage) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Medians of the levels of a plane (H, W), in `LEVELS` steps, and of another one's values there."""
    step = max(1, int(np.sqrt(levels.size / ENOUGH)))
    few, there = levels[::step, ::step].ravel(), values[::step, ::step].ravel()
    parts = [part for part in np.array_split(np.argsort(few, kind="stable"), LEVELS) if part.size]
    at = np.array([np.median(few[part]) for part in parts], np.float64)
    return at, np.array([np.median(there[part]) for part in parts], np.float64)


def _by_level(levels: FloatImage, values: FloatImage) -> FloatImage:
    """The median of a plane's values at the level that each pixel has in another one."""
    return np.interp(levels, *_medians(levels, values)).astype(np.float32)


def _usual_size(levels: FloatImage, sizes: FloatImage) -> FloatImage:
    """The same of sizes of differences; a level that only a moved object has is not allowed to make its own rule."""
    at, medians = _medians(levels, sizes)
    return np.interp(levels, at, np.minimum(medians, UNUSUAL * np.median(medians))).astype(np.float32)


def _residual(from_picture: FloatImage, to_picture: FloatImage) -> FloatImage:
    """What usually has to be added to the levels of a picture to give another one's, channel by channel."""
    planes = [_by_level(from_picture[..., c], to_picture[..., c] - from_picture[..., c]) for c in range(3)]
    return np.stack(planes, axis=2)


def gaussian(image: FloatImage, sigma: float) -> FloatImage:
    """A Gaussian blur, sigma in pixels, its border mirrored."""
    return np.asarray(cv2.GaussianBlur(image, (0, 0), sigma, borderType=cv2.BORDER_REFLECT_101), np.float32)


def disc(radius: int) -> NDArray[np.uint8]:
    """What `cv2.erode` and `cv2.dilate` take for a radius in pixels."""
    side = 2 * radius + 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)), np.uint8)
