"""The last pair is opened again at the next start, also after a crash: which photos, in which roles.

Everything else that is chosen is in the settings.  The state is one small file that is written as a whole whenever the
pair changes, so that there is always a good one.  Of several windows at once, the first one keeps it.
"""

from __future__ import annotations

import json
import logging
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject

from lsd2.errors import Lsd2Error
from lsd2.io.atomic import write_atomically
from lsd2.io.on_disk import is_file
from lsd2_gui.background import Background
from lsd2_gui.pictures import Role
from lsd2_gui.recent import remember
from lsd2_gui.session import Session
from lsd2_gui.settings import Settings

_log = logging.getLogger(__name__)
FILE_NAME = "session.json"
LOCK_NAME = "session.lock"
VERSION = 1


@dataclass(frozen=True, slots=True)
class LastSession:
    """`crashed`: the program did not come to its end then."""

    short: Path
    long: Path
    crashed: bool = False

    @property
    def is_there(self) -> bool:
        return is_file(self.short) and is_file(self.long)


def read_last(path: Path) -> LastSession | None:
    """None where there is none, or none that can be understood, which is logged."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if found["version"] != VERSION:
            raise ValueError(f"version {found['version']}")
        return LastSession(Path(found["short"]), Path(found["long"]), found["running"] is True)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        _log.warning("the last session in %s cannot be used: %s", path, error)
        return None


class SessionKeeper(QObject):
    """Writes down the pair that is open.  `last` is the one that was open when the program ended before."""

    def __init__(
        self, settings: Settings, session: Session, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._settings, self._session = settings, session
        self._path = settings.folder / FILE_NAME
        with suppress(OSError):  # without the folder there is no lock, and nothing is kept
            settings.folder.mkdir(parents=True, exist_ok=True)
        self._lock = QLockFile(str(settings.folder / LOCK_NAME))
        self._lock.setStaleLockTime(0)  # the lock of a program that is no more is broken whatever its age
        self._is_ours = self._lock.tryLock(0)
        self.last = read_last(self._path) if self._is_ours else None
        self._written: LastSession | None = None
        self._is_told = False
        session.pair_changed.connect(self.keep)

    def keep(self) -> None:
        """Write the pair down if it is another one; no pair open leaves none to come back to."""
        if not self._session.has_pair:
            return
        short, long = (self._session.photos[role].path.absolute() for role in Role)
        now = LastSession(short, long, crashed=True)
        if now != self._written:
            self._write(now)
            remember(self._settings, (short, long))

    def forget(self) -> None:
        """The user has closed the pair."""
        self._written = self.last = None
        self._tell(None)

    def close(self) -> None:
        """The program ends as it should; the background has been closed before."""
        if not self._is_ours:
            return
        if self._is_told:
            ended = LastSession(self._written.short, self._written.long) if self._written else None
            _store(self._path, ended)
        self._lock.unlock()

    def _write(self, state: LastSession) -> None:
        self._written = state
        self._tell(state)

    def _tell(self, state: LastSession | None) -> None:
        """In the background: a disk may take its time until all is on it."""
        if self._is_ours:
            self._is_told = True
            self._background.run(partial(_store, self._path, state), lambda done: None)


def _store(path: Path, state: LastSession | None) -> None:
    """Write a session down as a whole; None leaves none to come back to."""
    try:
        if state is None:
            path.unlink(missing_ok=True)
            return
        words = {"version": VERSION, "short": str(state.short), "long": str(state.long), "running": state.crashed}
        write_atomically(path, json.dumps(words, indent=1).encode(), overwrite=True)
    except (Lsd2Error, OSError) as error:
        _log.warning("%s", error)
