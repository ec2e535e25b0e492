"""Small pictures of photos, as quickly as their files allow."""

from __future__ import annotations

import math
import warnings
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import JpegImagePlugin

from lsd2.io.colour import to_display
from lsd2.io.decoders import Samples, jpeg, raw
from lsd2.io.decoders.base import MAX_PIXELS
from lsd2.io.exif_block import BrokenExifError, first_directory, next_directory, number
from lsd2.io.glance import glance
from lsd2.io.orientation import upright
from lsd2.io.read import PhotoInfo, read_photo, read_preview
from lsd2.photo import FloatImage

SMALL_FILE_BYTES = 1 << 21
"""A file below is decoded as quickly as a thumbnail is found."""
_OFFSET, _LENGTH = 0x0201, 0x0202
_NEAR_ENOUGH = 0.75
"""Share of the wanted side from which on a smaller picture does: the next larger one takes four times the work."""
_SAME_SHAPE = 0.02
"""Cameras put black bars at thumbnails of wide pictures; one of another shape than its photo is not used."""
_LARGEST_EMBEDDED = 1 << 21
"""Pixels of a picture in an EXIF block, which cameras make of 160 x 120; more is no thumbnail."""


def read_thumbnail(path: Path, side: int) -> NDArray[np.uint8]:
    """The photo on a small scale.

    Parameters
    ----------
    path : a photo.
    side : length of its longer side, pixels; less if the photo is smaller.

    Returns
    -------
    uint8 (H, W, 3), RGB, gamma-encoded sRGB, upright.

    Raises
    ------
    PhotoReadError
        When the file cannot be read.
    """
    image = quick_thumbnail(path, side)
    return _as_bytes(_shrunk(read_photo(path).pixels if image is None else image, side))


def quick_thumbnail(path: Path, side: int) -> FloatImage | None:
    """A small display image of about `side` pixels, if the file has one (of raw files: the
    camera's preview, which may be large), or if it is a JPEG, which can be decoded on a smaller scale.

    None where only decoding the whole photo would help.  Raises `PhotoReadError` for files that say nothing.
    """
    info = glance(path)
    data = _embedded(info)
    try:
        image = None if data is None else _decode_jpeg(data, side, info, _LARGEST_EMBEDDED)
        if image is not None and max(image.shape) >= _NEAR_ENOUGH * side and _has_shape_of(image, info):
            return image
        if info.file_format == jpeg.DECODER.name:
            return _decode_jpeg(path.read_bytes(), side, info)
        if info.file_format == raw.DECODER.name:
            preview = read_preview(path)
            return None if preview is None else preview.pixels
    except Exception:  # whatever the library raises at a damaged picture; the whole photo may tell more
        return None
    return None


def _embedded(info: PhotoInfo) -> bytes | None:
    """The thumbnail's JPEG data in the EXIF block."""
    block = info.metadata.exif
    try:
        directory = None if block is None else next_directory(block, first_directory(block))
    except BrokenExifError:
        return None
    if block is None or directory is None:
        return None
    entries = directory.find(_OFFSET), directory.find(_LENGTH)
    offset, length = (None if entry is None else number(block, entry) for entry in entries)
    if offset is None or length is None or offset + length > len(block):
        return None
    return block[offset : offset + length]


def _decode_jpeg(data: bytes, side: int, info: PhotoInfo, most_pixels: int = MAX_PIXELS) -> FloatImage | None:
    """Decoded at the smallest scale of 1, 1/2, 1/4, 1/8 that is not much below `side`.

    None for what is incomplete or too large: progressive ones take memory for all of their pixels at any scale.
    """
    header = jpeg.header(data)
    if header.refusal is not None or header.width * header.height > most_pixels:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with JpegImagePlugin.JpegImageFile(BytesIO(data)) as image:
            share = _NEAR_ENOUGH * side / max(image.size)
            image.draft(None, (math.ceil(share * image.width), math.ceil(share * image.height)))
            pixels = np.asarray(image)
            profile = image.info.get("icc_profile")
    return to_display(Samples(upright(pixels, info.metadata.orientation), 255), profile)[0]


def _has_shape_of(image: FloatImage, info: PhotoInfo) -> bool:
    width, height = info.upright_size
    return bool(abs(image.shape[1] / image.shape[0] * height / width - 1) <= _SAME_SHAPE)


def _shrunk(image: FloatImage, side: int) -> FloatImage:
    factor = side / max(image.shape[:2])
    if factor >= 1:
        return image
    height, width = (max(1, round(length * factor)) for length in image.shape[:2])
    return np.asarray(cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA), np.float32)


def _as_bytes(image: FloatImage) -> NDArray[np.uint8]:
    return np.rint(255 * np.clip(image, 0, 1)).astype(np.uint8)
