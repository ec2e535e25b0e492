"""A page as a PDF file: letters and lines that stay sharp at any size, and pictures without any loss."""

from __future__ import annotations

from io import BytesIO

from PIL import Image
from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from lsd2.comparison.lettering import font, width_of
from lsd2.comparison.page import Block, Colour, Frame, Mark, Page, Picture, Text

POINTS_PER_INCH = 72
FONT = "Aileron"
CAPITAL_HEIGHT = 0.7
"""Of capital letters, as a share of the size: what is centred has half of it below its middle."""


def write_pdf(page: Page, width_inches: float, title: str, author: str) -> bytes:
    """A file of one page that is `width_inches` wide.

    The same page gives the same bytes: the file holds no date.
    """
    scale = width_inches * POINTS_PER_INCH / page.width
    buffer = BytesIO()
    rl_config.useA85 = 0  # text in place of bytes would only make files larger
    canvas = Canvas(buffer, (page.width * scale, page.height * scale), invariant=1)
    canvas.setTitle(title)
    canvas.setAuthor(author)
    _register_font()
    canvas.scale(scale, scale)
    for mark in page.marks:
        _draw(mark, page.height, canvas)
    canvas.save()
    return buffer.getvalue()


def _register_font() -> None:
    if FONT in pdfmetrics.getRegisteredFontNames():
        return
    file = font(16).path
    if isinstance(file, BytesIO):  # Pillow carries it inside a module
        file = BytesIO(file.getvalue())
    pdfmetrics.registerFont(TTFont(FONT, file))


def _draw(mark: Mark, top: int, canvas: Canvas) -> None:
    """PDF counts upwards from the lower left corner."""
    match mark:
        case Text(x, y, words, size, colour, centred):
            _fill(colour, canvas)
            width = width_of(words, size)
            left = x - width / 2 if centred else x
            below = size * CAPITAL_HEIGHT / 2 if centred else font(size).getmetrics()[0]
            _write(words, left, top - y - below, width, size, canvas)
        case Block(x, y, width, height, colour):
            _fill(colour, canvas)
            canvas.rect(x, top - y - height, width, height, stroke=0, fill=1)
        case Frame(x, y, width, height, thickness, colour):
            canvas.setStrokeColorRGB(*_shares(colour))
            canvas.setLineWidth(thickness)
            inset = thickness / 2
            canvas.rect(x + inset, top - y - height + inset, width - thickness, height - thickness)
        case Picture(x, y, width, height, pixels):
            # Viewers smooth what they enlarge: pixels that are to be seen as squares are repeated here.
            shown = pixels.repeat(mark.zoom, 0).repeat(mark.zoom, 1) if mark.zoom else pixels
            canvas.drawImage(ImageReader(Image.fromarray(shown)), x, top - y - height, width, height)


def _write(words: str, left: float, baseline: float, width: float, size: int, canvas: Canvas) -> None:
    """As wide as the same words in a picture, whose font is hinted and kerned."""
    line = canvas.beginText(left, baseline)
    natural = canvas.stringWidth(words, FONT, size)
    line.setFont(FONT, size)
    if natural:
        line.setHorizScale(100 * width / natural)
    line.textOut(words)
    canvas.drawText(line)


def _fill(colour: Colour, canvas: Canvas) -> None:
    canvas.setFillColorRGB(*_shares(colour))


def _shares(colour: Colour) -> tuple[float, float, float]:
    red, green, blue = colour
    return red / 255, green / 255, blue / 255
