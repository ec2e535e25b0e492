"""Files of results that are not shown in full: saved, on sheets, dragged out; over a scripted engine."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from lsd2_gui.dialogs.save import SaveDialog
from lsd2_gui.main_window import MainWindow
from lsd2_gui.panels.side import next_step
from tests.gui.fake_engine import FakeEngine
from tests.gui.hands import Settle, saves


def test_saving_waits_until_the_result_can_be_written_at_its_strength(
    two: MainWindow, engine: FakeEngine, qtbot: QtBot, tmp_path: Path
) -> None:
    [first, second] = two.controller.session.results
    details, actions, sheets = two.side.results.details, two.actions_by_id, two.controller.sheets
    assert actions["save"].isEnabled()
    details.strength.setValue(50)
    assert not second.is_settled
    for part in (actions["save"], actions["save_comparison"], two.side.save_button, two.sheet_bar.save_button):
        assert not part.isEnabled()
    assert two.side.save_button.isVisible()
    assert "Saving waits" in next_step(two.controller, has_work=False)
    assert "Saving waits" in two.sheet_bar.save_button.toolTip()
    two.commands.save_dialog()
    sheets.save(tmp_path / "night.png", overwrite=True)
    assert not sheets.is_busy
    assert two.findChild(SaveDialog) is None
    two.side.results.rows[2].dragged.emit(second)
    assert "drag the result again" in two.status.words
    assert not saves(engine)
    two.controller.session.show_result(first)
    assert not actions["save"].isEnabled(), "all results may be chosen in the dialog"
    engine.finish(level=10000)
    qtbot.waitUntil(lambda: second.mixed is not None)
    for part in (actions["save"], actions["save_comparison"], two.side.save_button, two.sheet_bar.save_button):
        assert part.isEnabled()
    assert "Saving waits" not in next_step(two.controller, has_work=False)
    two.side.results.rows[2].dragged.emit(second)
    [request] = saves(engine)
    assert request.blend is not None
    assert request.blend.strength == pytest.approx(0.5)


def test_saving_waits_no_more_for_a_strength_that_was_taken_back(
    fused: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    slider, save = fused.side.results.details.strength, fused.actions_by_id["save"]
    slider.setValue(50)
    assert not save.isEnabled()
    slider.setValue(100)
    assert save.isEnabled()
    slider.setValue(50)
    assert not save.isEnabled()
    engine.fail("the pair is gone")
    qtbot.waitUntil(save.isEnabled)


def test_a_file_is_of_the_strength_at_which_it_was_asked_for(
    fused: MainWindow, engine: FakeEngine, qtbot: QtBot, settle: Settle
) -> None:
    [result] = fused.controller.session.results
    slider, saver = fused.side.results.details.strength, fused.controller.saver
    slider.setValue(50)
    engine.finish(level=10000)
    qtbot.waitUntil(lambda: result.mixed is not None)
    saver.save(saver.plan(result), [result])
    slider.setValue(20)
    target = engine.saved()
    settle()
    assert f"Saved to {target}" in fused.status.words
    assert "saved as" not in fused.side.results.rows[1].words
    saver.save(saver.plan(result), [result])
    engine.saved()
    settle()
    assert "saved as" in fused.side.results.rows[1].words


def test_a_dragged_file_is_of_the_strength_at_which_it_was_asked_for(
    fused: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    [result] = fused.controller.session.results
    exporter, blender = fused.controller.exporter, fused.controller.blender
    taken: list[Path] = []
    exporter.prepare(result, taken.append)
    engine.saved()
    qtbot.waitUntil(lambda: bool(taken))
    assert exporter.file_of(result) == taken[0]
    blender.set_strength(result, 0.5)
    assert exporter.file_of(result) is None
    blender.set_strength(result, 1.0)
    assert exporter.file_of(result) == taken[0]
