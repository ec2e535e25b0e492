"""What a photo's header says, read without the rest of the file where the format allows it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

from lsd2.io.decoders import Header, jpeg
from lsd2.io.read import PhotoInfo, inspect, photo_info

_HEAD_BYTES = 1 << 18
"""Before the pixels of a camera's JPEG stand 10 to 100 KB."""
_TAIL_BYTES = 1 << 16
_MAGIC_BYTES = 64


def glance(path: Path) -> PhotoInfo:
    """As `lsd2.io.read.inspect`, but of a JPEG only both ends are read, which is enough for nearly all.

    Raises
    ------
    PhotoReadError
        When the file says nothing.
    """
    try:
        with path.open("rb") as file:
            header = _header_by_ends(file)
    except Exception:  # of the drive, or whatever the library raises at a damaged head: `inspect` finds the words
        header = None
    return inspect(path) if header is None else photo_info(path, jpeg.DECODER, header)


def _header_by_ends(file: BinaryIO) -> Header | None:
    """None if this is no JPEG, or if its ends do not show that all of it is there."""
    head = file.read(_HEAD_BYTES)
    if not jpeg.DECODER.recognises(head[:_MAGIC_BYTES]) or jpeg.start_of_scan(head) >= len(head):
        return None
    size = file.seek(0, os.SEEK_END)
    file.seek(max(len(head), size - _TAIL_BYTES))
    header = jpeg.header(head + file.read())
    return header if header.problem is None else None
