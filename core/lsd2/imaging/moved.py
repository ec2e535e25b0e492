"""Where something moved between the two frames, so that there the short one alone should be believed.

Both frames are compared in a small copy, the short one blurred and brightened like the long one (`contradiction`).
Where something moved, the long frame is replaced by the short one without most of its noise.

References
----------
K. He, J. Sun and X. Tang, "Guided image filtering", IEEE TPAMI 35(6), 2013: colours that follow the luminance.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil, hypot

import cv2
import numpy as np
from numpy.typing import NDArray

from lsd2.imaging.contradiction import Compared, disc, gaussian
from lsd2.imaging.photometry import PhotometryReport, fit_to_long
from lsd2.photo import Crop, FloatImage

COPY_SIDE, LEAST_FACTOR = 768, 4
"""Longest side of the small copy, pixels, and how many times it is smaller at least."""
FILL_SIGMA = 3.0
"""Standard deviation, pixels, of the Gaussian that takes the noise out of what stands in for the long frame."""
GUIDED, FLAT = 12, 0.03
"""Radius, pixels, within which its colours follow its luminance; contrast, of full scale, that is taken for noise."""
STRIP_ROWS = 256
LARGEST_SHARE = 0.4
"""Of a picture; frames that differ on more do not tell what is the rule and what the exception."""

_Mask = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class MovedAreas:
    """Where something moved, and what the short frame looks like in the long one's exposure.

    Attributes
    ----------
    mask : 1 where something moved, of a copy that is `factor` times smaller than the photos, (H, W).
    brightness : from the softened short frame to the long one.
    """

    mask: _Mask = field(repr=False)
    factor: int
    brightness: PhotometryReport = field(repr=False)

    @property
    def share(self) -> float:
        """Of the picture, in [0, 1]."""
        return float(self.mask.mean())

    @property
    def note(self) -> str | None:
        """For the user; None where nothing moved."""
        if not self.mask.any():
            return None
        share = f"{max(self.share, 0.001):.1%}"
        return f"where something moved between the photos ({share} of the picture), only the short one was used"

    def weight(self, part: Crop) -> FloatImage:
        """How far the short frame alone counts in a part of the photo, (H, W, 1) in [0, 1], with soft edges."""
        if not self.mask.any():
            return np.zeros((part.height, part.width, 1), np.float32)
        scale = 1 / self.factor
        place = np.array([[scale, 0, (part.x + 0.5) * scale - 0.5], [0, scale, (part.y + 0.5) * scale - 0.5]])
        soft = gaussian(self.mask.astype(np.float32), 1.0)
        flags, border = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, cv2.BORDER_REPLICATE
        weight = cv2.warpAffine(soft, place, (part.width, part.height), flags=flags, borderMode=border)
        return np.asarray(weight, np.float32)[..., None]

    def seen_from(self, window: Crop) -> Callable[[Crop], FloatImage]:
        """`weight` of parts that are given in the pixels of a part of the photo."""
        return lambda part: self.weight(part.seen_from(Crop(-window.x, -window.y, 0, 0)))

    def filled(self, long: FloatImage, short: FloatImage, at: Crop) -> FloatImage:
        """The long frame with the softened short one where something moved; `long` itself where nothing did.

        Parameters
        ----------
        long : a display image of the part `at` of the photos, registered.
        short : all of the short photo, a display image.
        """
        result = long
        for top in range(0, at.height, STRIP_ROWS):
            strip = Crop(at.x, at.y + top, at.width, min(STRIP_ROWS, at.height - top))
            weight = self.weight(strip)
            columns = np.flatnonzero(weight.any(axis=(0, 2)))
            if columns.size:
                left, right = int(columns[0]), int(columns[-1]) + 1
                there = Crop(at.x + left, strip.y, right - left, strip.height)
                result = long.copy() if result is long else result
                part = result[top : top + strip.height, left:right]
                part += weight[:, left:right] * (self._stand_in(short, there) - part)
        return result

    def _stand_in(self, short: FloatImage, part: Crop) -> FloatImage:
        """A part of the short frame in the long one's brightness, without most of its noise."""
        margin = ceil(4 * FILL_SIGMA) + 2 * GUIDED
        top, left = max(part.y - margin, 0), max(part.x - margin, 0)
        light = np.square(short[top : part.rows.stop + margin, left : part.columns.stop + margin])
        inner = part.seen_from(Crop(left, top, 0, 0))
        soft = self.brightness.apply(np.sqrt(gaussian(light, FILL_SIGMA)))
        return _without_blotches(soft)[inner.rows, inner.columns]


NOWHERE = MovedAreas(np.zeros((1, 1), np.uint8), 1, PhotometryReport(()))
"""Nothing moved."""
ReadPart = Callable[[Crop], FloatImage]


def find_moved(short: FloatImage, long_at: ReadPart, blur_px: float, told: Callable[[], None]) -> MovedAreas:
    """Where a pair differs beyond what blur, noise, saturation and development explain.

    Parameters
    ----------
    short : display image (H, W, 3).
    long_at : gives a part of the registered long frame, a display image.
    blur_px : how much more the long frame is blurred, as the sigma of a Gaussian, pixels.
    told : called after every strip; may raise `Cancelled`.
    """
    longest = max(short.shape[:2])
    factor = max(LEAST_FACTOR, ceil(longest / COPY_SIDE))
    light = [_small_light(read, short.shape, factor, told) for read in (lambda at: short[at.rows, at.columns], long_at)]
    dark, bright = (np.sqrt(gaussian(a, s)) for a, s in zip(light, (hypot(1.0, blur_px / factor), 1.0), strict=True))
    brightness = fit_to_long(dark, bright)
    reach = ceil((1.5 * blur_px + 2 + 0.002 * longest) / factor)
    mask = _areas(*Compared(dark, bright, brightness, reach).differences(), reach)
    return MovedAreas(mask if mask.mean() <= LARGEST_SHARE else np.zeros_like(mask), factor, brightness)


HIGH, LOW = 1.5, 0.6
"""Contradiction that a moved object must have somewhere, and down to which it goes on."""
SECOND = 0.8
"""Contradiction that is enough in the neighbourhood of such an object: where it was before, or came to."""
SMALLEST = 12
"""Pixels of the small copy that must have it."""


def _areas(contradiction: FloatImage, apart: FloatImage, reach: int) -> _Mask:
    """The places of moved objects, whole; of the maps that `Compared.differences` gives."""
    seen = np.asarray(contradiction > LOW, np.uint8)
    count, labels = cv2.connectedComponents(seen, connectivity=8)

    def with_enough(places: NDArray[np.bool_]) -> _Mask:
        enough = np.bincount(labels[places], minlength=count) >= SMALLEST
        enough[0] = False
        return np.asarray(enough[labels], np.uint8)

    seeds = with_enough(contradiction > HIGH)
    if not seeds.any():
        return seeds
    distance = np.asarray(cv2.distanceTransform(1 - seeds, cv2.DIST_L2, 3), np.float32)
    near = distance <= 2 * np.sqrt(seeds.sum()) + 2 * reach
    grown = with_enough((contradiction > SECOND) & near) | seeds
    candidates = np.asarray((apart > 1) | (contradiction > LOW), np.uint8)
    for _ in range(3 * reach + 4):
        grown |= np.asarray(cv2.dilate(grown, np.ones((3, 3), np.uint8)), np.uint8) & candidates
    return _whole(grown, reach)


def _whole(mask: _Mask, reach: int) -> _Mask:
    """Areas without gaps and holes, and a little wider, as the long frame's edges are blurred."""
    rim = 3 * reach + 2
    wide = cv2.copyMakeBorder(mask, rim, rim, rim, rim, cv2.BORDER_CONSTANT)
    wide = cv2.morphologyEx(wide, cv2.MORPH_CLOSE, disc(rim))
    outlines, _ = cv2.findContours(wide, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    cv2.drawContours(wide, outlines, -1, 1, cv2.FILLED)
    wide = cv2.dilate(wide, disc(1 + reach // 2))
    return np.ascontiguousarray(wide[rim:-rim, rim:-rim], np.uint8)


def _small_light(read: ReadPart, shape: tuple[int, ...], factor: int, told: Callable[[], None]) -> FloatImage:
    """Means of blocks in linear light, about: squares of gamma-encoded values; a cut block is filled up."""
    height, width, _ = shape
    small = np.empty((-(-height // factor), -(-width // factor), 3), np.float32)
    rows = STRIP_ROWS // factor
    for top in range(0, small.shape[0], rows):
        strip = Crop(0, top * factor, width, min(rows * factor, height - top * factor))
        light = np.square(read(strip))
        down, right = -strip.height % factor, -width % factor
        light = cv2.copyMakeBorder(light, 0, down, 0, right, cv2.BORDER_REPLICATE)
        size = light.shape[1] // factor, light.shape[0] // factor
        small[top : top + rows] = cv2.resize(light, size, interpolation=cv2.INTER_AREA)
        told()
    return small


def _without_blotches(image: FloatImage) -> FloatImage:
    """A display image in which every channel is a linear function of luminance around each pixel; noise is not."""

    def mean(plane: FloatImage) -> FloatImage:
        side = 2 * GUIDED + 1
        return np.asarray(cv2.blur(plane, (side, side), borderType=cv2.BORDER_REFLECT_101), np.float32)

    guide = np.asarray(image.mean(axis=2), np.float32)
    middle = mean(guide)
    spread = mean(guide * guide) - middle * middle + np.float32(FLAT**2)
    result = np.empty_like(image)
    for index in range(3):
        channel = np.ascontiguousarray(image[..., index])
        own = mean(channel)
        slope = np.asarray((mean(guide * channel) - middle * own) / spread, np.float32)
        result[..., index] = mean(slope) * guide + mean(own - slope * middle)
    return np.clip(result, 0, 1, out=result)
