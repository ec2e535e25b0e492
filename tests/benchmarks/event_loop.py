"""How long the event loop of a window is held up, and by what."""

from __future__ import annotations

import sys
import threading
import time
import traceback
from pathlib import Path

from PySide6.QtCore import QTimer

LOOK_SECONDS = 0.01


def seconds_waited() -> float:
    """How long the main thread has waited for a processor since it began; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/schedstat").read_text().split()[1]) / 1e9
    except OSError:
        return 0.0


class Watch:
    """Notes how late a timer of 1 ms comes: the longest time that the event loop was held up, by what `task` says.

    The time for which the thread waited for a free processor is taken off; `busiest` is the processor time that the
    thread itself took, without its waiting for other threads and the disk, which other programs hardly change.  From
    `stack_ms` on a hold-up is told with what the thread was doing when it had lasted that long, or somewhat longer.  A
    task lasts for one turn of the loop where `task_between` names what goes on otherwise, and until the next one is
    named where it does not.
    """

    def __init__(self, stack_ms: float | None = None, task_between: str | None = None) -> None:
        self.longest: dict[str, float] = {}
        self.busiest: dict[str, float] = {}
        self.stacks: dict[str, tuple[float, str]] = {}
        self.task, self._between = "starting", task_between
        self._last, self._waited, self._used = time.perf_counter(), seconds_waited(), time.thread_time()
        self._seen = ""
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        self._timer.start(1)
        self._ends = threading.Event()
        self._main = threading.get_ident()
        self._stack_ms = stack_ms
        if stack_ms is not None:
            threading.Thread(target=self._look_in, daemon=True).start()

    def stop(self) -> None:
        self._timer.stop()
        self._ends.set()

    def _look(self) -> None:
        now, waited, used = time.perf_counter(), seconds_waited(), time.thread_time()
        self.busiest[self.task] = max(1e3 * (used - self._used), self.busiest.get(self.task, 0.0))
        late = 1e3 * (now - self._last - (waited - self._waited))
        seen, self._seen = self._seen, ""
        if late > self.longest.get(self.task, 0.0):
            self.longest[self.task] = late
            if seen and self._stack_ms is not None and late >= self._stack_ms:
                self.stacks[self.task] = (late, seen)
        self._last, self._waited, self._used = now, waited, used
        self.task = self._between or self.task

    def _look_in(self) -> None:
        """From another thread: what the main one is at, once it has been at it for long."""
        assert self._stack_ms is not None
        while not self._ends.wait(LOOK_SECONDS):
            if not self._seen and 1e3 * (time.perf_counter() - self._last) > self._stack_ms:
                frame = sys._current_frames().get(self._main)
                self._seen = "".join(traceback.format_stack(frame)[-7:]) if frame else ""
