"""Placing crops on the picture: rectangles are drawn with the mouse over every pane at once."""

from __future__ import annotations

from math import ceil, floor

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QWidget

from lsd2.photo import Crop
from lsd2_gui.canvas.layout import Pane
from lsd2_gui.canvas.scene import Scene
from lsd2_gui.canvas.transform import Point
from lsd2_gui.canvas.view import PictureView
from lsd2_gui.text import tr

COLOURS = ("#e6550d", "#0072b2", "#009e73", "#cc79a7", "#56b4e9", "#d5c828")
"""As on the sheet: orange, blue, green... told apart by colour-blind people too (Okabe and Ito, 2008)."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"
_CHIP = 18.0


class CropOverlay(QWidget):
    """Lies over the canvas while crops are placed; wheel and other buttons reach the canvas.

    Signal: `placed` with a new crop, in image pixels.
    """

    placed = Signal(object)

    def __init__(self, canvas: PictureView) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._crops: tuple[Crop, ...] = ()
        self._from: Point | None = None
        self._draft: Crop | None = None
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(tr("Parts for the comparison sheet"))
        canvas.installEventFilter(self)
        canvas.view_changed.connect(self.update)
        self.hide()

    def show_crops(self, crops: tuple[Crop, ...]) -> None:
        """The crops placed so far."""
        self._crops = crops
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self.resize(self._canvas.size())
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self._from = self._image_point(event.position())
        self._draft = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        to = self._image_point(event.position()) if self._from is not None else None
        scene = self._canvas.scene()
        if self._from is None or to is None or scene is None:
            event.ignore()
            return
        self._draft = _between(self._from, to, int(scene.transform.image.width), int(scene.transform.image.height))
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        draft, self._draft, self._from = self._draft, None, None
        self.update()
        if draft is not None:
            self.placed.emit(draft)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._canvas.wheelEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        scene = self._canvas.scene()
        if scene is None:
            return
        painter = QPainter(self)
        font = QFont(self.font())
        font.setBold(True)
        painter.setFont(font)
        drafts = (self._draft,) if self._draft else ()
        for index, crop in enumerate((*self._crops, *drafts)):
            for pane in scene.panes:
                self._paint(painter, scene, pane, crop, index)
        painter.end()

    def _paint(self, painter: QPainter, scene: Scene, pane: Pane, crop: Crop, index: int) -> None:
        colour, box = QColor(COLOURS[index % len(COLOURS)]), self._box(scene, pane, crop)
        ratio = scene.ratio
        clip = QRectF(pane.clip.left / ratio, pane.clip.top / ratio, pane.clip.width / ratio, pane.clip.height / ratio)
        painter.setClipRect(clip)
        painter.setPen(QPen(colour, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
        chip = QRectF(box.left() - 1, box.top() - 1, _CHIP, _CHIP)
        painter.fillRect(chip, colour)
        painter.setPen(Qt.GlobalColor.white)
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, LETTERS[index])

    def _box(self, scene: Scene, pane: Pane, crop: Crop) -> QRectF:
        """Where a crop lies in a pane, logical pixels of the canvas."""
        corners = []
        for x, y in ((crop.x, crop.y), (crop.columns.stop, crop.rows.stop)):
            spot = scene.transform.to_view(Point(x, y))
            left, top = spot.x + pane.frame.left + pane.shift[0], spot.y + pane.frame.top + pane.shift[1]
            corners.append(QPointF(left / scene.ratio, top / scene.ratio))
        return QRectF(corners[0], corners[1])

    def _image_point(self, position: QPointF) -> Point | None:
        scene = self._canvas.scene()
        if scene is None:
            return None
        place = Point(position.x() * scene.ratio, position.y() * scene.ratio)
        pane = scene.pane_at(place)
        return scene.image_point(pane, Point(place.x - pane.frame.left, place.y - pane.frame.top))


def _between(one: Point, other: Point, width: int, height: int) -> Crop | None:
    """The rectangle with two opposite corners, inside the picture; None if it is empty."""
    left, right = sorted((min(max(one.x, 0.0), width), min(max(other.x, 0.0), width)))
    top, bottom = sorted((min(max(one.y, 0.0), height), min(max(other.y, 0.0), height)))
    crop = Crop(floor(left), floor(top), ceil(right) - floor(left), ceil(bottom) - floor(top))
    return crop if min(crop.width, crop.height) > 0 else None
