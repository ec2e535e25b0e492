"""EXIF blocks for results: the parent's block patched in place, and a block taken out of a TIFF file.

Patching in place leaves every offset as it was, so that maker notes stay legible; writing a block anew breaks them.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import chain

from lsd2.io.exif_block import (
    EXIF_POINTER,
    GPS_POINTER,
    INTEROP_POINTER,
    BrokenExifError,
    Directory,
    Entry,
    byte_order,
    first_directory,
    next_directory,
    sub_directory,
)

_ORIENTATION = 0x0112
_WIDTHS = (0x0100, 0xA002)
_HEIGHTS = (0x0101, 0xA003)
"""ImageWidth and ImageLength of IFD0, PixelXDimension and PixelYDimension of the Exif IFD."""
_THUMBNAIL_OFFSET, _THUMBNAIL_LENGTH = 0x0201, 0x0202
_SHORT, _LONG = 3, 4
_ALIGNMENT_SLACK = 16
"""Bytes after the thumbnail that are taken for padding."""

_MAKER_NOTE = 0x927C
_DESCRIPTIVE = (0x010E, 0x010F, 0x0110, 0x0112, 0x011A, 0x011B, 0x0128, 0x0131, 0x0132, 0x013B, 0x8298)
"""Tags of a TIFF file's IFD0 that tell of the photo and not of how the file stores it: description to copyright."""
_LONGEST_VALUE = 4096
"""Bytes; longer values in a TIFF file are other programs' own data."""
_LARGEST_BLOCK = 60_000
"""Bytes; a JPEG has room for 64 KB, and entries of a hostile file may all name the same value."""
_ENTRY_SIZE = 12


def block_for_result(block: bytes, width: int, height: int) -> bytes | None:
    """The parent's EXIF block made true for a result: upright, of this size, without the parent's thumbnail.

    Parameters
    ----------
    block : raw EXIF block that starts with its TIFF header.
    width, height : size of the result, pixels.

    Returns
    -------
    None if the block is too broken to be changed: nothing is better than a wrong orientation.
    """
    try:
        root = first_directory(block)
    except BrokenExifError:
        return None
    patched = bytearray(block)
    order = byte_order(block)
    for entry in _entries(block, root):
        if entry.tag == _ORIENTATION:
            struct.pack_into(order + "HIHH", patched, entry.position + 2, _SHORT, 1, 1, 0)
        elif entry.tag in _WIDTHS + _HEIGHTS:
            side = width if entry.tag in _WIDTHS else height
            struct.pack_into(order + "HII", patched, entry.position + 2, _LONG, 1, side)
    end = _end_without_thumbnail(block, root)
    if root.link + 4 <= len(block):
        struct.pack_into(order + "I", patched, root.link, 0)
    return bytes(patched[:end])


def _directories(block: bytes, root: Directory) -> Iterator[Directory]:
    exif = sub_directory(block, root, EXIF_POINTER)
    candidates = (
        root,
        exif,
        sub_directory(block, root, GPS_POINTER),
        None if exif is None else sub_directory(block, exif, INTEROP_POINTER),
    )
    return (directory for directory in candidates if directory is not None)


def _entries(block: bytes, root: Directory) -> Iterator[Entry]:
    return (entry for directory in _directories(block, root) for entry in directory.entries)


def _end_without_thumbnail(block: bytes, root: Directory) -> int:
    """Where the block can be cut: before the thumbnail if that is the last thing in it, else nowhere."""
    thumbnail = next_directory(block, root)
    if thumbnail is None:
        return len(block)
    ends = [entry.end for entry in _entries(block, root)]
    needed = max(ends + [directory.link + 4 for directory in _directories(block, root)])
    pieces = [piece for piece in _pieces(block, thumbnail) if piece[0] >= needed]
    last = max((end for _, end in pieces), default=0)
    return min(start for start, _ in pieces) if last + _ALIGNMENT_SLACK >= len(block) else len(block)


def _pieces(block: bytes, thumbnail: Directory) -> Iterator[tuple[int, int]]:
    """(start, end) of the thumbnail's directory, of its values and of its picture."""
    order = byte_order(block)
    yield thumbnail.start, thumbnail.link + 4
    yield from ((entry.start, entry.end) for entry in thumbnail.entries if entry.size > 4)
    offset, length = thumbnail.find(_THUMBNAIL_OFFSET), thumbnail.find(_THUMBNAIL_LENGTH)
    if offset is not None and length is not None and offset.size == length.size == 4:
        start = struct.unpack_from(order + "I", block, offset.start)[0]
        yield start, start + struct.unpack_from(order + "I", block, length.start)[0]


def block_from_tiff(data: bytes) -> bytes | None:
    """A free-standing EXIF block with what a TIFF file's IFD0, Exif and GPS directories tell of the photo.

    Maker notes are left out: they may point to places in the file that the block does not have.

    Parameters
    ----------
    data : a whole TIFF file.

    Returns
    -------
    None if the file has no legible classic TIFF structure, or nothing to tell.
    """
    try:
        root = first_directory(data)
    except BrokenExifError:
        return None
    main = [entry for entry in root.entries if entry.tag in _DESCRIPTIVE and entry.size <= _LONGEST_VALUE]
    parts = {pointer: sub_directory(data, root, pointer) for pointer in (EXIF_POINTER, GPS_POINTER)}
    kept = {pointer: _portable(part) for pointer, part in parts.items() if part is not None and _portable(part)}
    size = sum(entry.size + _ENTRY_SIZE for entry in [*main, *chain.from_iterable(kept.values())])
    if not 0 < size <= _LARGEST_BLOCK:
        return None
    return _assemble(data, main, kept)


def _portable(directory: Directory) -> list[Entry]:
    return [
        entry
        for entry in directory.entries
        if entry.tag not in (_MAKER_NOTE, INTEROP_POINTER) and entry.size <= _LONGEST_VALUE
    ]


def _assemble(data: bytes, main: list[Entry], parts: dict[int, list[Entry]]) -> bytes:
    order = byte_order(data)
    header = bytes(data[:4]) + struct.pack(order + "I", 8)
    records = [(entry.tag, entry.kind, entry.count, bytes(data[entry.start : entry.end])) for entry in main]
    room = len(_directory(order, records + [(pointer, _LONG, 1, bytes(4)) for pointer in parts], 8))
    offset = 8 + room
    blobs = []
    for pointer, entries in parts.items():
        inner = [(entry.tag, entry.kind, entry.count, bytes(data[entry.start : entry.end])) for entry in entries]
        blobs.append(_directory(order, inner, offset))
        records.append((pointer, _LONG, 1, struct.pack(order + "I", offset)))
        offset += len(blobs[-1])
    return b"".join([header, _directory(order, records, 8), *blobs])


def _directory(order: str, records: list[tuple[int, int, int, bytes]], offset: int) -> bytes:
    """An IFD at `offset` with its values behind it; values begin on even offsets, as TIFF asks."""
    values = b""
    behind = offset + 2 + 12 * len(records) + 4
    head = struct.pack(order + "H", len(records))
    for tag, kind, count, raw in sorted(records):
        inline = raw.ljust(4, b"\0") if len(raw) <= 4 else struct.pack(order + "I", behind + len(values))
        head += struct.pack(order + "HHI", tag, kind, count) + inline
        if len(raw) > 4:
            values += raw + b"\0" * (len(raw) % 2)
    return head + bytes(4) + values
