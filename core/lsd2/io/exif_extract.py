"""A free-standing EXIF block out of a TIFF file, a raw file or a larger block.

References
----------
CIPA DC-008 (EXIF 2.32), section 4.6; TIFF/EP (ISO 12234-2), which has the tags of EXIF in IFD0.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

from lsd2.io.exif_block import (
    EXIF_POINTER,
    GPS_POINTER,
    INTEROP_POINTER,
    BrokenExifError,
    Directory,
    Entry,
    byte_order,
    first_directory,
    sub_directory,
)
from lsd2.io.exif_directory import Field, append_directory, number_field, placed, set_first_directory

_MAKER_NOTE = 0x927C
_DESCRIPTIVE = (0x010E, 0x010F, 0x0110, 0x0112, 0x011A, 0x011B, 0x0128, 0x0131, 0x0132, 0x013B, 0x8298)
"""Tags of a TIFF file's IFD0 that tell of the photo and not of how the file stores it: description to copyright."""
_EXPOSURE = (0x829A, 0x829D, 0x8822, 0x8827, 0x9003, 0x9201, 0x9202, 0x9204, 0x9207, 0x9209, 0x920A, 0x9291)
"""Tags of EXIF that TIFF/EP and some raw files have in IFD0: shutter to sub-seconds."""
_SELF_CONTAINED = (b"Nikon\0\2", b"OLYMPUS\0II", b"OM SYSTEM\0", b"FUJIFILM", b"Apple iOS\0", b"PENTAX \0")
"""How maker notes begin whose offsets count from their own first bytes: they may be moved."""
_LONGEST_VALUE = 4096
"""Bytes; longer values in a TIFF file are other programs' own data."""
_LONGEST_NOTE = 40_000
_LARGEST_BLOCK = 60_000
"""Bytes; a JPEG has room for 64 KB, and entries of a hostile file may all name the same value."""
_ENTRY_SIZE = 12


def block_from_tiff(data: bytes) -> bytes | None:
    """What the IFD0, Exif and GPS directories of a TIFF file tell of the photo.

    Maker notes are left out unless they may be moved: most point to places in the file that the block does not have.

    Parameters
    ----------
    data : a whole TIFF file, or an EXIF block.

    Returns
    -------
    None if the file has no legible classic TIFF structure, or nothing to tell.
    """
    try:
        root = first_directory(data)
    except BrokenExifError:
        return None
    main = [entry for entry in root.entries if entry.tag in _DESCRIPTIVE and entry.size <= _LONGEST_VALUE]
    inner = _portable(data, sub_directory(data, root, EXIF_POINTER))
    told = {entry.tag for entry in inner}
    inner += [entry for entry in root.entries if entry.tag in _EXPOSURE and entry.tag not in told and entry.size <= 64]
    parts = {EXIF_POINTER: inner, GPS_POINTER: _portable(data, sub_directory(data, root, GPS_POINTER))}
    size = sum(entry.size + _ENTRY_SIZE for entry in [*main, *(entry for part in parts.values() for entry in part)])
    return _assemble(data, main, parts) if 0 < size <= _LARGEST_BLOCK else None


def _portable(data: bytes, directory: Directory | None) -> list[Entry]:
    entries = () if directory is None else directory.entries
    return [entry for entry in entries if entry.tag != INTEROP_POINTER and _may_move(data, entry)]


def _may_move(data: bytes, entry: Entry) -> bool:
    if entry.tag != _MAKER_NOTE:
        return entry.size <= _LONGEST_VALUE
    return entry.size <= _LONGEST_NOTE and data[entry.start : entry.end].startswith(_SELF_CONTAINED)


def _assemble(data: bytes, main: Sequence[Entry], parts: dict[int, list[Entry]]) -> bytes:
    order = byte_order(data)
    block = bytearray(bytes(data[:4]) + struct.pack(order + "I", 0))
    fields = _placed(block, order, data, main)
    for pointer, entries in parts.items():
        if entries:
            offset = append_directory(block, order, _placed(block, order, data, entries))
            fields.append(number_field(order, pointer, offset))
    set_first_directory(block, order, append_directory(block, order, fields))
    return bytes(block)


def _placed(block: bytearray, order: str, data: bytes, entries: Sequence[Entry]) -> list[Field]:
    return [placed(block, order, entry.tag, entry.kind, data[entry.start : entry.end]) for entry in entries]
