"""Small pictures of photos on the drive, fetched when they are looked at."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from lsd2.worker.folder_protocol import OpenThumbnail, ThumbnailOpened
from lsd2_gui.jobs import Job, JobQueue

SIDE = 192
"""Pixels; shown at half of that on screens of scale 2."""
_AT_ONCE = 4
_KEPT = 2000
"""Of 192 x 128 x 4 bytes each: 200 MB at most."""


class Thumbnails(QObject):
    """Asks the worker for a few at a time, the last wanted first: they are what is on the screen.

    Signal: `arrived` (a path).
    """

    arrived = Signal(object)

    def __init__(self, jobs: JobQueue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._wanted: list[Path] = []
        self._asked: dict[int, Path] = {}
        self._images: dict[Path, QImage | None] = {}
        jobs.ended.connect(self._on_end)

    def get(self, path: Path) -> QImage | None:
        """The picture, if it is there; else it is fetched.  None also for files that cannot be read."""
        if path not in self._images:
            self._images[path] = None
            self._wanted.append(path)
            self._ask()
        return self._images[path]

    def forget(self) -> None:
        """Drop all pictures and all that is wanted."""
        self._wanted.clear()
        self._images.clear()

    def _ask(self) -> None:
        while self._wanted and len(self._asked) < _AT_ONCE:
            path = self._wanted.pop()
            job = self._jobs.submit(partial(OpenThumbnail, path=path, side=SIDE))
            self._asked[job.number] = path

    def _on_end(self, job: Job, reply: object) -> None:
        path = self._asked.pop(job.number, None)
        if path is None:
            return
        if isinstance(reply, ThumbnailOpened) and path in self._images:
            if len(self._images) > _KEPT:
                del self._images[next(iter(self._images))]
            image = QImage(reply.rgb, reply.width, reply.height, 3 * reply.width, QImage.Format.Format_RGB888)
            self._images[path] = image.convertToFormat(QImage.Format.Format_RGB32)  # a copy that owns its memory
            self.arrived.emit(path)
        self._ask()
