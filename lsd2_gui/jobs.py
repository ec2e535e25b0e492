"""The window's jobs: what was asked of the worker, and how each ended.

A job ends in exactly one of `SUCCEEDED`, `FAILED`, `CANCELLED`.  What arrives for a job that the user gave up is
dropped, and its picture with it, so that no late result replaces a newer one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt, Signal

from lsd2.worker.folder_protocol import BatchItemEnded
from lsd2.worker.protocol import (
    Failed,
    Finished,
    ImageSaved,
    JobRequest,
    PhotoOpened,
    PreviewOpened,
    Progressed,
    Reply,
    ResultReady,
    ResultStarted,
    SharedImage,
    TileDone,
    WasCancelled,
    WorkerReady,
)


class Engine(Protocol):
    """What runs the jobs: `lsd2.worker.client.WorkerClient`, or a scripted one in tests."""

    def start(self) -> None: ...

    def next_job(self) -> int: ...

    def submit(self, request: JobRequest) -> None: ...

    def cancel(self, job: int) -> None: ...

    def pixels(self, image: SharedImage) -> NDArray[np.uint16]: ...

    def release(self, image: SharedImage) -> None: ...

    def close(self) -> None: ...


EngineFactory = Callable[[Callable[[Reply], None]], Engine]
"""Makes an engine that gives its replies to a function, on any thread."""


class JobState(StrEnum):
    RUNNING = "running"
    CANCELLING = "cancelling"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(eq=False)
class Job:
    """One request and its state; the worker runs jobs in the order of submission."""

    request: JobRequest
    state: JobState = JobState.RUNNING

    @property
    def number(self) -> int:
        return self.request.job


class JobQueue(QObject):
    """Sends requests to the engine and gives its replies out as signals on the main thread.

    `reported` carries (job, `Progressed` | `ResultStarted` | `TileDone`); `ended` carries (job, the last reply)
    once for every job: a finished reply, `Failed` or `WasCancelled`.
    """

    reported = Signal(object, object)
    ended = Signal(object, object)
    _received = Signal(object)

    def __init__(self, make_engine: EngineFactory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: dict[int, Job] = {}
        self._closed = False
        self._received.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self.engine = make_engine(self._received.emit)

    def start(self) -> None:
        self.engine.start()

    def submit(self, make_request: Callable[[int], JobRequest]) -> Job:
        """Queue the request that `make_request` makes with a fresh job number."""
        job = Job(make_request(self.engine.next_job()))
        self._jobs[job.number] = job
        self.engine.submit(job.request)
        return job

    def cancel(self, job: Job) -> None:
        """Give a job up; it ends as cancelled whatever the worker still makes of it."""
        if job.state is JobState.RUNNING:
            job.state = JobState.CANCELLING
            self.engine.cancel(job.number)

    def close(self) -> None:
        """End the engine; no signal comes afterwards."""
        self._closed = True
        self.engine.close()
        self._jobs.clear()

    def _take(self, reply: Reply) -> None:
        if self._closed or isinstance(reply, WorkerReady):
            return
        job = self._jobs.get(reply.job)
        if job is None:
            self._drop_picture(reply)
        elif isinstance(reply, Progressed | ResultStarted | TileDone):
            if job.state is JobState.RUNNING:
                self.reported.emit(job, reply)
        else:
            self._end(job, reply)

    def _end(self, job: Job, reply: Finished | Failed | WasCancelled) -> None:
        del self._jobs[job.number]
        # A file that was written before the worker noticed is there all the same, and the user must know.
        if job.state is JobState.CANCELLING and not isinstance(reply, ImageSaved | BatchItemEnded):
            self._drop_picture(reply)
            reply = WasCancelled(job.number)
        job.state = _end_state(reply)
        self.ended.emit(job, reply)

    def _drop_picture(self, reply: Reply) -> None:
        if isinstance(reply, PhotoOpened | PreviewOpened | ResultReady | ResultStarted) and reply.image is not None:
            self.engine.release(reply.image)


def _end_state(reply: Finished | Failed | WasCancelled) -> JobState:
    if isinstance(reply, Failed):
        return JobState.FAILED
    return JobState.CANCELLED if isinstance(reply, WasCancelled) else JobState.SUCCEEDED
