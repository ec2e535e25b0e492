"""The last pair is opened again at the next start, also after a crash: which photos, in which roles.

Everything else that is chosen is in the settings.  The state is one small file that is written as a whole whenever the
pair changes, so that there is always a good one.  Of several windows at once, the first one keeps it.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject

from lsd2.errors import Lsd2Error
from lsd2.io.atomic import write_atomically
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
        return self.short.is_file() and self.long.is_file()


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

    def __init__(self, settings: Settings, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings, self._session = settings, session
        self._path = settings.folder / FILE_NAME
        settings.folder.mkdir(parents=True, exist_ok=True)
        self._lock = QLockFile(str(settings.folder / LOCK_NAME))
        self._lock.setStaleLockTime(0)  # the lock of a program that is no more is broken whatever its age
        self._is_ours = self._lock.tryLock(0)
        self.last = read_last(self._path) if self._is_ours else None
        self._written: LastSession | None = None
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
        if self._is_ours:
            self._path.unlink(missing_ok=True)

    def close(self) -> None:
        """The program ends as it should."""
        if self._written is not None:
            self._write(LastSession(self._written.short, self._written.long))
        if self._is_ours:
            self._lock.unlock()

    def _write(self, state: LastSession) -> None:
        self._written = state
        if not self._is_ours:
            return
        words = {"version": VERSION, "short": str(state.short), "long": str(state.long), "running": state.crashed}
        try:
            write_atomically(self._path, json.dumps(words, indent=1).encode(), overwrite=True)
        except Lsd2Error as error:
            _log.warning("%s", error)
