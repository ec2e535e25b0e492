"""Joining exposures by Laplacian pyramids (Mertens et al. 2007, Section 3.2) in strips of rows.

The fine levels of a pyramid look only a few pixels far, so they are made strip by strip, with margins that make up for
the cuts; only the coarse level below them is held for the whole photo, at 1/256 of its pixels.  Strips begin on the
coarse grid, so the result is that of whole pyramids.  OpenCV's MergeMertens gives the same to 1e-6 of full scale, but
takes 70 bytes per pixel and more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np

from lsd2.photo import FloatImage

FINE_LEVELS = 4
GRID = 1 << FINE_LEVELS
MARGIN = 4 * GRID
"""Rows read beyond a strip: four reductions reach 30 rows far, four enlargements 32 more, rounded up to the grid."""


@dataclass(frozen=True, slots=True)
class Exposures:
    """Some rows of the exposures: `pictures` (rows, W, C), and their `weights` (rows, W), which sum to 1."""

    pictures: Sequence[FloatImage]
    weights: Sequence[FloatImage]


ReadExposures = Callable[[int, int], Exposures]
"""Called as read(top, bottom); must give the same values for a row whatever else is read with it."""
Report = Callable[[int, int], None]
"""Called as report(done, total) with steps of work; may raise `Cancelled`."""


@dataclass(frozen=True, slots=True)
class Strip:
    """Rows `top` to `bottom` of the photo are read, of which `first` to `last` are kept."""

    top: int
    bottom: int
    first: int
    last: int


def blend(read: ReadExposures, size: tuple[int, int], strip_rows: int, report: Report) -> FloatImage:
    """Blend the exposures of a photo of `size` (height, width).

    Parameters
    ----------
    strip_rows : rows worked on at a time beside the margins, rounded down to the grid.

    Returns
    -------
    float32 (H, W, C), in the colour space of the pictures; values may leave [0, 1], as Laplacian pyramids do.
    """
    strips = list(plan_strips(size[0], strip_rows))
    report(0, 2 * len(strips))
    coarse = _coarse(read, strips, size, report)
    output = np.empty((*size, coarse.shape[2]), np.float32)
    for index, strip in enumerate(strips):
        base = coarse[strip.top // GRID : -(-strip.bottom // GRID)]
        joined = _joined(read(strip.top, strip.bottom), FINE_LEVELS, base)
        output[strip.first : strip.last] = joined[strip.first - strip.top : strip.last - strip.top]
        report(len(strips) + index + 1, 2 * len(strips))
    return output


def plan_strips(height: int, strip_rows: int) -> Iterator[Strip]:
    """Strips that cover all rows once; what they read begins and ends on the grid or at the photo's edge."""
    step = max(strip_rows // GRID, 1) * GRID
    for first in range(0, height, step):
        last = min(first + step, height)
        yield Strip(max(first - MARGIN, 0), min(last + MARGIN, height), first, last)


def _coarse(read: ReadExposures, strips: Sequence[Strip], size: tuple[int, int], report: Report) -> FloatImage:
    """The blended photo as it is below the fine levels, made with whole pyramids from there on."""
    pictures: list[FloatImage] = []
    weights: list[FloatImage] = []
    small = (-(-size[0] // GRID), -(-size[1] // GRID))
    for index, strip in enumerate(strips):
        exposures = read(strip.top, strip.bottom)
        for kept, given in ((pictures, exposures.pictures), (weights, exposures.weights)):
            if not kept:
                kept.extend(np.empty((*small, *image.shape[2:]), np.float32) for image in given)
            for target, image in zip(kept, given, strict=True):
                _put_reduced(target, image, strip)
        report(index + 1, 2 * len(strips))
    return _joined(Exposures(pictures, weights), _depth(small), None)


def _put_reduced(target: FloatImage, image: FloatImage, strip: Strip) -> None:
    rows = slice(strip.first // GRID, -(-strip.last // GRID))
    offset = strip.top // GRID
    target[rows] = reductions(image, FINE_LEVELS)[-1][rows.start - offset : rows.stop - offset]


def _depth(size: tuple[int, int]) -> int:
    """Reductions until the shorter side is a pixel or two; with the fine levels, as many as OpenCV takes."""
    return int(np.log2(min(size)))


def _joined(exposures: Exposures, levels: int, base: FloatImage | None) -> FloatImage:
    """Blend `levels` bands and add them up from `base`, the blended picture below them; None: blend that one too."""
    sums: list[FloatImage] = []
    for picture, weight in zip(exposures.pictures, exposures.weights, strict=True):
        bands, last = _bands(picture, levels)
        shares = reductions(weight, levels)
        for level, band in enumerate(bands if base is not None else [*bands, last]):
            weighed = np.multiply(band, shares[level][..., None], out=band)
            if level < len(sums):
                sums[level] += weighed
            else:
                sums.append(weighed)
    result = sums.pop() if base is None else base
    for band in reversed(sums):
        result = np.add(_enlarged(result, band), band, out=band)
    return result


def _bands(picture: FloatImage, levels: int) -> tuple[list[FloatImage], FloatImage]:
    """The Laplacian pyramid: what every reduction loses, and the last reduction."""
    gaussian = reductions(picture, levels)
    bands = [level - _enlarged(below, level) for level, below in pairwise(gaussian)]
    return bands, gaussian[-1] if levels else picture.copy()


def reductions(image: FloatImage, levels: int) -> list[FloatImage]:
    """The Gaussian pyramid: the image and `levels` reductions by 2, each of half the size, rounded up."""
    found = [image]
    for _ in range(levels):
        above = found[-1]
        half = (-(-above.shape[0] // 2), -(-above.shape[1] // 2), *above.shape[2:])
        found.append(np.asarray(cv2.pyrDown(above), np.float32).reshape(half))
    return found


def _enlarged(image: FloatImage, like: FloatImage) -> FloatImage:
    size = (like.shape[1], like.shape[0])
    return np.asarray(cv2.pyrUp(image, dstsize=size), np.float32).reshape(like.shape)
