"""How a pane, its label and the divider are painted."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QTransform

from lsd2_gui.canvas.layout import Pane, Rect, place_label
from lsd2_gui.canvas.transform import ViewTransform
from lsd2_gui.qimage import MipChain

NEAREST_ABOVE = 3.0
"""From this scale on pixels are shown as squares, to be judged one by one."""
LABEL_BLACK = QColor(0, 0, 0, 158)
"""62 % black: white text stays readable on a white picture."""
LABEL_MARGIN, LABEL_PADDING_X, LABEL_PADDING_Y = 12, 10, 5
HANDLE_RADIUS = 15
_LINE = QColor(255, 255, 255, 235)
_SHADOW = QColor(0, 0, 0, 110)


def use_device_pixels(painter: QPainter, ratio: float) -> None:
    """Make one unit of the painter one pixel of the screen, with the origin on a pixel's corner.

    A widget may start between two pixels at scales like 1.25; a picture at 100 % would then be smeared.  Halves are
    rounded up, as Qt does with the widget's edge.
    """
    placed = painter.deviceTransform()
    dx, dy = (math.floor(start + 0.5) - start for start in (placed.dx(), placed.dy()))
    painter.setWorldTransform(QTransform(1 / ratio, 0, 0, 1 / ratio, dx / ratio, dy / ratio))


def paint_picture(painter: QPainter, chain: MipChain, transform: ViewTransform, pane: Pane) -> None:
    """Paint the visible part of a picture; the painter counts in device pixels.

    A picture whose width is not the transform's is stretched to it, so that pictures of unlike sizes can be compared.
    """
    scale = transform.scale * transform.image.width / chain.width
    left, top = pane.frame.left + transform.origin.x, pane.frame.top + transform.origin.y
    visible = Rect(left, top, round(chain.width * scale), round(chain.height * scale)).intersected(pane.clip)
    if visible.is_empty:
        return
    index = chain.level_for(scale)
    level, step = chain.levels[index].image, scale * 2**index
    x0, x1 = _span(visible.left - left, visible.right - left, step, level.width())
    y0, y1 = _span(visible.top - top, visible.bottom - top, step, level.height())
    target = QRectF(left + x0 * step, top + y0 * step, (x1 - x0) * step, (y1 - y0) * step)
    painter.save()
    painter.setClipRect(QRectF(visible.left, visible.top, visible.width, visible.height))
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, step != 1.0 and scale <= NEAREST_ABOVE)
    painter.drawImage(target, level, QRectF(x0, y0, x1 - x0, y1 - y0))
    painter.restore()


def picture_rect(transform: ViewTransform, pane: Pane) -> Rect:
    """Where the whole picture lies, device pixels."""
    image, origin, scale = transform.image, transform.origin, transform.scale
    return Rect(pane.frame.left + origin.x, pane.frame.top + origin.y, image.width * scale, image.height * scale)


def _span(start: float, end: float, step: float, size: int) -> tuple[int, int]:
    """The pixels of a level from `start` to `end` on the screen, one more on each side for smooth scaling."""
    return max(0, math.floor(start / step) - 1), min(size, math.ceil(end / step) + 1)


def paint_label(painter: QPainter, font: QFont, text: str, clip: Rect, *, right: bool) -> None:
    """Paint a pane's label inside its clip; both in logical pixels."""
    box = place_label(clip, *label_size(font, text), LABEL_MARGIN, right=right)
    if box is None:
        return
    shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width - 2 * LABEL_PADDING_X)
    paint_pill(painter, font, shown, QRectF(box.left, box.top, box.width, box.height))


def label_size(font: QFont, text: str) -> tuple[int, int]:
    """Width and height of the box that the whole text needs, logical pixels."""
    metrics = QFontMetricsF(font)
    width, height = metrics.horizontalAdvance(text) + 2 * LABEL_PADDING_X, metrics.height() + 2 * LABEL_PADDING_Y
    return math.ceil(width), math.ceil(height)


def paint_pill(painter: QPainter, font: QFont, text: str, box: QRectF) -> None:
    """White text on a dark rounded ground."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(LABEL_BLACK)
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(QColor(255, 255, 255))
    painter.setFont(font)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def paint_divider(painter: QPainter, x: float, height: float, *, hot: bool, accent: QColor) -> None:
    """The line between the panes and the grip in its middle; in logical pixels."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(_SHADOW, 3.0))
    painter.drawLine(QPointF(x, 0), QPointF(x, height))
    painter.setPen(QPen(accent if hot else _LINE, 1.5))
    painter.drawLine(QPointF(x, 0), QPointF(x, height))
    centre = QPointF(x, height / 2)
    painter.setPen(QPen(_SHADOW, 1.5))
    painter.setBrush(accent if hot else QColor(245, 245, 245))
    painter.drawEllipse(centre, HANDLE_RADIUS, HANDLE_RADIUS)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(
        QPen(QColor(40, 40, 40), 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    )
    for side in (-1, 1):
        arrow = QPainterPath(QPointF(x + side * 4, centre.y() - 4))
        arrow.lineTo(x + side * 8, centre.y())
        arrow.lineTo(x + side * 4, centre.y() + 4)
        painter.drawPath(arrow)
