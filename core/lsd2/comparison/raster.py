"""A page as a picture.

Whatever is enlarged a whole number of times is enlarged pixel by pixel, so that it shows pixels, not a filter.
"""

from __future__ import annotations

from PIL import Image, ImageDraw

from lsd2.comparison.lettering import font
from lsd2.comparison.page import WHITE, Block, Frame, Mark, Page, Picture, Text


def paint(page: Page) -> Image.Image:
    """The page as an RGB picture, one pixel per unit."""
    picture = Image.new("RGB", (page.width, page.height), WHITE)
    draw = ImageDraw.Draw(picture)
    for mark in page.marks:
        _paint(mark, picture, draw)
    return picture


def _paint(mark: Mark, picture: Image.Image, draw: ImageDraw.ImageDraw) -> None:
    match mark:
        case Text(x, y, words, size, colour, centred):
            draw.text((x, y), words, fill=colour, font=font(size), anchor="mm" if centred else "la")
        case Block(x, y, width, height, colour):
            draw.rectangle((x, y, x + width - 1, y + height - 1), fill=colour)
        case Frame(x, y, width, height, thickness, colour):
            draw.rectangle((x, y, x + width - 1, y + height - 1), outline=colour, width=thickness)
        case Picture(x, y, width, height, pixels):
            sampling = Image.Resampling.NEAREST if mark.zoom else Image.Resampling.LANCZOS
            picture.paste(Image.fromarray(pixels).resize((width, height), sampling), (x, y))
