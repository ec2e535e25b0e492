"""The picture area with the mouse, the wheel, fingers, and the keys that move it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget

from lsd2_gui.canvas.commands import Commands
from lsd2_gui.canvas.drag import Drag, Grip, grip_at
from lsd2_gui.canvas.gliding import Glider
from lsd2_gui.canvas.scene import Scene
from lsd2_gui.canvas.transform import STEP
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
_CURSORS = {
    Grip.MINIMAP: Qt.CursorShape.CrossCursor,
    Grip.PANE: Qt.CursorShape.SizeAllCursor,
}


class Canvas(Commands):
    """Moved by hand: the wheel zooms, a drag pans, Shift-drag moves one pane, the divider has its own zone.

    Signals: `picked` (a layer's index, and whether it is to be the reference) when a pane of several was clicked;
    `number_pressed` for the keys 1 to 9.
    """

    picked = Signal(int, bool)
    number_pressed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self.setAccessibleName(tr("Picture"))
        self._drag: Drag | None = None
        self._glider = Glider(self._pan, self)
        self._wheel = WheelSteps()

    # ---- wheel and fingers ----

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._follow_size()
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self._zoom_at(max(0.1, 1.0 + event.value()), event.position())
            return True
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                self._pinch(pinch)
                event.accept(pinch)
            return True
        return super().event(event)

    def _pinch(self, pinch: QPinchGesture) -> None:
        """Two fingers: their middle carries the picture, their distance zooms it there."""
        self._glider.stop()
        self._drag = None  # the first finger came as a mouse's press, and would pan as well
        flags = pinch.changeFlags()
        if flags & QPinchGesture.ChangeFlag.CenterPointChanged:
            way = pinch.centerPoint() - pinch.lastCenterPoint()
            self._pan(way.x(), way.y())
        if flags & QPinchGesture.ChangeFlag.ScaleFactorChanged:
            self._zoom_at(pinch.scaleFactor(), self.mapFromGlobal(pinch.centerPoint()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel zooms at the pointer.  A trackpad, which tells phases, pans; with Ctrl it zooms."""
        self._glider.stop()
        pixels = event.pixelDelta()
        is_trackpad = event.phase() != Qt.ScrollPhase.NoScrollPhase and not pixels.isNull()
        if is_trackpad and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._pan(pixels.x(), pixels.y())
        else:
            steps = self._wheel.add(event.angleDelta().y())
            if steps:
                self._zoom_at(STEP**steps, event.position())
        event.accept()

    # ---- mouse ----

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._glider.stop()
        scene = self.scene()
        if event.button() == Qt.MouseButton.MiddleButton:
            self.toggle_fit()
        elif event.button() == Qt.MouseButton.LeftButton and scene is not None:
            alone = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            grip = grip_at(scene, self.to_device(event.position()), alone=alone)
            self._drag = Drag(grip, event.position(), event.position())
            self._drag.speed.add(float(event.timestamp()), event.position().x(), event.position().y())
            if grip is Grip.MINIMAP:
                self._look_there(scene, event.position())
        self._point_at(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        drag = self._drag
        if drag is not None:
            self._go_on(drag, drag.move(event.position(), float(event.timestamp())))
        self._point_at(event.position())

    def _go_on(self, drag: Drag, way: QPointF) -> None:
        if drag.grip is Grip.DIVIDER:
            self._drag_divider(drag.last)
        elif drag.grip is Grip.PANE:
            ratio = self.devicePixelRatioF()
            self.move_pane(self.to_device(drag.start), way.x() * ratio, way.y() * ratio)
        elif drag.grip is Grip.MINIMAP:
            scene = self.scene()
            if scene is not None:
                self._look_there(scene, drag.last)
        else:
            self._pan(way.x(), way.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drag = self._drag
        if event.button() != Qt.MouseButton.LeftButton or drag is None:
            return
        self._drag = None
        if drag.grip is Grip.PICTURE:
            if drag.is_click:
                self._click(event)
            else:
                self._glider.throw(drag.speed.speed(float(event.timestamp())))
        self._point_at(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        scene = self.scene()
        if event.button() != Qt.MouseButton.LeftButton or scene is None:
            self.mousePressEvent(event)
            return
        grip = grip_at(scene, self.to_device(event.position()), alone=False)
        if grip is Grip.DIVIDER:
            self.divider_centre()
        elif grip is Grip.PICTURE:
            self._point_at(event.position())
            self._move(scene.transform.toggled(self.anchor()))

    def leaveEvent(self, event: QEvent) -> None:
        self.point_at(None)
        self._heat_divider(False)

    def hideEvent(self, event: QHideEvent) -> None:
        self._glider.stop()
        self._drag = None
        super().hideEvent(event)

    def _click(self, event: QMouseEvent) -> None:
        scene = self.scene()
        if scene is not None and len({pane.frame for pane in scene.panes}) > 1:
            pane = scene.pane_at(self.to_device(event.position()))
            self.picked.emit(pane.layer, bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))

    # ---- keys ----

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = Qt.Key(event.key())
        if self.take_key(event, pressed=True):
            return
        if key in _ARROWS and modifiers == Qt.KeyboardModifier.NoModifier:
            self._glider.stop()
            x, y = _ARROWS[key]
            self._pan(x * PAN_STEP, y * PAN_STEP)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self.take_key(event, pressed=False):
            super().keyReleaseEvent(event)

    def take_key(self, event: QKeyEvent, *, pressed: bool) -> bool:
        """Use a key that works wherever the focus is, unless a field needs it; whether it was one."""
        if event.key() in _PEEK_KEYS:
            if pressed or not event.isAutoRepeat():
                self.set_peeking(pressed)
            return True
        digit = event.key() - Qt.Key.Key_0
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if pressed and plain and 1 <= digit <= 9:
            self.number_pressed.emit(digit)
            return True
        return False

    def toggle_focus(self) -> None:
        """From the picture to the panel, and back."""
        if self.hasFocus():
            self.focusNextChild()
        else:
            self.setFocus(Qt.FocusReason.TabFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring is for those who came by keys."""
        self._shows_focus = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.set_peeking(False)
        self.update()

    # ---- helpers ----

    def _pan(self, dx: float, dy: float) -> bool:
        """Move all panes by logical pixels; whether anything moved."""
        if self.transform is None:
            return False
        ratio = self.devicePixelRatioF()
        moved = self.transform.panned(dx * ratio, dy * ratio)
        if moved is self.transform:
            return False
        self._move(moved)
        return True

    def _zoom_at(self, factor: float, position: QPointF) -> None:
        if self.transform is not None:
            self._move(self.transform.zoomed_by(factor, self.anchor(self.to_device(position))))

    def _drag_divider(self, position: QPointF) -> None:
        if self.look.across:
            self.set_divider(position.y() / max(1, self.height()))
        else:
            self.set_divider(position.x() / max(1, self.width()))

    def _look_there(self, scene: Scene, position: QPointF) -> None:
        """Centre what the minimap shows at a position."""
        box = scene.minimap()
        if box is not None:
            self._move(scene.transform.centred_on(scene.minimap_point(box, self.to_device(position))))

    def _point_at(self, position: QPointF) -> None:
        """The pointer is here: show what it can take hold of, and the values there."""
        self.point_at(self.to_device(position))
        scene = self.scene()
        if scene is None:
            self.unsetCursor()
            return
        grip = self._drag.grip if self._drag else grip_at(scene, self.to_device(position), alone=False)
        self._heat_divider(grip is Grip.DIVIDER)
        self.setCursor(self._cursor(grip, scene))

    def _cursor(self, grip: Grip, scene: Scene) -> Qt.CursorShape:
        if grip is Grip.DIVIDER:
            return Qt.CursorShape.SplitVCursor if self.look.across else Qt.CursorShape.SplitHCursor
        if grip in _CURSORS:
            return _CURSORS[grip]
        if self.look.loupe:
            return Qt.CursorShape.CrossCursor
        if scene.transform.is_zoomed:
            return Qt.CursorShape.OpenHandCursor if self._drag is None else Qt.CursorShape.ClosedHandCursor
        return Qt.CursorShape.ArrowCursor

    def _heat_divider(self, hot: bool) -> None:
        if hot != self._divider_is_hot:
            self._divider_is_hot = hot
            self.update()
