"""What other threads want of the supervising thread."""

from __future__ import annotations

import multiprocessing
import threading
from collections import deque

from lsd2.worker.protocol import CancelJob, JobRequest, Shutdown

Command = JobRequest | CancelJob | Shutdown


class Mailbox:
    """Commands from other threads, with a pipe that wakes the supervisor (also on Windows)."""

    def __init__(self) -> None:
        self._commands: deque[Command] = deque()
        self._lock = threading.Lock()
        self._is_signalled = False
        self.alarm, self._bell = multiprocessing.Pipe(duplex=False)

    def put(self, command: Command) -> None:
        with self._lock:
            self._commands.append(command)
            if not self._is_signalled:
                self._is_signalled = True
                self._bell.send_bytes(b"!")

    def take(self) -> list[Command]:
        """All commands so far."""
        with self._lock:
            if self._is_signalled:
                self._is_signalled = False
                self.alarm.recv_bytes()
            commands = list(self._commands)
            self._commands.clear()
            return commands

    def close(self) -> None:
        self.alarm.close()
        self._bell.close()
