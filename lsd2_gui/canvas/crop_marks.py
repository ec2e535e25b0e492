"""How crops are drawn over the pictures."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from lsd2.photo import Crop
from lsd2_gui.canvas.layout import Pane, Rect
from lsd2_gui.canvas.paint import qrect
from lsd2_gui.canvas.scene import Scene
from lsd2_gui.canvas.transform import Point

COLOURS = ("#e6550d", "#0072b2", "#009e73", "#cc79a7", "#56b4e9", "#d5c828")
"""As on the sheet: orange, blue, green... told apart by colour-blind people too (Okabe and Ito, 2008)."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"
_CHIP, _GRIP = 18.0, 7.0


def crop_box(scene: Scene, pane: Pane, crop: Crop) -> Rect:
    """Where a crop lies in a pane, logical pixels of the canvas."""
    start = scene.transform.to_view(Point(crop.x, crop.y))
    end = scene.transform.to_view(Point(crop.columns.stop, crop.rows.stop))
    left, top = start.x + pane.frame.left + pane.shift[0], start.y + pane.frame.top + pane.shift[1]
    return Rect(left, top, end.x - start.x, end.y - start.y).scaled(1 / scene.ratio)


def paint_crops(painter: QPainter, scene: Scene, crops: Sequence[Crop], chosen: int | None) -> None:
    """Each crop in each pane; the chosen one with grips.  Logical pixels."""
    for index, crop in enumerate(crops):
        for pane in scene.panes:
            painter.setClipRect(qrect(pane.clip.scaled(1 / scene.ratio)))
            _paint(painter, qrect(crop_box(scene, pane, crop)), index, is_chosen=index == chosen)


def _paint(painter: QPainter, box: QRectF, index: int, *, is_chosen: bool) -> None:
    colour = QColor(COLOURS[index % len(COLOURS)])
    painter.setPen(QPen(colour, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)
    if is_chosen:
        _paint_grips(painter, box, colour)
    chip = QRectF(box.left() - 1, box.top() - 1, _CHIP, _CHIP)
    painter.fillRect(chip, colour)
    painter.setPen(Qt.GlobalColor.white)
    painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, LETTERS[index])


def _paint_grips(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """A white line within the frame, and small squares by which it is resized."""
    painter.setPen(QPen(Qt.GlobalColor.white, 1))
    painter.drawRect(box.adjusted(2, 2, -2, -2))
    painter.setPen(QPen(colour, 1))
    painter.setBrush(Qt.GlobalColor.white)
    middle = box.center()
    for x in (box.left(), middle.x(), box.right()):
        for y in (box.top(), middle.y(), box.bottom()):
            if x != middle.x() or y != middle.y():
                painter.drawRect(QRectF(x - _GRIP / 2, y - _GRIP / 2, _GRIP, _GRIP))
