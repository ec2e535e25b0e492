"""What the window has to tell: in its banner, in its status bar.  Nothing here interrupts the user."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from lsd2.worker.protocol import Failed
from lsd2_gui.text import sentence

_log = logging.getLogger(__name__)


class Level(StrEnum):
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Notice:
    """One line, a text behind `Details`, and the ids of actions (see `actions`) offered as buttons."""

    level: Level
    text: str
    detail: str = ""
    actions: tuple[str, ...] = ()


class Herald(QObject):
    """Carries what is to be told to whoever shows it.

    Signals: `noticed` (a `Notice` for the banner), `settled` (the banner's matter is closed), `said` (a line for the
    status bar; empty takes the last one back), `saved` (path of a file just written).
    """

    noticed = Signal(object)
    settled = Signal()
    said = Signal(str)
    saved = Signal(object)

    def fail(self, reply: Failed, actions: tuple[str, ...], what: str = "") -> None:
        """Log and show that a job failed, with what can be done about it; `what` is said first."""
        _log.error("%s\n%s", reply.message, reply.detail)
        self.said.emit("")
        told = sentence(reply.message)
        self.noticed.emit(Notice(Level.ERROR, f"{what}: {told}" if what else told, reply.detail, actions))
