"""PNG files of 16 bits: pixels by libpng through imagecodecs, chunks of metadata by hand.

References
----------
W3C, Portable Network Graphics (PNG) Specification (Third Edition), sections 5.6 (order of chunks) and 11.3.
XMP Specification Part 3, section 1.1.5; ImageMagick's raw profiles, which all programs use that keep IPTC in PNG.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

import imagecodecs
import numpy as np
from numpy.typing import NDArray

from lsd2.io.carried import Carried
from lsd2.io.decoders.png import IPTC_KEYWORD, XMP_KEYWORD
from lsd2.io.iptc import as_resource

_HEAD = 8 + 25
"""Bytes of a PNG file's signature and IHDR chunk."""
_LEVEL = 4
"""zlib level: higher ones take longer and save nothing on photographic noise."""
_DIGITS_IN_A_LINE = 72


def encode_png(pixels: NDArray[np.uint16], carried: Carried, icc_profile: bytes) -> bytes:
    """The bytes of a PNG file of (H, W, 3) uint16 pixels, in the numbers of `icc_profile`."""
    bare = bytes(imagecodecs.png_encode(pixels, level=_LEVEL))
    return b"".join([bare[:_HEAD], *_chunks(carried, icc_profile), bare[_HEAD:]])


def _chunks(carried: Carried, icc_profile: bytes) -> Iterator[bytes]:
    yield _chunk(b"iCCP", b"ICC\0\0" + zlib.compress(icc_profile))
    yield _chunk(b"eXIf", carried.exif.block())
    if carried.xmp is not None:
        # Not compressed, in no language: programs find the packet by its first bytes.
        yield _chunk(b"iTXt", XMP_KEYWORD + b"\0\0\0\0\0" + carried.xmp)
    if carried.iptc is not None:
        yield _chunk(b"zTXt", IPTC_KEYWORD + b"\0\0" + zlib.compress(_raw_profile(as_resource(carried.iptc))))


def _raw_profile(data: bytes) -> bytes:
    digits = data.hex()
    lines = [digits[start : start + _DIGITS_IN_A_LINE] for start in range(0, len(digits), _DIGITS_IN_A_LINE)]
    return "\n".join(["", "iptc", f"{len(data):8d}", *lines, ""]).encode("ascii")


def _chunk(kind: bytes, contents: bytes) -> bytes:
    return struct.pack(">I", len(contents)) + kind + contents + struct.pack(">I", zlib.crc32(kind + contents))
