"""Text that fits: the one font that ships with Pillow, and how wide words are in it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from PIL import ImageFont


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


def width_of(words: str, size: int) -> float:
    """How wide printable words are, pixels."""
    return font(size).getlength(words)


def fitted(words: str, size: int, width: int) -> str:
    """The words, shortened with dots if they are wider than `width` pixels."""
    words = printable(words)
    if width_of(words, size) <= width:
        return words
    while words and width_of(words + "...", size) > width:
        words = words[:-1]
    return words.rstrip() + "..."


def common_size(lines: Iterable[str], size: int, width: int) -> int:
    """The largest size, `size` at most and two thirds of it at least, at which all lines fit into `width` pixels."""
    longest = max((width_of(printable(line), size) for line in lines), default=0.0)
    return size if longest <= width else max(int(size * width / longest), size * 2 // 3)


def wrapped(words: str, size: int, width: int) -> list[str]:
    """The words on as many lines as they need."""
    lines = [""]
    for word in printable(words).split():
        longer = f"{lines[-1]} {word}".strip()
        if width_of(longer, size) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
