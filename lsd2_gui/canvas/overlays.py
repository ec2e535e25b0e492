"""What is laid over the pictures pixel by pixel: the difference of two, and marks where one is clipped."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QImage, QPainter

from lsd2_gui.canvas.clipping import clip_marks, clipped
from lsd2_gui.canvas.difference import difference
from lsd2_gui.canvas.layout import Pane, Rect
from lsd2_gui.canvas.look import Look
from lsd2_gui.canvas.paint import NEAREST_ABOVE, paint_picture, picture_place, qrect, visible_part
from lsd2_gui.canvas.scene import Scene
from lsd2_gui.canvas.transform import ViewTransform
from lsd2_gui.layers import Layer
from lsd2_gui.qimage import U8, MipChain


class DifferencePainter:
    """Paints right minus left; keeps the memory that it needs for each side."""

    def __init__(self) -> None:
        self._sides = (QImage(), QImage())

    def paint(self, painter: QPainter, scene: Scene) -> None:
        """Paint the difference of both as they are on the screen; the painter counts in device pixels."""
        transform, look = scene.transform, scene.look
        panes = tuple(scene.pane_of(index) for index in (scene.reference, scene.chosen))
        area = difference_area(scene)
        if area.is_empty:
            return
        size = QSize(math.ceil(area.width), math.ceil(area.height))
        if self._sides[0].size() != size:
            self._sides = tuple(QImage(size, QImage.Format.Format_RGB32) for _ in panes)  # type: ignore[assignment]
        one, other = (
            _rendered(side, scene.layers[pane.layer].chain, transform, pane, area)
            for side, pane in zip(self._sides, panes, strict=True)
        )
        difference(one, other, look.difference, look.gain, out=one)
        painter.drawImage(QPointF(area.left, area.top), self._sides[0])


def difference_area(scene: Scene) -> Rect:
    """Where on the canvas both pictures are known."""
    panes = tuple(scene.pane_of(index) for index in (scene.reference, scene.chosen))
    area = panes[0].clip
    for pane in panes:
        area = area.intersected(_known_place(scene.layers[pane.layer], scene.transform, pane))
    return area


def paint_clipping(painter: QPainter, layer: Layer, transform: ViewTransform, pane: Pane, look: Look) -> None:
    """Mark clipped pixels of a pane's picture; the painter counts in device pixels.

    Where it shows where a result comes from, there is nothing to mark.
    """
    if layer.share is not None:
        return
    place, scale = picture_place(layer.chain, transform, pane)
    visible = place.intersected(pane.clip)
    if visible.is_empty:
        return
    # A picture that is shrunk a little takes the next smaller level: a quarter of the work, and as much to see.
    # So does one of which not all is made: only in its levels is the rest not marked.
    step_down = scale < 1.0 or layer.part is not None or layer.is_growing
    index = min(layer.chain.level_for(scale) + step_down, len(layer.clips.levels))
    shares = layer.clips.levels[index - 1] if index else None
    height, width = layer.pixels.shape[:2] if shares is None else shares.shape[:2]
    step = scale * 2**index
    target, (x0, y0, x1, y1) = visible_part(place, visible, step, (width, height))
    part = clipped(layer.pixels[y0:y1, x0:x1]) if shares is None else shares[y0:y1, x0:x1]
    marks = clip_marks(part, shadows=look.shadows, highlights=look.highlights)
    painter.save()
    painter.setClipRect(qrect(visible))
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, step != 1.0 and scale <= NEAREST_ABOVE)
    painter.drawImage(target, marks, QRectF(marks.rect()))
    painter.restore()


def _known_place(layer: Layer, transform: ViewTransform, pane: Pane) -> Rect:
    """Where a pane's picture lies, as far as there is one; whole device pixels."""
    place, scale = picture_place(layer.chain, transform, pane)
    if layer.part is None:
        return place
    part = layer.part
    left, top = round(part.x * scale), round(part.y * scale)
    right, bottom = round(part.columns.stop * scale), round(part.rows.stop * scale)
    return place.intersected(Rect(place.left + left, place.top + top, right - left, bottom - top))


def _rendered(image: QImage, chain: MipChain, transform: ViewTransform, pane: Pane, area: Rect) -> U8:
    """Paint a part of the canvas into an image of its size; the image's own memory, uint8 (H, W, 4)."""
    image.fill(0xFF000000)
    painter = QPainter(image)
    painter.translate(-area.left, -area.top)
    paint_picture(painter, chain, transform, pane)
    painter.end()
    return np.frombuffer(image.bits(), np.uint8).reshape(image.height(), image.width(), 4)
