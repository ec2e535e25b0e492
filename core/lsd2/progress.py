"""How long work reports what it does, hands out finished parts, and is cancelled.

Long work is a plain function with a `progress` argument.  It calls `progress.report(...)` at every step that is worth
showing; the call raises `Cancelled` when the user no longer wants the result.
"""

from __future__ import annotations

import threading
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Stage(StrEnum):
    """What is being done, in the order in which a job passes through it."""

    READ = "read"
    ALIGN = "align"
    LOAD_MODEL = "load-model"
    ESTIMATE = "estimate"
    PROCESS = "process"
    FINISH = "finish"
    WRITE = "write"


class Cancelled(Exception):  # noqa: N818 - not an error: the user's wish, and named as the field names it
    """The user cancelled the job; nothing was written."""


class Progress(Protocol):
    """Receives reports of one job.  Both methods may raise `Cancelled`."""

    def report(self, stage: Stage, done: int, total: int) -> None:
        """`done` of `total` steps of `stage` are finished (tiles in `Stage.PROCESS`)."""

    def tile(self, left: int, top: int, pixels: NDArray[np.float32]) -> None:
        """Pixels at (left, top) of the result are final: float32 HWC RGB, gamma-encoded sRGB in [0, 1]."""


class Silent:
    """Progress that nobody looks at and that is never cancelled."""

    def report(self, stage: Stage, done: int, total: int) -> None:
        pass

    def tile(self, left: int, top: int, pixels: NDArray[np.float32]) -> None:
        pass


PORTION_STEPS = 1000
"""Steps of the whole that portions are reported as."""


class Portion:
    """A part of the processing, from one share of the whole to another; reported as that."""

    def __init__(self, told: Progress, start: float, end: float) -> None:
        self._told, self._start, self._end = told, start, end

    def report(self, stage: Stage, done: int, total: int) -> None:
        if stage is Stage.PROCESS:
            share = self._start + (self._end - self._start) * done / max(total, 1)
            done, total = round(PORTION_STEPS * share), PORTION_STEPS
        self._told.report(stage, done, total)

    def tile(self, left: int, top: int, pixels: NDArray[np.float32]) -> None:
        self._told.tile(left, top, pixels)


class Untiled:
    """Passes on reports, but no tiles: they are not of the result."""

    def __init__(self, told: Progress) -> None:
        self._told = told

    def report(self, stage: Stage, done: int, total: int) -> None:
        self._told.report(stage, done, total)

    def tile(self, left: int, top: int, pixels: NDArray[np.float32]) -> None:
        pass


class Unseen(Untiled):
    """Passes on that something is being done, for a cancel, but not how far: that is of another size than the photo."""

    def report(self, stage: Stage, done: int, total: int) -> None:
        super().report(Stage.LOAD_MODEL if stage is Stage.LOAD_MODEL else Stage.PROCESS, 0, 1)


class CancelToken:
    """A flag that one thread sets and the working thread looks at."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        self._event.set()

    @property
    def is_cancelled(self) -> bool:
        return self._event.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait, but no longer than until it is cancelled; whether it is."""
        return self._event.wait(seconds)

    def raise_if_cancelled(self) -> None:
        if self.is_cancelled:
            raise Cancelled
