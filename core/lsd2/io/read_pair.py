"""Both photos of a pair, raw files developed alike."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from lsd2.io.development import linear_light
from lsd2.io.pairing import ev_gap
from lsd2.io.read import read_photo
from lsd2.photo import ExposurePair, Photo

_WELL_EXPOSED = (0.02, 0.7)
"""Linear light of long-frame pixels that tell how much light there was."""
_SAMPLES = 300_000
_FEWEST = 500
_DOUBTFUL_STOPS = 1.0
"""Lamps that flicker and shutters that are named roundly make half a stop; a filter or a flash makes more."""


def read_pair(short: Path, long: Path) -> ExposurePair:
    """Decode a pair.

    Two raw files of one camera are developed by one rule, the long frame's: its white balance, its baseline exposure,
    its scale of linear light.  A note says so where the pictures and the cameras' settings disagree about the light.

    Raises
    ------
    PhotoReadError
        When one of them cannot be read.
    """
    long_photo = read_photo(long)
    short_photo = read_photo(short, long_photo.development)
    notes = short_photo.notes + light_notes(short_photo, long_photo)
    return ExposurePair(replace(short_photo, notes=notes), long_photo)


def light_ratio(short: Photo, long: Photo) -> float | None:
    """How much more light the long frame got, as the pictures of two raw files that were developed alike show it.

    The mean over all pixels that are well exposed in the long frame: noise averages out, and blur and a shift leave the
    mean almost as it is.  None if the two cannot be compared.
    """
    if long.development is None or short.development != long.development or short.pixels.shape != long.pixels.shape:
        return None
    step = max(1, int(np.sqrt(short.width * short.height / _SAMPLES)))
    lights = [linear_light(replace(photo, pixels=photo.pixels[::step, ::step])) for photo in (short, long)]
    dim, bright = (np.zeros(0) if light is None else light.mean(axis=2) for light in lights)
    told = (bright > _WELL_EXPOSED[0]) & (bright < _WELL_EXPOSED[1])
    if told.sum() < _FEWEST or dim[told].mean() <= 0:
        return None
    return float(bright[told].mean() / dim[told].mean())


def light_notes(short: Photo, long: Photo) -> tuple[str, ...]:
    """A note if the pictures show another ratio of exposures than shutter, sensitivity and aperture make."""
    expected, found = ev_gap(short.metadata, long.metadata), light_ratio(short, long)
    if expected is None or found is None or abs(np.log2(found) - expected) <= _DOUBTFUL_STOPS:
        return ()
    settings, pictures = f"{2**expected:.3g}", f"{found:.3g}"
    note = (
        f"by their settings the long photo got {settings} times the light of the short one, by the pictures {pictures}"
    )
    return (f"{note}: check that nothing else changed between them",)
