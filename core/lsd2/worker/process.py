"""One worker process as the window sees it: start, talk, end, and how it died."""

from __future__ import annotations

import multiprocessing
import os
import secrets
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from types import ModuleType

from lsd2.worker.outbox import block_name
from lsd2.worker.protocol import Reply, Request, SharedImage
from lsd2.worker.server import Setup, serve
from lsd2.worker.surroundings import TERMINATED

_TERMINATE_SECONDS = 0.5
_KILL_SECONDS = 5.0
_NOISE_BYTES = 8000
_RETRY = "The photos are still loaded; try again"


def own_prefix() -> str:
    """What the names of all blocks of this process's workers begin with."""
    return f"lsd2_{os.getpid():x}"


class WorkerProcess:
    """A spawned worker.

    Attributes
    ----------
    connection : the window's end of the pipe.
    is_ready : set by the owner when `WorkerReady` has come; a worker that dies before could not start.
    """

    def __init__(self, engine: str) -> None:
        context = multiprocessing.get_context("spawn")
        self._prefix = f"{own_prefix()}_{secrets.token_hex(3)}"
        self._log = _new_log()
        self.connection: Connection
        self.connection, theirs = context.Pipe()
        setup = Setup(engine, self._prefix, self._log)
        self._process = context.Process(target=serve, args=(theirs, setup), name="lsd2-worker", daemon=True)
        self.is_ready = False
        self._pictures = 0
        try:
            with _nameless_main():
                self._process.start()
        except BaseException:
            self.connection.close()
            self._log.unlink(missing_ok=True)
            raise
        finally:
            theirs.close()  # else the pipe would not end with the worker

    @property
    def sentinel(self) -> int:
        """What `multiprocessing.connection.wait` reports when the process has ended."""
        return self._process.sentinel

    def send(self, request: Request) -> None:
        """Send; a dead worker's sentinel tells of its death, so that is no error here."""
        with suppress(OSError):
            self.connection.send(request)

    def count_picture(self) -> None:
        """A picture of this worker has come for the first time."""
        self._pictures += 1

    def end(self) -> None:
        """End the process now: first so that it may remove half-written files, then for certain."""
        self._process.terminate()
        self._process.join(_TERMINATE_SECONDS)
        if self._process.is_alive():
            self._process.kill()
            self._process.join(_KILL_SECONDS)

    def last_replies(self) -> Iterator[Reply]:
        """What a dead worker had still sent; a message that it was in the middle of is lost."""
        with suppress(EOFError, OSError):
            while self.connection.poll():
                yield self.connection.recv()

    def orphan(self) -> SharedImage:
        """The picture that the worker may have made but not given away before it died."""
        return SharedImage(block_name(self._prefix, self._pictures), 0, 0)

    def bury(self) -> tuple[str, str]:
        """Free what a dead process leaves; how it died, for the user, and its last output, for the log."""
        self._process.join(_KILL_SECONDS)
        code = self._process.exitcode
        self._process.close()
        self.connection.close()
        with suppress(OSError):
            noise = self._log.read_bytes()[-_NOISE_BYTES:].decode(errors="replace")
            self._log.unlink()
            return death_message(code, self.is_ready), noise
        return death_message(code, self.is_ready), ""


def death_message(exit_code: int | None, was_ready: bool) -> str:
    """One line on the death of a worker with this exit code (-N is signal N)."""
    number = -exit_code if exit_code is not None and exit_code < 0 else 0
    if exit_code == TERMINATED:
        number = signal.SIGTERM
    if not was_ready:
        return f"The worker process could not start (exit code {exit_code}). Try again, or install the program anew."
    if number == getattr(signal, "SIGKILL", 9):
        return (
            f"The worker process was killed (signal {number}), perhaps for lack of memory. "
            f"{_RETRY} with a smaller memory budget."
        )
    if number == signal.SIGTERM:
        return f"The worker process was ended from outside (signal {number:d}). {_RETRY}."
    if number:
        return f"The worker process crashed (signal {number}). {_RETRY}."
    return f"The worker process ended unexpectedly (exit code {exit_code}). {_RETRY}."


def _new_log() -> Path:
    descriptor, name = tempfile.mkstemp(prefix="lsd2-worker-", suffix=".log")
    os.close(descriptor)
    return Path(name)


@contextmanager
def _nameless_main() -> Iterator[None]:
    """Keep spawn from importing the program's main script in the worker, which would load the window's libraries."""
    main: ModuleType = sys.modules["__main__"]
    known: dict[str, object] = {name: vars(main)[name] for name in ("__file__", "__spec__") if name in vars(main)}
    vars(main).pop("__file__", None)
    main.__spec__ = None
    try:
        yield
    finally:
        vars(main).update(known)
