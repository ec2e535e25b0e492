"""PNG files: chunks read here, pixels by libpng through imagecodecs, which keeps 16 bits and is silent.

References
----------
W3C, Portable Network Graphics (PNG) Specification (Third Edition), sections 5 and 11.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

import imagecodecs

from lsd2.io.decoders.base import INCOMPLETE, ColourSpace, Decoder, Header, Samples
from lsd2.io.decoders.boxes import coded_profile
from lsd2.io.iptc import record_in

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_GREY, _RGB, _PALETTE, _GREY_ALPHA, _RGB_ALPHA = 0, 2, 3, 4, 6
_CHANNELS = {_GREY: 1, _RGB: 3, _PALETTE: 3, _GREY_ALPHA: 2, _RGB_ALPHA: 4}
_LARGEST_PROFILE = 16 * 2**20
"""Bytes a compressed ICC profile may unpack to; the largest in use (lookup tables for print) have a few million."""
XMP_KEYWORD, IPTC_KEYWORD = b"XML:com.adobe.xmp", b"Raw profile type iptc"
_KEYWORDS = (XMP_KEYWORD + b"\0", IPTC_KEYWORD + b"\0")
_LONGEST_KEYWORD = 80
_IPTC_MARKER = b"\x1c"
_SRGB_GAMMA, _GAMMA_TOLERANCE = 45455, 1000
"""The gAMA value that stands for sRGB, 100000 / 2.2, and how far off is still near enough."""


def header(data: bytes) -> Header:
    chunks: dict[bytes, memoryview] = {}
    texts: dict[bytes, bytes] = {}
    for kind, contents in _chunks(data):
        chunks.setdefault(kind, contents)
        if kind in (b"iTXt", b"zTXt", b"tEXt") and contents[:_LONGEST_KEYWORD].tobytes().startswith(_KEYWORDS):
            texts.setdefault(*_text(kind, bytes(contents)))
    if b"IHDR" not in chunks:
        raise ValueError("no PNG header")
    width, height, depth, colour = struct.unpack_from(">IIBB", chunks[b"IHDR"])
    transparent = colour in (_GREY_ALPHA, _RGB_ALPHA) or b"tRNS" in chunks
    exif = chunks.get(b"eXIf")
    return Header(
        width=width,
        height=height,
        bit_depth=8 if colour == _PALETTE else depth,
        channels=_CHANNELS[colour] + (b"tRNS" in chunks),
        space=ColourSpace.GREY if colour in (_GREY, _GREY_ALPHA) else ColourSpace.RGB,
        exif=bytes(exif) if exif is not None else None,
        xmp=texts.get(XMP_KEYWORD) or None,
        iptc=_raw_profile(texts.get(IPTC_KEYWORD)),
        icc_profile=_coded_profile(chunks.get(b"cICP")) or _profile(chunks.get(b"iCCP")),
        notes=("transparency was dropped",) * transparent + _gamma_notes(chunks),
        problem=None if b"IEND" in chunks else INCOMPLETE,
    )


def _chunks(data: bytes) -> Iterator[tuple[bytes, memoryview]]:
    """(type, contents) of every whole chunk; stops at IEND or where the file ends early."""
    view = memoryview(data)
    position = len(_SIGNATURE)
    while position + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, position)
        if position + 12 + length > len(data):
            return
        kind = data[position + 4 : position + 8]
        yield kind, view[position + 8 : position + 8 + length]
        if kind == b"IEND":
            return
        position += 12 + length


def _profile(chunk: memoryview | None) -> bytes | None:
    """The ICC profile of an iCCP chunk (name, zero, method, deflated profile); None if it cannot be unpacked."""
    if chunk is None:
        return None
    _, _, packed = bytes(chunk).partition(b"\0")
    try:
        return zlib.decompressobj().decompress(packed[1:], _LARGEST_PROFILE) or None
    except zlib.error:
        return None


def _text(kind: bytes, contents: bytes) -> tuple[bytes, bytes]:
    """(keyword, text) of a text chunk, unpacked; no text if it cannot be."""
    keyword, _, rest = contents.partition(b"\0")
    packed = kind == b"zTXt"
    if kind == b"iTXt":
        packed = rest[:1] == b"\1"
        # Flag and method of compression, language, translated keyword.
        rest = rest[2:].partition(b"\0")[2].partition(b"\0")[2]
    elif kind == b"zTXt":
        rest = rest[1:]
    try:
        return keyword, zlib.decompressobj().decompress(rest, _LARGEST_PROFILE) if packed else rest
    except zlib.error:
        return keyword, b""


def _raw_profile(text: bytes | None) -> bytes | None:
    """The IPTC record in ImageMagick's way of keeping it: a name, a length, and hexadecimal digits of resources."""
    digits = b"".join((text or b"").split()[2:])
    try:
        data = bytes.fromhex(digits.decode("ascii"))
    except ValueError:
        return None
    return record_in(data) or (data if data.startswith(_IPTC_MARKER) else None)


def _coded_profile(chunk: memoryview | None) -> bytes | None:
    """Of colours told by code numbers, which override all other chunks."""
    return None if chunk is None or len(chunk) != 4 else coded_profile(chunk[0], chunk[1])


def _gamma_notes(chunks: dict[bytes, memoryview]) -> tuple[str, ...]:
    """A gAMA chunk counts only where neither an sRGB nor an iCCP chunk overrides it."""
    if b"gAMA" not in chunks or b"sRGB" in chunks or b"iCCP" in chunks or len(chunks[b"gAMA"]) != 4:
        return ()
    (gamma,) = struct.unpack(">I", chunks[b"gAMA"])
    if abs(gamma - _SRGB_GAMMA) <= _GAMMA_TOLERANCE:
        return ()
    return (f"its gamma of {gamma / 1e5:g} is not applied; its colours are taken as sRGB",)


def samples(data: bytes, header: Header) -> Samples:
    pixels = imagecodecs.png_decode(data)
    if pixels.ndim == 3:
        pixels = pixels[..., 0] if pixels.shape[2] == 2 else pixels[..., :3]
    return Samples(pixels, maximum=65535 if pixels.dtype.itemsize == 2 else 255)


DECODER = Decoder("PNG", lambda head: head.startswith(_SIGNATURE), header, samples)
