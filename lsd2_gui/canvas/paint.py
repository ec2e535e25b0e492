"""How one picture, one label and one line are painted."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QTransform

from lsd2_gui.canvas.layout import PART_GAP, Pane, Rect, place_label
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


def qrect(rect: Rect) -> QRectF:
    return QRectF(rect.left, rect.top, rect.width, rect.height)


def picture_place(chain: MipChain, transform: ViewTransform, pane: Pane) -> tuple[Rect, float]:
    """Where a pane's picture lies as a whole, in whole device pixels at its corner, and its scale.

    A picture whose width is not the transform's is stretched to it, so that pictures of unlike sizes can be compared.
    """
    scale = transform.scale * transform.image.width / chain.width
    left = pane.frame.left + transform.origin.x + pane.shift[0]
    top = pane.frame.top + transform.origin.y + pane.shift[1]
    return Rect(left, top, round(chain.width * scale), round(chain.height * scale)), scale


def visible_part(
    place: Rect, clip: Rect, step: float, size: tuple[int, int]
) -> tuple[QRectF, tuple[int, int, int, int]]:
    """Which pixels of a level are seen (x0, y0, x1, y1), and where they go; `step` device pixels for each.

    One more on each side, for smooth scaling.
    """
    x0, x1 = _span(clip.left - place.left, clip.right - place.left, step, size[0])
    y0, y1 = _span(clip.top - place.top, clip.bottom - place.top, step, size[1])
    target = QRectF(place.left + x0 * step, place.top + y0 * step, (x1 - x0) * step, (y1 - y0) * step)
    return target, (x0, y0, x1, y1)


def paint_picture(painter: QPainter, chain: MipChain, transform: ViewTransform, pane: Pane) -> None:
    """Paint the visible part of a picture; the painter counts in device pixels."""
    place, scale = picture_place(chain, transform, pane)
    visible = place.intersected(pane.clip)
    if visible.is_empty:
        return
    index = chain.level_for(scale)
    level, step = chain.levels[index].image, scale * 2**index
    target, (x0, y0, x1, y1) = visible_part(place, visible, step, (level.width(), level.height()))
    painter.save()
    painter.setClipRect(qrect(visible))
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, step != 1.0 and scale <= NEAREST_ABOVE)
    painter.drawImage(target, level, QRectF(x0, y0, x1 - x0, y1 - y0))
    painter.restore()


def _span(start: float, end: float, step: float, size: int) -> tuple[int, int]:
    return max(0, math.floor(start / step) - 1), min(size, math.ceil(end / step) + 1)


def label_lines(font: QFont, text: str, width: float) -> tuple[str, ...]:
    """A label in lines of at most `width` logical pixels: broken between its parts, in a part that is too long between
    its words; of a word that is too long, the middle is left out.
    """
    metrics = QFontMetricsF(font)
    room, lines = width - 2 * LABEL_PADDING_X, list[str]()
    for part in text.split(PART_GAP):
        fits = metrics.horizontalAdvance(part) <= room
        for index, piece in enumerate([part] if fits else part.split() or [part]):
            longer = lines[-1] + (" " if index else PART_GAP) + piece if lines else piece
            if lines and metrics.horizontalAdvance(longer) <= room:
                lines[-1] = longer
            else:
                lines.append(metrics.elidedText(piece, Qt.TextElideMode.ElideMiddle, room))
    return tuple(lines)


def paint_label(painter: QPainter, font: QFont, lines: Sequence[str], clip: Rect, *, right: bool) -> None:
    """Paint a pane's label inside its clip; both in logical pixels."""
    box = place_label(clip, *label_size(font, *lines), LABEL_MARGIN, right=right, lines=len(lines))
    if box is not None:
        paint_pill(painter, font, lines, qrect(box))


def label_size(font: QFont, *lines: str) -> tuple[int, int]:
    """Width and height of the box that whole lines of text need, logical pixels."""
    metrics = QFontMetricsF(font)
    width = max(metrics.horizontalAdvance(line) for line in lines) + 2 * LABEL_PADDING_X
    return math.ceil(width), math.ceil(metrics.height() * len(lines)) + 2 * LABEL_PADDING_Y


def paint_pill(painter: QPainter, font: QFont, lines: Sequence[str], box: QRectF) -> None:
    """White lines of text on a dark rounded ground."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(LABEL_BLACK)
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(QColor(255, 255, 255))
    painter.setFont(font)
    height = (box.height() - 2 * LABEL_PADDING_Y) / len(lines)
    side = Qt.AlignmentFlag.AlignHCenter if len(lines) == 1 else Qt.AlignmentFlag.AlignLeft
    for index, line in enumerate(lines):
        top, width = box.top() + LABEL_PADDING_Y + index * height, box.width() - 2 * LABEL_PADDING_X
        row = QRectF(box.left() + LABEL_PADDING_X, top, width, height)
        painter.drawText(row, side | Qt.AlignmentFlag.AlignVCenter, line)


def paint_divider(painter: QPainter, line: Rect, *, hot: bool, accent: QColor) -> None:
    """The line between two sides and the grip in its middle; `line` has no width or no height, logical pixels."""
    start, end = QPointF(line.left, line.top), QPointF(line.right, line.bottom)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(_SHADOW, 3.0))
    painter.drawLine(start, end)
    painter.setPen(QPen(accent if hot else _LINE, 1.5))
    painter.drawLine(start, end)
    painter.save()
    painter.translate((start + end) / 2)
    if line.height == 0:
        painter.rotate(90)
    _paint_grip(painter, accent if hot else QColor(245, 245, 245))
    painter.restore()


def _paint_grip(painter: QPainter, colour: QColor) -> None:
    """A disc with an arrow to each side, around the painter's origin."""
    painter.setPen(QPen(_SHADOW, 1.5))
    painter.setBrush(colour)
    painter.drawEllipse(QPointF(0, 0), HANDLE_RADIUS, HANDLE_RADIUS)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(
        QPen(QColor(40, 40, 40), 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    )
    for side in (-1, 1):
        arrow = QPainterPath(QPointF(side * 4, -4))
        arrow.lineTo(side * 8, 0)
        arrow.lineTo(side * 4, 4)
        painter.drawPath(arrow)
