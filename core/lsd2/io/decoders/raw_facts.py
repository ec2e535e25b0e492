"""What a camera raw file tells beside its pixels.

Most raw files are TIFF files, of which an EXIF block can be made.  For the others LibRaw's preview is asked: it carries
the camera's own EXIF block, or one that LibRaw makes of what it found.

References
----------
Adobe DNG 1.7, BaselineExposure.
"""

from __future__ import annotations

import struct
from io import BytesIO
from typing import Any

import rawpy
from PIL import JpegImagePlugin

from lsd2.io.exif_block import BrokenExifError, byte_order, first_directory
from lsd2.io.exif_extract import block_from_tiff
from lsd2.io.metadata import read_metadata

_BASELINE_EXPOSURE, _XMP = 50730, 700
_SIGNED_RATIO = 10
_MOST_STOPS = 5.0
"""Cameras ask for -1 to 2; what is far out of that is damaged."""
_EXIF_PREFIX = b"Exif\0\0"
_TIFF_IN_DISGUISE = (b"IIRO", b"IIRS", b"IIU\0")
"""First bytes of ORF and RW2 files, which are TIFF files but for these."""


def as_tiff(data: bytes) -> bytes:
    """The file with the first bytes of a TIFF file, where it is one in all else."""
    return b"II*\0" + data[4:] if data[:4] in _TIFF_IN_DISGUISE else data


def exif_block(data: bytes, raw: Any) -> bytes | None:
    """A free-standing EXIF block; None if nothing is told.

    Parameters
    ----------
    data : the whole file.
    raw : the same, opened by rawpy.
    """
    return block_from_tiff(as_tiff(data)) or _block_of_preview(raw)


def _block_of_preview(raw: Any) -> bytes | None:
    preview = jpeg_preview(raw)
    if preview is None:
        return None
    with JpegImagePlugin.JpegImageFile(BytesIO(preview)) as image:
        block = image.info.get("exif")
    return block.removeprefix(_EXIF_PREFIX) if block else None


def jpeg_preview(raw: Any) -> bytes | None:
    """The largest preview in the file that is a JPEG; None if there is none."""
    try:
        preview = raw.extract_thumb()
    except rawpy.LibRawError:
        return None
    return bytes(preview.data) if preview.format == rawpy.ThumbFormat.JPEG else None


def xmp_packet(data: bytes) -> bytes | None:
    """The XMP packet that DNG converters write into IFD0."""
    try:
        entry = first_directory(data).find(_XMP)
    except BrokenExifError:
        return None
    return None if entry is None else data[entry.start : entry.end]


def camera_of(block: bytes | None) -> str | None:
    """The camera's name in an EXIF block."""
    return read_metadata(block, "RAW", 16)[0].camera


def baseline_exposure(data: bytes) -> float:
    """Stops by which the camera wants the picture brightened; 0 where it does not say."""
    try:
        entry = first_directory(data).find(_BASELINE_EXPOSURE)
    except BrokenExifError:
        return 0.0
    if entry is None or entry.kind != _SIGNED_RATIO:
        return 0.0
    above, below = struct.unpack_from(byte_order(data) + "ii", data, entry.start)
    stops = above / below if below else 0.0
    return stops if abs(stops) <= _MOST_STOPS else 0.0
