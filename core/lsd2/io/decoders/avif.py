"""AVIF files: the container by Pillow, pixels by libavif through imagecodecs, which keeps 10 and 12 bits.

References
----------
AV1 Codec ISO Media File Format Binding, section 2.3.3 (av1C); ISO/IEC 23008-12, sections 6.5.10 and 6.5.12.
"""

from __future__ import annotations

import struct
from io import BytesIO

import imagecodecs
from PIL import AvifImagePlugin

from lsd2.io.decoders.base import Decoder, Header, Samples
from lsd2.io.decoders.boxes import brands, coded_colour_notes, coded_profile, colour_space
from lsd2.io.metadata import valid_orientation

_EXIF_PREFIX = b"Exif\0\0"
_ORIENTATION = 0x0112
_HIGH_DEPTH_FLAG, _TWELVE_BIT_FLAG = 0x40, 0x20
_CHANNELS = {"L": 1, "LA": 2, "RGB": 3, "RGBA": 4}


def header(data: bytes) -> Header:
    # The plug-in's class itself: `Image.open` has a size limit of its own.
    with AvifImagePlugin.AvifImageFile(BytesIO(data)) as image:
        exif, profile = image.info.get("exif"), image.info.get("icc_profile")
        channels = _CHANNELS[image.mode]
        return Header(
            width=image.width,
            height=image.height,
            bit_depth=_bit_depth(data),
            channels=channels,
            space=colour_space(channels),
            exif=exif.removeprefix(_EXIF_PREFIX) if exif else None,
            xmp=image.info.get("xmp") or None,
            icc_profile=profile or _coded_profile(data),
            # Of the container's own turns and mirrors, which Pillow reports in place of the EXIF block's.
            orientation=valid_orientation(image.getexif().get(_ORIENTATION)),
            notes=("transparency was dropped",) * (channels in (2, 4))
            + ("it holds several pictures; the first was read",) * (image.n_frames > 1)
            + (() if profile else _colour_notes(data)),
        )


def _bit_depth(data: bytes) -> int:
    """Of the first AV1 configuration record, which is the picture's."""
    flags = data[data.index(b"av1C") + 6]
    if not flags & _HIGH_DEPTH_FLAG:
        return 8
    return 12 if flags & _TWELVE_BIT_FLAG else 10


def _coded(data: bytes) -> tuple[int, int] | None:
    """The code numbers of primaries and curve."""
    position = data.find(b"colrnclx")
    if not 0 <= position <= len(data) - 12:
        return None
    primaries, transfer = struct.unpack_from(">HH", data, position + 8)
    return primaries, transfer


def _colour_notes(data: bytes) -> tuple[str, ...]:
    coded = _coded(data)
    return () if coded is None else coded_colour_notes(*coded)


def _coded_profile(data: bytes) -> bytes | None:
    coded = _coded(data)
    return None if coded is None else coded_profile(*coded)


def samples(data: bytes, header: Header) -> Samples:
    pixels = imagecodecs.avif_decode(data, index=0)
    if pixels.ndim == 3:
        pixels = pixels[..., :3] if pixels.shape[2] > 2 else pixels[..., 0]
    return Samples(pixels, maximum=2**header.bit_depth - 1)


def _recognises(head: bytes) -> bool:
    return any(brand in (b"avif", b"avis") for brand in brands(head))


DECODER = Decoder("AVIF", _recognises, header, samples)
