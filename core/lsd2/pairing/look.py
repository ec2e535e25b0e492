"""A look at the pixels of two photos, on a small scale: how bright they are, and whether they show one scene."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np

from lsd2.errors import PhotoReadError
from lsd2.imaging.likeness import Gray, smooth
from lsd2.io.thumbnail import SMALL_FILE_BYTES, quick_thumbnail, read_thumbnail
from lsd2.pairing.model import Shot
from lsd2.photo import FloatImage

SIDE = 128
"""Pixels of the longer side; EXIF thumbnails have 160."""
OTHER_SCENE, UNLIKE, ALIKE = 0.35, 0.5, 0.6
"""Measured on 15 pairs at this size: frames of one scene reach 0.7 to 0.99, of two scenes at most 0.56, and
mostly less than 0.35."""
_NOISE_SIGMA, _SHADING_SIGMA = 1.5, 16.0
"""Pixels at `SIDE`: what is smaller is noise, what is larger is the light of any scene."""
KEPT = 512
"""Small pictures kept in memory, 50 KB each."""
_PLAY = 0.1
"""Part of the longer side by which the camera may have moved between the frames."""
_MIN_CONTRAST = 0.004
"""Standard deviation, of full scale, below which a frame is too dark or too even to be compared: one level of 255."""


@dataclass(frozen=True, slots=True)
class Look:
    """A photo on a small scale: its luminance, and the mean of its display image, 0-1."""

    gray: Gray
    brightness: float


def look(shot: Shot, *, thoroughly: bool) -> Look | None:
    """None if the file cannot be read, or not quickly and that is asked for."""
    thoroughly = thoroughly or shot.file_bytes <= SMALL_FILE_BYTES
    try:
        status = shot.path.stat()
    except OSError:
        return None
    return _look(shot.path, (status.st_mtime_ns, status.st_size), thoroughly)


@lru_cache(maxsize=KEPT)
def _look(path: Path, state: tuple[int, int], thoroughly: bool) -> Look | None:
    try:
        image = _picture(path, thoroughly)
    except PhotoReadError:
        return None
    if image is None:
        return None
    gray = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    factor = SIDE / max(gray.shape)
    height, width = (max(16, round(side * factor)) for side in gray.shape)
    small = cv2.resize(gray, (width, height), interpolation=cv2.INTER_AREA)
    return Look(np.asarray(small, np.float32), float(image.mean()))


def _picture(path: Path, thoroughly: bool) -> FloatImage | None:
    image = quick_thumbnail(path, SIDE)
    if image is None and thoroughly:
        return read_thumbnail(path, SIDE).astype(np.float32) / np.float32(255)
    return image


def likeness(one: Look, two: Look) -> float | None:
    """How alike two frames are, -1 to 1, whatever their exposure; None if there is too little to be seen in one.

    The peak of the normalised cross-correlation over small shifts, of luminance ranks without noise and shading.
    """
    if one.gray.shape != two.gray.shape or min(one.gray.std(), two.gray.std()) < _MIN_CONTRAST:
        return None
    first, second = (_structure(frame.gray) for frame in (one, two))
    margin = max(4, round(_PLAY * max(first.shape)))
    if min(first.shape) < 4 * margin:
        margin = min(first.shape) // 4
    inner = first[margin:-margin, margin:-margin]
    return float(cv2.matchTemplate(second, inner, cv2.TM_CCOEFF_NORMED).max())


def quick_likeness(one: Shot, two: Shot) -> float | None:
    """Of the small pictures of two photos; None also where they cannot be had without decoding a large photo."""
    looks = look(one, thoroughly=False), look(two, thoroughly=False)
    return None if looks[0] is None or looks[1] is None else likeness(looks[0], looks[1])


def _structure(gray: Gray) -> Gray:
    calm = smooth(gray, _NOISE_SIGMA)
    ranks = np.empty(calm.size, np.float32)
    ranks[np.argsort(calm, axis=None, kind="stable")] = np.linspace(0, 1, calm.size, dtype=np.float32)
    ranked = ranks.reshape(calm.shape)
    return np.asarray(ranked - smooth(ranked, _SHADING_SIGMA), np.float32)
