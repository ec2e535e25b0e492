"""Small pieces of work off the main thread: a function there, its value back here."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal


class Background(QObject):
    """One thread that runs functions in turn; each value is handed to its receiver on the thread of this object."""

    _done = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="window-background")
        self._closed = False
        self._done.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(self, work: Callable[[], Any], receive: Callable[[Any], None]) -> None:
        """Queue `work`; what it returns is given to `receive`.  Its exception is raised on the main thread.

        Nothing happens once this is closed.
        """
        if self._closed:
            return
        future = self._pool.submit(work)
        future.add_done_callback(lambda done: None if done.cancelled() else self._done.emit(done, receive))

    def close(self) -> None:
        """Forget what waits and let the running piece end; nothing is delivered afterwards."""
        self._closed = True
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _deliver(self, future: Future[Any], receive: Callable[[Any], None]) -> None:
        if not self._closed:
            receive(future.result())
