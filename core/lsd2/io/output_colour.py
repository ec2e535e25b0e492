"""From display images to the numbers of the profile that a result is written in."""

from __future__ import annotations

import numpy as np

from lsd2.errors import PhotoWriteError
from lsd2.io.icc import from_srgb, is_writable, profile_name, srgb_profile
from lsd2.io.rgb_spaces import DISPLAY_P3, profile_of
from lsd2.options import OutputProfile
from lsd2.photo import FloatImage, Photo

_STRIP_PIXELS = 2**18


def output_profile(choice: OutputProfile, parent: Photo | None) -> bytes:
    """The ICC profile that a result is written in.

    Raises
    ------
    PhotoWriteError
        When the parent's own profile is asked for and no colour can be given its numbers (CMYK, grey, input only).
    """
    if choice is OutputProfile.DISPLAY_P3:
        return profile_of(DISPLAY_P3)
    source = parent.icc_profile if parent is not None and choice is OutputProfile.SOURCE else None
    if source is None:
        return srgb_profile()
    if not is_writable(source):
        name = profile_name(source) or "its colour profile, which is damaged"
        raise PhotoWriteError(f"results cannot be written in {name}: choose srgb or p3 as the output profile")
    return source


def in_profile(pixels: FloatImage, profile: bytes) -> FloatImage:
    """A display image (H, W, 3) as the numbers of a profile; the image itself if that is sRGB's."""
    if profile == srgb_profile():
        return pixels
    result = np.empty_like(pixels)
    step = max(1, _STRIP_PIXELS // max(1, pixels.shape[1]))
    for top in range(0, pixels.shape[0], step):
        strip = np.clip(pixels[top : top + step], 0, 1)
        result[top : top + step] = from_srgb(strip.reshape(-1, 3), profile).reshape(strip.shape)
    return result
