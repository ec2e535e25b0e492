"""TIFF files, by tifffile and imagecodecs: 1 to 32 bits and floating point, the usual colours and compressions.

References
----------
TIFF 6.0, sections 3 to 6; Adobe DNG 1.7 for the tags that tell a camera raw file.
"""

from __future__ import annotations

import math
import struct
from io import BytesIO
from typing import Any

import numpy as np
import tifffile
from numpy.typing import NDArray
from tifffile import COMPRESSION, PHOTOMETRIC

from lsd2.io.decoders.base import INCOMPLETE, ColourSpace, Decoder, Header, Samples, UnreadableError
from lsd2.io.exif_extract import block_from_tiff
from lsd2.io.iptc import record_in, trimmed
from lsd2.io.metadata import valid_orientation

_ORIENTATION, _NEW_SUBFILE_TYPE, _SUB_IFDS, _ICC, _DNG_VERSION = 274, 254, 330, 34675, 50706
_SIGNATURES = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_MAKE, _XMP, _IPTC, _PHOTOSHOP = 271, 700, 33723, 34377
_INK_SET, _INKS_CMYK = 332, 1
_COLOUR_FILTER_ARRAY, _LINEAR_RAW = 32803, 34892
_MOST_EXTRA_CHANNELS = 4
"""Transparency and a few saved selections; a hostile file may claim 65,532 of them for every pixel."""
_FLOAT_NOTE = ("its floating-point values have no colour profile; they are taken as sRGB",)
_FLOAT_SAMPLE, _FAR_ABOVE, _ROUNDED = 100_000, 16.0, 1e-3
_GREY = (PHOTOMETRIC.MINISWHITE, PHOTOMETRIC.MINISBLACK)
_JPEG = (COMPRESSION.JPEG, COMPRESSION.OJPEG)


def header(data: bytes) -> Header:
    with tifffile.TiffFile(BytesIO(data)) as file:
        page = file.pages.first
        several = _has_second_page(file)
        return Header(
            # A damaged tag may have several values where one belongs: `int` refuses them.
            width=int(page.imagewidth),
            height=int(page.imagelength),
            bit_depth=int(page.bitspersample),
            channels=3 if page.photometric == PHOTOMETRIC.PALETTE else int(page.samplesperpixel),
            space=_space(page),
            exif=block_from_tiff(data),
            xmp=_bytes(page.tags.valueof(_XMP)),
            iptc=_iptc_record(page),
            icc_profile=_bytes(page.tags.valueof(_ICC)),
            orientation=_orientation(page),
            notes=("transparency was dropped",) * bool(page.extrasamples)
            + ("it holds several pictures; the first was read",) * several
            + _FLOAT_NOTE * (page.dtype is not None and page.dtype.kind == "f" and _ICC not in page.tags),
            problem=_problem(page, len(data)),
        )


def _has_second_page(file: tifffile.TiffFile) -> bool:
    # Never the number of pages: counting them follows a chain that a hostile file can make millions long.
    try:
        file.pages[1]
    except IndexError:
        return False
    return True


def _space(page: Any) -> ColourSpace:
    if page.photometric == PHOTOMETRIC.SEPARATED:
        return ColourSpace.CMYK
    return ColourSpace.GREY if page.photometric in _GREY else ColourSpace.RGB


def _bytes(value: object) -> bytes | None:
    return value if isinstance(value, bytes) and value else None


def _iptc_record(page: Any) -> bytes | None:
    """Its own tag, which some programs write as 32-bit numbers, or among Photoshop's resources."""
    value = page.tags.valueof(_IPTC)
    if isinstance(value, tuple) and all(isinstance(number, int) and 0 <= number < 2**32 for number in value):
        value = struct.pack(f"{page.parent.byteorder}{len(value)}I", *value)
    resources = _bytes(page.tags.valueof(_PHOTOSHOP))
    record = _bytes(value)
    return trimmed(record) if record else (record_in(resources) if resources else None)


def _orientation(page: Any) -> int:
    value = page.tags.valueof(_ORIENTATION)
    return valid_orientation(int(value) if isinstance(value, int) else None)


def _problem(page: Any, file_size: int) -> str | None:
    """Why this page cannot be read; tifffile itself fills missing segments with zeros."""
    if not _is_supported(page):
        return "is a TIFF of a kind that this version cannot read: save it as an 8 or 16 bit RGB TIFF first"
    segments = list(zip(page.dataoffsets, page.databytecounts, strict=False))
    whole = len(segments) >= math.prod(page.chunked) and all(
        size > 0 and offset + size <= file_size for offset, size in segments
    )
    return None if whole else INCOMPLETE


def is_raw(data: bytes) -> bool:
    """Whether this TIFF file is a camera raw file.

    DNG says so; the raw formats of other makers have a thumbnail first and the picture in a sub-directory, or store it
    in a way that no TIFF does.
    """
    with tifffile.TiffFile(BytesIO(data)) as file:
        page = file.pages.first
        return _says_raw(page) or (_MAKE in page.tags and not _is_supported(page))


def _says_raw(page: Any) -> bool:
    if page.photometric in (_COLOUR_FILTER_ARRAY, _LINEAR_RAW) or _DNG_VERSION in page.tags:
        return True
    reduced = page.tags.valueof(_NEW_SUBFILE_TYPE)
    return isinstance(reduced, int) and bool(reduced & 1) and _SUB_IFDS in page.tags


def _is_supported(page: Any) -> bool:
    colours = page.samplesperpixel - len(page.extrasamples)
    if len(page.extrasamples) > _MOST_EXTRA_CHANNELS:
        return False
    if page.dtype is None or page.dtype.kind not in "biuf" or page.imagedepth != 1:
        return False
    if page.dtype.itemsize > 4 and page.dtype.kind != "f":
        return False
    if page.photometric in _GREY or page.photometric == PHOTOMETRIC.PALETTE:
        return bool(colours == 1)
    if page.photometric == PHOTOMETRIC.SEPARATED:
        return page.tags.valueof(_INK_SET, default=_INKS_CMYK) == _INKS_CMYK and bool(colours == 4)
    if page.photometric == PHOTOMETRIC.YCBCR:
        return page.compression in _JPEG and bool(colours == 3)
    return page.photometric == PHOTOMETRIC.RGB and bool(colours == 3)


def samples(data: bytes, header: Header) -> Samples:
    with tifffile.TiffFile(BytesIO(data)) as file:
        page = file.pages.first
        pixels = _interleaved(page)
        if page.photometric == PHOTOMETRIC.PALETTE:
            return _from_palette(pixels, np.asarray(page.colormap))
        notes: tuple[str, ...] = ()
        maximum = 2 ** min(16, page.bitspersample) - 1
        if pixels.dtype.kind == "f":
            pixels, notes = _from_floats(pixels)
        elif pixels.dtype.kind == "i":
            pixels, maximum = _from_signed(pixels)
        elif pixels.dtype.kind == "b":
            pixels = pixels.astype(np.uint8)
        elif pixels.dtype.itemsize == 4:
            pixels = (pixels >> max(0, page.bitspersample - 16)).astype(np.uint16)
    if page.photometric == PHOTOMETRIC.MINISWHITE:
        pixels = maximum - pixels
    return Samples(pixels, maximum, notes=notes)


def _from_signed(pixels: NDArray[Any]) -> tuple[NDArray[np.uint16], int]:
    """Whole numbers with a sign: the largest is full light, there is nothing below black; and that largest."""
    bits = 8 * pixels.dtype.itemsize - 1
    return (np.maximum(pixels, 0) >> max(0, bits - 16)).astype(np.uint16), 2 ** min(16, bits) - 1


def _from_floats(pixels: NDArray[Any]) -> tuple[NDArray[np.uint16], tuple[str, ...]]:
    """Floating-point values, 1 being full light, in 16 bits; what is above is clipped, what is no number is black.

    Raises
    ------
    UnreadableError
        When most values are far above 1: then 1 is not full light, and nobody says what is.
    """
    flat = pixels.ravel()
    sample = flat[:: max(1, flat.size // _FLOAT_SAMPLE)].astype(np.float32)
    if np.median(np.nan_to_num(sample)) > _FAR_ABOVE:
        raise UnreadableError("has floating-point values far above 1: scale it to the range of 0 to 1 first")
    share = float(np.mean(sample > 1 + _ROUNDED))
    result = np.empty(pixels.shape, np.uint16)
    for row, values in zip(result, pixels, strict=True):
        row[...] = np.rint(np.clip(np.nan_to_num(values.astype(np.float64)), 0, 1) * 65535)
    return result, ("its values above 1 were clipped",) * (share > 0)


def _interleaved(page: Any) -> NDArray[Any]:
    """Pixels (H, W) or (H, W, C) whether the file keeps its channels interleaved or apart."""
    pixels = page.asarray()
    if pixels.ndim == 3 and page.axes == "SYX":
        pixels = np.moveaxis(pixels, 0, -1)
    if pixels.ndim == 2:
        return np.asarray(pixels)
    colours = pixels.shape[2] - len(page.extrasamples)
    return np.asarray(pixels[..., :colours] if colours >= 3 else pixels[..., 0])


def _from_palette(indices: NDArray[Any], palette: NDArray[np.uint16]) -> Samples:
    """Palettes have 16 bits, but some old programs wrote 8-bit ones."""
    return Samples(palette.T[indices], maximum=65535 if palette.max() > 255 else 255)


def _recognises(head: bytes) -> bool:
    return head.startswith(_SIGNATURES)


DECODER = Decoder("TIFF", _recognises, header, samples)
