"""The drawing on the empty page: a dark, noisy frame and a bright, blurred one make a clear one."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from lsd2_gui.text import tr
from lsd2_gui.theme import COLOURS

_FRAME = QSize(120, 84)
_GAP = 40
_CAPTION = 26
_GRAINS = 90


class PairDrawing(QWidget):
    """Three small frames: short + long = result."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(3 * _FRAME.width() + 2 * _GAP, _FRAME.height() + _CAPTION)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step = _FRAME.width() + _GAP
        boxes = [QRectF(index * step, 0, _FRAME.width(), _FRAME.height()) for index in range(3)]
        _scene(painter, boxes[0], "#161616", "#2c2c2c", "#4a4a4a", shake=0)
        _grain(painter, boxes[0])
        _scene(painter, boxes[1], "#7d7d7d", "#a9a9a9", "#e8e8e8", shake=14)
        _scene(painter, boxes[2], "#4a4a4a", "#8c8c8c", COLOURS["accent"], shake=0)
        for index, sign in enumerate(("+", "=")):
            _write(painter, QRectF(boxes[index].right(), 0, _GAP, _FRAME.height()), sign, 22, "muted")
        for box, words in zip(boxes, (tr("Short"), tr("Long"), tr("Fused")), strict=True):
            _write(painter, QRectF(box.left(), box.bottom() + 4, box.width(), _CAPTION - 4), words, 12, "muted")
        painter.end()


def _scene(painter: QPainter, box: QRectF, sky: str, hills: str, lamp: str, shake: int) -> None:
    """A lamp over two hills; drawn again and again along a path where the camera shook."""
    frame = QPainterPath()
    frame.addRoundedRect(box, 6, 6)
    painter.save()
    painter.setClipPath(frame)
    painter.fillRect(box, QColor(sky))
    steps = max(1, shake)
    for index in range(steps):
        offset = QPointF(index - steps / 2, (index % 5) * 0.8 - 1.6) if shake else QPointF()
        painter.setOpacity(1 / (1 + 0.35 * index))
        _shapes(painter, box.translated(offset), QColor(hills), QColor(lamp))
    painter.restore()


def _shapes(painter: QPainter, box: QRectF, hills: QColor, lamp: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(lamp)
    painter.drawEllipse(box.topLeft() + QPointF(86, 24), 9, 9)
    ridge = QPainterPath(box.bottomLeft() + QPointF(-20, 0))
    for x, y in ((36, 48), (62, 22), (84, 38), (142, -4)):
        ridge.lineTo(box.left() + x, box.bottom() - y)
    ridge.lineTo(box.bottomRight() + QPointF(20, 0))
    painter.setBrush(hills)
    painter.drawPath(ridge)


def _grain(painter: QPainter, box: QRectF) -> None:
    """Noise at places that are the same each time: a small linear congruential sequence."""
    state = 7
    for index in range(_GRAINS):
        state = (state * 1103515245 + 12345) % 2**31
        x, y = state % 1009 / 1009, state // 1009 % 1013 / 1013
        painter.setPen(QPen(QColor("#6a6a6a" if index % 3 else "#0c0c0c"), 1.6))
        painter.drawPoint(QPointF(box.left() + 3 + x * (box.width() - 6), box.top() + 3 + y * (box.height() - 6)))


def _write(painter: QPainter, box: QRectF, words: str, size: int, colour: str) -> None:
    font = QFont(painter.font())
    font.setPixelSize(size)
    painter.setFont(font)
    painter.setPen(QColor(COLOURS[colour]))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
