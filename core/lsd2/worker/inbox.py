"""Requests as they come up the pipe, and the flags by which a running job learns that it is cancelled."""

from __future__ import annotations

import os
import queue
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection

from lsd2.progress import CancelToken
from lsd2.worker.protocol import CancelJob, ImageTaken, JobRequest, Request, Shutdown

TICK_SECONDS = 0.25
_LINGER_SECONDS = 2.0


class Inbox:
    """Reads the pipe on a thread of its own.

    When the window is gone, every job is cancelled and `Shutdown` is queued; a job that does not heed that is ended
    with the process.

    Parameters
    ----------
    connection : the worker's end of the pipe.
    tick : called on the reading thread about four times a second and after each request; its OSError means that the
        window is gone.
    """

    def __init__(self, connection: Connection, tick: Callable[[], None]) -> None:
        self._connection = connection
        self._tick = tick
        self._queue: queue.SimpleQueue[JobRequest | ImageTaken | Shutdown] = queue.SimpleQueue()
        self._tokens: dict[int, CancelToken] = {}
        self.window_is_gone = False

    def start(self) -> None:
        threading.Thread(target=self._read, name="lsd2-requests", daemon=True).start()

    def next(self, timeout: float | None = None) -> JobRequest | ImageTaken | Shutdown:
        """The next request in order; queue.Empty after `timeout` seconds."""
        return self._queue.get(timeout=timeout)

    def token(self, job: int) -> CancelToken:
        """The flag of a job that `next` gave."""
        return self._tokens[job]

    def ended(self, job: int) -> None:
        """The job is over; its number is free to be forgotten."""
        del self._tokens[job]

    def _read(self) -> None:
        try:
            while True:
                if self._connection.poll(TICK_SECONDS):
                    self._accept(self._connection.recv())
                self._tick()
        except (EOFError, OSError):
            self._leave()

    def _accept(self, request: Request) -> None:
        if isinstance(request, CancelJob):
            token = self._tokens.get(request.job)
            if token is not None:
                token.cancel()
            return
        if not isinstance(request, ImageTaken | Shutdown):
            self._tokens[request.job] = CancelToken()
        self._queue.put(request)

    def _leave(self) -> None:
        self.window_is_gone = True
        for token in list(self._tokens.values()):
            token.cancel()
        self._queue.put(Shutdown())
        time.sleep(_LINGER_SECONDS)
        os._exit(1)
