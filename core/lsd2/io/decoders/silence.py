"""What a library in C writes straight to the process's standard error goes nowhere."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Lock


class Silence:
    """Entered with `with`, by several threads at a time: the first one closes standard error, the last one opens it.

    There is one for all threads: each on its own would take another one's silence for what is to be restored.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._depth = 0
        self._kept: int | None = None

    def __enter__(self) -> None:
        with self._lock:
            if self._depth == 0:
                self._kept = _redirected()
            self._depth += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._depth -= 1
            if self._depth == 0 and self._kept is not None:
                os.dup2(self._kept, 2)
                os.close(self._kept)
                self._kept = None


def _redirected() -> int | None:
    """A copy of standard error, which is closed now; None if there is none, as in a window program on Windows."""
    try:
        kept = os.dup(2)
    except OSError:
        return None
    with Path(os.devnull).open("wb", buffering=0) as nowhere:
        os.dup2(nowhere.fileno(), 2)
    return kept
