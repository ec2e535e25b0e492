"""The comparison sheet: the pair on top with the crops marked, then every method's view of each crop."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

import lsd2
from lsd2.comparison.layout import Layout, Sheet
from lsd2.comparison.raster import paint
from lsd2.comparison.vector import write_pdf

PRINT_WIDTH_INCHES = 7.0
"""Both columns of a paper; sizes of letters are those of a caption there."""


def as_picture(sheet: Sheet) -> Image.Image:
    """The sheet as an RGB picture on white."""
    return paint(Layout(sheet).arrange())


def as_png(sheet: Sheet) -> bytes:
    """The PNG file, with the resolution at which it prints across a page."""
    picture, buffer = as_picture(sheet), BytesIO()
    picture.save(buffer, "PNG", dpi=(picture.width / PRINT_WIDTH_INCHES,) * 2, optimize=True)
    return buffer.getvalue()


def as_pdf(sheet: Sheet) -> bytes:
    """A PDF file with one page as wide as both columns of a paper."""
    return write_pdf(Layout(sheet).arrange(), PRINT_WIDTH_INCHES, sheet.title, f"LSD2 {lsd2.__version__}")
