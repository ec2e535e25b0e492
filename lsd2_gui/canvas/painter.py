"""The whole canvas, painted from a `Scene` in layers from back to front."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QPainter

from lsd2_gui.canvas.backdrop import Backdrop
from lsd2_gui.canvas.labels import paint_pane_label, paint_spots, paint_values
from lsd2_gui.canvas.layout import Rect
from lsd2_gui.canvas.look import Ground, Mode
from lsd2_gui.canvas.loupe import paint_loupe
from lsd2_gui.canvas.marks import GROUNDS, paint_chosen, paint_ground, paint_minimap, paint_white_frames
from lsd2_gui.canvas.overlays import DifferencePainter, difference_area, paint_clipping
from lsd2_gui.canvas.paint import paint_divider, paint_picture, picture_place, use_device_pixels
from lsd2_gui.canvas.scene import Scene
from lsd2_gui.theme import COLOURS


class ScenePainter:
    """Keeps between frames only what is costly to make again."""

    def __init__(self) -> None:
        self._backdrop = Backdrop()
        self._difference = DifferencePainter()

    def paint(self, painter: QPainter, scene: Scene, font: QFont, *, hot: bool) -> None:
        """Everything but the hint and the focus; `hot` lights the divider up."""
        accent = QColor(COLOURS["accent"])
        _paint_fringe(painter, scene)
        with _DevicePixels(painter, scene.ratio):
            self._backdrop.paint(painter, scene, self._paint_pictures)
        if scene.is_split:
            paint_divider(painter, divider_line(scene).scaled(1 / scene.ratio), hot=hot, accent=accent)
        for pane in scene.panes:
            paint_pane_label(painter, font, scene, pane)
        if scene.look.values:
            paint_values(painter, font, scene)
        if scene.look.values or scene.look.loupe:
            paint_spots(painter, scene)
        _paint_tools(painter, scene, font, accent)

    def _paint_pictures(self, painter: QPainter, scene: Scene) -> None:
        """The ground, the pictures and their frames; device pixels."""
        if not covers_ground(scene):
            paint_ground(painter, QRectF(0, 0, scene.width, scene.height), scene.look.ground, scene.ratio)
        if scene.is_difference:
            self._difference.paint(painter, scene)
        else:
            _paint_layers(painter, scene)
        if scene.look.ground is Ground.ASSESS:
            paint_white_frames(painter, scene)
        if scene.look.mode is Mode.GRID and len(scene.panes) > 2 and not scene.peeking:
            paint_chosen(painter, scene, QColor(COLOURS["accent"]))


def covers_ground(scene: Scene) -> bool:
    """Whether the pictures hide all of the ground, which need not be filled then."""
    if scene.is_difference:
        parts = [(scene.panes[0].clip, difference_area(scene))]
    else:
        parts = [
            (pane.clip, picture_place(scene.layers[pane.layer].chain, scene.transform, pane)[0]) for pane in scene.panes
        ]
    filled = sum(clip.width * clip.height for clip, place in parts if clip.intersected(place) == clip)
    return bool(filled >= scene.width * scene.height)


def _paint_fringe(painter: QPainter, scene: Scene) -> None:
    """The right and lower edge: a part of a pixel there is beyond what is painted in whole pixels."""
    width, height = scene.width / scene.ratio, scene.height / scene.ratio
    for strip in (QRectF(width - 1, 0, 2, height + 1), QRectF(0, height - 1, width + 1, 2)):
        painter.fillRect(strip, QColor(GROUNDS[scene.look.ground]))


def _paint_layers(painter: QPainter, scene: Scene) -> None:
    for pane in scene.panes:
        layer = scene.layers[pane.layer]
        paint_picture(painter, layer.chain, scene.transform, pane)
        if scene.look.shadows or scene.look.highlights:
            paint_clipping(painter, layer, scene.transform, pane, scene.look)


def _paint_tools(painter: QPainter, scene: Scene, font: QFont, accent: QColor) -> None:
    box = scene.minimap()
    with _DevicePixels(painter, scene.ratio):
        if box is not None:
            paint_minimap(painter, scene, box, accent)
        if scene.look.loupe:
            paint_loupe(painter, font, scene)


def divider_line(scene: Scene) -> Rect:
    """Where the sides of a split meet, device pixels."""
    second = scene.panes[1]
    if scene.look.across:
        return Rect(0, second.clip.top, scene.width, 0)
    return Rect(second.clip.left, 0, 0, scene.height)


class _DevicePixels:
    """Within it the painter counts in device pixels."""

    def __init__(self, painter: QPainter, ratio: float) -> None:
        self._painter, self._ratio = painter, ratio

    def __enter__(self) -> None:
        self._painter.save()
        use_device_pixels(self._painter, self._ratio)

    def __exit__(self, *_: object) -> None:
        self._painter.restore()
