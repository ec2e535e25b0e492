"""A first look at photos on their way in: small pictures that take a fraction of the work, until the real ones come."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from lsd2.worker.folder_protocol import OpenThumbnail, ThumbnailOpened
from lsd2_gui.jobs import Job, JobQueue

SIDE = 1600
"""Pixels; about what a window shows at once."""


class Previewer(QObject):
    """Keeps the brighter of the small pictures: the long photo shows more than the short one.

    Signal: `changed` when there is another picture, or none any more.
    """

    changed = Signal()

    def __init__(self, jobs: JobQueue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._asked: set[int] = set()
        self._brightness = -1.0
        self.image: QImage | None = None
        jobs.ended.connect(self._on_end)

    def ask(self, paths: Sequence[Path]) -> None:
        """Have small pictures of these photos made; before the photos themselves are asked for."""
        self.clear()
        self._asked = {self._jobs.submit(partial(OpenThumbnail, path=path, side=SIDE)).number for path in paths}

    def clear(self) -> None:
        """The real photos are there, or never will be."""
        had_one = self.image is not None
        self._asked, self.image, self._brightness = set(), None, -1.0
        if had_one:
            self.changed.emit()

    def _on_end(self, job: Job, reply: object) -> None:
        if job.number not in self._asked:
            return
        self._asked.discard(job.number)
        if not isinstance(reply, ThumbnailOpened):
            return  # the photo itself will tell why
        brightness = float(np.frombuffer(reply.rgb, np.uint8)[::97].mean())
        if brightness > self._brightness:
            image = QImage(reply.rgb, reply.width, reply.height, 3 * reply.width, QImage.Format.Format_RGB888)
            self.image, self._brightness = image.convertToFormat(QImage.Format.Format_RGB32), brightness
            self.changed.emit()
