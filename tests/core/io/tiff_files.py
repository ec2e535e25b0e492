"""TIFF files laid out by hand, as cameras lay them out: directories, sub-directories, strips.  For tests only."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

BYTE, ASCII, SHORT, LONG, RATIONAL, UNDEFINED, SRATIONAL, FLOAT = 1, 2, 3, 4, 5, 7, 10, 11
_FORMATS = {BYTE: "B", SHORT: "H", LONG: "I", FLOAT: "f"}
STRIP_OFFSETS, STRIP_BYTE_COUNTS, SUB_IFDS, EXIF_IFD, GPS_IFD = 273, 279, 330, 0x8769, 0x8825


@dataclass
class Ifd:
    """A directory: `tags` are {tag: (type, values)}, `subs` {pointer tag: directories}, `data` one strip of pixels."""

    tags: Mapping[int, tuple[int, Any]]
    subs: Mapping[int, list[Ifd]] = field(default_factory=dict)
    data: bytes | None = None


def tiff(root: Ifd, order: str = "<", following: Ifd | None = None) -> bytes:
    """A whole file; `following` is the next directory of the chain."""
    file = bytearray((b"II*\0" if order == "<" else b"MM\0*") + bytes(4))
    second = 0 if following is None else _append(file, following, order, 0)
    struct.pack_into(order + "I", file, 4, _append(file, root, order, second))
    return bytes(file)


def _append(file: bytearray, ifd: Ifd, order: str, following: int) -> int:
    tags = dict(ifd.tags)
    for pointer, directories in ifd.subs.items():
        tags[pointer] = (LONG, [_append(file, directory, order, 0) for directory in directories])
    if ifd.data is not None:
        tags[STRIP_OFFSETS] = (LONG, [_place(file, ifd.data)])
        tags[STRIP_BYTE_COUNTS] = (LONG, [len(ifd.data)])
    entries = b""
    for tag, (kind, values) in sorted(tags.items()):
        count, raw = _packed(order, kind, values)
        value = raw.ljust(4, b"\0") if len(raw) <= 4 else struct.pack(order + "I", _place(file, raw))
        entries += struct.pack(order + "HHI", tag, kind, count) + value
    return _place(file, struct.pack(order + "H", len(tags)) + entries + struct.pack(order + "I", following))


def _place(file: bytearray, data: bytes) -> int:
    file += bytes(len(file) % 2)
    offset = len(file)
    file += data
    return offset


def _packed(order: str, kind: int, values: Any) -> tuple[int, bytes]:
    if isinstance(values, str):
        values = values.encode() + b"\0"
    if isinstance(values, bytes):
        return len(values), values
    values = values if isinstance(values, list | tuple) else [values]
    if kind in (RATIONAL, SRATIONAL):
        ratios = [Fraction(value).limit_denominator(1_000_000) for value in values]
        parts = [part for ratio in ratios for part in (ratio.numerator, ratio.denominator)]
        return len(ratios), struct.pack(f"{order}{len(parts)}{'I' if kind == RATIONAL else 'i'}", *parts)
    return len(values), struct.pack(f"{order}{len(values)}{_FORMATS[kind]}", *values)
