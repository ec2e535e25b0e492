"""What frames the pictures: the ground behind them, frames around them, and the minimap."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap

from lsd2_gui.canvas.layout import Pane, Rect
from lsd2_gui.canvas.look import Ground
from lsd2_gui.canvas.paint import paint_picture, picture_place, qrect
from lsd2_gui.canvas.scene import Scene
from lsd2_gui.canvas.transform import Point, Size, ViewTransform

GROUNDS = {
    Ground.GREY: "#505050",
    Ground.LIGHT: "#646464",
    Ground.ASSESS: "#777777",
    Ground.BLACK: "#000000",
    Ground.WHITE: "#ffffff",
    Ground.CHECKER: "#5c5c5c",
}
_CHECK, _CHECK_SIDE = "#707070", 12


def paint_ground(painter: QPainter, area: QRectF, ground: Ground, ratio: float) -> None:
    """Fill the canvas behind the pictures; device pixels."""
    painter.fillRect(area, QColor(GROUNDS[ground]))
    if ground is Ground.CHECKER:
        side = round(_CHECK_SIDE * ratio)
        tile = QPixmap(2 * side, 2 * side)
        tile.fill(QColor(GROUNDS[ground]))
        draw = QPainter(tile)
        for corner in (0, side):
            draw.fillRect(corner, corner, side, side, QColor(_CHECK))
        draw.end()
        painter.fillRect(area, QBrush(tile))


def paint_white_frames(painter: QPainter, scene: Scene) -> None:
    """A thin white line around each picture, as prints are judged; device pixels."""
    line = max(1, round(scene.ratio))
    for frame in {pane.frame for pane in scene.panes}:
        pane = next(pane for pane in scene.panes if pane.frame == frame)
        chain = scene.layers[pane.layer].chain
        inner = qrect(picture_place(chain, scene.transform, pane)[0].intersected(frame))
        outer = inner.adjusted(-line, -line, line, line)
        for part in (
            QRectF(outer.left(), outer.top(), outer.width(), line),
            QRectF(outer.left(), inner.bottom(), outer.width(), line),
            QRectF(outer.left(), outer.top(), line, outer.height()),
            QRectF(inner.right(), outer.top(), line, outer.height()),
        ):
            painter.fillRect(part, QColor(255, 255, 255))


def paint_chosen(painter: QPainter, scene: Scene, colour: QColor) -> None:
    """A line along the inside of the chosen picture of a grid; device pixels."""
    line = max(1, round(2 * scene.ratio))
    pane = next(pane for pane in scene.panes if pane.layer == scene.chosen)
    clip = picture_place(scene.layers[scene.chosen].chain, scene.transform, pane)[0].intersected(pane.clip)
    area = qrect(clip)
    for part in (
        QRectF(clip.left, clip.top, clip.width, line),
        QRectF(clip.left, area.bottom() - line, clip.width, line),
        QRectF(clip.left, clip.top, line, clip.height),
        QRectF(area.right() - line, clip.top, line, clip.height),
    ):
        painter.fillRect(part, colour)


def paint_minimap(painter: QPainter, scene: Scene, box: Rect, accent: QColor) -> None:
    """The whole picture small, and what is seen of it; device pixels."""
    chain = scene.layers[scene.chosen].chain
    painter.fillRect(qrect(box).adjusted(-2, -2, 2, 2), QColor(0, 0, 0, 170))
    whole = ViewTransform(
        Size(box.width, box.height), Size(chain.width, chain.height), box.width / chain.width, Point(0, 0), fits=False
    )
    paint_picture(painter, chain, whole, Pane(0, box, box))
    share = box.width / scene.transform.image.width
    left, top, right, bottom = (value * share for value in scene.transform.visible)
    seen = QRectF(box.left + left, box.top + top, max(4.0, right - left), max(4.0, bottom - top))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((QColor(0, 0, 0, 150), 4.0), (accent, 2.0)):
        painter.setPen(QPen(colour, width * scene.ratio / 2))
        painter.drawRect(seen)
