"""A page as a list of marks, so that the same one becomes a picture or a PDF file.

All places and lengths are in pixels of the page, from its upper left corner.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from lsd2.comparison.lettering import fitted

WHITE, BLACK, GREY, RULE = (255, 255, 255), (17, 17, 17), (95, 95, 95), (205, 205, 205)
ACCENTS = ((230, 85, 13), (0, 114, 178), (0, 158, 115), (204, 121, 167), (86, 180, 233), (213, 200, 40))
"""Colours of the crops: orange, blue, green... told apart by colour-blind readers too (Okabe and Ito, 2008)."""
Colour = tuple[int, int, int]
Pixels = NDArray[np.uint8]
"""(H, W, 3) uint8, gamma-encoded sRGB."""


@dataclass(frozen=True, slots=True)
class Text:
    """One line with its upper left corner at (x, y), or with its middle there if it is `centred`."""

    x: float
    y: float
    words: str
    size: int
    colour: Colour
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle filled with a colour."""

    x: int
    y: int
    width: int
    height: int
    colour: Colour


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle of lines that are `thickness` wide and inside its bounds."""

    x: int
    y: int
    width: int
    height: int
    thickness: int
    colour: Colour


@dataclass(frozen=True, slots=True)
class Picture:
    """Pixels shown `width` x `height` large; `smooth` unless each of them is to be seen."""

    x: int
    y: int
    width: int
    height: int
    pixels: Pixels = field(repr=False)
    smooth: bool

    @property
    def zoom(self) -> int | None:
        """How many times it is enlarged, pixel by pixel; None if it is smooth, or not a whole number of times."""
        if self.smooth:
            return None
        times, rest = divmod(self.width, self.pixels.shape[1])
        return times if times and not rest and self.height == times * self.pixels.shape[0] else None


Mark = Text | Block | Frame | Picture


class Page:
    """Marks in the order in which they cover each other, on white."""

    def __init__(self, width: int) -> None:
        self.width, self.height = width, 0
        self.marks: list[Mark] = []

    def text(self, x: int, y: int, words: str, size: int, width: int, colour: Colour = BLACK) -> None:
        """One line with its upper left corner at (x, y), cut where it would be wider than `width`."""
        self.marks.append(Text(x, y, fitted(words, size, width), size, colour))

    def picture(self, x: int, y: int, width: int, height: int, pixels: Pixels, *, smooth: bool = False) -> None:
        """Pixels at (x, y), `width` x `height` large."""
        self.marks.append(Picture(x, y, width, height, pixels, smooth))

    def frame(self, x: int, y: int, width: int, height: int, thickness: int, colour: Colour) -> None:
        """A rectangle drawn inside its bounds."""
        self.marks.append(Frame(x, y, width, height, thickness, colour))

    def chip(self, x: int, y: int, side: int, letter: str, colour: Colour) -> None:
        """A letter on a coloured square."""
        self.marks.append(Block(x, y, side, side, colour))
        self.marks.append(Text(x + side / 2, y + side / 2, letter, side * 7 // 10, WHITE, centred=True))

    def rule(self, x: int, y: int, width: int, thickness: int) -> None:
        """A thin horizontal line."""
        self.marks.append(Block(x, y, width, thickness, RULE))
