"""Long work of the main thread, cut into steps between which the window lives."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer


class Steps(QObject):
    """Takes one step of an iterator with each turn of the event loop; ends with its parent, or when a step fails.

    A step may give the seconds after which the next one is to be taken.
    """

    def __init__(self, steps: Iterator[object], parent: QObject) -> None:
        super().__init__(parent)
        self._steps = steps
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._take)

    def start(self) -> None:
        self._timer.start(0)

    def stop(self) -> None:
        """Leave the rest undone."""
        self._steps = iter(())
        self._timer.stop()

    def _take(self) -> None:
        for pause in self._steps:
            self._timer.start(round(1e3 * pause) if isinstance(pause, float) else 0)
            return
