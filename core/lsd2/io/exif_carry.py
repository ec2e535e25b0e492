"""EXIF for results: the parent's block made true for them.

Every value of the parent's block stays at its offset, so that maker notes stay legible; writing a block anew breaks
them.  Only IFD0 is made anew, behind all the rest, for it gets fields and loses some.

References
----------
CIPA DC-008 (EXIF 2.32), sections 4.6 and 4.7; DCF 2.0 for the option file Adobe RGB.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from lsd2 import __version__
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
from lsd2.io.exif_directory import (
    ASCII,
    LONG,
    SHORT,
    Field,
    append_directory,
    kept,
    number_field,
    placed,
    set_first_directory,
    short_field,
)

SOFTWARE = f"LSD2 {__version__}"
_ORIENTATION, _SOFTWARE, _COLOUR_SPACE, _INTEROP_INDEX = 0x0112, 0x0131, 0xA001, 0x0001
_WIDTHS = (0x0100, 0xA002)
_HEIGHTS = (0x0101, 0xA003)
"""ImageWidth and ImageLength of IFD0, PixelXDimension and PixelYDimension of the Exif IFD."""
_SRGB, _UNCALIBRATED = 1, 0xFFFF
_DCF_BASIC, _DCF_ADOBE_RGB = b"R98\0", b"R03\0"
_ELSEWHERE = (0x02BC, 0x83BB, 0x8649, 0x8773)
"""XMP, IPTC, Photoshop's resources and the profile: carried on their own."""
_THUMBNAIL_OFFSET, _THUMBNAIL_LENGTH = 0x0201, 0x0202
_ALIGNMENT_SLACK = 16
"""Bytes after the thumbnail that are taken for padding."""


@dataclass(frozen=True, slots=True)
class ResultExif:
    """A block without its IFD0: `body` begins with a TIFF header and holds all values; `fields` are IFD0's."""

    order: str
    body: bytes
    fields: tuple[Field, ...]

    def block(self) -> bytes:
        """The whole block."""
        file = bytearray(self.body)
        set_first_directory(file, self.order, append_directory(file, self.order, self.fields))
        return bytes(file)


def bare() -> ResultExif:
    """For a result whose parent has no legible block: only that this program made it."""
    body = bytearray(b"II*\0" + bytes(4))
    field = placed(body, "<", _SOFTWARE, ASCII, SOFTWARE.encode() + b"\0")
    return ResultExif("<", bytes(body), (field,))


def exif_for_result(
    block: bytes, width: int, height: int, *, gps: bool = False, is_srgb: bool = True
) -> ResultExif | None:
    """The parent's EXIF block made true for a result: upright, of this size, of this program, without its thumbnail.

    Parameters
    ----------
    block : raw EXIF block that starts with its TIFF header.
    width, height : size of the result, pixels.
    gps : whether it may say where the photo was taken; if not, the bytes themselves are gone.
    is_srgb : whether the result's colours are sRGB.

    Returns
    -------
    None if the block is too broken to be changed: nothing is better than a wrong orientation.
    """
    try:
        root = first_directory(block)
    except BrokenExifError:
        return None
    order = byte_order(block)
    body = bytearray(block)
    _patch_inner(body, block, root, (width, height), is_srgb)
    if not gps:
        _blank_directory(body, sub_directory(block, root, GPS_POINTER))
    _blank_thumbnail(body, block, root)
    del body[_end_without_thumbnail(block, root) :]
    body[root.start : min(root.link + 4, len(body))] = bytes(max(0, min(root.link + 4, len(body)) - root.start))
    fields = [*_root_fields(block, order, root, (width, height), gps)]
    fields.append(placed(body, order, _SOFTWARE, ASCII, SOFTWARE.encode() + b"\0"))
    return ResultExif(order, bytes(body), tuple(fields))


def says_adobe_rgb(block: bytes) -> bool:
    """Whether the camera says that the colours are those of Adobe RGB: the option file of DCF."""
    try:
        root = first_directory(block)
    except BrokenExifError:
        return False
    exif = sub_directory(block, root, EXIF_POINTER)
    interop = None if exif is None else sub_directory(block, exif, INTEROP_POINTER)
    index = None if interop is None else interop.find(_INTEROP_INDEX)
    return index is not None and block[index.start : index.end] == _DCF_ADOBE_RGB


def _root_fields(block: bytes, order: str, root: Directory, size: tuple[int, int], gps: bool) -> Iterator[Field]:
    for entry in root.entries:
        if entry.tag == _ORIENTATION:
            yield short_field(order, entry.tag, 1)
        elif entry.tag in _WIDTHS + _HEIGHTS:
            yield number_field(order, entry.tag, size[entry.tag in _HEIGHTS])
        elif entry.tag not in (_SOFTWARE, *_ELSEWHERE) and (gps or entry.tag != GPS_POINTER):
            yield kept(block, entry)


def _patch_inner(body: bytearray, block: bytes, root: Directory, size: tuple[int, int], is_srgb: bool) -> None:
    """In the Exif directory: the size, and which colours the pixels are of."""
    order = byte_order(block)
    exif = sub_directory(block, root, EXIF_POINTER)
    if exif is None:
        return
    for entry in exif.entries:
        if entry.tag in _WIDTHS + _HEIGHTS:
            struct.pack_into(order + "HII", body, entry.position + 2, LONG, 1, size[entry.tag in _HEIGHTS])
        elif entry.tag == _COLOUR_SPACE:
            colours = _SRGB if is_srgb else _UNCALIBRATED
            struct.pack_into(order + "HIHH", body, entry.position + 2, SHORT, 1, colours, 0)
    interop = sub_directory(block, exif, INTEROP_POINTER)
    index = None if interop is None else interop.find(_INTEROP_INDEX)
    if index is not None and index.kind == ASCII and index.count == len(_DCF_BASIC):
        body[index.start : index.end] = _DCF_BASIC


def _blank_directory(body: bytearray, directory: Directory | None) -> None:
    if directory is None:
        return
    for entry in directory.entries:
        body[entry.start : entry.end] = bytes(entry.size)
    end = min(directory.link + 4, len(body))
    body[directory.start : end] = bytes(end - directory.start)


def _blank_thumbnail(body: bytearray, block: bytes, root: Directory) -> None:
    """The parent's thumbnail does not show the result; where it cannot be cut off, its bytes are gone at least."""
    place = _thumbnail_picture(block, next_directory(block, root))
    if place is not None and block[place[0] : place[0] + 2] == b"\xff\xd8" and place[1] <= len(body):
        body[place[0] : place[1]] = bytes(place[1] - place[0])


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
    yield thumbnail.start, thumbnail.link + 4
    yield from ((entry.start, entry.end) for entry in thumbnail.entries if entry.size > 4)
    picture = _thumbnail_picture(block, thumbnail)
    if picture is not None:
        yield picture


def _thumbnail_picture(block: bytes, thumbnail: Directory | None) -> tuple[int, int] | None:
    """(start, end) of the small JPEG that the directory names."""
    if thumbnail is None:
        return None
    offset, length = thumbnail.find(_THUMBNAIL_OFFSET), thumbnail.find(_THUMBNAIL_LENGTH)
    if offset is None or length is None or not offset.size == length.size == 4:
        return None
    order = byte_order(block)
    start = int(struct.unpack_from(order + "I", block, offset.start)[0])
    return start, start + int(struct.unpack_from(order + "I", block, length.start)[0])
