"""The window's end of the worker process; knows no Qt.

One supervising thread owns the process and the pipe: it starts the worker, sends it one job at a time, hands every
reply to `on_reply`, ends a job that does not heed its cancellation, and replaces a worker that died.  Nothing here
blocks the caller, `close` excepted.
"""

from __future__ import annotations

import atexit
import itertools
import logging
import threading
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from lsd2.worker.images import OwnedImages
from lsd2.worker.mailbox import Command, Mailbox
from lsd2.worker.protocol import CancelJob, JobRequest, Reply, SharedImage, Shutdown, pictures_of
from lsd2.worker.supervisor import Supervisor

DEFAULT_ENGINE = "lsd2.worker.engine:PipelineEngine"
_CLOSE_SECONDS = 15.0

_log = logging.getLogger(__name__)


class WorkerClient:
    """Runs jobs in a worker process and survives that process.

    Every submitted job ends in exactly one of `Finished` (`PhotoOpened`, `ResultReady`...), `Failed`, `WasCancelled`;
    nothing about it is delivered after that.  Jobs run one at a time, in the order of submission.

    Parameters
    ----------
    on_reply : called with every reply, in order, **on the supervising thread**: a window marshals it to its own thread
        by a queued Qt signal.  It must return quickly and must not call `close`.
    engine : "module:attribute" of what makes an `lsd2.worker.engine.Engine`; imported in the worker only.
    grace_seconds : how long a cancelled job may take to notice before the worker is ended and replaced.
    """

    def __init__(
        self,
        on_reply: Callable[[Reply], None],
        *,
        engine: str = DEFAULT_ENGINE,
        grace_seconds: float = 2.0,
    ) -> None:
        self._on_reply = on_reply
        self._numbers = itertools.count(1)
        self._images = OwnedImages()
        self._mailbox = Mailbox()
        self._is_closed = False
        supervisor = Supervisor(engine, self._deliver, self._images, self._mailbox, grace_seconds)
        self._thread = threading.Thread(target=supervisor.run, name="lsd2-supervisor", daemon=True)

    def start(self) -> None:
        """Start the worker and return at once.

        `WorkerReady` is delivered when it waits for requests, also again after each replacement.  Jobs may be submitted
        before that.
        """
        atexit.register(self.close)
        self._thread.start()

    def next_job(self) -> int:
        """A fresh job number."""
        return next(self._numbers)

    def submit(self, request: JobRequest) -> None:
        """Queue a job (`OpenPhoto`, `ProcessPair`, `SaveImage`...), whose number comes from `next_job`."""
        for image in pictures_of(request):
            self._images.hold(image.block)
        self._command(request)

    def cancel(self, job: int) -> None:
        """Ask for the end of a job; unknown and ended jobs are ignored.

        A waiting job ends at once, a running one at its next report or, after `grace_seconds`, with its process; the
        waiting jobs then go on in the next worker.  A job that finishes before it notices ends as finished.
        """
        self._command(CancelJob(job))

    def pixels(self, image: SharedImage) -> NDArray[np.uint16]:
        """The picture of a delivered reply: a read-only view (H, W, 3), uint16, RGB, gamma-encoded sRGB, 0..65535.

        No copy; tiles appear in it as they arrive.  The view stays valid memory after `release`, for as long as it
        lives.  KeyError if the picture was released.
        """
        return self._images.pixels(image)

    def release(self, image: SharedImage) -> None:
        """Drop a picture: its shared memory is freed with the last view of it.

        Releasing twice is harmless, and so is releasing under a pending job that reads it: the block lives until
        that job ended.  The unfinished picture of a job that failed or was cancelled is released by the client
        itself; `close` releases all.
        """
        self._images.release(image.block)

    def close(self) -> None:
        """End the worker, the thread and all shared memory, within a few seconds at most; harmless twice.

        Nothing is delivered from the call on, also not for unfinished jobs.  A file that is being saved is left as it
        was before, so wait for `ImageSaved` first.
        """
        if self._is_closed:
            return
        self._is_closed = True
        self._mailbox.put(Shutdown())
        atexit.unregister(self.close)
        if self._thread.ident is not None:
            self._thread.join(_CLOSE_SECONDS)
        self._mailbox.close()
        self._images.release_all()

    def _command(self, command: Command) -> None:
        if not self._is_closed:
            self._mailbox.put(command)

    def _deliver(self, reply: Reply) -> None:
        if self._is_closed:
            return
        try:
            self._on_reply(reply)
        except Exception:
            _log.exception("the window could not take a reply of the worker")
