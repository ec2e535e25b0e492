"""ICC profiles, by Little CMS: what they are called, and what sRGB numbers stand for the numbers of a file.

References
----------
ICC.1:2022 (Profile version 4.4), section 7.2 for the header.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import Any

import imagecodecs
import numpy as np
from numpy.typing import NDArray
from PIL import ImageCms

from lsd2.io.decoders.base import ColourSpace

_SPACES = {b"GRAY": ColourSpace.GREY, b"RGB ": ColourSpace.RGB, b"CMYK": ColourSpace.CMYK}
_BY_CHANNELS = {space.channels: space for space in ColourSpace}
_INTENT = imagecodecs.CMS.INTENT.RELATIVE_COLORIMETRIC
_FLAGS = imagecodecs.CMS.FLAGS.BLACKPOINTCOMPENSATION
_CREATION_DATE = slice(24, 36)
_FIXED_DATE = bytes.fromhex("07cf 000a 0012 0000 0000 0000")
"""Of IEC 61966-2-1, which defines sRGB; the library would write the time of the call, and no two results were alike."""


@lru_cache(maxsize=1)
def srgb_profile() -> bytes:
    """The profile that results carry: always the same bytes."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[_CREATION_DATE] = _FIXED_DATE
    return bytes(profile)


def profile_name(profile: bytes) -> str | None:
    """The description inside an ICC profile; None if this is no profile."""
    try:
        opened = ImageCms.ImageCmsProfile(BytesIO(profile))
        written = ImageCms.getProfileDescription(opened)
    except Exception:  # whatever a hostile profile makes of the library
        return None
    printable = "".join(sign if sign.isprintable() else " " for sign in written)
    return " ".join(printable.split())[:60] or "unnamed"


def profile_space(profile: bytes) -> ColourSpace | None:
    """To which numbers this profile gives meaning; None if to others than grey, RGB or CMYK."""
    return _SPACES.get(bytes(profile[16:20]))


def is_writable(profile: bytes) -> bool:
    """Whether colours can be given the numbers of this profile: it is one for RGB, and not only for the way in."""
    try:
        from_srgb(np.zeros((1, 3), np.float32), profile)
    except Exception:  # whatever an unsuitable profile makes of the library
        return False
    return True


def from_srgb(pixels: NDArray[np.float32], profile: bytes) -> NDArray[np.float32]:
    """What gamma-encoded sRGB is in the numbers of a profile; relative colorimetric with black point compensation.

    Parameters
    ----------
    pixels : (N, 3) float32 in [0, 1].
    profile : raw ICC profile for RGB.

    Returns
    -------
    (N, 3) float32; colours outside the profile's space may lie outside [0, 1].
    """
    if profile_space(profile) is not ColourSpace.RGB:
        raise ValueError("a profile for other than RGB")
    converted = imagecodecs.cms_transform(
        np.ascontiguousarray(pixels)[np.newaxis],
        srgb_profile(),
        profile,
        colorspace=ColourSpace.RGB.value,
        planar=False,
        outcolorspace=ColourSpace.RGB.value,
        outplanar=False,
        outdtype=np.float32,
        intent=_INTENT,
        flags=_FLAGS,
    )[0]
    return np.asarray(converted, np.float32)


def to_srgb(pixels: NDArray[Any], profile: bytes) -> NDArray[np.float32]:
    """Gamma-encoded sRGB, relative colorimetric with black point compensation.

    8 bit takes the library's fast integer way, precise to a third of an 8-bit step; 16 bit its floating-point one.

    Parameters
    ----------
    pixels : (N, 1) grey, (N, 3) RGB or (N, 4) CMYK, uint8 or uint16 of full range; 0 is black, for CMYK no ink.
    profile : raw ICC profile of these channels.

    Returns
    -------
    (N, 3) float32; from 16 bit, colours outside sRGB lie outside [0, 1].

    Raises
    ------
    Exception
        Of the library, for profiles that are damaged or of other channels.
    """
    space = _BY_CHANNELS[pixels.shape[1]]
    if profile_space(profile) is not space:
        raise ValueError(f"a profile for other than {space} channels")
    coarse = pixels.dtype.itemsize == 1
    # One row: a picture of 3 or 4 rows is not to be taken for one of separate planes.
    row = np.ascontiguousarray(pixels if space is not ColourSpace.GREY else pixels[:, 0])[np.newaxis]
    converted = imagecodecs.cms_transform(
        row,
        profile,
        srgb_profile(),
        colorspace=space.value,
        planar=False,
        outcolorspace=ColourSpace.RGB.value,
        outplanar=False,
        outdtype=np.uint16 if coarse else np.float32,
        intent=_INTENT,
        flags=_FLAGS,
    )[0]
    return np.divide(converted, np.float32(65535), dtype=np.float32) if coarse else np.asarray(converted)
