"""What `lsd2 batch` says: a line for every pair, progress on a terminal, the end, and JSON."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from lsd2.batch.model import PairState
from lsd2.cli.console import STAGE_NAMES, print_json
from lsd2.errors import BatchError
from lsd2.io.naming import shown
from lsd2.progress import CancelToken, Stage

if TYPE_CHECKING:
    from lsd2.batch.model import BatchItem, Outcome
    from lsd2.batch.queue import BatchQueue
    from lsd2.pairing.model import Unpaired

_NAMED_FAILURES = 3
_BEFORE = {PairState.DONE: "done before: ", PairState.FAILED: "failed before: "}
_CLEAR_LINE = "\r\x1b[K"


class BatchReport:
    """Progress and listener of a batch on the command line; with `as_document` it prints JSON at the end, only."""

    def __init__(
        self, queue: BatchQueue, token: CancelToken, output: Path, as_document: bool, skips_failed: bool
    ) -> None:
        self._queue, self._token, self._output, self._as_document = queue, token, output, as_document
        self._skips_failed = skips_failed
        self._shows = sys.stderr.isatty()
        self.alone: Sequence[Unpaired] = ()
        self.was_stopped = False

    # ---- of the work; raises Cancelled at every report ----

    def report(self, stage: Stage, done: int, total: int) -> None:
        self._token.raise_if_cancelled()
        item = self._queue.running
        steps = f" {done}/{total}" if total > 1 else ""
        heading = f"{self._heading(item)} {item.name}: " if item else ""
        self._show(f"{heading}{STAGE_NAMES[stage]}{steps}{self._time_left()}")

    def tile(self, left: int, top: int, pixels: NDArray[np.float32]) -> None:
        self._token.raise_if_cancelled()

    # ---- of the pairs ----

    def begin(self) -> None:
        """The pairs are known."""
        counts = self._queue.counts()
        earlier = f", {counts[PairState.DONE]} of them done before" if counts[PairState.DONE] else ""
        self._say(f"{pairs_text(counts.total())}{earlier}; {len(self.alone)} photos stay alone")

    def started(self, item: BatchItem) -> None:
        self._show(f"{self._heading(item)} {item.name}")

    def ended(self, item: BatchItem, outcome: Outcome) -> None:
        heading = self._heading(item)
        if outcome.state is PairState.FAILED:
            self._say(f"{heading} {item.name} failed: {outcome.message}")
            return
        self._say(f"{heading} {item.name}: {shown(item.target)}, {outcome.seconds:.1f} s")
        for warning in item.warnings:
            self._say(f"  check: {warning}")
        for note in dict.fromkeys(outcome.notes):
            self._say(f"  note: {note}")

    def rest(self) -> None:
        """All pairs that are there are done; others may come."""
        self._show(f"waiting for photos, {pairs_text(self._queue.counts().total())} so far; Ctrl+C ends it")

    # ---- at the end ----

    def tell_outcomes(self) -> None:
        """The outcome of every pair, if a document was asked for; all others have been told."""
        self.clear()
        if self._as_document:
            print_json(self._document())

    def conclude(self, is_watching: bool) -> int:
        """Say how it went; the exit code.

        Raises
        ------
        BatchError
            When not all was done that was to be done, in one line.
        """
        self.tell_outcomes()
        counts, failed = self._queue.counts(), self._queue.in_state(PairState.FAILED)
        if self.was_stopped:
            left = pairs_text(counts[PairState.WAITING])
            raise BatchError(f"stopped with {left} to do: run the same command again to go on")
        if failed:
            names = "; ".join(item.name for item in failed[:_NAMED_FAILURES])
            more = f" and {len(failed) - _NAMED_FAILURES} more" if len(failed) > _NAMED_FAILURES else ""
            of_all = f"{len(failed)} of {pairs_text(counts.total())} failed ({names}{more})"
            again = "the command without --skip-failed" if self._skips_failed else "the same command again"
            raise BatchError(f"{of_all}: run {again} to retry them")
        if not counts.total() and not is_watching:
            raise BatchError("no pairs were found: 'lsd2 pairs' tells why, and how to name them")
        self._say(f"{pairs_text(counts[PairState.DONE])} done, in {shown(self._output)}")
        return 0

    def clear(self) -> None:
        """Remove the line of progress."""
        self._show("")

    def _document(self) -> dict[str, Any]:
        rows = [describe(item, self._queue.state(item), self._queue.outcome(item)) for item in self._queue.items]
        counts = self._queue.counts()
        return {
            "output": str(self._output),
            "pairs": rows,
            "counts": {str(state): counts[state] for state in PairState if state is not PairState.LEFT_OUT},
            "alone": [{"file": str(unpaired.path), "reason": unpaired.reason} for unpaired in self.alone],
        }

    def _heading(self, item: BatchItem | None) -> str:
        items = self._queue.items
        return f"[{items.index(item) + 1}/{len(items)}]" if item else ""

    def _time_left(self) -> str:
        seconds = self._queue.seconds_left()
        if seconds is None:
            return ""
        return f", about {seconds / 60:.0f} min left" if seconds >= 90 else f", about {seconds:.0f} s left"

    def _say(self, line: str) -> None:
        self.clear()
        if not self._as_document:
            print(line, flush=True)

    def _show(self, line: str) -> None:
        if self._shows:
            sys.stderr.write(f"{_CLEAR_LINE}{line}")
            sys.stderr.flush()


def describe(item: BatchItem, state: PairState, outcome: Outcome | None) -> dict[str, Any]:
    """A pair and what became of it, as plain values."""
    return {
        "short": str(item.short),
        "long": str(item.long),
        "output": str(item.target),
        "state": str(state),
        "reason": item.reason,
        "warnings": list(item.warnings),
        **({"message": outcome.message} if outcome and outcome.message else {}),
        **({"seconds": outcome.seconds, "notes": list(outcome.notes), "earlier": outcome.earlier} if outcome else {}),
    }


def print_plan(
    items: Sequence[BatchItem], earlier: Mapping[str, Outcome], alone: Sequence[Unpaired], as_document: bool
) -> None:
    """What a batch would do; `earlier` has the outcomes of the pairs that it would leave as they are."""
    states = [earlier[item.key].state if item.key in earlier else PairState.WAITING for item in items]
    if as_document:
        rows = [describe(item, state, earlier.get(item.key)) for item, state in zip(items, states, strict=True)]
        print_json(
            {"pairs": rows, "alone": [{"file": str(unpaired.path), "reason": unpaired.reason} for unpaired in alone]}
        )
        return
    for item, state in zip(items, states, strict=True):
        print(f"{item.name}: {_BEFORE.get(state, '')}{shown(item.target)}")
        for line in (item.reason, *(f"check: {warning}" for warning in item.warnings)):
            print(f"  {line}")
    counts = Counter(states)
    failed = f", {counts[PairState.FAILED]} failed before" if counts[PairState.FAILED] else ""
    done = f"{counts[PairState.DONE]} done before{failed}"
    print(f"{pairs_text(counts[PairState.WAITING])} to do, {done}; {len(alone)} photos stay alone")


def pairs_text(count: int) -> str:
    return "1 pair" if count == 1 else f"{count} pairs"
