"""From pixels to the bytes of a JPEG, PNG or TIFF file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lsd2.errors import PhotoWriteError
from lsd2.io.carried import JPEG_SUFFIXES, Carried
from lsd2.io.encode_jpeg import encode_jpeg
from lsd2.io.encode_png import encode_png
from lsd2.io.encode_tiff import encode_tiff
from lsd2.io.naming import one_line
from lsd2.options import WriteOptions
from lsd2.photo import FloatImage

_PNG_SUFFIXES, _TIFF_SUFFIXES = (".png",), (".tif", ".tiff")
WRITABLE_SUFFIXES = (*JPEG_SUFFIXES, *_PNG_SUFFIXES, *_TIFF_SUFFIXES)
_ROWS_AT_ONCE = 256


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


def encode_photo(
    suffix: str, pixels: FloatImage, carried: Carried, icc_profile: bytes, options: WriteOptions | None = None
) -> bytes:
    """The bytes of a picture file.

    Parameters
    ----------
    suffix : one of `WRITABLE_SUFFIXES`, in any case: JPEG with 8 bits, PNG and TIFF with 16 bits per channel.
    pixels : (H, W, 3) float32 in [0, 1], in the numbers of `icc_profile`; values outside are clipped.
    carried : metadata, fitted to the suffix.
    icc_profile : raw RGB profile of the pixels.
    options : quality and subsampling of a JPEG.

    Raises
    ------
    PhotoWriteError
        When the suffix is unknown or the picture does not fit into the format.
    """
    check_suffix(suffix)
    try:
        return _encode(suffix.lower(), pixels, carried, icc_profile, options or WriteOptions())
    except MemoryError as error:
        raise PhotoWriteError("encoding the picture needs more memory than there is: close other programs") from error
    except (OSError, ValueError, RuntimeError) as error:
        raise PhotoWriteError(f"the picture cannot be encoded as {suffix} ({one_line(error)})") from error


def _encode(suffix: str, pixels: FloatImage, carried: Carried, icc_profile: bytes, options: WriteOptions) -> bytes:
    if pixels.size == 0:
        raise ValueError("it has no pixels")
    if suffix in JPEG_SUFFIXES:
        return encode_jpeg(to_integers(pixels, 255), carried, icc_profile, options)
    encode = encode_png if suffix in _PNG_SUFFIXES else encode_tiff
    return encode(to_integers(pixels, 65535), carried, icc_profile)


def check_suffix(suffix: str) -> None:
    """Raise `PhotoWriteError` unless the suffix is one that can be written."""
    if suffix.lower() not in WRITABLE_SUFFIXES:
        known = ", ".join(WRITABLE_SUFFIXES)
        raise PhotoWriteError(f"photos cannot be written as {suffix or 'a file without suffix'}: use one of {known}")


def is_writable_name(path: Path) -> bool:
    """Whether the name has a suffix that can be written."""
    return path.suffix.lower() in WRITABLE_SUFFIXES
