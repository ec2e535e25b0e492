"""What a test leaves running or standing about."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import getCppPointer, isValid


@dataclass(frozen=True)
class Leftovers:
    """Threads, windows and ticking timers, by something that tells them apart."""

    threads: dict[int, str]
    windows: dict[int, str]
    timers: dict[int, str]

    @classmethod
    def now(cls) -> Leftovers:
        """What there is, once what is due for deletion has been deleted."""
        QApplication.processEvents()
        gc.collect()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        threads = {id(thread): thread.name for thread in threading.enumerate()}
        windows = {_address(widget): _name(widget) for widget in QApplication.topLevelWidgets()}
        timers = {id(timer): f"{timer.interval()} ms, of {timer.parent()}" for timer in _ticking()}
        return cls(threads, windows, timers)

    def beyond(self, before: Leftovers) -> dict[str, list[str]]:
        """What was not there before, by its kind; nothing where all is as it was."""
        kinds = {
            "threads": (self.threads, before.threads),
            "windows": (self.windows, before.windows),
            "timers": (self.timers, before.timers),
        }
        found = {name: [words for key, words in now.items() if key not in then] for name, (now, then) in kinds.items()}
        return {name: words for name, words in found.items() if words}


def _ticking() -> Iterator[QTimer]:
    for thing in gc.get_objects():
        # isinstance() would ask things for their class, and some of other libraries warn or fail when they are asked.
        if issubclass(type(thing), QTimer) and isValid(thing) and thing.isActive():
            yield thing


def _address(widget: QWidget) -> int:
    return int(getCppPointer(widget)[0])


def _name(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()!r} {widget.windowTitle()!r}"
