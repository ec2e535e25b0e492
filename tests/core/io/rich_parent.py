"""Parents with all metadata that a camera and a photo manager write, made by hand.  For tests only."""

from __future__ import annotations

import struct
from fractions import Fraction
from io import BytesIO

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tests.core.io.tiff_files import (
    ASCII,
    BYTE,
    EXIF_IFD,
    GPS_IFD,
    LONG,
    RATIONAL,
    SHORT,
    SRATIONAL,
    UNDEFINED,
    Ifd,
    tiff,
)

MAKER_NOTE = b"ACME\0\1\2maker's own data" * 3
XMP = b"""<?xpacket begin='\xef\xbb\xbf' id='W5M0MpCehiHzreSzNTczkc9d'?>
<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>
<rdf:Description rdf:about='' xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:tiff='http://ns.adobe.com/tiff/1.0/'
 xmlns:exif='http://ns.adobe.com/exif/1.0/' xmlns:xmp='http://ns.adobe.com/xap/1.0/' tiff:Orientation='6'
 exif:GPSLatitude='47,22.503N' xmp:Rating='4'>
<dc:subject><rdf:Bag><rdf:li>n\xc3\xa4chtlich</rdf:li></rdf:Bag></dc:subject>
<exif:GPSLongitude>8,32.5E</exif:GPSLongitude><exif:PixelXDimension>4000</exif:PixelXDimension>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end='w'?>"""


def _iptc(*fields: tuple[int, bytes]) -> bytes:
    return b"".join(b"\x1c\x02" + struct.pack(">BH", number, len(text)) + text for number, text in fields)


IPTC = _iptc((0, b"\0\4"), (25, b"night"), (80, b"A. Photographer"), (116, b"(c) A. Photographer"))
GPS = Ifd(
    {
        0: (BYTE, bytes([2, 3, 0, 0])),
        1: (ASCII, "N"),
        2: (RATIONAL, [Fraction(47), Fraction(22), Fraction(3018, 100)]),
        3: (ASCII, "W"),
        4: (RATIONAL, [Fraction(8), Fraction(32), Fraction(30)]),
        5: (BYTE, bytes([0])),
        6: (RATIONAL, Fraction(4081, 10)),
    }
)


def exif(orientation: int = 6, order: str = "<") -> bytes:
    """An EXIF block with maker notes, position, interoperability and a thumbnail."""
    inner = Ifd(
        {
            0x829A: (RATIONAL, Fraction(1, 4)),
            0x829D: (RATIONAL, Fraction(28, 10)),
            0x8827: (SHORT, 400),
            0x9000: (UNDEFINED, b"0232"),
            0x9003: (ASCII, "2024:05:01 21:03:04"),
            0x9004: (ASCII, "2024:05:01 21:03:04"),
            0x9204: (SRATIONAL, Fraction(-1, 3)),
            0x920A: (RATIONAL, Fraction(35)),
            0x9291: (ASCII, "25"),
            0x927C: (UNDEFINED, MAKER_NOTE),
            0xA001: (SHORT, 1),
            0xA002: (LONG, 4000),
            0xA003: (LONG, 3000),
            0xA434: (ASCII, "35mm F2"),
        },
        {0xA005: [Ifd({1: (ASCII, "R98"), 2: (UNDEFINED, b"0100")})]},
    )
    root = Ifd(
        {
            0x010F: (ASCII, "Acme Optical"),
            0x0110: (ASCII, "Acme One"),
            0x0112: (SHORT, orientation),
            0x011A: (RATIONAL, Fraction(300)),
            0x011B: (RATIONAL, Fraction(300)),
            0x0128: (SHORT, 2),
            0x0131: (ASCII, "Acme firmware 1.0"),
            0x0132: (ASCII, "2024:05:01 21:03:05"),
            0x013B: (ASCII, "A. Photographer"),
        },
        {EXIF_IFD: [inner], GPS_IFD: [GPS]},
    )
    small = cv2.imencode(".jpg", np.zeros((12, 16, 3), np.uint8))[1].tobytes()
    thumbnail = Ifd({0x0103: (SHORT, 6), 0x0202: (LONG, len(small))})
    # Its place is only known once the block is laid out.
    draft = tiff(root, order, thumbnail)
    thumbnail.tags = {**thumbnail.tags, 0x0201: (LONG, len(draft) + 12)}
    return tiff(root, order, thumbnail).ljust(len(draft) + 12, b"\0") + small


def jpeg(pixels: NDArray[np.uint8], profile: bytes, orientation: int = 6, order: str = "<") -> bytes:
    """A JPEG of (H, W, 3) pixels as stored, with everything."""
    file = BytesIO()
    block = b"Exif\0\0" + exif(orientation, order)
    Image.fromarray(pixels).save(file, "JPEG", quality=95, exif=block, icc_profile=profile, xmp=XMP)
    data = file.getvalue()
    resource = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(IPTC)) + IPTC + bytes(len(IPTC) % 2)
    segment = b"Photoshop 3.0\0" + resource
    start = 4 + struct.unpack_from(">H", data, 4)[0]
    return data[:start] + b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment + data[start:]


def png16(pixels: NDArray[np.uint16], profile: bytes) -> bytes:
    """A PNG of 16 bits, upright as PNG files are, with EXIF, XMP and a profile, written by OpenCV and by hand."""
    import zlib

    def chunk(kind: bytes, contents: bytes) -> bytes:
        return struct.pack(">I", len(contents)) + kind + contents + struct.pack(">I", zlib.crc32(kind + contents))

    bare = cv2.imencode(".png", pixels[..., ::-1])[1].tobytes()
    extra = chunk(b"iCCP", b"made by hand\0\0" + zlib.compress(profile)) + chunk(b"eXIf", exif(1))
    extra += chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP)
    digits = (b"8BIM\x04\x04\0\0" + struct.pack(">I", len(IPTC)) + IPTC + bytes(len(IPTC) % 2)).hex()
    text = f"\niptc\n{len(digits) // 2:8d}\n{digits}\n".encode()
    extra += chunk(b"zTXt", b"Raw profile type iptc\0\0" + zlib.compress(text))
    return bare[:33] + extra + bare[33:]
