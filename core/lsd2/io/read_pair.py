"""Both photos of a pair, raw files developed alike."""

from __future__ import annotations

from pathlib import Path

from lsd2.io.read import read_photo
from lsd2.photo import ExposurePair


def read_pair(short: Path, long: Path) -> ExposurePair:
    """Decode a pair.

    Two raw files of one camera are developed by one rule, the long frame's: its white balance, its baseline exposure,
    its scale of linear light.

    Raises
    ------
    PhotoReadError
        When one of them cannot be read.
    """
    long_photo = read_photo(long)
    return ExposurePair(read_photo(short, long_photo.development), long_photo)
