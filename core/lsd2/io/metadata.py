"""What the camera wrote about a photo, read from its EXIF block.

References
----------
CIPA DC-008 (EXIF 2.32), section 4.6.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from io import BytesIO
from typing import Any

import exifread

from lsd2.io.exif_guard import check_plain
from lsd2.io.orientation import ORIENTATIONS, UPRIGHT
from lsd2.photo import Metadata, Position

_DIRECTORIES = ("Image", "EXIF", "GPS")
"""ExifRead's names of IFD0, the Exif and the GPS IFD; some programs put what belongs into the second into the first."""
_SENSITIVITIES = ("ISOSpeedRatings", "RecommendedExposureIndex", "Tag 0x8831", "ISOSpeed")
"""PhotographicSensitivity, RecommendedExposureIndex, StandardOutputSensitivity, ISOSpeed: the first usable counts."""
_SENSITIVITY_OVERFLOW = 65535
"""PhotographicSensitivity has 16 bits; cameras write this for anything above, and the truth into a later tag."""
_DATES = (("DateTimeOriginal", "SubSecTimeOriginal"), ("DateTimeDigitized", "SubSecTimeDigitized"))
"""Tags of (date and time, sub-seconds): as taken, as digitised."""
_LONGEST_TEXT = 100

BROKEN_EXIF_NOTE = "its EXIF data is damaged: shutter time, ISO and date are unknown"

# It logs every oddity; what matters of it is in the note.
logging.getLogger("exifread").setLevel(logging.CRITICAL)


class _Tags:
    """The entries of IFD0, of the Exif and of the GPS IFD of one block, by ExifRead's names."""

    def __init__(self, block: bytes) -> None:
        check_plain(block)
        self._size = len(block)
        self._tags: Mapping[str, Any] = exifread.process_file(BytesIO(block), details=False, extract_thumbnail=False)

    def _values(self, name: str) -> Any:
        """A text, or a list of numbers; None if there is no such tag, or if its value is not all in the block."""
        for directory in _DIRECTORIES:
            tag = self._tags.get(f"{directory} {name}")
            if tag is not None and tag.field_offset + tag.field_length <= self._size:
                return tag.values
        return None

    def _first(self, name: str) -> Any:
        values = self._values(name)
        return values[0] if isinstance(values, list) and values else None

    def number(self, name: str) -> int | None:
        value = self._first(name)
        return value if isinstance(value, int) else None

    def positive(self, name: str) -> Fraction | None:
        value = self._first(name)
        # ExifRead keeps ratios with a denominator of 0, with which nothing can be computed.
        if not isinstance(value, int | Fraction) or value.denominator == 0 or value <= 0:
            return None
        return Fraction(value.numerator, value.denominator)

    def ratios(self, name: str) -> list[float]:
        """All values, if they are numbers of 0 or more; else nothing."""
        values = self._values(name)
        values = values if isinstance(values, list) else []
        sound = all(isinstance(value, int | Fraction) and value.denominator > 0 and value >= 0 for value in values)
        return [float(value) for value in values] if sound else []

    def text(self, name: str) -> str | None:
        """One printable line of at most `_LONGEST_TEXT` characters; None if nothing is left."""
        values = self._values(name)
        if isinstance(values, list):
            values = bytes(values) if all(isinstance(value, int) and 0 <= value <= 255 for value in values) else b""
        if isinstance(values, bytes):
            values = values.split(b"\0", 1)[0].decode("utf-8", "replace")
        printable = "".join(sign if sign.isprintable() else " " for sign in (values or "")[: 4 * _LONGEST_TEXT])
        return " ".join(printable.split())[:_LONGEST_TEXT] or None


def read_metadata(block: bytes | None, file_format: str, bit_depth: int) -> tuple[Metadata, tuple[str, ...]]:
    """Metadata and notes from a raw EXIF block that starts with its TIFF header.

    A broken block never fails: what is legible is taken, and a note says so where nothing is.
    """
    if block is None:
        return Metadata(file_format=file_format, bit_depth=bit_depth), ()
    try:
        tags = _Tags(block)
    except Exception:  # of the guard, or whatever a broken block makes of the library
        return Metadata(file_format=file_format, bit_depth=bit_depth, exif=block), (BROKEN_EXIF_NOTE,)
    metadata = Metadata(
        exposure_seconds=tags.positive("ExposureTime"),
        iso=_sensitivity(tags),
        f_number=_decimal(tags.positive("FNumber")),
        focal_length_mm=_decimal(tags.positive("FocalLength")),
        taken_at=_taken_at(tags),
        orientation=valid_orientation(tags.number("Orientation")),
        position=_position(tags),
        camera=_camera(tags.text("Make"), tags.text("Model")),
        lens=tags.text("LensModel"),
        file_format=file_format,
        bit_depth=bit_depth,
        exif=block,
    )
    return metadata, ()


def valid_orientation(value: int | None) -> int:
    """`value` if it is an EXIF orientation, else upright."""
    return value if value in ORIENTATIONS and value is not None else UPRIGHT


def _decimal(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _sensitivity(tags: _Tags) -> int | None:
    values = (tags.number(tag) for tag in _SENSITIVITIES)
    usable = [value for value in values if value is not None and value > 0]
    return next((value for value in usable if value != _SENSITIVITY_OVERFLOW), usable[0] if usable else None)


def _taken_at(tags: _Tags) -> datetime | None:
    for date_tag, fraction_tag in _DATES:
        taken = _parse_date(tags.text(date_tag), tags.text(fraction_tag))
        if taken is not None:
            return taken
    return None


def _position(tags: _Tags) -> Position | None:
    latitude = _degrees(tags, "GPSLatitude", "S", 90)
    longitude = _degrees(tags, "GPSLongitude", "W", 180)
    if latitude is None or longitude is None:
        return None
    height = tags.ratios("GPSAltitude")
    below = tags.number("GPSAltitudeRef") == 1
    return Position(latitude, longitude, (-height[0] if below else height[0]) if height else None)


def _degrees(tags: _Tags, name: str, negative: str, limit: float) -> float | None:
    """Degrees, minutes, seconds and a letter for the side, as degrees with a sign."""
    parts = tags.ratios(name)
    if len(parts) != 3 or parts[0] + parts[1] / 60 + parts[2] / 3600 > limit:
        return None
    degrees = parts[0] + parts[1] / 60 + parts[2] / 3600
    return -degrees if tags.text(f"{name}Ref") == negative else degrees


def _parse_date(written: str | None, fraction_digits: str | None) -> datetime | None:
    """EXIF's "2024:05:01 21:03:04" and the digits of its sub-seconds; a clock that was never set gives None."""
    if written is None:
        return None
    day, _, time = written.partition(" ")
    digits = fraction_digits if fraction_digits is not None and fraction_digits.isdecimal() else "0"
    try:
        return datetime.fromisoformat(f"{day.replace(':', '-')}T{time}.{digits[:6]:0<6}")
    except ValueError:
        return None


def _camera(make: str | None, model: str | None) -> str | None:
    """Make and model; the make is left out where the model repeats its first word ("NIKON CORPORATION", "NIKON D5")."""
    if make is None or model is None:
        return model or make
    return model if model.lower().startswith(make.split()[0].lower()) else f"{make} {model}"
