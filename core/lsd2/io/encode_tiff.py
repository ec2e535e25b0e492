"""TIFF files of 16 bits, written here: of the libraries at hand none keeps GPS and maker notes.

The parent's EXIF block is the file's head, so that every offset inside it stays true; strips follow, and the directory
that names them all comes last.

References
----------
TIFF 6.0, sections 2, 3, 6 (RGB), 14 (predictor); TIFF Technical Note 2 of Adobe (Deflate); TIFF/EP for XMP and IPTC.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import imagecodecs
import numpy as np
from numpy.typing import NDArray

from lsd2.io.carried import Carried
from lsd2.io.exif_directory import (
    BYTE,
    LONG,
    SHORT,
    UNDEFINED,
    Field,
    append,
    append_directory,
    number_field,
    placed,
    set_first_directory,
    short_field,
)

_LAYOUT = frozenset((254, 255, *range(256, 260), 262, *range(263, 270), 273, 277, 278, 279, 284, *range(288, 294)))
_LAYOUT |= frozenset((317, 320, *range(322, 326), 330, 338, 339, 340, 341, 347, *range(512, 534)))
"""Tags that say how a file stores its pixels: the parent's are not true for the result."""
_WIDTH, _LENGTH, _BITS, _COMPRESSION, _PHOTOMETRIC = 256, 257, 258, 259, 262
_STRIPS, _SAMPLES, _ROWS, _SIZES, _PLANAR, _PREDICTOR = 273, 277, 278, 279, 284, 317
_XMP, _IPTC, _ICC = 700, 33723, 34675
_RGB, _INTERLEAVED, _DEFLATE, _HORIZONTAL = 2, 1, 8, 2
_STRIP_BYTES = 2**20
_LEVEL = 5


def encode_tiff(pixels: NDArray[np.uint16], carried: Carried, icc_profile: bytes) -> bytes:
    """The bytes of a TIFF file of (H, W, 3) uint16 pixels in the numbers of `icc_profile`, deflated with predictor."""
    exif = carried.exif
    order = exif.order
    height, width = pixels.shape[:2]
    rows = max(1, min(height, _STRIP_BYTES // (width * 6)))
    file = bytearray(exif.body)
    places, sizes = [], []
    for strip in _packed(pixels, rows, order):
        places.append(append(file, strip))
        sizes.append(len(strip))
    fields = [field for field in exif.fields if field.tag not in _LAYOUT]
    fields += [
        number_field(order, _WIDTH, width),
        number_field(order, _LENGTH, height),
        placed(file, order, _BITS, SHORT, struct.pack(order + "3H", 16, 16, 16)),
        short_field(order, _COMPRESSION, _DEFLATE),
        short_field(order, _PHOTOMETRIC, _RGB),
        placed(file, order, _STRIPS, LONG, struct.pack(f"{order}{len(places)}I", *places)),
        short_field(order, _SAMPLES, 3),
        number_field(order, _ROWS, rows),
        placed(file, order, _SIZES, LONG, struct.pack(f"{order}{len(sizes)}I", *sizes)),
        short_field(order, _PLANAR, _INTERLEAVED),
        short_field(order, _PREDICTOR, _HORIZONTAL),
        *_metadata(file, order, carried, icc_profile),
    ]
    set_first_directory(file, order, append_directory(file, order, fields))
    return bytes(file)


def _metadata(file: bytearray, order: str, carried: Carried, icc_profile: bytes) -> Iterator[Field]:
    blocks = ((_XMP, BYTE, carried.xmp), (_IPTC, LONG, _padded(carried.iptc)), (_ICC, UNDEFINED, icc_profile))
    return (placed(file, order, tag, kind, data) for tag, kind, data in blocks if data is not None)


def _padded(record: bytes | None) -> bytes | None:
    """To whole 32-bit numbers, as which readers expect the bytes."""
    return None if record is None else record + bytes(-len(record) % 4)


def _packed(pixels: NDArray[np.uint16], rows: int, order: str) -> Iterator[bytes]:
    """The strips of some rows each: differences of neighbours, in the file's byte order, deflated."""

    def pack(top: int) -> bytes:
        strip = pixels[top : top + rows]
        differences = strip.copy()
        differences[:, 1:] -= strip[:, :-1]
        return bytes(imagecodecs.zlib_encode(differences.astype(order + "u2").tobytes(), level=_LEVEL))

    with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
        yield from pool.map(pack, range(0, pixels.shape[0], rows))
