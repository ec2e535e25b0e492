"""Which pair is next."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from lsd2.batch.model import BatchItem, Outcome, PairState
from lsd2.batch.queue import BatchQueue

DONE, FAILED = Outcome(PairState.DONE, seconds=2.0), Outcome(PairState.FAILED, "why")


def item(name: str) -> BatchItem:
    return BatchItem(name, Path(f"{name}_s.jpg"), Path(f"{name}_l.jpg"), Path(f"{name}.jpg"))


def test_pairs_run_one_at_a_time_in_order() -> None:
    queue = BatchQueue()
    queue.add([item("a"), item("b"), item("c")], {"b": Outcome(PairState.DONE, earlier=True)})
    assert queue.seconds_left() is None
    first = queue.begin()
    assert first == item("a") == queue.running
    assert queue.begin() is None
    queue.end(DONE)
    assert queue.seconds_left() == pytest.approx(2.0)
    assert queue.begin() == item("c")
    queue.end(FAILED)
    assert queue.begin() is None
    queue.retry_failed()
    assert queue.begin() == item("c")


def test_what_failed_earlier_may_be_kept_from_being_tried_again() -> None:
    queue = BatchQueue()
    queue.add([item("a"), item("b")], {"a": Outcome(PairState.FAILED, "why", earlier=True)})
    queue.begin()
    queue.end(FAILED)
    queue.retry_failed(earlier=False)
    assert queue.in_state(PairState.FAILED) == [item("a")]
    assert queue.begin() == item("b")
    queue.put_back()
    queue.retry_failed()
    assert queue.in_state(PairState.FAILED) == []


def test_a_paused_queue_gives_nothing_and_a_stopped_pair_waits_again() -> None:
    queue = BatchQueue()
    queue.add([item("a")])
    queue.is_paused = True
    assert queue.begin() is None
    queue.is_paused = False
    queue.begin()
    queue.put_back()
    assert queue.in_state(PairState.WAITING) == [item("a")]


def test_a_pair_that_is_left_out_is_not_begun() -> None:
    queue = BatchQueue()
    queue.add([item("a"), item("b")])
    queue.leave_out(item("a"))
    assert queue.state(item("a")) is PairState.LEFT_OUT
    assert queue.begin() == item("b")
    queue.end(DONE)
    assert queue.begin() is None
    queue.leave_out(item("a"), False)
    assert queue.begin() == item("a")


def test_only_new_pairs_are_added() -> None:
    queue = BatchQueue()
    assert queue.add([item("a")]) == [item("a")]
    assert queue.add([item("a"), item("b")]) == [item("b")]


class AnyOrder(RuleBasedStateMachine):
    """However it is used, every pair is in one state, and what is done is never begun again."""

    def __init__(self) -> None:
        super().__init__()
        self.queue = BatchQueue()
        self.done: set[str] = set()

    @rule(name=st.sampled_from("abcdef"))
    def add(self, name: str) -> None:
        self.queue.add([item(name)])

    @precondition(lambda self: self.queue.running is None)
    @rule()
    def begin(self) -> None:
        begun = self.queue.begin()
        if begun is not None:
            assert begun.key not in self.done
        else:
            assert self.queue.is_paused or not self.queue.in_state(PairState.WAITING)

    @precondition(lambda self: self.queue.running is not None)
    @rule(outcome=st.sampled_from([DONE, FAILED, None]))
    def end(self, outcome: Outcome | None) -> None:
        running = self.queue.running
        assert running is not None
        if outcome is None:
            self.queue.put_back()
        else:
            self.queue.end(outcome)
            if outcome is DONE:
                self.done.add(running.key)

    @rule()
    def pause_or_go_on(self) -> None:
        self.queue.is_paused = not self.queue.is_paused

    @rule()
    def retry(self) -> None:
        self.queue.retry_failed()

    @invariant()
    def every_pair_is_somewhere(self) -> None:
        assert self.queue.counts().total() == len(self.queue.items)
        assert self.queue.counts()[PairState.RUNNING] == (self.queue.running is not None)
        assert {one.key for one in self.queue.in_state(PairState.DONE)} == self.done


TestAnyOrder = AnyOrder.TestCase
