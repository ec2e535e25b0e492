"""What is known about a photo beside its pixels.  Needs no array library: the window loads it before it is painted."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Position:
    """Where a photo was taken: degrees, north and east positive; metres above the sea, None if unknown."""

    latitude: float
    longitude: float
    altitude: float | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the camera wrote down about a photo; None where it did not.

    Attributes
    ----------
    exposure_seconds : shutter time, s.
    iso : sensitivity, ISO.
    f_number : aperture as a focal ratio.
    focal_length_mm : focal length, mm.
    taken_at : local time of capture, with sub-seconds.
    orientation : EXIF orientation 1-8 as found in the file; the pixels are already upright.
    camera, lens : names as the camera wrote them.
    file_format : "JPEG", "PNG", "TIFF"...
    bit_depth : bits per channel in the file.
    position : where the photo was taken.
    exif : the raw EXIF block as found, starting with its TIFF header; None if there is none.
    xmp : the XMP packet as found.
    iptc : the IPTC record as found.
    """

    exposure_seconds: Fraction | None = None
    iso: int | None = None
    f_number: float | None = None
    focal_length_mm: float | None = None
    taken_at: datetime | None = None
    orientation: int = 1
    camera: str | None = None
    lens: str | None = None
    file_format: str | None = None
    bit_depth: int = 8
    position: Position | None = None
    exif: bytes | None = field(default=None, repr=False)
    xmp: bytes | None = field(default=None, repr=False)
    iptc: bytes | None = field(default=None, repr=False)

    @property
    def exposure_value(self) -> float | None:
        """EV at ISO 100, log2(N² / t) - log2(ISO / 100): how bright a scene the settings are right for."""
        if self.exposure_seconds is None or self.f_number is None or self.iso is None:
            return None
        return math.log2(self.f_number**2 / self.exposure_seconds) - math.log2(self.iso / 100)


def shutter_text(seconds: Fraction) -> str:
    """A shutter time as cameras show it: 1/250 s, 0.4 s, 2 s."""
    if 10 * seconds < 3:
        return f"1/{round(1 / seconds)} s"
    return f"{float(seconds):.3g} s" if seconds < 100 else f"{round(seconds)} s"
