"""What a reader of EXIF that follows every pointer may be given.

In an honest block directories are few and values do not overlap.  A hostile one has many entries that name the same
directory or the same bytes, so that a reader takes pointers x entries steps: seconds become days.  The guard counts
those steps before the reader takes them, without descending into anything twice.
"""

from __future__ import annotations

from collections.abc import Iterator

from lsd2.io.exif_block import (
    POINTERS,
    BrokenExifError,
    Directory,
    first_directory,
    next_directory,
    number,
    read_directory,
)

LARGEST_BLOCK = 16 * 2**20
"""Bytes.  A JPEG has room for 64 KB; HEIC and TIFF files have more, with maker notes and previews of a few million."""
_MOST_DIRECTORIES = 16
"""Cameras write IFD0, Exif, GPS, interoperability and the thumbnail's."""
_MOST_VALUES = 100_000
"""Numbers to be read one by one; cameras write some hundreds."""
_LONGEST_ARRAY = 1000
"""ExifRead skips arrays from this length on."""


def check_plain(block: bytes) -> None:
    """Raise `BrokenExifError` unless reading this block takes no more steps than one of a camera might.

    Parameters
    ----------
    block : raw EXIF block that starts with its TIFF header.
    """
    if len(block) > LARGEST_BLOCK:
        raise BrokenExifError("too large")
    values = bytes_named = 0
    for visits, directory in enumerate(_visited(block), 1):
        values += _values(directory)
        bytes_named += sum(entry.size for entry in directory.entries)
        if visits > _MOST_DIRECTORIES or values > _MOST_VALUES or bytes_named > 2 * len(block):
            raise BrokenExifError("more to read than any camera writes")


def _values(directory: Directory) -> int:
    """Steps of reading this directory's values; illegible entries count as the longest."""
    illegible = directory.declared - len(directory.entries)
    return illegible * _LONGEST_ARRAY + sum(min(entry.count, _LONGEST_ARRAY) for entry in directory.entries)


def _visited(block: bytes) -> Iterator[Directory]:
    """Every directory as often as the reader comes by: those of the chain once, those of pointers at each pointer."""
    directory: Directory | None = first_directory(block)
    seen: set[int] = set()
    while directory is not None and directory.start not in seen:
        seen.add(directory.start)
        yield directory
        yield from _named_by(block, directory, depth=2)
        directory = next_directory(block, directory)


def _named_by(block: bytes, directory: Directory, depth: int) -> Iterator[Directory]:
    """Sub-directories and theirs: the Exif directory names the one of interoperability, and there it ends."""
    for entry in directory.entries:
        offset = number(block, entry) if entry.tag in POINTERS else None
        if offset is None or not 8 <= offset <= len(block) - 2:
            continue
        named = read_directory(block, offset)
        yield named
        if depth > 1:
            yield from _named_by(block, named, depth - 1)
