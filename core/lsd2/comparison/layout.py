"""Where everything on a sheet is, in pixels of the sheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from lsd2.comparison.pen import ACCENTS, GREY, WHITE, Pen, common_size, wrapped
from lsd2.photo import Crop

TILE = 480
"""Width of a method's tile, pixels."""
MAX_COLUMNS = 6
MIN_COLUMNS = 4
GAP, MARGIN = 18, 60
UNIT_WIDTH = MIN_COLUMNS * TILE + (MIN_COLUMNS - 1) * GAP + 2 * MARGIN

Picture = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Overview:
    """A whole picture, (H, W, 3) uint8 sRGB, of any scale, with what is said under it."""

    pixels: Picture = field(repr=False)
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class Column:
    """A method: its name, the lines under it, and its views of the crops, (h, w, 3) uint8 sRGB each."""

    title: str
    lines: tuple[str, ...]
    views: tuple[Picture, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that is drawn; `size` is the full pair's (width, height), in which the crops are given."""

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

    def draw(self) -> Image.Image:
        """Draws on a page that is surely long enough, and cuts it."""
        page = Image.new("RGB", (self._width, self._longest()), WHITE)
        pen = Pen(page)
        y = self._overviews(pen, MARGIN)
        for start in range(0, len(self._sheet.columns), self._per_band):
            y = self._band(pen, self._sheet.columns[start : start + self._per_band], y)
        y = self._footer(pen, y)
        return page.crop((0, 0, self._width, y + MARGIN))

    def _longest(self) -> int:
        bands = ceil(len(self._sheet.columns) / self._per_band)
        crops = sum(self._tile_size(crop)[1] + GAP for crop in self._sheet.crops)
        lines = max((len(column.lines) for column in self._sheet.columns), default=0) + 3
        text = 2 * (self._title + self._detail) * lines
        return 2 * self._width + bands * (crops + text) + 20 * self._small + 2 * MARGIN

    def _overviews(self, pen: Pen, y: int) -> int:
        number = len(self._sheet.overviews)
        room = (self._inner - (number - 1) * GAP) // number
        width, height = self._sheet.size
        scale = min(room / width, 0.75 * room / height)
        shown = round(width * scale), round(height * scale)
        left = (self._width - number * shown[0] - (number - 1) * GAP) // 2
        for index, overview in enumerate(self._sheet.overviews):
            x = left + index * (shown[0] + GAP)
            pen.sheet.paste(Image.fromarray(overview.pixels).resize(shown, Image.Resampling.LANCZOS), (x, y))
            self._mark_crops(pen, x, y, scale)
            pen.text(x, y + shown[1] + GAP // 2, overview.title, self._detail, shown[0])
            below = y + shown[1] + GAP // 2 + self._detail * 5 // 4
            pen.text(x, below, overview.detail, self._small, shown[0], GREY)
        y += shown[1] + GAP // 2 + self._detail * 5 // 4 + self._small * 2
        pen.rule(MARGIN, y, self._inner, max(2, self._stroke // 2))
        return y + self._small

    def _mark_crops(self, pen: Pen, x: int, y: int, scale: float) -> None:
        chip = self._small * 6 // 5
        for crop, (letter, colour) in zip(self._sheet.crops, _marks(), strict=False):
            left, top = x + round(crop.x * scale), y + round(crop.y * scale)
            width, height = round(crop.width * scale), round(crop.height * scale)
            pen.frame(left, top, max(width, 8), max(height, 8), self._stroke, colour)
            pen.chip(left, top - chip if top - chip >= y else top, chip, letter, colour)

    def _band(self, pen: Pen, columns: tuple[Column, ...], y: int) -> int:
        used = len(columns) * (TILE + GAP) - GAP
        left = MARGIN + (self._inner - used) // 2 if len(self._sheet.columns) < MIN_COLUMNS else MARGIN
        places = [left + index * (TILE + GAP) for index in range(len(columns))]
        y = self._headings(pen, columns, places, y)
        for row, (crop, mark) in enumerate(zip(self._sheet.crops, _marks(), strict=False)):
            size = self._tile_size(crop)
            for column, x in zip(columns, places, strict=True):
                pen.sheet.paste(_enlarged(column.views[row], size), (x, y))
            pen.chip(left, y, self._detail * 3 // 2, *mark)
            y += size[1] + GAP
        return y + self._small

    def _headings(self, pen: Pen, columns: tuple[Column, ...], places: list[int], y: int) -> int:
        every = self._sheet.columns
        title = common_size((column.title for column in every), self._title, TILE)
        detail = common_size((line for column in every for line in column.lines), self._detail, TILE)
        pitch, lines = detail * 5 // 4, max(len(column.lines) for column in columns)
        for column, x in zip(columns, places, strict=True):
            pen.text(x, y + self._title - title, column.title, title, TILE)
            for number, line in enumerate(column.lines):
                pen.text(x, y + self._title * 4 // 3 + number * pitch, line, detail, TILE, GREY)
        return y + self._title * 4 // 3 + lines * pitch + self._small // 2

    def _tile_size(self, crop: Crop) -> tuple[int, int]:
        zoom = min(zoom_of(crop), TILE / crop.width)
        return round(crop.width * zoom), round(crop.height * zoom)

    def _footer(self, pen: Pen, y: int) -> int:
        for line in wrapped(self._sheet.footer, self._small, self._inner):
            pen.text(MARGIN, y, line, self._small, self._inner, GREY)
            y += self._small * 4 // 3
        return y


def _marks() -> list[tuple[str, tuple[int, int, int]]]:
    return [(letter, ACCENTS[index % len(ACCENTS)]) for index, letter in enumerate("abcdefghijklmnopqrstuvwxyz")]


def _enlarged(view: Picture, size: tuple[int, int]) -> Image.Image:
    whole = size[0] >= view.shape[1]
    return Image.fromarray(view).resize(size, Image.Resampling.NEAREST if whole else Image.Resampling.LANCZOS)
