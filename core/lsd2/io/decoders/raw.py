"""Camera raw files, by LibRaw through rawpy: DNG of cameras and phones, and the makers' own formats.

LibRaw does what belongs to the sensor - black and white levels, white balance, demosaicing, the camera's colours - and
gives linear light; `io.development` makes a display image of that.  Whatever LibRaw would choose by the picture's
content is switched off.

References
----------
LibRaw 0.22, API notes; Adobe DNG 1.7.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import numpy as np
import rawpy

from lsd2.io.decoders.base import INCOMPLETE, ColourSpace, Decoder, Header, Samples, UnreadableError, size_problem
from lsd2.io.decoders.raw_facts import as_tiff, baseline_exposure, camera_of, exif_block, jpeg_preview, xmp_packet
from lsd2.io.decoders.silence import Silence
from lsd2.io.development import developed_like, display_table
from lsd2.io.orientation import UPRIGHT
from lsd2.photo import Development

_UNKNOWN = "is a camera raw file of a kind that LibRaw does not know: convert it to DNG, or export it as 16-bit TIFF"
_DAMAGED = "is a damaged camera raw file: copy it again from the camera or card"
_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (rawpy.LibRawFileUnsupportedError, _UNKNOWN),
    (rawpy.LibRawNotImplementedError, _UNKNOWN),
    (rawpy.LibRawRequestForNonexistentImageError, "is a camera raw file without a picture: choose another one"),
    (rawpy.LibRawTooBigError, "claims a picture larger than any camera's: it is damaged"),
    (rawpy.LibRawIOError, INCOMPLETE),
    (rawpy.LibRawError, _DAMAGED),
)
"""What LibRaw's errors mean, in words that complete "<file> ..."; the first that fits counts."""
_ORIENTATIONS = {0: 1, 3: 3, 5: 8, 6: 6}
"""EXIF orientation for LibRaw's flip."""
_MOST_PIXELS_PER_BYTE = 16
"""Raw files are compressed by half, lossy ones by a factor of ten; one that claims more is a trap."""
_HEADS = ((4, b"ftypcrx "), (8, b"CR\2\0"), (0, b"FUJIFILMCCD-RAW"), (0, b"IIRO"), (0, b"IIRS"), (0, b"IIU\0"))
"""(offset, bytes) of CR3, CR2, RAF, ORF, and RW2 files; the others begin as TIFF files do."""
_BITS = 16
"""Of what developing gives; sensors have 10 to 16."""
_DEMOSAIC = rawpy.DemosaicAlgorithm.AHD
_SILENCE = Silence()
"""LibRaw writes what it dislikes about a file to standard error, of which a process has one."""


def header(data: bytes) -> Header:
    # Of what rawpy tells, only sizes do not make it unpack the pixels first.
    with opened(data) as raw:
        width, height = _crop(raw)[2:]
        return Header(
            width=width,
            height=height,
            bit_depth=_BITS,
            channels=3,
            space=ColourSpace.RGB,
            exif=exif_block(data, raw),
            xmp=xmp_packet(as_tiff(data)),
            orientation=_ORIENTATIONS.get(raw.sizes.flip, UPRIGHT),
            problem=_problem(raw.sizes, len(data)),
        )


def _problem(sizes: Any, file_size: int) -> str | None:
    pixels = sizes.raw_width * sizes.raw_height
    return size_problem(sizes.raw_width, sizes.raw_height) or (
        INCOMPLETE if pixels > _MOST_PIXELS_PER_BYTE * file_size else None
    )


def samples(data: bytes, header: Header) -> Samples:
    with opened(data) as raw:
        raw.unpack()
        own = Development(_balance(raw), _span(raw), baseline_exposure(as_tiff(data)), camera_of(header.exif))
        development, notes = developed_like(own, header.like)
        red, green, blue = development.white_balance
        left, top, width, height = _crop(raw)
        pixels = raw.postprocess(
            demosaic_algorithm=_DEMOSAIC,
            user_wb=[red, green, blue, green],
            highlight_mode=rawpy.HighlightMode.Blend,
            output_color=rawpy.ColorSpace.sRGB,
            output_bps=16,
            gamma=(1, 1),
            no_auto_bright=True,
            adjust_maximum_thr=0,  # else the white level follows the brightest pixel
            user_flip=0,
        )
    pixels = np.broadcast_to(pixels, (*pixels.shape[:2], 3))[top : top + height, left : left + width]
    return Samples(pixels, 65535, display_table(development, own.span), development, notes)


def preview(data: bytes) -> tuple[bytes, int] | None:
    """The largest JPEG in the file and the EXIF orientation of what it shows; None if there is none."""
    with opened(data) as raw:
        picture = jpeg_preview(raw)
        return None if picture is None else (picture, _ORIENTATIONS.get(raw.sizes.flip, UPRIGHT))


def _balance(raw: Any) -> tuple[float, float, float]:
    """As the camera meant it, the least multiplier being 1; daylight where it left the white balance open."""
    offered = np.array([raw.camera_whitebalance[:3], raw.daylight_whitebalance[:3], (1, 1, 1)], np.float64)
    chosen = next(row for row in offered if np.isfinite(row).all() and (row > 0).all())
    red, green, blue = (float(value) for value in chosen / chosen.min())
    return red, green, blue


def _span(raw: Any) -> float:
    """Levels between black and saturation, as the file states them."""
    span = float(raw.white_level) - float(np.mean(raw.black_level_per_channel))
    return span if span > 0 else 1.0


def _crop(raw: Any) -> tuple[int, int, int, int]:
    """(left, top, width, height) of what the camera shows of LibRaw's output; all of it if the file does not say."""
    sizes = raw.sizes
    left, top = sizes.crop_left_margin - sizes.left_margin, sizes.crop_top_margin - sizes.top_margin
    width, height = sizes.crop_width, sizes.crop_height
    plain = (sizes.iwidth, sizes.iheight) == (sizes.width, sizes.height)
    inside = left >= 0 and top >= 0 and 0 < width <= sizes.width - left and 0 < height <= sizes.height - top
    return (left, top, width, height) if plain and inside else (0, 0, sizes.iwidth, sizes.iheight)


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """The file in LibRaw's hands, silent, its errors in plain words.

    Raises
    ------
    UnreadableError
        With the reason that the user is told.
    MemoryError
        When LibRaw has too little.
    """
    try:
        with _SILENCE, rawpy.RawPy() as raw:
            raw.open_buffer(BytesIO(data))
            yield raw
    except rawpy.LibRawUnsufficientMemoryError as error:
        raise MemoryError from error
    except rawpy.LibRawError as error:
        raise UnreadableError(next(words for kind, words in _REASONS if isinstance(error, kind))) from error


def _recognises(head: bytes) -> bool:
    return any(head[offset:].startswith(magic) for offset, magic in _HEADS)


DECODER = Decoder("RAW", _recognises, header, samples)
