"""Files that the system hands to the running program, as macOS does when they are opened in the Finder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QFileOpenEvent

TOGETHER_MS = 250
"""Two files that are opened at once come as two events."""


class FileOpenFilter(QObject):
    """Collects the files of an application's open events and gives them on together."""

    def __init__(self, take: Callable[[list[Path]], None], parent: QObject) -> None:
        super().__init__(parent)
        self._take = take
        self._paths: list[Path] = []
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(TOGETHER_MS)
        self._wait.timeout.connect(self._give)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and event.file():
            self._paths.append(Path(event.file()))
            self._wait.start()
            return True
        return False

    def _give(self) -> None:
        paths, self._paths = self._paths, []
        self._take(paths)
