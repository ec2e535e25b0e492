"""A picture that goes on moving after it was thrown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

from lsd2_gui.canvas.kinetic import Glide

_FRAME_MS = 16


class Glider(QObject):
    """Calls `pan` with the way of each frame, in logical pixels, until the movement has died away.

    `pan` answers whether the picture moved: at an edge the movement ends.
    """

    def __init__(self, pan: Callable[[float, float], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._pan = pan
        self._glide = Glide(0.0, 0.0)
        self._since = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(self._step)

    @property
    def is_moving(self) -> bool:
        return self._timer.isActive()

    def throw(self, speed: tuple[float, float]) -> None:
        """Begin to move; logical pixels for a millisecond."""
        self._glide = Glide(*speed)
        if not self._glide.is_over:
            self._since.start()
            self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _step(self) -> None:
        moved = self._pan(*self._glide.step(float(self._since.restart())))
        if self._glide.is_over or not moved:
            self._timer.stop()
