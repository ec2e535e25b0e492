"""The thread that owns the worker process: feeds it, listens to it, ends it, replaces it."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import wait
from typing import get_args

from lsd2.errors import Lsd2Error
from lsd2.worker.guard import RespawnGuard
from lsd2.worker.images import OwnedImages
from lsd2.worker.mailbox import Command, Mailbox
from lsd2.worker.process import WorkerProcess
from lsd2.worker.protocol import (
    CancelJob,
    Failed,
    Finished,
    ImageTaken,
    JobReply,
    JobRequest,
    Reply,
    ResultStarted,
    SharedImage,
    Shutdown,
    WasCancelled,
    WorkerReady,
    pictures_of,
)

_SHUTDOWN_SECONDS = 0.5
GIVEN_UP = "The worker process keeps ending; please restart the program."
_FINISHED = get_args(Finished)


class Supervisor:
    """Runs on its own thread (`run`); all its state belongs to that thread.

    The worker gets one job at a time, so that ending it by force never hurts a job other than the one in question.
    """

    def __init__(
        self, engine: str, deliver: Callable[[Reply], None], images: OwnedImages, mailbox: Mailbox, grace_seconds: float
    ) -> None:
        self._engine = engine
        self._deliver = deliver
        self._images = images
        self._mailbox = mailbox
        self._grace_seconds = grace_seconds
        self._guard = RespawnGuard()
        self._worker: WorkerProcess | None = None
        self._waiting: deque[JobRequest] = deque()
        self._running: JobRequest | None = None
        self._kill_at: float | None = None
        self._partial: SharedImage | None = None
        self._is_closing = False

    def run(self) -> None:
        """Serve until a `Shutdown` command."""
        self._start_worker()
        while not self._is_closing:
            self._feed()
            self._listen(self._patience())
            for command in self._mailbox.take():
                self._obey(command)
            if self._kill_at is not None and time.monotonic() >= self._kill_at:
                self._end_running_job_by_force()
        self._shut_down()

    # ---- commands ----

    def _obey(self, command: Command) -> None:
        if isinstance(command, Shutdown):
            self._is_closing = True
        elif isinstance(command, CancelJob):
            self._cancel(command)
        else:
            self._waiting.append(command)

    def _cancel(self, command: CancelJob) -> None:
        if self._running is not None and self._running.job == command.job:
            if self._kill_at is None and self._worker is not None:
                self._worker.send(command)
                self._kill_at = time.monotonic() + self._grace_seconds
            return
        for request in [waiting for waiting in self._waiting if waiting.job == command.job]:
            self._waiting.remove(request)
            self._end(request, WasCancelled(request.job))

    def _feed(self) -> None:
        """Give the worker its next job, or fail all if there is no worker any more."""
        if self._worker is None:
            self._fail_all(GIVEN_UP)
        elif self._running is None and self._waiting:
            self._running = self._waiting.popleft()
            self._worker.send(self._running)

    # ---- replies ----

    def _patience(self) -> float | None:
        return None if self._kill_at is None else max(0.0, self._kill_at - time.monotonic())

    def _listen(self, timeout: float | None) -> None:
        worker = self._worker
        if worker is None:
            wait([self._mailbox.alarm], timeout)
            return
        ready = wait([worker.connection, worker.sentinel, self._mailbox.alarm], timeout)
        if worker.connection in ready:
            try:
                self._accept(worker, worker.connection.recv())
            except (EOFError, OSError):
                self._on_death(worker)
        elif worker.sentinel in ready:
            self._on_death(worker)

    def _accept(self, worker: WorkerProcess, reply: Reply) -> None:
        if isinstance(reply, WorkerReady):
            worker.is_ready = True
            self._deliver(reply)
            return
        reply = self._take_image(worker, reply)
        if self._running is None or reply.job != self._running.job:
            self._drop(reply)
        elif isinstance(reply, (*_FINISHED, Failed, WasCancelled)):
            self._end(self._running, reply)
        else:
            if isinstance(reply, ResultStarted):
                self._partial = reply.image
            self._deliver(reply)

    def _take_image(self, worker: WorkerProcess, reply: JobReply) -> JobReply:
        """Map the reply's picture here before the worker lets go of it."""
        image = getattr(reply, "image", None)
        if image is None:
            return reply
        try:
            if self._images.adopt(image):
                worker.count_picture()
                worker.send(ImageTaken(image.block))
        except Lsd2Error as error:
            return Failed(reply.job, str(error))
        return reply

    def _drop(self, reply: JobReply) -> None:
        image = getattr(reply, "image", None)
        if image is not None:
            self._images.discard(image)

    def _end(self, request: JobRequest, reply: JobReply) -> None:
        """The one place where a job ends."""
        if request is self._running:
            if self._partial is not None and not isinstance(reply, _FINISHED):
                self._images.release(self._partial.block)
            self._running = self._kill_at = self._partial = None
        if isinstance(reply, _FINISHED):
            self._guard.succeeded()
        for image in pictures_of(request):
            self._images.unhold(image.block)
        self._deliver(reply)

    # ---- life and death ----

    def _start_worker(self) -> None:
        """Start a worker; trying again, as the guard allows, where the system cannot."""
        self._worker = None
        while self._worker is None:
            try:
                self._worker = WorkerProcess(self._engine)
            except OSError:
                if not self._guard.may_respawn():
                    return

    def _on_death(self, worker: WorkerProcess) -> None:
        message, detail = self._bury(worker)
        if self._guard.may_respawn():
            self._start_worker()
            self._fail_all(message, detail, less_memory_may_help=worker.is_ready)
        else:
            self._fail_all(f"{message} {GIVEN_UP}", detail)

    def _bury(self, worker: WorkerProcess) -> tuple[str, str]:
        self._worker = None
        for reply in worker.last_replies():
            self._accept(worker, reply)
        self._images.discard(worker.orphan())
        return worker.bury()

    def _fail_all(self, message: str, detail: str = "", *, less_memory_may_help: bool = False) -> None:
        unfinished = [self._running] if self._running else []
        unfinished += self._waiting
        self._waiting.clear()
        for request in unfinished:
            self._end(request, Failed(request.job, message, detail, less_memory_may_help))

    def _end_running_job_by_force(self) -> None:
        worker = self._worker
        assert worker is not None
        worker.end()
        self._bury(worker)
        self._start_worker()
        if self._running is not None:
            self._end(self._running, WasCancelled(self._running.job))

    def _shut_down(self) -> None:
        worker = self._worker
        if worker is None:
            return
        if self._running is not None:
            worker.send(CancelJob(self._running.job))
        worker.send(Shutdown())
        deadline = time.monotonic() + _SHUTDOWN_SECONDS
        with suppress(EOFError, OSError):
            while wait([worker.connection, worker.sentinel], max(0.0, deadline - time.monotonic())):
                self._accept(worker, worker.connection.recv())
        worker.end()
        self._bury(worker)
