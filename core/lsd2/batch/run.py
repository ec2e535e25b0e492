"""All pairs of a queue, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from lsd2.batch.model import BatchItem, Outcome, PairState
from lsd2.batch.queue import BatchQueue
from lsd2.errors import BatchError
from lsd2.progress import Cancelled, Progress

Work = Callable[[BatchItem, Progress], Outcome]
"""Does one pair: `work.Workplace.do`."""


class Listener(Protocol):
    """Is told of every pair's begin and end."""

    def started(self, item: BatchItem) -> None: ...

    def ended(self, item: BatchItem, outcome: Outcome) -> None: ...


def run_batch(queue: BatchQueue, work: Work, listener: Listener, progress: Progress) -> None:
    """Do every pair that waits.

    Raises
    ------
    BatchError
        When the others would fail, too; they wait.
    Cancelled
        When `progress` says so; the pair at hand waits again.
    """
    while (item := queue.begin()) is not None:
        listener.started(item)
        try:
            outcome = work(item, progress)
        except BatchError as error:
            outcome = Outcome(PairState.FAILED, str(error))
            queue.end(outcome)
            listener.ended(item, outcome)
            raise
        except (Cancelled, KeyboardInterrupt):
            queue.put_back()
            raise
        queue.end(outcome)
        listener.ended(item, outcome)
