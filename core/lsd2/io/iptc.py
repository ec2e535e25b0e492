"""IPTC records (caption, author, keywords) in the containers that carry them: Photoshop's resources.

References
----------
IPTC IIM 4.2; Adobe Photoshop File Formats, "Image Resource Blocks".
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

RESOURCE_ID = 0x0404
_SIGNATURE = b"8BIM"
_MARKER = b"\x1c"
_LONGEST = 0x7FFF


def record_in(resources: bytes) -> bytes | None:
    """The IPTC record in a series of image resources; None if there is none that is whole."""
    return next((data for number, data in _resources(resources) if number == RESOURCE_ID and data), None)


def _resources(data: bytes) -> Iterator[tuple[int, bytes]]:
    position = 0
    while data[position : position + 4] == _SIGNATURE and position + 12 <= len(data):
        (number,) = struct.unpack_from(">H", data, position + 4)
        # A name with its length first, padded to an even number of bytes.
        name = data[position + 6] + 1
        position += 6 + name + name % 2
        if position + 4 > len(data):
            return
        (size,) = struct.unpack_from(">I", data, position)
        if position + 4 + size > len(data):
            return
        yield number, data[position + 4 : position + 4 + size]
        position += 4 + size + size % 2


def trimmed(record: bytes) -> bytes:
    """The record without what pads it: data sets of a marker, two numbers and a length, one after the other."""
    position = 0
    while record[position : position + 1] == _MARKER and position + 5 <= len(record):
        (size,) = struct.unpack_from(">H", record, position + 3)
        start = position + 5
        if size > _LONGEST:
            # The length of the length, for long data.
            start += size & _LONGEST
            size = int.from_bytes(record[position + 5 : start], "big")
        position = start + size
    return record[:position] or record


def as_resource(record: bytes) -> bytes:
    """The record as the one resource of a series."""
    head = _SIGNATURE + struct.pack(">HHI", RESOURCE_ID, 0, len(record))
    return head + record + bytes(len(record) % 2)
