"""The picture area with the mouse, the wheel and the keys that move it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from lsd2_gui.canvas import layout
from lsd2_gui.canvas.paint import HANDLE_RADIUS
from lsd2_gui.canvas.transform import STEP
from lsd2_gui.canvas.view import PictureView
from lsd2_gui.canvas.wheel import WheelSteps
from lsd2_gui.text import tr

PAN_STEP = 96
_PEEK_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Backslash)
_ARROWS = {
    Qt.Key.Key_Left: (1, 0),
    Qt.Key.Key_Right: (-1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class Canvas(PictureView):
    """A `PictureView` that is moved by hand: wheel zooms, drag pans, the divider has its own zone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Picture"))
        self.setAccessibleDescription(tr("Compares two pictures; hold Space to see the left one everywhere."))
        self._dragging_divider = False
        self._pan_from: QPointF | None = None
        self._wheel = WheelSteps()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._follow_size()
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self._zoom(max(0.1, 1.0 + event.value()), self._to_device(event.position()))
            return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel zooms at the pointer.  A trackpad, which tells phases, pans; with Ctrl it zooms."""
        pixels = event.pixelDelta()
        is_trackpad = event.phase() != Qt.ScrollPhase.NoScrollPhase and not pixels.isNull()
        if is_trackpad and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._pan(QPointF(pixels))
        else:
            steps = self._wheel.add(event.angleDelta().y())
            if steps:
                self._zoom(STEP**steps, self._to_device(event.position()))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.MiddleButton:
            self.toggle_fit()
        elif event.button() == Qt.MouseButton.LeftButton:
            self._dragging_divider = self._is_on_divider(event.position())
            self._pan_from = None if self._dragging_divider else event.position()
            self._choose_cursor(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragging_divider:
            self._set_divider(event.position().x() / max(1, self.width()))
        elif self._pan_from is not None:
            self._pan(event.position() - self._pan_from)
            self._pan_from = event.position()
        self._choose_cursor(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._dragging_divider = False
            self._pan_from = None
            self._choose_cursor(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            self.mousePressEvent(event)
        elif self._is_on_divider(event.position()):
            self.divider_centre()
        elif self.transform is not None:
            self._move(self.transform.toggled(self._to_device(event.position())))

    def leaveEvent(self, event: QEvent) -> None:
        self._heat_divider(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _PEEK_KEYS:
            self.set_peeking(True)
        elif key in _ARROWS and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            x, y = _ARROWS[key]
            self._pan(QPointF(x * PAN_STEP, y * PAN_STEP))
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() in _PEEK_KEYS:
            if not event.isAutoRepeat():
                self.set_peeking(False)
        else:
            super().keyReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring is for those who came by the Tab key."""
        self._shows_focus = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.set_peeking(False)
        self.update()

    def _pan(self, delta: QPointF) -> None:
        if self.transform is not None:
            ratio = self.devicePixelRatioF()
            self._move(self.transform.panned(delta.x() * ratio, delta.y() * ratio))

    def _is_on_divider(self, position: QPointF) -> bool:
        if not self.is_wipe:
            return False
        dx, dy = position.x() - self.divider * self.width(), position.y() - self.height() / 2
        return abs(dx) <= layout.DIVIDER_ZONE / 2 or dx * dx + dy * dy <= HANDLE_RADIUS**2

    def _choose_cursor(self, position: QPointF) -> None:
        on_divider = self._dragging_divider or (self._pan_from is None and self._is_on_divider(position))
        self._heat_divider(on_divider)
        if on_divider:
            self.setCursor(Qt.CursorShape.SplitHCursor)
        elif self._pan_from is not None:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif self.transform is not None and self.transform.scale > self.transform.fit_scale * 1.001:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.unsetCursor()

    def _heat_divider(self, hot: bool) -> None:
        if hot != self._divider_is_hot:
            self._divider_is_hot = hot
            self.update()
