"""What is written on the pictures: what each pane shows, and the values of the pixel looked at.  Logical pixels."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from lsd2_gui import text
from lsd2_gui.canvas.layout import Pane, label_room, place_foot
from lsd2_gui.canvas.paint import (
    LABEL_MARGIN,
    LABEL_PADDING_X,
    LABEL_PADDING_Y,
    label_lines,
    label_size,
    paint_label,
    paint_pill,
    picture_place,
    qrect,
)
from lsd2_gui.canvas.readout import PixelRow, pixel_at, pixel_rows
from lsd2_gui.canvas.scene import Scene
from lsd2_gui.text import tr

WIDEST_VALUE = "00.000"
COLUMN_GAP = 10


def pane_label(scene: Scene, pane: Pane) -> str:
    """What a pane shows: the picture, how it is shown, and how far it was moved from the others."""
    if scene.is_difference:
        left, right = scene.layers[scene.reference], scene.layers[scene.chosen]
        words = tr("{0} \N{MINUS SIGN} {1}  ·  {2} difference \N{MULTIPLICATION SIGN} {3}")
        label = words.format(right.name, left.name, text.difference(scene.look.difference), scene.look.gain)
        away = scene.shifts[scene.reference]
    else:
        label, away = scene.layers[pane.layer].label, (0.0, 0.0)
    way = [(here - there) / scene.transform.scale for here, there in zip(pane.shift, away, strict=True)]
    if not any(way):
        return label
    return tr("{0}  ·  moved by {1}, {2} px").format(label, *(f"{pixels:+.0f}" for pixels in way))


def paint_pane_label(painter: QPainter, font: QFont, scene: Scene, pane: Pane) -> None:
    """On the picture rather than beside it, where there is room."""
    place, _ = picture_place(scene.layers[pane.layer].chain, scene.transform, pane)
    clip, picture = pane.clip.scaled(1 / scene.ratio), place.scaled(1 / scene.ratio)
    lines = label_lines(font, pane_label(scene, pane), clip.width - 2 * LABEL_MARGIN)
    room = label_room(clip, picture, *label_size(font, *lines), LABEL_MARGIN, right=pane.label_right)
    paint_label(painter, font, lines, room, right=pane.label_right)


def paint_values(painter: QPainter, font: QFont, scene: Scene) -> None:
    """The values of the pixel looked at, in the lower corner of each pane; of a difference, those of both pictures."""
    if scene.is_difference:
        for index, right in ((scene.reference, False), (scene.chosen, True)):
            _paint_values(painter, font, scene, replace(scene.pane_of(index), label_right=right), name=True)
    else:
        for pane in scene.panes:
            _paint_values(painter, font, scene, pane, name=False)


def _paint_values(painter: QPainter, font: QFont, scene: Scene, pane: Pane, *, name: bool) -> None:
    if scene.spot is None:
        return
    layer = scene.layers[pane.layer]
    there = scene.image_point(pane, scene.spot)
    pixel = pixel_at(layer, there.x, there.y, scene.transform.image.width)
    if pixel is None or not layer.knows(*pixel):
        return
    rows = (*((PixelRow(layer.name, ()),) if name else ()), *pixel_rows(layer, *pixel))
    size = _table_size(font, rows)
    box = place_foot(pane.clip.scaled(1 / scene.ratio), *size, LABEL_MARGIN, right=pane.label_right)
    if box is not None:
        _paint_table(painter, font, rows, qrect(box))


def _table_size(font: QFont, rows: Sequence[PixelRow]) -> tuple[int, int]:
    """As wide as the widest values, so that nothing dances while the pointer moves."""
    metrics = QFontMetricsF(font)
    heading = max(metrics.horizontalAdvance(row.heading) for row in rows if row.values)
    width = heading + 3 * (metrics.horizontalAdvance(WIDEST_VALUE) + COLUMN_GAP) + 2 * LABEL_PADDING_X
    return math.ceil(width), math.ceil(metrics.height() * len(rows)) + 2 * LABEL_PADDING_Y


def _paint_table(painter: QPainter, font: QFont, rows: Sequence[PixelRow], box: QRectF) -> None:
    """Headings at the left, values in columns that end where they should."""
    paint_pill(painter, font, ("",), box)
    metrics = QFontMetricsF(font)
    column = metrics.horizontalAdvance(WIDEST_VALUE) + COLUMN_GAP
    right = box.right() - LABEL_PADDING_X
    for index, row in enumerate(rows):
        top = box.top() + LABEL_PADDING_Y + index * metrics.height()
        line = QRectF(box.left() + LABEL_PADDING_X, top, box.width() - 2 * LABEL_PADDING_X, metrics.height())
        heading = metrics.elidedText(row.heading, Qt.TextElideMode.ElideMiddle, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, heading)
        for place, value in enumerate(row.values):
            cell = QRectF(right - (3 - place) * column, top, column, metrics.height())
            painter.drawText(cell, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, value)


def paint_spots(painter: QPainter, scene: Scene) -> None:
    """A small cross at the place looked at, in every pane of several."""
    if scene.spot is None or len({pane.frame for pane in scene.panes}) < 2:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    for pane in scene.panes:
        x = (pane.frame.left + scene.spot.x) / scene.ratio
        y = (pane.frame.top + scene.spot.y) / scene.ratio
        for colour, width in ((QColor(0, 0, 0, 160), 3), (QColor(255, 255, 255, 230), 1)):
            painter.setPen(QPen(colour, width))
            for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
                painter.drawLine(QLineF(x + 4 * dx, y + 4 * dy, x + 10 * dx, y + 10 * dy))
