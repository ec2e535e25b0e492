"""WebP files: chunks read here, pixels by libwebp through imagecodecs, which refuses files that end too early.

References
----------
RFC 9649, sections 2 and 3.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

import imagecodecs

from lsd2.io.decoders.base import INCOMPLETE, ColourSpace, Decoder, Header, Samples

_ALPHA_FLAG, _ANIMATION_FLAG = 0x10, 0x02
_LOSSLESS_SIGN, _LOSSY_START = 0x2F, b"\x9d\x01\x2a"
_EXIF_PREFIX = b"Exif\0\0"
_ANIMATION = "is an animation: save one picture of it as PNG or JPEG first"


def header(data: bytes) -> Header:
    chunks: dict[bytes, memoryview] = {}
    for kind, contents in _chunks(data):
        chunks.setdefault(kind, contents)
    flags = chunks[b"VP8X"][0] if b"VP8X" in chunks else 0
    width, height, transparent = _size(chunks)
    transparent = transparent or bool(flags & _ALPHA_FLAG)
    exif, xmp, profile = (chunks.get(kind) for kind in (b"EXIF", b"XMP ", b"ICCP"))
    whole = struct.unpack_from("<I", data, 4)[0] + 8 <= len(data)
    return Header(
        width=width,
        height=height,
        bit_depth=8,
        channels=4 if transparent else 3,
        space=ColourSpace.RGB,
        exif=None if exif is None else bytes(exif).removeprefix(_EXIF_PREFIX),
        xmp=None if xmp is None else bytes(xmp),
        icc_profile=None if profile is None else bytes(profile),
        notes=("transparency was dropped",) * transparent,
        problem=_ANIMATION if flags & _ANIMATION_FLAG else None if whole else INCOMPLETE,
    )


def _chunks(data: bytes) -> Iterator[tuple[bytes, memoryview]]:
    """(type, contents) of every whole chunk, and of the first bytes of one that is cut."""
    view, position = memoryview(data), 12
    while position + 8 <= len(data):
        (length,) = struct.unpack_from("<I", data, position + 4)
        yield data[position : position + 4], view[position + 8 : position + 8 + length]
        position += 8 + length + length % 2


def _size(chunks: dict[bytes, memoryview]) -> tuple[int, int, bool]:
    """(width, height, whether lossless data has transparency) of the canvas, or of the only picture."""
    if b"VP8X" in chunks:
        sides = bytes(chunks[b"VP8X"][4:10])
        return int.from_bytes(sides[:3], "little") + 1, int.from_bytes(sides[3:6], "little") + 1, False
    if b"VP8 " in chunks and chunks[b"VP8 "][3:6] == _LOSSY_START:
        width, height = struct.unpack_from("<HH", chunks[b"VP8 "], 6)
        return width & 0x3FFF, height & 0x3FFF, False
    if b"VP8L" in chunks and chunks[b"VP8L"][0] == _LOSSLESS_SIGN:
        (bits,) = struct.unpack_from("<I", chunks[b"VP8L"], 1)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, bool(bits >> 28 & 1)
    raise ValueError("no WebP picture in it")


def samples(data: bytes, header: Header) -> Samples:
    return Samples(imagecodecs.webp_decode(data)[..., :3], maximum=255)


def _recognises(head: bytes) -> bool:
    return head.startswith(b"RIFF") and head[8:12] == b"WEBP"


DECODER = Decoder("WebP", _recognises, header, samples)
