"""From the numbers of a file to colours: everything inside works on gamma-encoded sRGB.

Pixels with another profile are converted; what no profile explains is taken as sRGB.  Colours that sRGB cannot hold are
clipped.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lsd2.io.decoders.base import ColourSpace, Samples
from lsd2.io.icc import profile_name, profile_space, to_srgb
from lsd2.photo import FloatImage

_SAME_COLOUR = 3 / 255
"""By how much a profile may differ from sRGB and still be called sRGB; variants differ in the black toe."""
_GRID = np.linspace(0, 65535, 6).round().astype(np.uint16)
_STRIP_PIXELS = 2**18
"""Converted at once, so that the copies made on the way stay small."""
_GAMUT_SAMPLE = 2**18
"""Pixels, at most, that are looked at to tell how much was clipped."""
_VISIBLE = 2 / 255
"""How far outside [0, 1] a value counts as clipped, and not as rounded."""
_MUCH_CLIPPED = 0.01

_Convert = Callable[[NDArray[Any]], NDArray[np.float32]]


class _Verdict(Enum):
    """What a profile is to pixels of one colour space."""

    MISSING = auto()
    USELESS = auto()
    SRGB = auto()
    OTHER = auto()


def to_display(samples: Samples, profile: bytes | None) -> tuple[FloatImage, tuple[str, ...]]:
    """Pixels as a display image, with notes on what was done to their colours.

    Parameters
    ----------
    samples : decoded pixels, as coded in the file.
    profile : raw ICC profile of the file; None is taken as sRGB.

    Returns
    -------
    A contiguous display image (H, W, 3) float32, and notes where its colours were changed or guessed.
    """
    if samples.display is not None:
        table = samples.display
        return _in_strips(samples, lambda strip: table[strip]), ()
    notes = colour_notes(samples.space, profile)
    if profile is not None and _judge(samples.space, profile) is _Verdict.OTHER:
        notes += _gamut_notes(samples, profile)
        return _in_strips(samples, _by_profile(samples, profile)), notes
    naive = _ink_to_light if samples.space is ColourSpace.CMYK else _as_it_is
    return _in_strips(samples, lambda strip: naive(strip, samples.maximum)), notes


@lru_cache(maxsize=16)
def colour_notes(space: ColourSpace, profile: bytes | None) -> tuple[str, ...]:
    """What a user should know about the colours of a file, as far as its pixels need not be looked at."""
    verdict = _judge(space, profile)
    how = "converted by a rule of thumb" if space is ColourSpace.CMYK else "taken as sRGB"
    if verdict is _Verdict.USELESS:
        return (f"its colour profile is damaged; its colours are {how}",)
    if verdict is _Verdict.MISSING and space is ColourSpace.CMYK:
        return (f"its CMYK colours have no profile; they are {how}",)
    if profile is not None and verdict is _Verdict.OTHER:
        return (f"its colours are converted from {profile_name(profile)} to sRGB",)
    return ()


@lru_cache(maxsize=16)
def _judge(space: ColourSpace, profile: bytes | None) -> _Verdict:
    """Tries the profile on a coarse grid of colours."""
    if profile is None:
        return _Verdict.MISSING
    grid = np.stack(np.meshgrid(*[_GRID] * space.channels, indexing="ij"), axis=-1).reshape(-1, space.channels)
    try:
        seen = np.clip(_grey_or_colour(grid, profile), 0, 1)
    except Exception:  # whatever a hostile profile makes of the library
        return _Verdict.USELESS
    if not np.isfinite(seen).all() or profile_name(profile) is None:
        return _Verdict.USELESS
    same = space is not ColourSpace.CMYK and np.abs(seen - grid / 65535).max() <= _SAME_COLOUR
    return _Verdict.SRGB if same else _Verdict.OTHER


def _grey_or_colour(pixels: NDArray[Any], profile: bytes) -> NDArray[np.float32]:
    """(N, 1), (N, 3) or (N, 4) integers of full range to (N, 3) sRGB; grey pictures may have a profile for RGB."""
    if pixels.shape[1] == 1:
        return to_srgb(np.repeat(pixels, 3, axis=1) if profile_space(profile) is ColourSpace.RGB else pixels, profile)
    return to_srgb(pixels, profile)


def _by_profile(samples: Samples, profile: bytes) -> _Convert:
    """What makes sRGB of strips (h, W) or (h, W, C) of these samples."""

    def convert(strip: NDArray[Any]) -> NDArray[np.float32]:
        flat = _full_range(strip, samples.maximum).reshape(-1, samples.space.channels)
        return _grey_or_colour(flat, profile).reshape(*strip.shape[:2], 3)

    if samples.space is not ColourSpace.GREY:
        return convert
    # There are few greys: each is converted once, precisely, however many pixels have it.
    table = _grey_or_colour(_full_range(np.arange(samples.maximum + 1)[:, np.newaxis], samples.maximum), profile)
    return lambda strip: table[strip]


def _full_range(pixels: NDArray[Any], maximum: int) -> NDArray[Any]:
    """The same colours in all values that the type has; odd depths become 16 bit."""
    if pixels.dtype.kind == "u" and maximum == np.iinfo(pixels.dtype).max:
        return pixels
    return np.asarray(np.rint(pixels * (65535 / maximum)), np.uint16)


def _as_it_is(strip: NDArray[Any], maximum: int) -> NDArray[np.float32]:
    scaled = np.divide(strip, np.float32(maximum), dtype=np.float32)
    return scaled if scaled.ndim == 3 else np.repeat(scaled[..., np.newaxis], 3, axis=2)


def _ink_to_light(strip: NDArray[Any], maximum: int) -> NDArray[np.float32]:
    """Each ink takes away the light of its complement, black takes from all."""
    light: NDArray[np.float32] = 1 - np.divide(strip, np.float32(maximum), dtype=np.float32)
    return light[..., :3] * light[..., 3:]


def _in_strips(samples: Samples, convert: _Convert) -> FloatImage:
    """The whole picture, converted a few rows at a time and clipped to [0, 1]."""
    height, width = samples.pixels.shape[:2]
    result = np.empty((height, width, 3), np.float32)
    step = max(1, _STRIP_PIXELS // max(1, width))
    for top in range(0, height, step):
        rows = slice(top, top + step)
        np.clip(convert(samples.pixels[rows]), 0, 1, out=result[rows])
    return result


def _gamut_notes(samples: Samples, profile: bytes) -> tuple[str, ...]:
    """A note if the conversion clips many pixels, judged by an even sample of them."""
    if samples.space is ColourSpace.GREY:
        return ()
    height, width = samples.pixels.shape[:2]
    step = int(np.ceil(np.sqrt(height * width / _GAMUT_SAMPLE)))
    sample = samples.pixels[::step, ::step].reshape(-1, samples.space.channels)
    # 16 bit, as only these are converted without clipping.
    seen = to_srgb(np.rint(sample * (65535 / samples.maximum)).astype(np.uint16), profile)
    share = float(np.mean(((seen < -_VISIBLE) | (seen > 1 + _VISIBLE)).any(axis=1)))
    if share <= _MUCH_CLIPPED:
        return ()
    return (f"{share:.0%} of its pixels have colours that sRGB cannot hold; they were clipped",)
