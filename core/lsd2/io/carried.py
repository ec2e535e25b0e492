"""The metadata that a result carries on from its parent, and what the format has no room for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lsd2.io.exif_carry import ResultExif, bare, exif_for_result
from lsd2.io.exif_extract import block_from_tiff
from lsd2.io.xmp import packet_for_result
from lsd2.photo import Metadata

JPEG_SUFFIXES = (".jpg", ".jpeg")
LARGEST_SEGMENT = 65533
"""Bytes of a segment of a JPEG, after its length field, which counts itself."""
_LARGEST = LARGEST_SEGMENT - 33
"""Less the name that each kind of metadata begins with; that of XMP is the longest, with 29."""


@dataclass(frozen=True, slots=True)
class Carried:
    """EXIF, an XMP packet and an IPTC record, all true for the result; notes say what was left out."""

    exif: ResultExif
    xmp: bytes | None = None
    iptc: bytes | None = None
    notes: tuple[str, ...] = ()


def carried(parent: Metadata | None, suffix: str, size: tuple[int, int], *, gps: bool, is_srgb: bool) -> Carried:
    """What a result of this (width, height) carries on.

    Parameters
    ----------
    parent : of the photo whose metadata it is; None for none.
    suffix : of the file, lower case.
    gps : whether the result may say where the photo was taken.
    is_srgb : whether its colours are sRGB.
    """
    if parent is None:
        return Carried(bare())
    exif = None if parent.exif is None else exif_for_result(parent.exif, *size, gps=gps, is_srgb=is_srgb)
    xmp = None if parent.xmp is None else packet_for_result(parent.xmp, *size, gps=gps)
    notes: tuple[str, ...] = ()
    if parent.exif is not None and exif is None:
        notes += ("the EXIF data of the parent is damaged and was left out",)
    if parent.xmp is not None and xmp is None:
        notes += ("the XMP data of the parent is damaged or too large and was left out",)
    whole = Carried(exif or bare(), xmp, parent.iptc, notes)
    return _fitted(whole, parent, size, gps, is_srgb) if suffix in JPEG_SUFFIXES else whole


def _fitted(whole: Carried, parent: Metadata, size: tuple[int, int], gps: bool, is_srgb: bool) -> Carried:
    """What a JPEG has room for: each kind of metadata has one segment of 64 KB."""
    fitted = whole
    if len(whole.exif.block()) > _LARGEST:
        smaller = block_from_tiff(parent.exif or b"")
        exif = None if smaller is None else exif_for_result(smaller, *size, gps=gps, is_srgb=is_srgb)
        notes = (*fitted.notes, "a JPEG has no room for the maker's notes in the EXIF data: save as TIFF to keep them")
        fitted = replace(fitted, exif=exif or bare(), notes=notes)
    no_room = "a JPEG has no room for the {} data: save as TIFF to keep it"
    if whole.xmp is not None and len(whole.xmp) > _LARGEST:
        fitted = replace(fitted, xmp=None, notes=(*fitted.notes, no_room.format("XMP")))
    if whole.iptc is not None and len(whole.iptc) > _LARGEST:
        fitted = replace(fitted, iptc=None, notes=(*fitted.notes, no_room.format("IPTC")))
    return fitted
