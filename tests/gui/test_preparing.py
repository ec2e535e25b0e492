"""The pair is prepared while it is looked at; over a scripted engine."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from lsd2.worker.protocol import Failed, MeasureNoise, OpenPhoto, PreparePair, ProcessPair
from lsd2_gui.main_window import MainWindow
from tests.gui.conftest import drop
from tests.gui.fake_engine import FakeEngine
from tests.gui.hands import Settle, trigger


def prepared(engine: FakeEngine) -> list[PreparePair]:
    return [request for request in engine.requests if isinstance(request, PreparePair)]


@pytest.fixture
def waiting(window: MainWindow, engine: FakeEngine, files: dict[str, Path], settle: Settle) -> MainWindow:
    """A pair whose preparation has not come to an end."""
    engine.measures_at_once = False
    drop(window, files["a_long"], files["b_short"])
    settle()
    return window


def test_a_pair_is_prepared_once_for_the_first_ticked_method(
    window: MainWindow, engine: FakeEngine, files: dict[str, Path], settle: Settle
) -> None:
    window.controller.parameters.change_method("lsd2", wanted=False)
    window.controller.parameters.change_method("bm3d", wanted=True)
    window.controller.parameters.change(align=False)
    drop(window, files["a_long"])
    settle()
    assert prepared(engine) == []
    drop(window, files["b_short"])
    settle()
    (request,) = prepared(engine)
    assert (request.short, request.long) == (files["b_short"], files["a_long"])
    assert (request.options.method, request.options.align) == ("bm3d", False)
    kinds = [type(one) for one in engine.requests]
    assert kinds.index(PreparePair) < kinds.index(MeasureNoise), "a run may be wanted at any moment"
    window.controller.parameters.change(align=True)
    trigger(window, "fuse")
    engine.finish()
    settle()
    assert len(prepared(engine)) == 1
    trigger(window, "swap_roles")
    settle()
    assert (prepared(engine)[-1].short, len(prepared(engine))) == (files["a_long"], 2)


def test_a_run_waits_for_it_and_opening_does_not(
    waiting: MainWindow, engine: FakeEngine, files: dict[str, Path], settle: Settle
) -> None:
    (request,) = prepared(engine)
    trigger(waiting, "fuse")
    assert engine.last(ProcessPair).job > request.job
    assert request.job not in engine.cancelled
    waiting.controller.open_as(long=files["c_long"])
    assert engine.last(OpenPhoto).path == files["c_long"]
    assert request.job in engine.cancelled


def test_that_photos_are_no_pair_is_told_at_once(waiting: MainWindow, engine: FakeEngine) -> None:
    (request,) = prepared(engine)
    engine.reply(Failed(request.job, "a.jpg and b.jpg are the same picture: choose two photos"))
    QApplication.processEvents()
    assert waiting.banner.isVisible()
    assert waiting.banner.text == "A.jpg and b.jpg are the same picture: choose two photos."


@pytest.mark.parametrize(
    "failed",
    [
        Failed(0, "there is too little memory for processing a.jpg", "Traceback", less_memory_may_help=True),
        Failed(0, "unexpected problem in processing a.jpg", "Traceback"),
        Failed(0, "The worker process crashed.", less_memory_may_help=True),
    ],
)
def test_what_else_goes_wrong_is_left_to_the_run(waiting: MainWindow, engine: FakeEngine, failed: Failed) -> None:
    (request,) = prepared(engine)
    engine.reply(replace(failed, job=request.job))
    QApplication.processEvents()
    assert not waiting.banner.isVisible()
    assert waiting.actions_by_id["fuse"].isEnabled()


def test_photos_of_two_sizes_are_not_prepared(
    window: MainWindow, engine: FakeEngine, files: dict[str, Path], settle: Settle
) -> None:
    engine.sizes[files["b_short"].name] = (40, 40)
    drop(window, files["a_long"], files["b_short"])
    settle()
    assert window.controller.session.has_pair
    assert prepared(engine) == []
