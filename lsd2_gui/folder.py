"""The folder whose pairs are offered beside the picture."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from lsd2.pairing.model import FolderPairs, FoundPair
from lsd2.worker.folder_protocol import FindPairs, PairsFound
from lsd2.worker.protocol import Failed
from lsd2_gui import settings as declared
from lsd2_gui.jobs import Job, JobQueue
from lsd2_gui.notices import Herald
from lsd2_gui.settings import Settings
from lsd2_gui.thumbnails import Thumbnails


class Folder(QObject):
    """Has the worker look for the pairs of a folder.

    Signal: `changed` when another folder is open, its pairs were found, or it was closed.
    """

    changed = Signal()

    def __init__(self, settings: Settings, jobs: JobQueue, herald: Herald) -> None:
        super().__init__()
        self._settings, self._jobs, self._herald = settings, jobs, herald
        self._search: Job | None = None
        self.thumbnails = Thumbnails(jobs, self)
        self.path: Path | None = None
        self.found: FolderPairs | None = None
        jobs.ended.connect(self._on_end)

    @property
    def is_searching(self) -> bool:
        return self._search is not None

    @property
    def pairs(self) -> tuple[FoundPair, ...]:
        return self.found.pairs if self.found else ()

    def open(self, path: Path) -> None:
        """Look for the pairs of a folder."""
        self._drop()
        self.path = path
        self._settings.put(declared.LAST_FOLDER, str(path.absolute()))
        self._search = self._jobs.submit(partial(FindPairs, folder=path))
        self.changed.emit()

    def close(self) -> None:
        """Offer no more pairs."""
        self._drop()
        self.path = None
        self.changed.emit()

    def place_of(self, short: Path, long: Path) -> int | None:
        """Which of the pairs is made of these two photos, in whatever roles."""
        wanted = {short, long}
        places = (place for place, pair in enumerate(self.pairs) if {pair.short.path, pair.long.path} == wanted)
        return next(places, None)

    def _drop(self) -> None:
        if self._search is not None:
            self._jobs.cancel(self._search)
        self._search = self.found = None
        self.thumbnails.forget()

    def _on_end(self, job: Job, reply: object) -> None:
        if job is not self._search:
            return
        self._search = None
        if isinstance(reply, PairsFound):
            self.found = reply.found
        elif isinstance(reply, Failed):
            self.path = None
            self._herald.fail(reply, ("open_folder",))
        self.changed.emit()
