"""What AVIF and HEIC files have in common: boxes of ISO media files, and colours told by code numbers.

References
----------
ISO/IEC 14496-12, sections 4.2 (boxes), 4.3 (ftyp) and 8.11.6 (infe).
ISO/IEC 23008-12, sections 6.5.3 (ispe) and 6.5.5 (colr).
ITU-T H.273, section 8.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from lsd2.io.decoders.base import ColourSpace
from lsd2.io.rgb_spaces import DISPLAY_P3, REC_2020, profile_of

_SRGB_PRIMARIES = (1, 2)
_SRGB_TRANSFERS = (1, 2, 6, 13, 14, 15)
"""sRGB itself, unspecified, and the curves of television, which cameras write where they mean sRGB."""
_SPACES = {9: REC_2020, 12: DISPLAY_P3}
_PRIMARIES = {9: "Rec. 2020", 11: "DCI-P3", 12: "Display P3"}
_TRANSFERS = {8: "linear", 16: "HDR, PQ", 18: "HDR, HLG"}


def brands(head: bytes) -> tuple[bytes, ...]:
    """The major and the compatible brands in the first bytes of a file; empty if this is no ISO media file."""
    if head[4:8] != b"ftyp":
        return ()
    listed = head[8 : min(len(head), struct.unpack_from(">I", head)[0])]
    # Between the major brand and the compatible ones stands a version.
    return tuple(listed[start : start + 4] for start in range(0, len(listed) - 3, 4) if start != 4)


def check_item_names(data: bytes) -> None:
    """Raise `ValueError` if the type or a name of an item in the file is no text: pi_heif 1.4 crashes on such types."""
    meta = _box(data, b"meta")
    position = meta.find(b"infe")
    while position >= 0:
        size = int.from_bytes(meta[max(0, position - 4) : position], "big")
        version = meta[position + 4 : position + 5]
        # Version and flags, the item's number (2 bytes in version 2, 4 in version 3), its protection; then its type.
        start = position + 8 + {b"\2": 4, b"\3": 6}.get(version, 0)
        meta[start : start + 4].decode("ascii")
        meta[start + 4 : max(start + 4, position - 4 + size)].decode("utf-8")
        position = meta.find(b"infe", position + 4)


def coded_sizes(data: bytes) -> Iterator[tuple[int, int]]:
    """(width, height) of all that is coded in the file: pictures, their tiles and thumbnails, before any cropping."""
    meta = _box(data, b"meta")
    position = meta.find(b"ispe")
    while 0 <= position <= len(meta) - 16:
        yield struct.unpack_from(">II", meta, position + 8)
        position = meta.find(b"ispe", position + 4)


def _box(data: bytes, kind: bytes) -> bytes:
    """The contents of the first box of this type at the top level; empty if there is none."""
    position = 0
    while position + 8 <= len(data):
        size, found = struct.unpack_from(">I4s", data, position)
        if size == 1 and position + 16 <= len(data):
            (size,) = struct.unpack_from(">Q", data, position + 8)
        end = position + size if size else len(data)
        if found == kind:
            return data[position + 8 : end]
        if size in range(1, 8):
            break
        position = end
    return b""


def coded_profile(primaries: int, transfer: int) -> bytes | None:
    """The ICC profile of colours that a file tells by code numbers; None for those of sRGB and those not known here."""
    space = _SPACES.get(primaries)
    return profile_of(space) if space is not None and transfer in _SRGB_TRANSFERS else None


def coded_colour_notes(primaries: int, transfer: int) -> tuple[str, ...]:
    """A note if a file without an ICC profile tells by code numbers of colours that cannot be converted."""
    if coded_profile(primaries, transfer) is not None:
        return ()
    names = []
    if primaries not in _SRGB_PRIMARIES:
        names.append(_PRIMARIES.get(primaries, f"primaries {primaries}"))
    if transfer not in _SRGB_TRANSFERS:
        names.append(_TRANSFERS.get(transfer, f"curve {transfer}"))
    return (f"its colours ({', '.join(names)}) are taken as sRGB",) if names else ()


def colour_space(channels: int) -> ColourSpace:
    """Of a picture with these channels, transparency included."""
    return ColourSpace.GREY if channels <= 2 else ColourSpace.RGB
