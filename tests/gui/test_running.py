"""A run in the window: tiles, progress, result, cancel, a worker that dies; over a scripted engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from lsd2.options import Device
from lsd2.progress import Stage
from lsd2.worker.protocol import OpenPhoto, ProcessPair
from lsd2_gui import settings as declared
from lsd2_gui.main_window import MainWindow
from lsd2_gui.pictures import LONG, RUNNING, SHORT, Role, ViewKey
from tests.gui.conftest import drop
from tests.gui.fake_engine import HEIGHT, WIDTH, FakeEngine
from tests.gui.hands import buttons

# ---- running ----


def test_a_run_asks_for_what_the_panel_shows(paired: MainWindow, engine: FakeEngine, files: dict[str, Path]) -> None:
    panel = paired.side.process
    panel.align.setChecked(False)
    panel.device.setCurrentIndex(panel.device.findData("cpu"))
    panel.device.activated.emit(panel.device.currentIndex())
    panel.memory.setValue(2.25)
    qpush(paired)
    request = engine.last(ProcessPair)
    assert isinstance(request, ProcessPair)
    assert (request.short, request.long) == (files["b_short"], files["a_long"])
    assert (request.options.align, request.options.device) == (False, Device.CPU)
    assert request.options.memory_budget_gb == 2.25


def qpush(window: MainWindow) -> None:
    window.side.run_button.click()


def test_tiles_appear_while_the_run_is_on(
    paired: MainWindow, engine: FakeEngine, settle: Callable[[], None], qtbot: QtBot
) -> None:
    qpush(paired)
    engine.progress(0, 4)
    image = engine.start_result()
    settle()
    session = paired.controller.session
    assert session.after == RUNNING
    chain = paired.controller.layers.layer(RUNNING)
    assert chain is not None
    pixels = chain.chain.levels[0].pixels
    dimmed = pixels[5, 5, 0]
    engine.tile(image, 0, 0, 40, 30, 51400)
    engine.progress(1, 4)
    with qtbot.waitSignal(paired.controller.layers.tile_drawn):
        pass
    QApplication.processEvents()
    assert pixels[5, 5].tolist()[:3] == [200, 200, 200]
    assert pixels[60, 80, 0] == pytest.approx(dimmed, abs=2)
    paired.status._show_progress()
    assert "Fusing: 25 %" in paired.status.words
    assert paired.side.run_button.text().strip() == "Cancel"


def _shown(window: MainWindow, key: ViewKey) -> int:
    """Blue of a pixel that no tile of these tests covers."""
    layer = window.controller.layers.layer(key)
    assert layer is not None
    return int(layer.chain.levels[0].pixels[60, 80, 0])


def test_tiles_that_come_before_the_first_picture_are_drawn_too(
    paired: MainWindow, engine: FakeEngine, settle: Callable[[], None], qtbot: QtBot
) -> None:
    qpush(paired)
    image = engine.start_result()
    engine.tile(image, 0, 0, 40, 30, 51400)
    QApplication.processEvents()
    settle()
    layer = paired.controller.layers.layer(RUNNING)
    assert layer is not None
    assert layer.chain.levels[0].pixels[5, 5].tolist()[:3] == [200, 200, 200]
    engine.finish(image)
    settle()
    layer = paired.controller.layers.layer(ViewKey(result=1))
    assert layer is not None
    # What the tiles showed stays on the screen until the whole is drawn again, in the background.
    qtbot.waitUntil(lambda: _shown(paired, ViewKey(result=1)) == round(40000 / 257))


def test_a_result_is_shown_and_described(fused: MainWindow) -> None:
    session = fused.controller.session
    assert (session.before, session.after) == (SHORT, ViewKey(result=1))
    assert fused.side.results.details.words.endswith("Network lsd2-fast, on the processor")
    assert "moved by 3.2 px" in fused.side.results.details.words
    assert "The network ran on the processor." in fused.side.results.details.words
    assert fused.side.save_button.isVisible()
    assert fused.controller.layers.label(session.after) == "LSD2  ·  12 s"
    layer = fused.controller.layers.layer(session.after)
    assert layer is not None
    assert (layer.chain.width, layer.chain.height) == (WIDTH, HEIGHT)
    assert layer.chain.levels[0].pixels[50, 50, 0] == round(40000 / 257)


def test_cancel_keeps_the_pair_and_drops_a_late_result(
    paired: MainWindow, engine: FakeEngine, settle: Callable[[], None]
) -> None:
    qpush(paired)
    image = engine.start_result()
    settle()
    paired.actions_by_id["cancel"].trigger()
    assert paired.side.run_button.text().strip() == "Cancelling…"
    assert not paired.actions_by_id["cancel"].isEnabled()
    engine.finish(image)
    settle()
    session = paired.controller.session
    assert session.results == []
    assert session.has_pair
    assert (session.before, session.after) == (SHORT, LONG)
    assert "Cancelled" in paired.status.words
    assert image.block not in engine.arrays
    assert paired.side.run_button.text().strip() == "Whole photo"


def test_a_dead_worker_leaves_the_pair_and_offers_less_memory(
    paired: MainWindow, engine: FakeEngine, settle: Callable[[], None]
) -> None:
    budget = paired.controller.settings.get(declared.MEMORY_GB)
    qpush(paired)
    engine.start_result()
    settle()
    engine.fail("the worker process was killed", "last words", memory=True)
    settle()
    assert paired.banner.text == "LSD2: The worker process was killed."
    assert buttons(paired.banner) == ["Details", "Try again", "Try with less memory"]
    assert paired.controller.session.has_pair
    assert paired.controller.session.running is None
    button(paired, "Try with less memory").click()
    assert not paired.banner.isVisible()
    request = engine.last(ProcessPair)
    assert isinstance(request, ProcessPair)
    assert request.options.memory_budget_gb == budget / 2
    engine.finish()
    settle()
    assert paired.side.process.memory.value() == pytest.approx(budget / 2, abs=0.01)


def button(window: MainWindow, words: str) -> QPushButton:
    return next(one for one in window.banner.findChildren(QPushButton) if one.text().strip() == words)


def test_details_open_below_the_line(paired: MainWindow, engine: FakeEngine, settle: Callable[[], None]) -> None:
    qpush(paired)
    engine.fail("it went wrong", "Traceback: here")
    settle()
    assert not paired.banner._details.isVisible()
    button(paired, "Details").click()
    assert paired.banner._details.isVisible()
    assert paired.banner._details.toPlainText() == "Traceback: here"
    qpush(paired)
    assert not paired.banner.isVisible()


def test_dropping_a_new_pair_stops_the_run(
    paired: MainWindow, engine: FakeEngine, files: dict[str, Path], settle: Callable[[], None]
) -> None:
    qpush(paired)
    job = engine.last(ProcessPair).job
    drop(paired, files["b_short"], files["c_long"])
    assert engine.cancelled == [job]
    engine.confirm_cancel()
    settle()
    assert paired.controller.session.photos[Role.LONG].path == files["c_long"]
    assert not paired.controller.runner.is_busy


def test_nothing_is_run_while_another_pair_is_being_opened(
    paired: MainWindow, engine: FakeEngine, files: dict[str, Path], settle: Callable[[], None]
) -> None:
    engine.opens_at_once = False
    drop(paired, files["b_short"], files["c_long"])
    side, actions = paired.side, paired.actions_by_id
    pressed = [side.run_button, side.visible_button, *(row.run_button for row in side.methods.rows.values())]
    for part in (*pressed, *(actions[name] for name in ("fuse", "fuse_visible", "fuse_all"))):
        assert not part.isEnabled()
    for request in engine.requests[-2:]:
        assert isinstance(request, OpenPhoto)
        engine.open(request)
    settle()
    assert actions["fuse"].isEnabled()
    assert side.run_button.isEnabled()


def test_a_run_on_another_pair_is_given_up_and_its_tiles_are_not_shown(
    paired: MainWindow, engine: FakeEngine, files: dict[str, Path], settle: Callable[[], None]
) -> None:
    runner, session = paired.controller.runner, paired.controller.session
    engine.opens_at_once = False
    drop(paired, files["b_short"], files["c_long"])
    opening = engine.requests[-2:]
    runner.run(["lsd2", "bm3d"])  # as by a key that comes too late
    run = engine.last(ProcessPair)
    growing = engine.start_result()
    QApplication.processEvents()
    assert session.running is not None
    for request in opening:
        assert isinstance(request, OpenPhoto)
        engine.open(request)
    settle()
    assert session.photos[Role.LONG].path == files["c_long"]
    assert engine.cancelled == [run.job]
    assert not runner.waiting
    assert session.running is None
    engine.tile(growing, 0, 0, 64, 64, 20000)
    engine.start_result()
    engine.finish(growing)
    settle()
    assert session.running is None
    assert session.results == []
    assert not runner.is_busy
    assert "still open" not in paired.status.words
    assert growing.block not in engine.arrays


def test_stage_names_are_shown_before_tiles_come(paired: MainWindow, engine: FakeEngine) -> None:
    qpush(paired)
    assert "Starting" in paired.status.words
    engine.progress(1, 3, Stage.ALIGN)
    QApplication.processEvents()
    paired.status._show_progress()
    assert "Aligning" in paired.status.words
    assert paired.status._bar.maximum() == 0


def test_a_second_result_is_told_from_the_first(
    fused: MainWindow, engine: FakeEngine, settle: Callable[[], None]
) -> None:
    fused.side.process.align.setChecked(False)
    qpush(fused)
    engine.finish()
    settle()
    names = [fused.view_bar.after.itemText(index) for index in range(fused.view_bar.after.count())]
    assert names == ["Short", "Long", "LSD2 #1", "LSD2 #2"]
