"""The log file, and what happens to exceptions that nobody caught."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TextIO

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from lsd2_gui.settings import APP_FOLDER

_log = logging.getLogger(__name__)
_QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class _Held(logging.Handler):
    """Keeps records for the log that is still to be opened."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


def hold_log() -> None:
    """Keep what is logged, also by Qt, until `start_log`: what opens a log takes as long as the window's frame."""
    root = logging.getLogger()
    root.addHandler(_Held())
    root.setLevel(logging.INFO)
    qInstallMessageHandler(_log_qt)


def log_path(settings_folder: Path | None) -> Path:
    """The log beside the given settings, or where the system keeps logs."""
    if settings_folder is None:
        import platformdirs

        settings_folder = Path(platformdirs.user_log_path(APP_FOLDER, appauthor=False))
    return settings_folder / "lsd2.log"


def start_log(path: Path) -> None:
    """Log to a file from now on, and what was held first.

    A folder that cannot be written costs the log, not the program.
    """
    from logging.handlers import RotatingFileHandler

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(path, maxBytes=1_000_000, backupCount=2, encoding="utf-8")
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    held = [one for one in root.handlers if isinstance(one, _Held)]
    for one in held:
        root.removeHandler(one)
    root.addHandler(handler)
    for record in (record for one in held for record in one.records):
        root.handle(record)


def _log_qt(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    logging.getLogger("qt").log(_QT_LEVELS[kind], message)
    if kind is QtMsgType.QtFatalMsg:
        _say(message + "\n")


def _say(text: str) -> None:
    """To the terminal that the program was started from; programs with a window have none on Windows."""
    stream: TextIO | None = sys.stderr
    if stream is not None:
        stream.write(text)


class ExceptionWatch(QObject):
    """Catches what nobody caught, in slots and in threads.  Signal: `caught` (the traceback), on the main thread."""

    caught = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def install(self) -> None:
        sys.excepthook = self._hook
        threading.excepthook = lambda args: self._hook(
            args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
        )

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        details = "".join(traceback.format_exception(kind, error, trace))
        _log.critical("uncaught exception\n%s", details)
        _say(details)
        if not issubclass(kind, KeyboardInterrupt):
            self.count += 1
            self.caught.emit(details)


def call_once_per_text(show: Callable[[str], None]) -> Callable[[str], None]:
    """A fault that repeats, as in every repaint, is shown once."""
    seen: set[str] = set()

    def call(text: str) -> None:
        if text not in seen:
            seen.add(text)
            show(text)

    return call
