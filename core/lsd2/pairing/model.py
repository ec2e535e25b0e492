"""What is known of the photos of a folder, and what is said about them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from lsd2.metadata import shutter_text
from lsd2.pairing.numbering import Numbered
from lsd2.photo import Metadata


@dataclass(frozen=True, slots=True)
class Shot:
    """One photo as its header tells of it.

    Attributes
    ----------
    path : the file.
    size : (width, height) when upright, pixels.
    metadata : without the raw EXIF block, for there may be thousands of them.
    file_bytes : size of the file.
    numbered : the number in its name; None if there is none that a camera may have given.
    """

    path: Path
    size: tuple[int, int]
    metadata: Metadata
    file_bytes: int
    numbered: Numbered | None

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def exposure(self) -> str:
        """Such as "1/100 s, ISO 3200"; what the camera did not write is left out."""
        seconds, iso = self.metadata.exposure_seconds, self.metadata.iso
        parts = [shutter_text(seconds) if seconds is not None else "", f"ISO {iso}" if iso is not None else ""]
        return ", ".join(part for part in parts if part)


class PairSource(StrEnum):
    """What a pair was found by."""

    LIST = "list"
    NAMES = "names"
    EXPOSURE = "exposure"
    BRIGHTNESS = "brightness"


@dataclass(frozen=True, slots=True)
class FoundPair:
    """A short and a long photo of - as far as is known - one scene.

    Attributes
    ----------
    short, long : the photos.
    source : what they were found by.
    reason : why these two, one line.
    warnings : what makes it doubtful, a line each; none where nothing does.
    ev_gap : by how many stops the long one was exposed more; None if unknown.
    """

    short: Shot
    long: Shot
    source: PairSource
    reason: str
    warnings: tuple[str, ...] = ()
    ev_gap: float | None = None


@dataclass(frozen=True, slots=True)
class Unpaired:
    """A photo that stays alone, and why in one line."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class FolderPairs:
    """What was found in a folder: pairs in the order of their names, photos left alone, and how many other files."""

    folder: Path
    pairs: tuple[FoundPair, ...]
    alone: tuple[Unpaired, ...]
    other_files: int = 0
