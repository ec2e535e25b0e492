"""XMP packets for results: the parent's text, true for them.

Packets are changed as text, a property here and there, so that all that other programs wrote stays as it is.

References
----------
ISO 16684-1 (XMP), section 7.5; XMP Specification Part 2, tiff and exif namespaces.
"""

from __future__ import annotations

import re
from xml.parsers import expat

LARGEST_PACKET = 4 * 2**20
"""Bytes; larger ones carry pictures."""
_POSITION = r"[\w-]+:[Gg][Pp][Ss]\w*"
"""Properties that say where: exif:GPSLatitude, and those of the makers of drones."""
_FALSE = r"(?:hdrgm|Container|GContainer|GCamera|crs):[\w.-]+"
"""What is not true for a result: gain maps and videos behind the parent's pixels, how it was developed and cropped."""


def packet_for_result(packet: bytes, width: int, height: int, *, gps: bool = False) -> bytes | None:
    """The packet of the parent with the result's orientation and size; without a position unless `gps`.

    Returns
    -------
    None if the packet is too large or no well-formed XML in UTF-8: it could not be made true.
    """
    packet = packet.strip(b"\0")
    if len(packet) > LARGEST_PACKET or not _is_well_formed(packet):
        return None
    text = packet.decode("utf-8")
    values = {"tiff:Orientation": 1, "tiff:ImageWidth": width, "tiff:ImageLength": height}
    values |= {"exif:PixelXDimension": width, "exif:PixelYDimension": height}
    for name, value in values.items():
        text = re.sub(rf"({name}\s*=\s*)([\"'])[^\"'<>]*\2", rf"\g<1>\g<2>{value}\g<2>", text)
        text = re.sub(rf"(<{name}\s*>)[^<]*(</{name}\s*>)", rf"\g<1>{value}\g<2>", text)
    # The second part of a long packet is not carried, nor is a thumbnail, which shows the parent.
    text = _without(text, r"xmpNote:HasExtendedXMP")
    text = _without_element(text, r"xmp:Thumbnails")
    text = _without(text, _FALSE)
    changed = (text if gps else _without(text, _POSITION)).encode("utf-8")
    return changed if _is_well_formed(changed) else None


def _is_well_formed(packet: bytes) -> bool:
    """Also a guard: in well-formed text every element ends, so that none is looked for in vain."""
    try:
        packet.decode("utf-8")
        expat.ParserCreate("utf-8").Parse(packet, True)
    except (expat.ExpatError, UnicodeDecodeError):
        return False
    return b"<!DOCTYPE" not in packet


def _without(text: str, name: str) -> str:
    """Without elements and attributes of this name."""
    text = _without_element(text, name)
    # From the first of many spaces only: programs leave room in packets, and each of them would be looked at in vain.
    return re.sub(rf"(?<!\s)\s+{name}\s*=\s*(\"[^\"]*\"|'[^']*')", "", text)


def _without_element(text: str, name: str) -> str:
    text = re.sub(rf"<({name})(\s[^<>]*)?/>", "", text)
    return re.sub(rf"<({name})(\s[^<>]*)?>.*?</\1\s*>", "", text, flags=re.DOTALL)
