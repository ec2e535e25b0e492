"""The pictures as they were last painted, for frames in which only the pointer has moved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter

from lsd2_gui.canvas.scene import Scene


class Backdrop:
    """Keeps an image of what lies below the marks, from the second frame on that shows the same.

    A view that moves is painted straight away: it would only pay for an image that is never used.
    """

    def __init__(self) -> None:
        self._key: object = None
        self._image: QImage | None = None

    def paint(self, painter: QPainter, scene: Scene, draw: Callable[[QPainter, Scene], None]) -> None:
        """Have `draw` paint in device pixels, or paint what it painted; the painter counts in device pixels."""
        # The chains themselves: the address of one that is gone may be that of another.
        states = tuple((layer.chain, layer.chain.version) for layer in scene.layers)
        key = (states, replace(scene, layers=(), pointer=None))
        if key != self._key:
            self._key, self._image = key, None
            draw(painter, scene)
            return
        if self._image is None:
            self._image = QImage(int(scene.width), int(scene.height), QImage.Format.Format_RGB32)
            inner = QPainter(self._image)
            draw(inner, scene)
            inner.end()
        painter.drawImage(QPointF(0, 0), self._image)
