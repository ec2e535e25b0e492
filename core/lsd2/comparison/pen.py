"""Drawing on a sheet: sizes in one unit, text that fits, the one font that ships with Pillow."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

WHITE, BLACK, GREY, RULE = (255, 255, 255), (17, 17, 17), (95, 95, 95), (205, 205, 205)
ACCENTS = ((230, 85, 13), (0, 114, 178), (0, 158, 115), (204, 121, 167), (86, 180, 233), (213, 200, 40))
"""Colours of the crops: orange, blue, green... told apart by colour-blind readers too (Okabe and Ito, 2008)."""
Colour = tuple[int, int, int]


@lru_cache(maxsize=16)
def font(size: int) -> ImageFont.FreeTypeFont:
    """Aileron, which Pillow carries; FreeType is part of every Pillow wheel."""
    found = ImageFont.load_default(size)
    assert isinstance(found, ImageFont.FreeTypeFont)
    return found


def printable(text: str) -> str:
    """What the font has signs for: Latin letters without accents, a question mark for the rest."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).encode("ascii", "replace").decode()


class Pen:
    """Writes on one picture."""

    def __init__(self, sheet: Image.Image) -> None:
        self.sheet = sheet
        self._draw = ImageDraw.Draw(sheet)

    def text(self, x: int, y: int, words: str, size: int, width: int, colour: Colour = BLACK) -> None:
        """One line with its upper left corner at (x, y), cut where it would be wider than `width`."""
        self._draw.text((x, y), fitted(words, size, width), fill=colour, font=font(size))

    def frame(self, x: int, y: int, width: int, height: int, thickness: int, colour: Colour) -> None:
        """A rectangle drawn inside its bounds."""
        self._draw.rectangle((x, y, x + width - 1, y + height - 1), outline=colour, width=thickness)

    def chip(self, x: int, y: int, side: int, letter: str, colour: Colour) -> None:
        """A letter on a coloured square."""
        self._draw.rectangle((x, y, x + side - 1, y + side - 1), fill=colour)
        self._draw.text((x + side / 2, y + side / 2), letter, fill=WHITE, font=font(side * 7 // 10), anchor="mm")

    def rule(self, x: int, y: int, width: int, thickness: int) -> None:
        """A thin horizontal line."""
        self._draw.rectangle((x, y, x + width - 1, y + thickness - 1), fill=RULE)


def fitted(words: str, size: int, width: int) -> str:
    """The words, shortened with dots if they are wider than `width` pixels."""
    words = printable(words)
    if font(size).getlength(words) <= width:
        return words
    while words and font(size).getlength(words + "...") > width:
        words = words[:-1]
    return words.rstrip() + "..."


def common_size(lines: Iterable[str], size: int, width: int) -> int:
    """The largest size, `size` at most and two thirds of it at least, at which all lines fit into `width` pixels."""
    longest = max((font(size).getlength(printable(line)) for line in lines), default=0.0)
    return size if longest <= width else max(int(size * width / longest), size * 2 // 3)


def wrapped(words: str, size: int, width: int) -> list[str]:
    """The words on as many lines as they need."""
    lines = [""]
    for word in printable(words).split():
        longer = f"{lines[-1]} {word}".strip()
        if font(size).getlength(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
