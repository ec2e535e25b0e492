"""From pixels to the bytes of a JPEG, PNG or TIFF file.

References
----------
W3C, Portable Network Graphics (PNG) Specification (Third Edition), section 11.3 (iCCP, sRGB and eXIf chunks).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import imagecodecs
import numpy as np
import tifffile
from numpy.typing import NDArray
from PIL import Image

from lsd2.errors import PhotoWriteError
from lsd2.io.naming import one_line
from lsd2.photo import FloatImage

DEFAULT_QUALITY = 95
_FULL_CHROMA_QUALITY = 90
"""From this JPEG quality on, colours keep their full resolution (4:4:4)."""
_LONGEST_JPEG_SIDE = 65500
"""Of libjpeg; the format itself ends at 65535."""
_LONGEST_JPEG_EXIF = 65533 - 6
"""Bytes: a segment's length field, less itself and the prefix of EXIF."""
_ROWS_AT_ONCE = 256
_PNG_HEAD = 8 + 25
"""Bytes of a PNG file's signature and IHDR chunk."""
_PNG_LEVEL = 4
"""zlib level: higher ones take longer and save nothing on photographic noise."""


def to_integers(pixels: FloatImage, maximum: int) -> NDArray[Any]:
    """Display image to uint8 (maximum 255) or uint16 (65535): clipped to [0, 1], scaled, rounded to the nearest value.

    Raises
    ------
    PhotoWriteError
        When a pixel is not a number.
    """
    # The minimum of anything with a NaN in it is NaN: one pass, and no memory.
    if pixels.size and np.isnan(pixels.min()):
        raise PhotoWriteError("the picture has pixels that are not numbers; nothing was written")
    result = np.empty(pixels.shape, np.uint8 if maximum <= 255 else np.uint16)
    for top in range(0, pixels.shape[0], _ROWS_AT_ONCE):
        rows = slice(top, top + _ROWS_AT_ONCE)
        result[rows] = np.rint(np.clip(pixels[rows], 0, 1) * np.float32(maximum))
    return result


def _jpeg(pixels: FloatImage, exif: bytes | None, icc_profile: bytes | None, quality: int) -> bytes:
    if max(pixels.shape[:2]) > _LONGEST_JPEG_SIDE:
        raise PhotoWriteError(f"a JPEG ends at {_LONGEST_JPEG_SIDE} pixels a side: save as .png or .tif")
    options: dict[str, Any] = {
        "quality": quality,
        "subsampling": "4:4:4" if quality >= _FULL_CHROMA_QUALITY else "4:2:0",
    }
    if exif is not None and len(exif) <= _LONGEST_JPEG_EXIF:
        options["exif"] = b"Exif\0\0" + exif
    file = BytesIO()
    Image.fromarray(to_integers(pixels, 255)).save(file, "JPEG", icc_profile=icc_profile, **options)
    return file.getvalue()


def _png(pixels: FloatImage, exif: bytes | None, icc_profile: bytes | None, quality: int) -> bytes:
    bare = bytes(imagecodecs.png_encode(to_integers(pixels, 65535), level=_PNG_LEVEL))
    colour = _chunk(b"sRGB", b"\0") if icc_profile is None else _chunk(b"iCCP", b"ICC\0\0" + zlib.compress(icc_profile))
    metadata = b"" if exif is None else _chunk(b"eXIf", exif)
    return b"".join([bare[:_PNG_HEAD], colour, metadata, bare[_PNG_HEAD:]])


def _chunk(kind: bytes, contents: bytes) -> bytes:
    return struct.pack(">I", len(contents)) + kind + contents + struct.pack(">I", zlib.crc32(kind + contents))


def _tiff(pixels: FloatImage, exif: bytes | None, icc_profile: bytes | None, quality: int) -> bytes:
    file = BytesIO()
    tifffile.imwrite(
        file,
        to_integers(pixels, 65535),
        photometric="rgb",
        compression="adobe_deflate",
        predictor=True,
        metadata=None,
        iccprofile=icc_profile,
    )
    return file.getvalue()


_Encoder = Callable[[FloatImage, bytes | None, bytes | None, int], bytes]
_ENCODERS: dict[str, _Encoder] = {".jpg": _jpeg, ".jpeg": _jpeg, ".png": _png, ".tif": _tiff, ".tiff": _tiff}
WRITABLE_SUFFIXES = tuple(_ENCODERS)


def encode_photo(
    suffix: str,
    pixels: FloatImage,
    *,
    exif: bytes | None = None,
    icc_profile: bytes | None = None,
    quality: int = DEFAULT_QUALITY,
) -> bytes:
    """The bytes of a picture file.

    Parameters
    ----------
    suffix : one of `WRITABLE_SUFFIXES`, in any case: JPEG with 8 bits, PNG and TIFF with 16 bits per channel.
    pixels : display image (H, W, 3) float32; values outside [0, 1] are clipped.
    exif : raw EXIF block that starts with its TIFF header; JPEG (up to 64 KB) and PNG carry it.
    icc_profile : raw RGB profile of the pixels; None is sRGB.
    quality : of a JPEG, 1-100.

    Raises
    ------
    PhotoWriteError
        When the suffix is unknown or the picture does not fit into the format.
    """
    check_suffix(suffix)
    if not 1 <= quality <= 100:
        raise PhotoWriteError(f"the quality of a JPEG must be 1 to 100, not {quality}")
    try:
        return _ENCODERS[suffix.lower()](pixels, exif, icc_profile, quality)
    except MemoryError as error:
        raise PhotoWriteError("encoding the picture needs more memory than there is: close other programs") from error
    except (OSError, ValueError, RuntimeError) as error:
        raise PhotoWriteError(f"the picture cannot be encoded as {suffix} ({one_line(error)})") from error


def check_suffix(suffix: str) -> None:
    """Raise `PhotoWriteError` unless the suffix is one that can be written."""
    if suffix.lower() not in _ENCODERS:
        known = ", ".join(WRITABLE_SUFFIXES)
        raise PhotoWriteError(f"photos cannot be written as {suffix or 'a file without suffix'}: use one of {known}")
