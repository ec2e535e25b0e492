"""Stops a worker that dies again and again from being started for ever."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

MAX_RESPAWNS = 3
PERIOD_SECONDS = 60.0


class RespawnGuard:
    """Allows three replacements within a minute; a job that succeeds clears the count."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._deaths: deque[float] = deque()

    def may_respawn(self) -> bool:
        """Note a death; whether the worker may be replaced."""
        now = self._clock()
        self._deaths.append(now)
        while now - self._deaths[0] > PERIOD_SECONDS:
            self._deaths.popleft()
        return len(self._deaths) <= MAX_RESPAWNS

    def succeeded(self) -> None:
        """A job came to a good end."""
        self._deaths.clear()
