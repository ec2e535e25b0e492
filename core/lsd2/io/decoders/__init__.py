"""The file formats that can be read.  A new one is one new file here and one line in `DECODERS`."""

from __future__ import annotations

import logging

from lsd2.io.decoders import avif, heic, jpeg, png, raw, tiff, webp
from lsd2.io.decoders.base import Decoder, Header, Samples

__all__ = [
    "DECODERS",
    "Decoder",
    "Header",
    "Samples",
    "decoder_for",
    "name_of_foreign_format",
    "raw_preview",
    "refined",
]

DECODERS: tuple[Decoder, ...] = (
    jpeg.DECODER,
    png.DECODER,
    # Raw files that say so in their first bytes; most begin as TIFF files do.
    raw.DECODER,
    tiff.DECODER,
    webp.DECODER,
    # Before HEIC: some AVIF files have the brand of both among theirs.
    avif.DECODER,
    heic.DECODER,
)

_FOREIGN: tuple[tuple[int, bytes, str], ...] = (
    (4, b"ftyp", "a video or another media file"),
    (0, b"GIF8", "a GIF picture"),
    (0, b"BM", "a BMP picture"),
    (0, b"\0\0\1\0", "an icon"),
    (0, b"8BPS", "a Photoshop file"),
    (0, b"\0\0\0\x0cjP  ", "a JPEG 2000 picture"),
    (0, b"\xff\x0a", "a JPEG XL picture"),
    (0, b"\0\0\0\x0cJXL ", "a JPEG XL picture"),
    (0, b"%PDF", "a PDF document"),
    (0, b"PK\3\4", "a ZIP archive"),
)
"""(offset, bytes, name) of formats that cannot be read, so that the message can say what the file is."""

# These libraries log every oddity of a damaged file; what matters of it is in the one line that the user gets.
for _library in ("tifffile", "imagecodecs", "PIL"):
    logging.getLogger(_library).setLevel(logging.CRITICAL)


def decoder_for(head: bytes) -> Decoder | None:
    """The decoder for a file that begins with `head`; names and suffixes do not count."""
    return next((decoder for decoder in DECODERS if decoder.recognises(head)), None)


def raw_preview(decoder: Decoder, data: bytes) -> tuple[bytes, int] | None:
    """The camera's own JPEG in a raw file, and its EXIF orientation; None if there is none."""
    return raw.preview(data) if decoder is raw.DECODER else None


def refined(decoder: Decoder, data: bytes) -> Decoder:
    """The decoder for the whole file `data`, of which `decoder` recognised the head: TIFF files may be camera raws."""
    return raw.DECODER if decoder is tiff.DECODER and tiff.is_raw(data) else decoder


def name_of_foreign_format(head: bytes) -> str | None:
    """What a file that begins with `head` is, if it is of a known format that cannot be read."""
    return next((name for offset, magic, name in _FOREIGN if head[offset:].startswith(magic)), None)
