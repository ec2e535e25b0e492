"""Which pair of a batch is next, and what became of the others; knows no threads, no files and no window."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from lsd2.batch.model import BatchItem, Outcome, PairState


class BatchQueue:
    """The pairs of a batch and their states.

    One pair runs at a time: `begin` gives it, `end` or `put_back` takes it.  Pairs may be added at any time.
    """

    def __init__(self) -> None:
        self._items: dict[str, BatchItem] = {}
        self._outcomes: dict[str, Outcome] = {}
        self._left_out: set[str] = set()
        self._running: str | None = None
        self.is_paused = False

    # ---- what is asked ----

    @property
    def items(self) -> list[BatchItem]:
        return list(self._items.values())

    @property
    def running(self) -> BatchItem | None:
        return None if self._running is None else self._items[self._running]

    def state(self, item: BatchItem) -> PairState:
        if item.key == self._running:
            return PairState.RUNNING
        outcome = self._outcomes.get(item.key)
        if outcome is not None:
            return outcome.state
        return PairState.LEFT_OUT if item.key in self._left_out else PairState.WAITING

    def outcome(self, item: BatchItem) -> Outcome | None:
        return self._outcomes.get(item.key)

    def in_state(self, state: PairState) -> list[BatchItem]:
        return [item for item in self._items.values() if self.state(item) is state]

    def counts(self) -> Counter[PairState]:
        return Counter(self.state(item) for item in self._items.values())

    def seconds_left(self) -> float | None:
        """By the mean of the pairs that were done in this run; None before the first."""
        spent = [one.seconds for one in self._outcomes.values() if one.state is PairState.DONE and not one.earlier]
        waiting = self.counts()[PairState.WAITING]
        return sum(spent) / len(spent) * waiting if spent else None

    # ---- what happens ----

    def add(self, items: Iterable[BatchItem], outcomes: Mapping[str, Outcome] | None = None) -> list[BatchItem]:
        """Take pairs in, with what earlier runs made of them; those that were new."""
        new = [item for item in items if item.key not in self._items]
        for item in new:
            self._items[item.key] = item
            if outcomes and item.key in outcomes:
                self._outcomes[item.key] = outcomes[item.key]
        return new

    def begin(self) -> BatchItem | None:
        """The next pair, which runs from now on; None while one runs, while paused, and when none waits."""
        if self._running is not None or self.is_paused:
            return None
        item = next(iter(self.in_state(PairState.WAITING)), None)
        self._running = None if item is None else item.key
        return item

    def end(self, outcome: Outcome) -> None:
        """The running pair came to an end."""
        assert self._running is not None
        self._outcomes[self._running] = outcome
        self._running = None

    def put_back(self) -> None:
        """The running pair was stopped: it waits again."""
        self._running = None

    def leave_out(self, item: BatchItem, is_left_out: bool = True) -> None:
        """Keep a pair that waits from being begun, or let it wait again."""
        if is_left_out:
            self._left_out.add(item.key)
        else:
            self._left_out.discard(item.key)

    def retry(self, items: Iterable[BatchItem]) -> None:
        """Let pairs that failed wait again."""
        for item in items:
            if self.state(item) is PairState.FAILED:
                del self._outcomes[item.key]

    def retry_failed(self, *, earlier: bool = True) -> None:
        """Let all pairs that failed wait again; not `earlier`, only those that failed in this run."""
        failed = self.in_state(PairState.FAILED)
        self.retry(item for item in failed if earlier or not self._outcomes[item.key].earlier)
