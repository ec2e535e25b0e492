"""JPEG files: pixels by libjpeg through Pillow, segments of metadata by hand.

References
----------
ITU T.81, B.1.1; CIPA DC-008 (EXIF 2.32), section 4.7; XMP Specification Part 3, section 1.1.3; ICC.1:2022, annex B.4.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from lsd2.errors import PhotoWriteError
from lsd2.io.carried import LARGEST_SEGMENT, Carried
from lsd2.io.iptc import as_resource
from lsd2.options import Subsampling, WriteOptions

_LONGEST_SIDE = 65500
"""Of libjpeg; the format itself ends at 65535."""
_FULL_CHROMA_QUALITY = 90
_EXIF, _XMP, _IPTC, _ICC = b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0", b"Photoshop 3.0\0", b"ICC_PROFILE\0"
_APP1, _APP2, _APP13 = 0xE1, 0xE2, 0xED
_PROFILE_PART = LARGEST_SEGMENT - len(_ICC) - 2


def encode_jpeg(pixels: NDArray[np.uint8], carried: Carried, icc_profile: bytes, options: WriteOptions) -> bytes:
    """The bytes of a JPEG file of (H, W, 3) uint8 pixels in the numbers of `icc_profile`; `carried` fits into it."""
    if max(pixels.shape[:2]) > _LONGEST_SIDE:
        raise PhotoWriteError(f"a JPEG ends at {_LONGEST_SIDE} pixels a side: save as .png or .tif")
    file = BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=options.quality, subsampling=_sampling(options))
    bare = file.getvalue()
    # After the start of the image and the JFIF segment, which comes first.
    start = 4 + struct.unpack_from(">H", bare, 4)[0]
    return b"".join([bare[:start], *_segments(carried, icc_profile), bare[start:]])


def _sampling(options: WriteOptions) -> str:
    if options.subsampling is Subsampling.AUTO:
        return str(Subsampling.FULL if options.quality >= _FULL_CHROMA_QUALITY else Subsampling.QUARTER)
    return str(options.subsampling)


def _segments(carried: Carried, icc_profile: bytes) -> Iterator[bytes]:
    yield _segment(_APP1, _EXIF + carried.exif.block())
    if carried.xmp is not None:
        yield _segment(_APP1, _XMP + carried.xmp)
    if carried.iptc is not None:
        yield _segment(_APP13, _IPTC + as_resource(carried.iptc))
    parts = [icc_profile[start : start + _PROFILE_PART] for start in range(0, len(icc_profile), _PROFILE_PART)]
    if len(parts) > 255:
        raise PhotoWriteError("a JPEG has no room for this colour profile: save as TIFF, or choose another profile")
    for number, part in enumerate(parts, 1):
        yield _segment(_APP2, _ICC + bytes([number, len(parts)]) + part)


def _segment(marker: int, contents: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(contents) + 2) + contents
