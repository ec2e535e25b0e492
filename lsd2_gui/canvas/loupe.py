"""The loupe: every picture shown, magnified around the place looked at.  Device pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from lsd2_gui.canvas.layout import Pane, Rect, place_loupe
from lsd2_gui.canvas.look import Ground
from lsd2_gui.canvas.marks import GROUNDS
from lsd2_gui.canvas.paint import paint_picture, qrect
from lsd2_gui.canvas.scene import Scene
from lsd2_gui.canvas.transform import Point, Size, ViewTransform

TILE, TILE_OF_MANY = 168, 116
"""Side of one magnified picture, logical pixels; up to four are large."""
MANY = 5
DISTANCE = 28
CAPTION = 22
BORDER = 3


@dataclass(frozen=True, slots=True)
class LoupeLayout:
    """`box` is the whole loupe; each picture shown has a cell, with its caption above it."""

    box: Rect
    cells: tuple[Rect, ...]


def loupe_layout(scene: Scene, place: Point) -> LoupeLayout:
    """Where the loupe is for a place looked at."""
    count, ratio = len(scene.shown), scene.ratio
    side = float(round((TILE if count < MANY else TILE_OF_MANY) * ratio))
    columns = {1: 1, 2: 2, 3: 3, 4: 2}.get(count, 3)
    gap, caption = float(round(ratio)), float(round(CAPTION * ratio))
    width, height = columns * side, math.ceil(count / columns) * (side + caption)
    view = Rect(0, 0, scene.width, scene.height)
    placed = place_loupe(view, place.x, place.y, width, height, DISTANCE * ratio)
    left, top = float(round(placed.left)), float(round(placed.top))
    cells = []
    for index in range(count):
        row, column = divmod(index, columns)
        cells.append(Rect(left + column * side, top + row * (side + caption) + caption, side - gap, side - gap))
    return LoupeLayout(Rect(left, top, width, height), tuple(cells))


def paint_loupe(painter: QPainter, font: QFont, scene: Scene) -> None:
    """Paint the loupe beside the place looked at."""
    if scene.pointer is None:
        return
    placed = loupe_layout(scene, scene.pointer)
    border = BORDER * scene.ratio
    painter.fillRect(qrect(placed.box).adjusted(-border, -border, border, border), QColor(20, 20, 20, 235))
    for cell, index in zip(placed.cells, scene.shown, strict=True):
        _paint_magnified(painter, scene, cell, index)
        _paint_cross(painter, qrect(cell).center(), scene.ratio)
        _paint_caption(painter, font, scene.ratio, cell, scene.layers[index].name)


def _paint_magnified(painter: QPainter, scene: Scene, cell: Rect, index: int) -> None:
    spot = scene.spot
    assert spot is not None
    there, scale = scene.image_point(scene.pane_of(index), spot), float(scene.look.loupe_scale)
    offset = Point(cell.width / 2 - there.x * scale, cell.height / 2 - there.y * scale)
    view = ViewTransform(Size(cell.width, cell.height), scene.transform.image, scale, offset, fits=False)
    painter.fillRect(qrect(cell), QColor(GROUNDS[Ground.GREY]))
    paint_picture(painter, scene.layers[index].chain, view, Pane(0, cell, cell))


def _paint_cross(painter: QPainter, middle: QPointF, ratio: float) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    for colour, width in ((QColor(0, 0, 0, 140), 3.0), (QColor(255, 255, 255, 220), 1.0)):
        painter.setPen(QPen(colour, width * ratio))
        for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            painter.drawLine(middle + QPointF(6 * x, 6 * y) * ratio, middle + QPointF(12 * x, 12 * y) * ratio)


def _paint_caption(painter: QPainter, font: QFont, ratio: float, cell: Rect, words: str) -> None:
    painter.save()
    painter.scale(ratio, ratio)
    painter.setFont(font)
    painter.setPen(QColor(255, 255, 255))
    box = QRectF(cell.left / ratio, cell.top / ratio - CAPTION, cell.width / ratio, CAPTION)
    shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideMiddle, box.width() - 8)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)
    painter.restore()
