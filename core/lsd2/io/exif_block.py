"""The bones of an EXIF block: byte order, directories, entries.

An EXIF block is a little TIFF file: a header, directories (IFDs) of 12-byte entries, and values that entries point to
by their offset from the block's first byte.  Nothing here follows a chain of directories or descends into those that
entries name, so that a hostile block costs no more time than an honest one of its size.

References
----------
TIFF 6.0, section 2; CIPA DC-008 (EXIF 2.32), section 4.6.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

EXIF_POINTER = 0x8769
GPS_POINTER = 0x8825
INTEROP_POINTER = 0xA005
POINTERS = (EXIF_POINTER, GPS_POINTER, INTEROP_POINTER)
TYPE_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
"""Bytes of one value of each TIFF field type."""
_NUMBER_FORMATS = {1: "B", 3: "H", 4: "I", 6: "b", 8: "h", 9: "i", 13: "I"}
_ENTRY_SIZE = 12


class BrokenExifError(ValueError):
    """A block is no TIFF structure; caught inside this package."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a directory: tag, TIFF field type, number of values, where the entry and its value bytes are."""

    tag: int
    kind: int
    count: int
    position: int
    start: int
    size: int

    @property
    def end(self) -> int:
        return self.start + self.size


@dataclass(frozen=True, slots=True)
class Directory:
    """One IFD: where it is, the number of its entries, the legible ones, where the offset of the next IFD stands."""

    start: int
    declared: int
    entries: tuple[Entry, ...]
    link: int

    def find(self, tag: int) -> Entry | None:
        return next((entry for entry in self.entries if entry.tag == tag), None)


def byte_order(block: bytes) -> str:
    """Sign of `struct` for the byte order, "<" or ">"; raises `BrokenExifError` if this is no TIFF header."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(bytes(block[:4]))
    if order is None or len(block) < 8:
        raise BrokenExifError("no TIFF header")
    return order


def first_directory(block: bytes) -> Directory:
    """IFD0."""
    return read_directory(block, struct.unpack_from(byte_order(block) + "I", block, 4)[0])


def next_directory(block: bytes, directory: Directory) -> Directory | None:
    """The IFD that follows in the chain (IFD1, the thumbnail, after IFD0); None if there is none that is legible."""
    if directory.link + 4 > len(block):
        return None
    offset = struct.unpack_from(byte_order(block) + "I", block, directory.link)[0]
    try:
        return read_directory(block, offset) if offset else None
    except BrokenExifError:
        return None


def read_directory(block: bytes, offset: int) -> Directory:
    """The directory at `offset`; entries of unknown type or with values outside the block are left out."""
    order = byte_order(block)
    if not 8 <= offset <= len(block) - 2:
        raise BrokenExifError(f"no directory at {offset}")
    declared = struct.unpack_from(order + "H", block, offset)[0]
    link = offset + 2 + _ENTRY_SIZE * declared
    present = min(declared, (len(block) - offset - 2) // _ENTRY_SIZE)
    positions = (offset + 2 + _ENTRY_SIZE * index for index in range(present))
    entries = (_read_entry(block, order, position) for position in positions)
    return Directory(offset, declared, tuple(entry for entry in entries if entry is not None), link)


def _read_entry(block: bytes, order: str, position: int) -> Entry | None:
    tag, kind, count, offset = struct.unpack_from(order + "HHII", block, position)
    size = TYPE_SIZES.get(kind, 0) * count
    start = position + 8 if size <= 4 else offset
    if size == 0 or start + size > len(block):
        return None
    return Entry(tag, kind, count, position, start, size)


def sub_directory(block: bytes, directory: Directory, pointer: int) -> Directory | None:
    """The directory that `pointer` (one of `POINTERS`) points to; None if there is none that is legible."""
    entry = directory.find(pointer)
    offset = None if entry is None else number(block, entry)
    try:
        return None if offset is None else read_directory(block, offset)
    except BrokenExifError:
        return None


def number(block: bytes, entry: Entry) -> int | None:
    """The first value as an integer; None if the type is another."""
    form = _NUMBER_FORMATS.get(entry.kind)
    return None if form is None else int(struct.unpack_from(byte_order(block) + form, block, entry.start)[0])
