"""The picture area without its mouse and keys: what is shown, where it lies, and how it is painted."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from lsd2_gui.canvas import layout
from lsd2_gui.canvas.layout import Pane, Rect
from lsd2_gui.canvas.paint import (
    LABEL_MARGIN,
    label_size,
    paint_divider,
    paint_label,
    paint_picture,
    paint_pill,
    picture_rect,
    use_device_pixels,
)
from lsd2_gui.canvas.transform import STEP, Point, Size, ViewTransform
from lsd2_gui.layers import Layer
from lsd2_gui.theme import COLOURS

DIVIDER_STEP = 0.02


class PictureView(QWidget):
    """Paints up to two layers with a wipe between them.  Signal: `scale_changed` (device pixels for an image pixel)."""

    scale_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(200, 160)
        self.transform: ViewTransform | None = None
        self.divider = 0.5
        self.hint = ""
        self._layers: tuple[Layer, ...] = ()
        self._peeking = self._divider_is_hot = self._shows_focus = False

    # ---- what is shown ----

    def show_layers(self, layers: tuple[Layer, ...]) -> None:
        """Show one layer, or two with the wipe; the view stays where it is if the size of the picture does."""
        self._layers = layers
        image = Size(layers[-1].chain.width, layers[-1].chain.height) if layers else None
        if image is None:
            self.transform = None
        elif self.transform is None or self.transform.image != image:
            self._move(ViewTransform.fitting(self._view_size(), image))
        self.update()

    def show_hint(self, text: str) -> None:
        """A line at the lower edge that says what to do next; empty for none."""
        self.hint = text
        self.update()

    @property
    def is_wipe(self) -> bool:
        return len(self._layers) == 2 and not self._peeking

    def panes(self) -> tuple[Pane, ...]:
        """What is painted where, in device pixels."""
        size = self._view_size()
        if self.is_wipe:
            return layout.wipe(size.width, size.height, self.divider)
        return layout.single(size.width, size.height) if self._layers else ()

    # ---- moving ----

    def fit(self) -> None:
        """Show the whole picture."""
        if self.transform is not None:
            self._move(self.transform.fit())

    def toggle_fit(self) -> None:
        """100 % at the pointer, or the whole picture if it is at 100 %."""
        if self.transform is not None:
            self._move(self.transform.toggled(self._anchor()))

    def actual_size(self) -> None:
        """One image pixel on one pixel of the screen."""
        if self.transform is not None:
            self._move(self.transform.zoomed_to(1.0, self._anchor()))

    def zoom_in(self) -> None:
        self._zoom(STEP, self._anchor())

    def zoom_out(self) -> None:
        self._zoom(1 / STEP, self._anchor())

    def divider_left(self) -> None:
        self._set_divider(self.divider - DIVIDER_STEP)

    def divider_right(self) -> None:
        self._set_divider(self.divider + DIVIDER_STEP)

    def divider_centre(self) -> None:
        self._set_divider(0.5)

    def set_peeking(self, on: bool) -> None:
        """Show the left layer everywhere, or the wipe again."""
        if on != self._peeking:
            self._peeking = on
            self.update()

    def _move(self, transform: ViewTransform) -> None:
        self.transform = transform
        self.scale_changed.emit(transform.scale)
        self.update()

    def _zoom(self, factor: float, anchor: Point) -> None:
        if self.transform is not None:
            self._move(self.transform.zoomed_by(factor, anchor))

    def _set_divider(self, share: float) -> None:
        self.divider = min(max(share, 0.0), 1.0)
        self.update()

    def _view_size(self) -> Size:
        ratio = self.devicePixelRatioF()
        return Size(int(self.width() * ratio), int(self.height() * ratio))

    def _to_device(self, position: QPointF) -> Point:
        ratio = self.devicePixelRatioF()
        return Point(position.x() * ratio, position.y() * ratio)

    def _anchor(self) -> Point:
        """The pointer if it is over the picture area, else the middle."""
        if self.underMouse():
            return self._to_device(QPointF(self.mapFromGlobal(self.cursor().pos())))
        size = self._view_size()
        return Point(size.width / 2, size.height / 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._follow_size()

    def _follow_size(self) -> None:
        if self.transform is not None:
            self._move(self.transform.resized(self._view_size()))

    # ---- painting ----

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(COLOURS["canvas"]))
        if self.transform is not None:
            panes = self.panes()
            painter.save()
            use_device_pixels(painter, self.devicePixelRatioF())
            for pane in panes:
                paint_picture(painter, self._layers[pane.layer].chain, self.transform, pane)
            painter.restore()
            self._paint_divider(painter)
            for pane in panes:
                self._paint_label(painter, pane)
        self._paint_hint(painter)
        self._paint_focus(painter)
        painter.end()

    def _paint_label(self, painter: QPainter, pane: Pane) -> None:
        """On the picture rather than beside it, where there is room."""
        assert self.transform is not None
        text = self._layers[pane.layer].label
        on_picture = self._logical(picture_rect(self.transform, pane).intersected(pane.clip))
        fits = on_picture.width >= label_size(self.font(), text)[0] + 2 * LABEL_MARGIN
        clip = on_picture if fits else self._logical(pane.clip)
        paint_label(painter, self.font(), text, clip, right=pane.label_right)

    def _logical(self, rect: Rect) -> Rect:
        ratio = self.devicePixelRatioF()
        return Rect(rect.left / ratio, rect.top / ratio, rect.width / ratio, rect.height / ratio)

    def _paint_divider(self, painter: QPainter) -> None:
        if self.is_wipe:
            ratio = self.devicePixelRatioF()
            x = layout.divider_x(self._view_size().width, self.divider) / ratio
            paint_divider(painter, x, self.height(), hot=self._divider_is_hot, accent=QColor(COLOURS["accent"]))

    def _paint_hint(self, painter: QPainter) -> None:
        if not self.hint:
            return
        metrics = QFontMetricsF(self.font())
        width = min(self.width() - 32.0, metrics.horizontalAdvance(self.hint) + 32)
        text = metrics.elidedText(self.hint, Qt.TextElideMode.ElideRight, width - 24)
        height = metrics.height() + 16
        paint_pill(
            painter, self.font(), text, QRectF((self.width() - width) / 2, self.height() - height - 24, width, height)
        )

    def _paint_focus(self, painter: QPainter) -> None:
        if self.hasFocus() and self.window().isActiveWindow() and self._shows_focus:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(COLOURS["accent"]))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
