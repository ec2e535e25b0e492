from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lsd2.options import ProcessOptions
from lsd2.progress import Stage
from lsd2.worker.protocol import Failed, OpenPhoto, ProcessPair, Progressed, ResultStarted, WasCancelled
from lsd2_gui.eta import ProgressClock
from lsd2_gui.jobs import Job, JobQueue, JobState
from tests.gui.fake_engine import FakeEngine


class Record:
    """Everything a queue said."""

    def __init__(self, queue: JobQueue) -> None:
        self.reports: list[object] = []
        self.ends: list[tuple[Job, object]] = []
        queue.reported.connect(lambda job, reply: self.reports.append(reply))
        queue.ended.connect(lambda job, reply: self.ends.append((job, reply)))


@pytest.fixture
def queue(qapp: QApplication, engine: FakeEngine) -> JobQueue:
    return JobQueue(engine.attach)


def run(queue: JobQueue) -> Job:
    return queue.submit(partial(ProcessPair, short=Path("a"), long=Path("b"), options=ProcessOptions()))


def test_a_job_reports_and_ends_once(queue: JobQueue, engine: FakeEngine, qtbot: QtBot) -> None:
    record = Record(queue)
    job = run(queue)
    assert job.state is JobState.RUNNING
    engine.progress(1, 4)
    engine.finish()
    engine.fail("too late")
    with qtbot.waitSignal(queue.ended):
        pass
    QApplication.processEvents()
    assert [type(reply) for reply in record.reports] == [Progressed, ResultStarted]
    assert job.state is JobState.SUCCEEDED
    assert len(record.ends) == 1


def test_the_result_of_a_cancelled_job_is_dropped_and_its_picture_freed(
    queue: JobQueue, engine: FakeEngine, qtbot: QtBot
) -> None:
    record = Record(queue)
    job = run(queue)
    queue.cancel(job)
    queue.cancel(job)
    assert engine.cancelled == [job.number]
    engine.progress(3, 4)
    with qtbot.waitSignal(queue.ended):
        engine.finish(engine.picture(5))
    assert record.reports == []
    assert job.state is JobState.CANCELLED
    assert isinstance(record.ends[0][1], WasCancelled)
    assert engine.arrays == {}


def test_a_failed_job_says_why(queue: JobQueue, engine: FakeEngine, qtbot: QtBot) -> None:
    record = Record(queue)
    job = run(queue)
    with qtbot.waitSignal(queue.ended):
        engine.fail("no memory", memory=True)
    assert job.state is JobState.FAILED
    assert record.ends == [(job, Failed(job.number, "no memory", less_memory_may_help=True))]


def test_nothing_is_told_after_close(queue: JobQueue, engine: FakeEngine, tmp_path: Path) -> None:
    record = Record(queue)
    queue.submit(partial(OpenPhoto, path=tmp_path / "missing.png"))
    queue.close()
    QApplication.processEvents()
    assert record.ends == []
    assert engine.is_closed


def test_the_forecast_follows_the_tiles() -> None:
    now = [100.0]
    clock = ProgressClock(lambda: now[0])
    assert clock.read().remaining is None
    now[0] = 103.0
    clock.update(Progressed(1, Stage.ALIGN, 1, 2))
    assert clock.read().remaining is None
    clock.update(Progressed(1, Stage.PROCESS, 0, 10))
    now[0] = 107.0
    clock.update(Progressed(1, Stage.PROCESS, 2, 10))
    reading = clock.read()
    assert (reading.stage, reading.done, reading.total, reading.elapsed) == (Stage.PROCESS, 2, 10, 7.0)
    assert reading.remaining == pytest.approx(16.0)
    now[0] = 108.0
    assert clock.read().remaining == pytest.approx(15.0)
    now[0] = 200.0
    assert clock.read().remaining == 0.0
