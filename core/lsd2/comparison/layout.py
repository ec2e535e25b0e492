"""Where everything on a sheet is, in pixels of the sheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil

from lsd2.comparison.lettering import common_size, width_of, wrapped
from lsd2.comparison.page import ACCENTS, GREY, Page, Pixels
from lsd2.photo import Crop

TILE = 480
"""Width of a method's tile, pixels."""
TEXT = TILE - 20
"""Width of what is written over a tile: neighbours are to be told apart."""
MAX_COLUMNS = 8
"""More methods go on below: narrower tiles would be too small on a printed page."""
MIN_COLUMNS = 4
UNBROKEN_SHARE = 0.85
"""How far titles are reduced rather than broken."""
GAP, MARGIN = 18, 60
UNIT_WIDTH = MIN_COLUMNS * TILE + (MIN_COLUMNS - 1) * GAP + 2 * MARGIN


@dataclass(frozen=True, slots=True)
class Overview:
    """A whole picture, (H, W, 3) uint8 sRGB, of any scale, with what is said under it."""

    pixels: Pixels = field(repr=False)
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class Column:
    """A method: its name, the lines under it, and its views of the crops, (h, w, 3) uint8 sRGB each."""

    title: str
    lines: tuple[str, ...]
    views: tuple[Pixels, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that is drawn.

    Attributes
    ----------
    title : names the file for programs that show it; it is not drawn.
    size : the full pair's (width, height), in which the crops are given.
    """

    title: str
    size: tuple[int, int]
    overviews: tuple[Overview, ...]
    crops: tuple[Crop, ...]
    columns: tuple[Column, ...]
    footer: str


def zoom_of(crop: Crop) -> int:
    """How many times a crop is enlarged; 1 if it is as wide as a tile, or wider and so reduced to it."""
    return max(1, min(TILE // crop.width, 2 * TILE // crop.height))


class Layout:
    """Where everything is; all lengths in pixels of the sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        bands = ceil(len(sheet.columns) / MAX_COLUMNS)
        self._per_band = max(ceil(len(sheet.columns) / bands), 1)
        self._width = max(self._per_band, MIN_COLUMNS) * (TILE + GAP) - GAP + 2 * MARGIN
        scale = self._width / UNIT_WIDTH
        self._title, self._detail, self._small = (round(size * scale) for size in (36, 29, 25))
        self._stroke = max(3, round(4 * scale))
        self._inner = self._width - 2 * MARGIN

    def arrange(self) -> Page:
        """Everything in its place."""
        page = Page(self._width)
        y = self._overviews(page, MARGIN)
        for start in range(0, len(self._sheet.columns), self._per_band):
            y = self._band(page, self._sheet.columns[start : start + self._per_band], y)
        page.height = self._footer(page, y) + MARGIN
        return page

    def _overviews(self, page: Page, y: int) -> int:
        number = len(self._sheet.overviews)
        room = (self._inner - (number - 1) * GAP) // number
        width, height = self._sheet.size
        scale = min(room / width, 0.75 * room / height)
        shown = round(width * scale), round(height * scale)
        left = (self._width - number * shown[0] - (number - 1) * GAP) // 2
        for index, overview in enumerate(self._sheet.overviews):
            x = left + index * (shown[0] + GAP)
            page.picture(x, y, *shown, overview.pixels, smooth=True)
            self._mark_crops(page, x, y, scale)
            page.text(x, y + shown[1] + GAP // 2, overview.title, self._detail, shown[0])
            below = y + shown[1] + GAP // 2 + self._detail * 5 // 4
            page.text(x, below, overview.detail, self._small, shown[0], GREY)
        y += shown[1] + GAP // 2 + self._detail * 5 // 4 + self._small * 2
        page.rule(MARGIN, y, self._inner, max(2, self._stroke // 2))
        return y + self._small

    def _mark_crops(self, page: Page, x: int, y: int, scale: float) -> None:
        chip = self._small * 6 // 5
        for crop, (letter, colour) in zip(self._sheet.crops, _marks(), strict=False):
            left, top = x + round(crop.x * scale), y + round(crop.y * scale)
            width, height = round(crop.width * scale), round(crop.height * scale)
            page.frame(left, top, max(width, 8), max(height, 8), self._stroke, colour)
            page.chip(left, top - chip if top - chip >= y else top, chip, letter, colour)

    def _band(self, page: Page, columns: tuple[Column, ...], y: int) -> int:
        used = len(columns) * (TILE + GAP) - GAP
        left = MARGIN + (self._inner - used) // 2 if len(self._sheet.columns) < MIN_COLUMNS else MARGIN
        places = [left + index * (TILE + GAP) for index in range(len(columns))]
        y = self._headings(page, columns, places, y)
        for row, (crop, mark) in enumerate(zip(self._sheet.crops, _marks(), strict=False)):
            size = self._tile_size(crop)
            for column, x in zip(columns, places, strict=True):
                page.picture(x, y, *size, column.views[row])
            page.chip(left, y, self._detail * 3 // 2, *mark)
            y += size[1] + GAP
        return y + self._small

    def _headings(self, page: Page, columns: tuple[Column, ...], places: list[int], y: int) -> int:
        title, detail = self._heading_sizes()
        titles = [wrapped(column.title, title, TEXT) for column in columns]
        tallest, most = max(map(len, titles)), max(len(column.lines) for column in columns)
        below = y + tallest * title * 6 // 5 + title // 6
        for column, words, x in zip(columns, titles, places, strict=True):
            for number, line in enumerate(words):
                page.text(x, y + (tallest - len(words) + number) * title * 6 // 5, line, title, TEXT)
            for number, line in enumerate(column.lines):
                page.text(x, below + number * detail * 5 // 4, line, detail, TEXT, GREY)
        return below + most * detail * 5 // 4 + self._small // 2

    def _heading_sizes(self) -> tuple[int, int]:
        """Of titles, which may be broken, and of what is under them; alike for every column of the sheet."""
        every = self._sheet.columns
        title = size_for_titles([column.title for column in every], self._title)
        detail = common_size((line for column in every for line in column.lines), self._detail, TEXT)
        return title, min(detail, title * 9 // 10)

    def _tile_size(self, crop: Crop) -> tuple[int, int]:
        zoom = min(zoom_of(crop), TILE / crop.width)
        return round(crop.width * zoom), round(crop.height * zoom)

    def _footer(self, page: Page, y: int) -> int:
        for line in wrapped(self._sheet.footer, self._small, self._inner):
            page.text(MARGIN, y, line, self._small, self._inner, GREY)
            y += self._small * 4 // 3
        return y


def _marks() -> list[tuple[str, tuple[int, int, int]]]:
    return [(letter, ACCENTS[index % len(ACCENTS)]) for index, letter in enumerate("abcdefghijklmnopqrstuvwxyz")]


def size_for_titles(titles: list[str], size: int) -> int:
    """The largest size, `size` at most and a little less at least, at which titles are broken least."""

    def roughness(candidate: int) -> tuple[int, int]:
        lines = [wrapped(title, candidate, TEXT) for title in titles]
        return sum(width_of(line, candidate) > TEXT for each in lines for line in each), sum(map(len, lines))

    return min(range(size, int(size * UNBROKEN_SHARE) - 1, -1), key=roughness)
