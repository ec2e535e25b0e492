"""The sharp photo of the scene that a user may load, to measure results against it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from lsd2.worker.protocol import Failed, OpenPhoto, PhotoOpened
from lsd2_gui.jobs import Job, JobQueue
from lsd2_gui.notices import Herald, Level, Notice
from lsd2_gui.pictures import OpenedPhoto, Role
from lsd2_gui.session import Session
from lsd2_gui.text import tr


class ReferenceLoader(QObject):
    """Has the photo decoded and gives it to the session."""

    def __init__(self, jobs: JobQueue, session: Session, herald: Herald) -> None:
        super().__init__()
        self._jobs, self._session, self._herald = jobs, session, herald
        self._job: Job | None = None
        jobs.ended.connect(self._on_end)

    def load(self, path: Path) -> None:
        """Open the photo; an earlier wish is given up."""
        if self._job is not None:
            self._jobs.cancel(self._job)
        self._job = self._jobs.submit(partial(OpenPhoto, path=path))

    def clear(self) -> None:
        """Measure against nothing."""
        self._session.put_reference(None)

    def _on_end(self, job: Job, reply: object) -> None:
        if job is not self._job:
            return
        self._job = None
        if isinstance(reply, Failed):
            self._herald.fail(reply, ())
        elif isinstance(reply, PhotoOpened):
            self._take(OpenedPhoto.from_reply(reply, self._jobs.engine.pixels(reply.image)))

    def _take(self, photo: OpenedPhoto) -> None:
        short = self._session.photos.get(Role.SHORT)
        size = photo.picture.width, photo.picture.height
        if short is None or (short.picture.width, short.picture.height) != size:
            self._jobs.engine.release(photo.picture.image)
            words = tr("{0} is not of the size of the short photo: choose a sharp photo of the same scene and size.")
            self._herald.noticed.emit(Notice(Level.WARNING, words.format(photo.path.name)))
            return
        self._session.put_reference(photo)
        self._herald.said.emit(tr("Results are measured against {0}.").format(photo.path.name))
