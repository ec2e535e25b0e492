"""What a decoder of a file format is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from lsd2.photo import Development


class ColourSpace(StrEnum):
    """What the channels of a picture are, transparency aside; the names are those of Little CMS."""

    GREY = "gray"
    RGB = "rgb"
    CMYK = "cmyk"

    @property
    def channels(self) -> int:
        return {"gray": 1, "rgb": 3, "cmyk": 4}[self]


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says about its picture before any pixel is decoded.

    Attributes
    ----------
    width, height : as stored, pixels.
    bit_depth : bits per channel.
    channels : stored channels: 1 grey, 3 RGB, 4 CMYK; one more with transparency.
    space : what they are.
    exif : raw EXIF block that starts with its TIFF header.
    xmp : XMP packet.
    iptc : IPTC record.
    icc_profile : raw ICC profile.
    orientation : EXIF orientation where the format itself has one; None is what the EXIF block says.
    notes : what reading the pixels changes or loses, in plain words that complete "the photo: ...".
    problem : why the pixels cannot be read and what to do, in words that complete "<file> ..."; None if they can.
    like : how a camera raw file is to be developed; None is as the camera meant it.
    """

    width: int
    height: int
    bit_depth: int
    channels: int
    space: ColourSpace
    exif: bytes | None = field(default=None, repr=False)
    xmp: bytes | None = field(default=None, repr=False)
    iptc: bytes | None = field(default=None, repr=False)
    icc_profile: bytes | None = field(default=None, repr=False)
    orientation: int | None = None
    notes: tuple[str, ...] = ()
    problem: str | None = None
    like: Development | None = None

    @property
    def refusal(self) -> str | None:
        """Why no memory is to be taken for its pixels, in words as in `problem`; None if they may be decoded."""
        return size_problem(self.width, self.height) or self.problem


@dataclass(frozen=True, slots=True)
class Samples:
    """Decoded pixels in stored orientation, as coded in the file.

    Attributes
    ----------
    pixels : uint8 or uint16, (H, W) grey, (H, W, 3) RGB or (H, W, 4) CMYK.
    maximum : what stands for 1.0, full light or - in CMYK - full ink.
    display : for each value up to `maximum` the value of the display image, in [0, 1], where the pixels are in linear
        light with the primaries of sRGB; None where they are as the profile says.
    development : how a camera raw file was developed.
    notes : what decoding itself changed, as those of the header.
    """

    pixels: NDArray[np.uint8] | NDArray[np.uint16] = field(repr=False)
    maximum: int
    display: NDArray[np.float32] | None = field(default=None, repr=False)
    development: Development | None = None
    notes: tuple[str, ...] = ()

    @property
    def space(self) -> ColourSpace:
        channels = 1 if self.pixels.ndim == 2 else self.pixels.shape[2]
        return next(space for space in ColourSpace if space.channels == channels)


@dataclass(frozen=True, slots=True)
class Decoder:
    """One file format.  Its functions may raise anything at a damaged file; the caller makes one clear line of it.

    Attributes
    ----------
    name : of the format, for people.
    recognises : tells such a file by its first 64 bytes, or, where these are like those of others, by the whole.
    header : takes the whole file, decodes no pixels.
    samples : takes the whole file and its header.
    """

    name: str
    recognises: Callable[[bytes], bool]
    header: Callable[[bytes], Header]
    samples: Callable[[bytes, Header], Samples]


class UnreadableError(ValueError):
    """The pixels cannot be read; the text says why and what to do, in words that complete "<file> ..."."""


MAX_PIXELS = 200_000_000
"""The largest camera pictures of today (2.4 GB as a display image); a header that claims more is a trap."""
INCOMPLETE = "is incomplete: copy it again from the camera or card"


def size_problem(width: int, height: int) -> str | None:
    """Why a picture of this size is not decoded, in words that complete "<file> ..."; None if it may be."""
    if width < 1 or height < 1:
        return "claims to have no pixels: it is damaged"
    if width * height > MAX_PIXELS:
        size, limit = f"{width} x {height}", MAX_PIXELS // 10**6
        return f"claims to have {size} pixels, above the limit of {limit} megapixels: scale it down first"
    return None
