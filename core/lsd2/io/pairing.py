"""Which of two photos is the short exposure, and whether the two make a pair.

Everything but `check_pair` works on `PhotoFacts` alone, so that the window can ask without decoding anything again;
this module imports neither a decoder nor a network.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lsd2.errors import PairError
from lsd2.io.naming import shown
from lsd2.metadata import Metadata, shutter_text
from lsd2.photo import Photo

MIN_SIDE = 16
"""Pixels; the U-Net halves its input four times."""
SAME_EXPOSURE_EV = 1 / 6
"""Cameras step by thirds of a stop and write rounded times: closer than half a step is the same setting."""
SMALL_GAP_EV = 0.5
FAR_APART_SECONDS = 60
DISPLAY_GAMMA = 2.2
"""Near enough to compare mean brightness in stops."""
_BRIGHTNESS_SAMPLES = 1_000_000


@dataclass(frozen=True, slots=True)
class PhotoFacts:
    """What the roles of a photo are guessed from; `mean_brightness` is that of the display image, 0-1."""

    metadata: Metadata
    mean_brightness: float


@dataclass(frozen=True, slots=True)
class RoleGuess:
    """Which of two photos is the short exposure.

    Attributes
    ----------
    short_index : 0 for the first, 1 for the second.
    reason : what it was guessed from, one line.
    warnings : what looks wrong about the pair, a line each.
    ev_gap : by how many stops the long frame was exposed more, by shutter, ISO and aperture; None if unknown.
    """

    short_index: int
    reason: str
    warnings: tuple[str, ...]
    ev_gap: float | None


def guess_roles(first: PhotoFacts, second: PhotoFacts) -> RoleGuess:
    """Roles by shutter time; where that is equal or unknown by ISO x time, then by mean brightness."""
    short_index, reason = _decide(first, second)
    short, long = (first, second) if short_index == 0 else (second, first)
    return RoleGuess(short_index, reason, pair_warnings(short, long), ev_gap(short.metadata, long.metadata))


def pair_warnings(short: PhotoFacts, long: PhotoFacts) -> tuple[str, ...]:
    """What looks wrong about a pair with these roles, a line each."""
    found = (_gap_warning(short, long), _swap_warning(short, long), *_scene_warnings(short.metadata, long.metadata))
    return tuple(warning for warning in found if warning is not None)


def check_pair(short: Photo, long: Photo) -> tuple[str, ...]:
    """Warnings about a decoded pair.

    Raises
    ------
    PairError
        When the two cannot be fused: one is too small, both are the same photo, or their sizes differ.
    """
    for photo in (short, long):
        if min(photo.width, photo.height) < MIN_SIDE:
            size = _size(photo)
            raise PairError(f"{_name(photo)} has {size} pixels, too few: each side must have at least {MIN_SIDE}")
    if _same_file(short, long):
        raise PairError(f"{_name(short)} was given as both the short and the long exposure: choose two photos")
    if short.pixels.shape != long.pixels.shape:
        raise PairError(_sizes_differ(short, long))
    if np.array_equal(short.pixels, long.pixels):
        raise PairError(f"{_name(short)} and {_name(long)} are the same picture: choose two photos")
    return pair_warnings(facts(short), facts(long))


def facts(photo: Photo) -> PhotoFacts:
    """The facts of a decoded photo."""
    return PhotoFacts(photo.metadata, mean_brightness(photo.pixels))


def mean_brightness(pixels: NDArray[Any]) -> float:
    """Mean over all channels, 0-1, of a picture (H, W, C), float in [0, 1] or unsigned integers of full range.

    Large pictures are sampled on a regular grid of about a million pixels.
    """
    step = max(1, math.isqrt(pixels.shape[0] * pixels.shape[1] // _BRIGHTNESS_SAMPLES))
    mean = float(pixels[::step, ::step].mean(dtype=np.float64))
    return mean / np.iinfo(pixels.dtype).max if pixels.dtype.kind == "u" else mean


def ev_gap(short: Metadata, long: Metadata) -> float | None:
    """By how many stops `long` was exposed more than `short`; ISO and aperture count where both photos name them."""
    shutter = _stops(short.exposure_seconds, long.exposure_seconds)
    if shutter is None:
        return None
    aperture = _stops(long.f_number, short.f_number)
    return shutter + (_stops(short.iso, long.iso) or 0.0) + 2 * (aperture or 0.0)


def _stops(low: Fraction | float | None, high: Fraction | float | None) -> float | None:
    if low is None or high is None:
        return None
    return math.log2(high) - math.log2(low)


def _decide(first: PhotoFacts, second: PhotoFacts) -> tuple[int, str]:
    one, two = first.metadata, second.metadata
    by_shutter = _stops(one.exposure_seconds, two.exposure_seconds)
    if by_shutter is not None and abs(by_shutter) > SAME_EXPOSURE_EV:
        low, high = sorted(_times(one, two))
        return int(by_shutter < 0), f"by shutter time: {shutter_text(low)} and {shutter_text(high)}"
    by_iso = _stops(one.iso, two.iso)
    if by_shutter is not None and by_iso is not None and abs(by_shutter + by_iso) > SAME_EXPOSURE_EV:
        return int(by_shutter + by_iso < 0), f"by ISO, as the shutter times are equal: ISO {one.iso} and ISO {two.iso}"
    why = "the files do not tell both shutter times" if by_shutter is None else "shutter times and ISO are equal"
    return int(second.mean_brightness < first.mean_brightness), f"by brightness, as {why}"


def _times(one: Metadata, two: Metadata) -> list[Fraction]:
    return [time for time in (one.exposure_seconds, two.exposure_seconds) if time is not None]


def _gap_warning(short: PhotoFacts, long: PhotoFacts) -> str | None:
    shutter = _stops(short.metadata.exposure_seconds, long.metadata.exposure_seconds)
    gap = ev_gap(short.metadata, long.metadata)
    if shutter is None or gap is None:
        brighter = _brightness_stops(short, long)
        if abs(brighter) < SMALL_GAP_EV:
            return "both photos are about equally bright and do not tell their shutter times: check which one is short"
    # A short frame at a high ISO may be as bright as the long one; only equal times and equal light are suspect.
    elif abs(shutter) < SMALL_GAP_EV and abs(gap) < SMALL_GAP_EV:
        return f"both photos were exposed nearly alike ({abs(gap):.1f} EV apart): is this a short and a long exposure?"
    return None


def _swap_warning(short: PhotoFacts, long: PhotoFacts) -> str | None:
    shutter = _stops(short.metadata.exposure_seconds, long.metadata.exposure_seconds)
    if shutter is not None and shutter < -SAME_EXPOSURE_EV:
        return "the roles look swapped: the short photo has the longer shutter time"
    if _brightness_stops(short, long) < -SMALL_GAP_EV:
        return "the roles look swapped: the short photo is brighter than the long one"
    return None


def _brightness_stops(short: PhotoFacts, long: PhotoFacts) -> float:
    """How much brighter the long photo is, in stops of light; black counts as one level of 255."""
    darkest = 1 / 255
    return DISPLAY_GAMMA * math.log2(max(long.mean_brightness, darkest) / max(short.mean_brightness, darkest))


def _scene_warnings(short: Metadata, long: Metadata) -> tuple[str | None, str | None]:
    turned = "the camera was held differently (EXIF orientations differ): check that both show the same scene upright"
    if short.taken_at is None or long.taken_at is None:
        apart = None
    else:
        seconds = abs((long.taken_at - short.taken_at).total_seconds())
        span = f"{seconds:.0f} s" if seconds < 600 else f"{seconds / 60:.0f} min" if seconds < 7200 else "hours"
        apart = f"the photos were taken {span} apart: check that both show the same scene"
        apart = apart if seconds > FAR_APART_SECONDS else None
    return (turned if short.orientation != long.orientation else None), apart


def _same_file(short: Photo, long: Photo) -> bool:
    if short.path is None or long.path is None:
        return False
    try:
        return short.path == long.path or short.path.samefile(long.path)
    except OSError:
        return False


def _sizes_differ(short: Photo, long: Photo) -> str:
    turned = (short.width, short.height) == (long.height, long.width)
    advice = "turn one of them" if turned else "choose two photos of one size"
    sizes = f"the short photo {_name(short)} has {_size(short)} pixels, the long photo {_name(long)} {_size(long)}"
    return f"{sizes}: {advice}"


def _size(photo: Photo) -> str:
    return f"{photo.width} x {photo.height}"


def _name(photo: Photo) -> str:
    return photo.name if photo.path is None else shown(photo.path)
