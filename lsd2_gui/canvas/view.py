"""The picture area without its mouse and keys: what is shown, how, and where it lies."""

from __future__ import annotations

import math
from collections.abc import Hashable
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QColorSpace, QFontMetricsF, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from lsd2_gui.canvas import layout
from lsd2_gui.canvas.labels import pane_label
from lsd2_gui.canvas.layout import Pane
from lsd2_gui.canvas.look import Ground, Look, Mode
from lsd2_gui.canvas.marks import GROUNDS
from lsd2_gui.canvas.paint import paint_pill
from lsd2_gui.canvas.painter import ScenePainter
from lsd2_gui.canvas.readout import pixel_at
from lsd2_gui.canvas.scene import Scene
from lsd2_gui.canvas.transform import Point, Size, ViewTransform
from lsd2_gui.display import for_screen
from lsd2_gui.layers import Layer
from lsd2_gui.theme import COLOURS

MOST_PANES = 9


class PictureView(QWidget):
    """Paints any number of layers from one shared transform.

    Signals: `view_changed` when another part of the pictures is seen, or other pictures; `look_changed`;
    `pointed` with the pixel under the pointer (column, row), or None.
    """

    view_changed = Signal()
    look_changed = Signal()
    pointed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(200, 160)
        self.transform: ViewTransform | None = None
        self.look = Look()
        self.divider = 0.5
        self.hint = ""
        self.layers: tuple[Layer, ...] = ()
        self.reference = self.chosen = 0
        self._moved: dict[Hashable, Point] = {}
        self._pointer: Point | None = None
        self.screen_space: QColorSpace | None = None
        self._painter = ScenePainter()
        self._peeking = self._divider_is_hot = self._shows_focus = False

    # ---- what is shown ----

    def show_layers(self, layers: tuple[Layer, ...], reference: int = 0, chosen: int = -1) -> None:
        """Show the layers; `reference` and `chosen` count the two that are compared.

        The view stays where it is if the size of the picture does.
        """
        self.layers = layers[:MOST_PANES]
        self.reference, self.chosen = (index % len(layers) if layers else 0 for index in (reference, chosen))
        self._moved = {layer.key: self._moved[layer.key] for layer in self.layers if layer.key in self._moved}
        if not layers:
            self.transform = None
        else:
            chain = self.layers[self.chosen].chain
            image = Size(chain.width, chain.height)
            if self.transform is None or self.transform.image != image:
                self._move(ViewTransform.fitting(self._frame_size(), image))
            else:
                self._follow_size()
        self._describe()
        self.update()
        self.view_changed.emit()

    def show_colours_of(self, space: QColorSpace | None) -> None:
        """Paint for a screen of that colour space; None paints values as they are, for sRGB."""
        self.screen_space = space
        self.update()

    def show_hint(self, text: str) -> None:
        """A line at the lower edge that says what to do next; empty for none."""
        self.hint = text
        self.update()

    def set_look(self, look: Look) -> None:
        """Look at the pictures in another way."""
        if look != self.look:
            self.look = look
            self._follow_size()
            self._describe()
            self.update()
            self.look_changed.emit()
            self.view_changed.emit()

    def _describe(self) -> None:
        """Tell those who do not see the canvas what is on it."""
        scene = self.scene()
        labels = [pane_label(scene, pane) for pane in scene.panes] if scene is not None else []
        self.setAccessibleDescription("; ".join(labels))

    def set_peeking(self, on: bool) -> None:
        """Show the reference everywhere, or each pane its own picture again."""
        if on != self._peeking:
            self._peeking = on
            self.update()

    @property
    def is_split(self) -> bool:
        scene = self.scene()
        return scene is not None and scene.is_split

    def panes(self) -> tuple[Pane, ...]:
        """What is painted where, in device pixels."""
        if not self.layers:
            return ()
        panes = self._arranged()
        if self._peeking:
            panes = tuple(replace(pane, layer=self.reference) for pane in panes)
        if self.look.ground is Ground.ASSESS:
            panes = tuple(layout.with_margin(pane) for pane in panes)
        shifts = self._shifts()
        return tuple(replace(pane, shift=shifts[pane.layer]) for pane in panes)

    def scene(self) -> Scene | None:
        """Everything that is on the canvas now; None if there is no picture."""
        if self.transform is None:
            return None
        size = self._view_size()
        return Scene(
            self.layers, self.panes(), self.transform, self.look, self.reference, self.chosen, self._peeking,
            self.divider, size.width, size.height, self.devicePixelRatioF(), self._shifts(), self._place_looked_at(),
        )  # fmt: skip

    def _arranged(self) -> tuple[Pane, ...]:
        size, pair = self._view_size(), (self.reference, self.chosen)
        mode, across, count = self.look.mode, self.look.across, len(self.layers)
        if mode is Mode.GRID and count > 1:
            chain = self.layers[self.chosen].chain
            columns = layout.best_columns(size.width, size.height, count, chain.width / chain.height)
            return layout.grid(size.width, size.height, count, columns)
        if mode is Mode.DIFFERENCE or mode is Mode.GRID or self.reference == self.chosen:
            return layout.single(size.width, size.height, self.chosen)
        if mode is Mode.SIDE:
            panes = layout.grid(size.width, size.height, 2, 1 if across else 2)
        elif self._peeking:
            return layout.single(size.width, size.height)
        else:
            panes = layout.split(size.width, size.height, self.divider, across=across)
        return tuple(replace(pane, layer=pair[pane.layer]) for pane in panes)

    # ---- moving ----

    def move_to(self, transform: ViewTransform) -> None:
        """Look at another part of the pictures."""
        self._move(transform)

    def set_divider(self, share: float) -> None:
        self.divider = min(max(share, 0.0), 1.0)
        self.update()

    def point_at(self, place: Point | None) -> None:
        """Look at a place of the canvas, device pixels; None if the pointer is elsewhere."""
        self._pointer = place
        self.pointed.emit(self.pixel_pointed_at())
        if self.look.values or self.look.loupe:
            self.update()

    def pixel_pointed_at(self) -> tuple[int, int] | None:
        """Column and row of the pixel under the pointer; None beside the pictures."""
        scene = self.scene()
        if scene is None or scene.spot is None or scene.pointer is None:
            return None
        there = scene.image_point(scene.pane_at(scene.pointer), scene.spot)
        layer = self.layers[self.chosen]
        return pixel_at(layer, there.x, there.y, scene.transform.image.width)

    @property
    def has_moved_panes(self) -> bool:
        return bool(self._moved)

    def rejoin(self) -> None:
        """Put panes that were moved by themselves back onto the others."""
        self._moved = {}
        self.update()
        self.look_changed.emit()

    def move_pane(self, place: Point, dx: float, dy: float) -> None:
        """Move the picture of the pane at a place by itself; device pixels."""
        scene = self.scene()
        if scene is None:
            return
        key = self.layers[scene.pane_at(place).layer].key
        before, scale = self._moved.get(key, Point(0, 0)), scene.transform.scale
        self._moved[key] = Point(before.x + dx / scale, before.y + dy / scale)
        self.update()
        self.look_changed.emit()

    def _shifts(self) -> tuple[tuple[float, float], ...]:
        """How far each layer was moved by itself, whole device pixels."""
        scale = self.transform.scale if self.transform else 1.0
        moved = (self._moved.get(layer.key, Point(0, 0)) for layer in self.layers)
        return tuple((float(round(way.x * scale)), float(round(way.y * scale))) for way in moved)

    def _move(self, transform: ViewTransform) -> None:
        self.transform = transform
        self.view_changed.emit()
        self.update()

    def _view_size(self) -> Size:
        ratio = self.devicePixelRatioF()
        return Size(int(self.width() * ratio), int(self.height() * ratio))

    def _frame_size(self) -> Size:
        """The size of each pane: what the transform counts as the view."""
        panes = self.panes()
        return Size(panes[0].frame.width, panes[0].frame.height) if panes else self._view_size()

    def to_device(self, position: QPointF) -> Point:
        ratio = self.devicePixelRatioF()
        return Point(position.x() * ratio, position.y() * ratio)

    def _middle(self) -> Point:
        size = self._view_size()
        return Point(size.width / 2, size.height / 2)

    def _place_looked_at(self) -> Point | None:
        """The pointer; the middle for those who came by keys."""
        return self._pointer or (self._middle() if self._shows_focus and self.hasFocus() else None)

    def anchor(self, place: Point | None = None) -> Point:
        """The spot of its pane that a zoom keeps: at a place, at the pointer, or in the middle."""
        scene = self.scene()
        if scene is None:
            return self._middle()
        place = place or self._pointer
        if place is None:
            return scene.transform.centre
        spot, shift = scene.spot_of(place), scene.pane_at(place).shift
        return Point(spot.x - shift[0], spot.y - shift[1])

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._follow_size()

    def _follow_size(self) -> None:
        if self.transform is not None and self.layers:
            size = self._frame_size()
            if size != self.transform.view:
                self._move(self.transform.resized(size))

    # ---- painting ----

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.screen_space is None:
            self._paint_pictures(painter)
        else:
            painter.drawImage(0, 0, self._painted_for(self.screen_space))
        self._paint_hint(painter)
        self._paint_focus(painter)
        painter.end()

    def _paint_pictures(self, painter: QPainter) -> None:
        scene = self.scene()
        if scene is None:
            painter.fillRect(self.rect(), QColor(GROUNDS[self.look.ground]))
        else:
            self._painter.paint(painter, scene, self.font(), hot=self._divider_is_hot)

    def _painted_for(self, space: QColorSpace) -> QImage:
        """What is seen, and no more of the pictures, in the colours of the screen."""
        ratio = self.devicePixelRatioF()
        image = QImage(math.ceil(self.width() * ratio), math.ceil(self.height() * ratio), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        painter = QPainter(image)
        self._paint_pictures(painter)
        painter.end()
        return for_screen(image, space)

    def _paint_hint(self, painter: QPainter) -> None:
        if not self.hint:
            return
        metrics = QFontMetricsF(self.font())
        width = min(self.width() - 32.0, metrics.horizontalAdvance(self.hint) + 32)
        text = metrics.elidedText(self.hint, Qt.TextElideMode.ElideRight, width - 24)
        height = metrics.height() + 16
        box = QRectF((self.width() - width) / 2, self.height() - height - 24, width, height)
        paint_pill(painter, self.font(), (text,), box)

    def _paint_focus(self, painter: QPainter) -> None:
        if self.hasFocus() and self.window().isActiveWindow() and self._shows_focus:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(COLOURS["accent"]))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
