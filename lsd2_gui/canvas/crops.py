"""Placing crops on the picture: rectangles are drawn, moved and resized over every pane at once."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from lsd2.photo import Crop
from lsd2_gui.canvas.crop_grips import Edges, carried, edges_at
from lsd2_gui.canvas.crop_marks import LETTERS, crop_box, paint_crops
from lsd2_gui.canvas.scene import Scene
from lsd2_gui.canvas.transform import Point
from lsd2_gui.canvas.view import PictureView
from lsd2_gui.text import tr

_STEP, _WIDE_STEP = 1, 10
"""Of the arrow keys, logical pixels of the screen; with Shift the wide one."""
MOST_OF_VIEW = 0.9
"""A crop that takes more of the view is taken hold of only by its edges: there must be room to draw others."""
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_REMOVING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_SLANTS = {
    Edges.LEFT | Edges.TOP: Qt.CursorShape.SizeFDiagCursor,
    Edges.RIGHT | Edges.BOTTOM: Qt.CursorShape.SizeFDiagCursor,
    Edges.RIGHT | Edges.TOP: Qt.CursorShape.SizeBDiagCursor,
    Edges.LEFT | Edges.BOTTOM: Qt.CursorShape.SizeBDiagCursor,
    Edges.LEFT: Qt.CursorShape.SizeHorCursor,
    Edges.RIGHT: Qt.CursorShape.SizeHorCursor,
    Edges.TOP: Qt.CursorShape.SizeVerCursor,
    Edges.BOTTOM: Qt.CursorShape.SizeVerCursor,
    Edges.ALL: Qt.CursorShape.SizeAllCursor,
}


@dataclass(frozen=True, slots=True)
class _Hold:
    """A press: where, and what of which crop goes with it; a new one is drawn where it is none."""

    start: Point
    index: int | None = None
    edges: Edges = Edges.ALL


class CropOverlay(QWidget):
    """Lies over the canvas while crops are placed; wheel and other buttons reach the canvas.

    A drag draws a crop, or moves or resizes the one that it begins on; with Ctrl it always draws.  Tab goes from crop
    to crop; the arrows move the chosen one, with Ctrl they resize it, with Shift in wide steps; Delete removes it.

    Signals: `placed` with a new crop in image pixels; `changed` with a crop, what becomes of it, and whether that was
    done by keys; `removed` with a crop.
    """

    placed = Signal(object)
    changed = Signal(object, object, bool)
    removed = Signal(object)

    def __init__(self, canvas: PictureView) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._crops: tuple[Crop, ...] = ()
        self._chosen: int | None = None
        self._hold: _Hold | None = None
        self._draft: Crop | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(tr("Parts for the comparison sheet"))
        canvas.installEventFilter(self)
        canvas.view_changed.connect(self.update)
        self.hide()

    @property
    def chosen(self) -> Crop | None:
        """The crop that keys work on."""
        return self._crops[self._chosen] if self._chosen is not None else None

    def show_crops(self, crops: tuple[Crop, ...]) -> None:
        """The crops placed so far; the chosen one stays chosen, and a new one is."""
        if len(crops) == len(self._crops) + 1 and crops[:-1] == self._crops:
            self._chosen = len(self._crops)
        elif len(crops) != len(self._crops):
            self._chosen = crops.index(self.chosen) if self.chosen in crops else None
        self._crops = crops
        self._describe()
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self.resize(self._canvas.size())
        return False

    # ---- mouse ----

    def mousePressEvent(self, event: QMouseEvent) -> None:
        start = self._image_point(event.position())
        if event.button() != Qt.MouseButton.LeftButton or start is None:
            event.ignore()
            return
        draws = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        found = None if draws else self._crop_at(event.position())
        self._draft = None
        self._hold = _Hold(start, *found) if found else _Hold(start)
        if found:
            self._choose(found[0])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        to, scene, hold = self._image_point(event.position()), self._canvas.scene(), self._hold
        if hold is None or to is None or scene is None:
            self._show_cursor(event)
            event.ignore()
            return
        width, height = _size(scene)
        if hold.index is None:
            self._draft = _between(hold.start, to, width, height)
        else:
            dx, dy = round(to.x - hold.start.x), round(to.y - hold.start.y)
            self._draft = carried(self._crops[hold.index], hold.edges, dx, dy, width, height)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        draft, self._draft, hold, self._hold = self._draft, None, self._hold, None
        self.update()
        if draft is None or hold is None:
            return
        if hold.index is None:
            self.placed.emit(draft)
        elif hold.index < len(self._crops):
            self._change(hold.index, draft, by_keys=False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._canvas.wheelEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.ignore()

    # ---- keys ----

    def event(self, event: QEvent) -> bool:
        """While it has the focus, the keys that it takes are not the window's."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._takes(event):
            event.accept()
            return True
        return super().event(event)

    def _takes(self, event: QKeyEvent) -> bool:
        return self.chosen is not None and Qt.Key(event.key()) in (*_ARROWS, *_REMOVING)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, index, scene = Qt.Key(event.key()), self._chosen, self._canvas.scene()
        if index is None or scene is None:
            super().keyPressEvent(event)
        elif key in _REMOVING:
            self.removed.emit(self._crops[index])
        elif key in _ARROWS:
            wide = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            resizes = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            way = max(1, round((_WIDE_STEP if wide else _STEP) * scene.ratio / scene.transform.scale))
            dx, dy = (way * part for part in _ARROWS[key])
            edges = Edges.RIGHT | Edges.BOTTOM if resizes else Edges.ALL
            self._change(index, carried(self._crops[index], edges, dx, dy, *_size(scene)), by_keys=True)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, following: bool) -> bool:
        """Tab goes from crop to crop before it goes on."""
        way = 1 if following else -1
        place = (-1 if following else len(self._crops)) if self._chosen is None else self._chosen
        if self.hasFocus() and 0 <= place + way < len(self._crops):
            self._choose(place + way)
            return True
        return bool(super().focusNextPrevChild(following))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Those who come by keys begin at the first crop, or at the last."""
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason) and self._crops:
            self._choose(0 if event.reason() is Qt.FocusReason.TabFocusReason else len(self._crops) - 1)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    # ---- painting ----

    def paintEvent(self, event: QPaintEvent) -> None:
        scene = self._canvas.scene()
        if scene is None:
            return
        painter = QPainter(self)
        font = QFont(self.font())
        font.setBold(True)
        painter.setFont(font)
        paint_crops(painter, scene, self._shown(), self._chosen)
        painter.end()

    def _shown(self) -> tuple[Crop, ...]:
        """The crops as they are while one is dragged."""
        if self._draft is None or self._hold is None:
            return self._crops
        if self._hold.index is None:
            return (*self._crops, self._draft)
        return tuple(self._draft if index == self._hold.index else crop for index, crop in enumerate(self._crops))

    # ---- helpers ----

    def _choose(self, index: int) -> None:
        self._chosen = index
        self._describe()
        self.update()

    def _describe(self) -> None:
        """Tell those who do not see it where the chosen crop lies."""
        crop, words = self.chosen, ""
        if crop is not None and self._chosen is not None:
            words = tr("Part {0}: {1} \N{MULTIPLICATION SIGN} {2} pixels at {3}, {4}").format(
                LETTERS[self._chosen], crop.width, crop.height, crop.x, crop.y
            )
        self.setAccessibleDescription(words)

    def _change(self, index: int, crop: Crop, *, by_keys: bool) -> None:
        if crop != self._crops[index]:
            self.changed.emit(self._crops[index], crop, by_keys)

    def _show_cursor(self, event: QMouseEvent) -> None:
        found = self._crop_at(event.position())
        self.setCursor(_SLANTS.get(found[1], Qt.CursorShape.CrossCursor) if found else Qt.CursorShape.CrossCursor)

    def _crop_at(self, position: QPointF) -> tuple[int, Edges] | None:
        """The crop under the pointer, the chosen one before the others and small ones before large ones."""
        scene = self._canvas.scene()
        if scene is None:
            return None
        pane = scene.pane_at(Point(position.x() * scene.ratio, position.y() * scene.ratio))
        order = sorted(
            range(len(self._crops)),
            key=lambda index: (index != self._chosen, self._crops[index].width * self._crops[index].height),
        )
        room = pane.clip.scaled(MOST_OF_VIEW / scene.ratio)
        for index in order:
            box = crop_box(scene, pane, self._crops[index])
            edges = edges_at(box, position.x(), position.y())
            fills_view = box.width > room.width and box.height > room.height
            if edges is not None and not (edges == Edges.ALL and fills_view):
                return index, edges
        return None

    def _image_point(self, position: QPointF) -> Point | None:
        scene = self._canvas.scene()
        if scene is None:
            return None
        place = Point(position.x() * scene.ratio, position.y() * scene.ratio)
        pane = scene.pane_at(place)
        return scene.image_point(pane, Point(place.x - pane.frame.left, place.y - pane.frame.top))


def _size(scene: Scene) -> tuple[int, int]:
    return int(scene.transform.image.width), int(scene.transform.image.height)


def _between(one: Point, other: Point, width: int, height: int) -> Crop | None:
    """The rectangle with two opposite corners, inside the picture; None if it is empty."""
    left, right = sorted((min(max(one.x, 0.0), width), min(max(other.x, 0.0), width)))
    top, bottom = sorted((min(max(one.y, 0.0), height), min(max(other.y, 0.0), height)))
    crop = Crop(floor(left), floor(top), ceil(right) - floor(left), ceil(bottom) - floor(top))
    return crop if min(crop.width, crop.height) > 0 else None
