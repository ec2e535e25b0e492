"""Which parts of a pair a comparison shows enlarged: where the methods differ most."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, sqrt

import cv2
import numpy as np
from numpy.typing import NDArray

from lsd2.photo import AlignmentReport, Crop

SIDES = (240, 160, 120, 96, 80)
"""Sides of automatic crops, pixels: those that fill a tile of 480 pixels at a whole zoom."""
MAX_PIXELS = 3e6
"""More are thinned out before they are searched."""
SATURATED = 250 / 255
MAX_SATURATED_SHARE = 0.05
SPACING = 1.25
"""Least distance between two crops along one axis, in sides."""

GRAIN = 5
"""Side of the means that are compared: methods that only differ in noise do not differ most."""

_Plane = NDArray[np.float32]


def automatic_side(width: int, height: int) -> int:
    """Side of a crop that shows detail and still is a small part of the picture."""
    fitting = [side for side in SIDES if side <= min(width, height) / 4]
    return fitting[0] if fitting else min(SIDES[-1], width, height)


def choose_crops(
    pictures: Iterable[NDArray[np.uint16]], long: NDArray[np.float32], alignment: AlignmentReport, count: int
) -> list[Crop]:
    """Square crops in which the pictures differ most, without overlap, best first.

    Parameters
    ----------
    pictures : the results of the methods, (H, W, 3) uint16 each.
    long : the prepared long frame, a display image (H, W, 3): crops that it shows saturated tell nothing.
    alignment : crops that the long frame did not show before it was registered are not chosen.
    count : most crops; fewer if there is no room.
    """
    height, width = long.shape[:2]
    side, step = automatic_side(width, height), max(1, ceil(sqrt(width * height / MAX_PIXELS)))
    window = max(1, side // step)
    score = _window_mean(_disagreement(picture[::step, ::step] for picture in pictures), window)
    saturated = (long[::step, ::step].max(axis=2) >= SATURATED).astype(np.float32)
    score[_window_mean(saturated, window) > MAX_SATURATED_SHARE] *= 1e-3  # only if there is nothing else
    found: list[Crop] = []
    while len(found) < count and score.max() >= 0:
        top, left = divmod(int(score.argmax()), score.shape[1])
        crop = Crop(min(left * step, width - side), min(top * step, height - side), side, side)
        if _was_seen(crop, alignment, width, height):
            found.append(crop)
            reach = int(SPACING * window)
        else:
            reach = max(1, window // 8)
        score[max(top - reach + 1, 0) : top + reach, max(left - reach + 1, 0) : left + reach] = -1
    return found


def _disagreement(pictures: Iterable[NDArray[np.uint16]]) -> _Plane:
    """Variance of the luminance among the pictures, per pixel."""
    total = squares = np.zeros((), np.float32)
    number = 0
    for picture in pictures:
        luminance = picture.mean(axis=2, dtype=np.float32) / np.float32(65535)
        luminance = np.asarray(cv2.blur(luminance, (GRAIN, GRAIN)), np.float32)
        total, squares, number = total + luminance, squares + luminance**2, number + 1
    return np.asarray(np.maximum(squares / number - (total / number) ** 2, 0), np.float32)


def _window_mean(plane: _Plane, window: int) -> _Plane:
    """Mean of every window that lies inside; at (y, x) that of the window whose upper left corner is there."""
    mean = np.asarray(cv2.boxFilter(plane, cv2.CV_32F, (window, window), anchor=(0, 0)), np.float32)
    return mean[: plane.shape[0] - window + 1, : plane.shape[1] - window + 1].copy()


def _was_seen(crop: Crop, alignment: AlignmentReport, width: int, height: int) -> bool:
    """Whether the long frame as it was taken shows all of the crop."""
    x, y = np.array([crop.x, crop.x + crop.width - 1]), np.array([crop.y, crop.y + crop.height - 1])
    corners = np.array([[a, b, 1.0] for a in x for b in y]) @ np.array(alignment.matrix).T
    points = corners[:, :2] / corners[:, 2:]
    return bool((points >= -0.5).all() and (points <= np.array([width, height]) - 0.5).all())
