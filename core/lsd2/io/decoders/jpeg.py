"""JPEG files, by Pillow: of the decoders at hand it alone refuses a file that ends too early."""

from __future__ import annotations

from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import JpegImagePlugin
from PIL.Image import Image

from lsd2.io import iptc
from lsd2.io.decoders.base import INCOMPLETE, ColourSpace, Decoder, Header, Samples
from lsd2.io.exif_carry import says_adobe_rgb
from lsd2.io.rgb_spaces import ADOBE_RGB, profile_of

_EXIF_PREFIX = b"Exif\0\0"
_SPACES = {"L": ColourSpace.GREY, "RGB": ColourSpace.RGB, "CMYK": ColourSpace.CMYK}
_BAND_ROWS = 64
_END_OF_IMAGE = b"\xff\xd9"
_START_OF_SCAN = 0xDA
_WITHOUT_LENGTH = (0x00, 0x01, *range(0xD0, 0xD9), 0xFF)
"""Second bytes of markers that no length follows, of stuffing and of fill bytes (ITU T.81, B.1.1)."""


def _open(data: bytes) -> JpegImagePlugin.JpegImageFile:
    # The plug-in's class itself: `Image.open` has a size limit of its own, and makes something else of MPO files.
    return JpegImagePlugin.JpegImageFile(BytesIO(data))


def header(data: bytes) -> Header:
    with _open(data) as image:
        exif = image.info.get("exif")
        return Header(
            width=image.width,
            height=image.height,
            bit_depth=8,
            channels=_SPACES[image.mode].channels,
            space=_SPACES[image.mode],
            exif=exif.removeprefix(_EXIF_PREFIX) if exif else None,
            xmp=_bytes(image.info.get("xmp")),
            iptc=_bytes(image.info.get("photoshop", {}).get(iptc.RESOURCE_ID)),
            icc_profile=image.info.get("icc_profile") or _option_profile(image.mode, exif),
            problem=_problem(data, image),
        )


def _option_profile(mode: str, exif: bytes | None) -> bytes | None:
    """Cameras that are set to Adobe RGB may say so in the EXIF data alone."""
    if mode != "RGB" or exif is None or not says_adobe_rgb(exif.removeprefix(_EXIF_PREFIX)):
        return None
    return profile_of(ADOBE_RGB)


def _bytes(value: object) -> bytes | None:
    return value if isinstance(value, bytes) and value else None


def _problem(data: bytes, image: JpegImagePlugin.JpegImageFile) -> str | None:
    start = start_of_scan(data)
    # Huffman codes take at least a bit for each block of 8 x 8; a tiny file that claims more decodes to grey.
    if 8 * (len(data) - start) < image.width * image.height // 64:
        return INCOMPLETE
    # A download that broke off into a preallocated file ends in zeros, which decode to grey without an error.
    return INCOMPLETE if data.find(_END_OF_IMAGE, start) < 0 else None


def start_of_scan(data: bytes) -> int:
    """Where the compressed pixels begin; thumbnails inside the segments before have scans and ends of their own."""
    position = data.find(b"\xff", 2)
    while position >= 0 and position + 4 <= len(data):
        marker = data[position + 1]
        if marker == _START_OF_SCAN:
            return position
        bare = marker in _WITHOUT_LENGTH
        length = 1 if bare else 2 + int.from_bytes(data[position + 2 : position + 4], "big")
        position = data.find(b"\xff", position + length)
    return len(data)


def samples(data: bytes, header: Header) -> Samples:
    with _open(data) as image:
        return Samples(_pixels(image), maximum=255)


def _pixels(image: Image) -> NDArray[np.uint8]:
    """uint8 (H, W) or (H, W, C): a few rows at a time, for Pillow hands over a whole picture by way of two copies."""
    width, height, channels = image.width, image.height, len(image.getbands())
    image.load()
    pixels = np.empty((height, width, channels) if channels > 1 else (height, width), np.uint8)
    for top in range(0, height, _BAND_ROWS):
        bottom = min(top + _BAND_ROWS, height)
        pixels[top:bottom] = np.asarray(image.crop((0, top, width, bottom)))
    return pixels


DECODER = Decoder("JPEG", lambda head: head.startswith(b"\xff\xd8\xff"), header, samples)
