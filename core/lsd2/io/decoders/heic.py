"""HEIC and HEIF files, by libheif through pi_heif: upright already, with their profile and their EXIF block.

The container says how the picture is to be turned, and libheif does so; the orientation in the EXIF block repeats it
and must not be applied again.

References
----------
ISO/IEC 23008-12, sections 6.5.10 and 6.5.12, and annex A.2.1 (Exif).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pi_heif

from lsd2.io.decoders.base import Decoder, Header, Samples, size_problem
from lsd2.io.decoders.boxes import (
    brands,
    check_item_names,
    coded_colour_notes,
    coded_profile,
    coded_sizes,
    colour_space,
)
from lsd2.io.orientation import UPRIGHT

_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"mif1")
_EXIF_PREFIX = b"Exif\0\0"
_CHANNELS = {"L": 1, "LA": 2, "La": 2, "RGB": 3, "RGBA": 4, "RGBa": 4}


def _primary(data: bytes) -> Any:
    """The main picture, not decoded yet; thumbnails, depth maps and further ones are left alone."""
    check_item_names(data)
    file = pi_heif.open_heif(data, convert_hdr_to_8bit=False)
    return file[file.primary_index]


def header(data: bytes) -> Header:
    image = _primary(data)
    channels = _CHANNELS[image.mode.partition(";")[0]]
    width, height = image.size
    exif, profile = image.info.get("exif"), image.info.get("icc_profile")
    coded = image.info.get("nclx_profile")
    return Header(
        width=width,
        height=height,
        bit_depth=image.info["bit_depth"],
        channels=channels,
        space=colour_space(channels),
        exif=exif.removeprefix(_EXIF_PREFIX) if exif else None,
        xmp=image.info.get("xmp") or None,
        icc_profile=profile
        or (coded_profile(coded["color_primaries"], coded["transfer_characteristics"]) if coded else None),
        orientation=UPRIGHT,
        notes=("transparency was dropped",) * (channels in (2, 4))
        + (
            coded_colour_notes(coded["color_primaries"], coded["transfer_characteristics"])
            if coded and not profile
            else ()
        ),
        # What is seen may be a small part, cropped from much more that would have to be decoded.
        problem=next(filter(None, (size_problem(*size) for size in coded_sizes(data))), None),
    )


def samples(data: bytes, header: Header) -> Samples:
    image = _primary(data)
    # A copy: the library's array is a view of memory that goes with the picture.
    pixels = np.array(image)
    if pixels.shape[:2] != (header.height, header.width):
        raise ValueError(f"{pixels.shape[1]} x {pixels.shape[0]} pixels where {header.width} x {header.height} belong")
    if pixels.ndim == 3:
        pixels = pixels[..., :3] if pixels.shape[2] > 2 else pixels[..., 0]
    # More than 8 bits are moved up to the top of 16.
    unused = (8 if pixels.dtype.itemsize == 1 else 16) - header.bit_depth
    return Samples(pixels, maximum=(2**header.bit_depth - 1) << unused)


def _recognises(head: bytes) -> bool:
    return any(brand in _BRANDS for brand in brands(head))


DECODER = Decoder("HEIC", _recognises, header, samples)
