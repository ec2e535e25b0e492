"""Making directories of an EXIF block or a TIFF file: fields whose values are already in place, and new ones.

References
----------
TIFF 6.0, section 2.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass

from lsd2.io.exif_block import TYPE_SIZES, Entry

BYTE, ASCII, SHORT, LONG, UNDEFINED = 1, 2, 3, 4, 7


@dataclass(frozen=True, slots=True)
class Field:
    """One entry as it is written: the value itself in four bytes, or where in the file it is."""

    tag: int
    kind: int
    count: int
    inline: bytes


def kept(block: bytes, entry: Entry) -> Field:
    """An entry as it is: its value stays where it was."""
    return Field(entry.tag, entry.kind, entry.count, bytes(block[entry.position + 8 : entry.position + 12]))


def placed(file: bytearray, order: str, tag: int, kind: int, raw: bytes) -> Field:
    """An entry with the value `raw`, appended to the file if four bytes are too few for it."""
    count = len(raw) // TYPE_SIZES[kind]
    if len(raw) <= 4:
        return Field(tag, kind, count, raw.ljust(4, b"\0"))
    return Field(tag, kind, count, struct.pack(order + "I", append(file, raw)))


def number_field(order: str, tag: int, value: int) -> Field:
    """An entry with one whole number: LONG, as SHORT is too small for the sides of some pictures."""
    return Field(tag, LONG, 1, struct.pack(order + "I", value))


def short_field(order: str, tag: int, value: int) -> Field:
    """An entry with one number of 16 bits."""
    return Field(tag, SHORT, 1, struct.pack(order + "HH", value, 0))


def append(file: bytearray, data: bytes) -> int:
    """Put data at the end of the file, on an even offset as TIFF asks; the offset."""
    file += bytes(len(file) % 2)
    offset = len(file)
    file += data
    return offset


def append_directory(file: bytearray, order: str, fields: Iterable[Field]) -> int:
    """Put a directory, the last of its chain, at the end of the file; its offset."""
    ordered = sorted(fields, key=lambda field: field.tag)
    data = struct.pack(order + "H", len(ordered))
    for field in ordered:
        data += struct.pack(order + "HHI", field.tag, field.kind, field.count) + field.inline
    return append(file, data + bytes(4))


def set_first_directory(file: bytearray, order: str, offset: int) -> None:
    """Make the directory at `offset` the file's IFD0."""
    struct.pack_into(order + "I", file, 4, offset)
