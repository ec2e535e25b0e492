"""The comparison sheet: the pair on top with the crops marked, then every method's view of each crop.

Whatever is enlarged is enlarged a whole number of times, pixel by pixel, so that the sheet shows pixels, not a filter.
"""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from lsd2.comparison.layout import Layout, Sheet

PRINT_WIDTH_INCHES = 7.0
"""Both columns of a paper; sizes of letters are those of a caption there."""


def draw(sheet: Sheet) -> Image.Image:
    """The sheet as an RGB picture on white."""
    return Layout(sheet).draw()


def as_png(picture: Image.Image) -> bytes:
    """The PNG file, with the resolution at which it prints across a page."""
    return _encoded(picture, "PNG", dpi=(_resolution(picture),) * 2, optimize=True)


def as_pdf(picture: Image.Image) -> bytes:
    """A PDF file with one page as wide as both columns of a paper; colours at full resolution."""
    return _encoded(picture, "PDF", resolution=_resolution(picture), quality=97, subsampling=0)


def _resolution(picture: Image.Image) -> float:
    return picture.width / PRINT_WIDTH_INCHES


def _encoded(picture: Image.Image, kind: str, **settings: object) -> bytes:
    buffer = BytesIO()
    picture.save(buffer, kind, **settings)
    return buffer.getvalue()
