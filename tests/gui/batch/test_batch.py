"""The batch dialog at work: its table, pairs done one after the other, pause, cancel, failures."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from lsd2.worker.folder_protocol import FindPairs, OpenThumbnail, PlanBatch
from lsd2.worker.protocol import Failed, WasCancelled
from lsd2_gui.batching import Batch
from lsd2_gui.dialogs.batch import BatchDialog
from lsd2_gui.dialogs.batch_table import LONG, SHARE, SHORT, STATE, WHY
from lsd2_gui.main_window import MainWindow
from tests.gui.batch.table import Role, cell, click, states
from tests.gui.conftest import drop
from tests.gui.fake_folders import FakeFolders


def untick(dialog: BatchDialog, row: int) -> None:
    index = dialog.model.index(row, SHORT)
    assert dialog.model.flags(index) & Qt.ItemFlag.ItemIsUserCheckable
    assert dialog.model.setData(index, Qt.CheckState.Unchecked.value, Role.CheckStateRole)


def plans(engine: FakeFolders) -> list[PlanBatch]:
    return [request for request in engine.requests if isinstance(request, PlanBatch)]


def test_the_table_shows_photos_reasons_and_doubts(planned: BatchDialog, qtbot: QtBot, engine: FakeFolders) -> None:
    assert cell(planned, 0, SHORT) == "IMG_0.jpg\n1/100 s  ISO 3200"
    assert cell(planned, 0, LONG) == "IMG_1.jpg\n1/4 s  ISO 100"
    assert cell(planned, 0, WHY) == "taken 2 s apart\n1/100 s and 1/4 s (25 times longer)"
    assert cell(planned, 1, WHY).startswith("Check: their apertures differ")
    assert cell(planned, 1, WHY, Role.ForegroundRole) != cell(planned, 0, WHY, Role.ForegroundRole)
    assert states(planned) == ["Waiting"] * 3
    assert planned.show_pairs.text() == "Pairs: 3"
    assert planned.show_alone.text() == "Alone: 1"
    click(planned.show_alone)
    assert planned.alone.isVisible()
    assert planned.alone.toPlainText() == "IMG_99.jpg: the list keeps it alone"
    click(planned.show_pairs)
    assert planned.table.isVisible()


def test_pictures_are_fetched_for_what_is_seen(planned: BatchDialog, qtbot: QtBot, engine: FakeFolders) -> None:
    def colour() -> tuple[int, ...]:
        return cell(planned, 0, SHORT, Role.DecorationRole).toImage().pixelColor(48, 32).getRgb()[:3]

    qtbot.waitUntil(lambda: colour() == (90, 120, 150))
    asked = [request.path.name for request in engine.requests if isinstance(request, OpenThumbnail)]
    assert sorted(asked) == sorted(set(asked)), "each once"


def test_without_a_folder_it_says_what_to_do(dialog: BatchDialog, batch: Batch, qtbot: QtBot, tmp_path: Path) -> None:
    assert dialog.pages.currentWidget() is dialog.empty
    assert dialog.empty.words == "Drop a folder of photos here"
    seen = [part.text() for part in dialog.findChildren(QLabel) if part.isVisible() and part.text()]
    assert len(seen) == 2, "one invitation, and one line that explains it"
    assert [part for part in dialog.findChildren(QPushButton) if part.isVisible()] == [
        dialog.empty.findChild(QPushButton)
    ]
    asked = dialog.choices.findChildren(QFileDialog)
    button = dialog.empty.findChild(QPushButton)
    assert button is not None
    click(button)
    assert len(dialog.choices.findChildren(QFileDialog)) == len(asked) + 1
    dialog.choices.findChildren(QFileDialog)[-1].reject()
    batch.open_folder(tmp_path)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 3)
    assert dialog.pages.currentWidget() is dialog.table
    assert dialog.show_pairs.isChecked()
    assert dialog.choices.isVisible()
    assert dialog.foot.isVisible()


def test_only_a_few_pictures_are_asked_for_at_a_time(
    dialog: BatchDialog, batch: Batch, engine: FakeFolders, qtbot: QtBot, tmp_path: Path
) -> None:
    engine.pairs = 40
    batch.open_folder(tmp_path)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 40)
    QApplication.processEvents()
    asked = [request for request in engine.requests if isinstance(request, OpenThumbnail)]
    assert 0 < len(asked) < 40, "rows out of sight have none"


def test_pairs_are_done_one_after_the_other(planned: BatchDialog, engine: FakeFolders, qtbot: QtBot) -> None:
    click(planned.foot.start)
    assert engine.begun == ["IMG_0.jpg"]
    assert not planned.foot.start.isEnabled()
    engine.pair_step(1, 4)
    qtbot.waitUntil(lambda: states(planned)[0] == "Fusing")
    assert cell(planned, 0, STATE, SHARE) == pytest.approx(0.25)
    engine.end_pair()
    qtbot.waitUntil(lambda: engine.begun == ["IMG_0.jpg", "IMG_2.jpg"])
    assert states(planned)[0] == "Done in 3.0 s"
    assert "about 6.0 s left" in planned.foot.words.text() or "about 3.0 s left" in planned.foot.words.text()
    path = planned.model.item(1).short
    engine.end_pair(f"{path} is damaged: copy it again")
    qtbot.waitUntil(lambda: len(engine.begun) == 3)
    assert states(planned)[1] == "IMG_2.jpg is damaged: copy it again."
    assert str(path) in str(cell(planned, 1, STATE, Role.ToolTipRole))
    engine.end_pair()
    qtbot.waitUntil(lambda: planned.foot.words.text() == "2 of 3 pairs done, 1 failed")
    assert planned.foot.bar.value() == planned.foot.bar.maximum() == 3
    assert not planned.foot.pause.isEnabled()


def test_the_next_step_stands_out(planned: BatchDialog, engine: FakeFolders, qtbot: QtBot) -> None:
    foot = planned.foot
    assert (foot.start.property("kind"), foot.show_folder.property("kind")) == ("primary", "")
    click(foot.start)
    for number in range(1, 4):
        assert foot.start.property("kind") == "primary"
        engine.end_pair()
        qtbot.waitUntil(lambda number=number: len(engine.begun) == min(number + 1, 3))
    qtbot.waitUntil(lambda: foot.words.text() == "3 of 3 pairs done")
    assert (foot.start.property("kind"), foot.show_folder.property("kind")) == ("", "primary")


def test_what_failed_is_tried_again(planned: BatchDialog, engine: FakeFolders, qtbot: QtBot) -> None:
    click(planned.foot.start)
    for number, message in enumerate(["", "it is damaged", ""], 1):
        engine.end_pair(message)
        qtbot.waitUntil(lambda number=number: len(engine.begun) == min(number + 1, 3))
    qtbot.waitUntil(lambda: planned.foot.words.text() == "2 of 3 pairs done, 1 failed")
    click(planned.foot.retry)
    qtbot.waitUntil(lambda: engine.begun[3:] == ["IMG_2.jpg"])
    assert states(planned) == ["Done in 3.0 s", "Begins", "Done in 3.0 s"]
    engine.end_pair()
    qtbot.waitUntil(lambda: planned.foot.words.text() == "3 of 3 pairs done")
    assert not planned.foot.retry.isEnabled()


def test_what_changed_since_it_failed_is_tried_as_it_is_now(
    planned: BatchDialog, engine: FakeFolders, batch: Batch, qtbot: QtBot
) -> None:
    untick(planned, 2)
    click(planned.foot.start)
    engine.end_pair("the file ends too early: copy it again")
    qtbot.waitUntil(lambda: engine.begun == ["IMG_0.jpg", "IMG_2.jpg"])
    engine.version = "whole"
    click(planned.foot.retry)
    assert states(planned) == ["Waiting", "Begins", "Left out"]
    engine.end_pair()
    qtbot.waitUntil(lambda: engine.begun[2:] == ["IMG_0.jpg"])
    assert engine.running.item.key.endswith("whole")
    assert states(planned)[2] == "Left out"


def test_pause_finishes_the_running_pair(planned: BatchDialog, engine: FakeFolders, qtbot: QtBot) -> None:
    click(planned.foot.start)
    click(planned.foot.pause)
    assert "stops after this pair" in planned.foot.words.text()
    assert engine.cancelled == []
    engine.end_pair()
    qtbot.waitUntil(lambda: planned.foot.words.text() == "1 of 3 pairs done")
    assert engine.begun == ["IMG_0.jpg"]
    assert planned.foot.start.text().strip() == "Go on"
    click(planned.foot.start)
    assert engine.begun == ["IMG_0.jpg", "IMG_2.jpg"]


def test_start_while_pausing_goes_on(planned: BatchDialog, batch: Batch, engine: FakeFolders, qtbot: QtBot) -> None:
    click(planned.foot.start)
    click(planned.foot.pause)
    click(planned.foot.start)
    assert engine.begun == ["IMG_0.jpg"]
    engine.end_pair()
    qtbot.waitUntil(lambda: len(engine.begun) == 2)


def test_cancel_stops_at_once_and_the_pair_waits_again(planned: BatchDialog, engine: FakeFolders, qtbot: QtBot) -> None:
    click(planned.foot.start)
    click(planned.foot.cancel)
    assert engine.cancelled == [engine.running.job]
    engine.stop_pair()
    qtbot.waitUntil(lambda: states(planned) == ["Waiting"] * 3)
    click(planned.foot.start)
    assert engine.begun == ["IMG_0.jpg", "IMG_0.jpg"]


def test_a_pair_that_was_written_before_the_cancel_is_done(
    planned: BatchDialog, engine: FakeFolders, qtbot: QtBot
) -> None:
    click(planned.foot.start)
    click(planned.foot.cancel)
    engine.end_pair()
    qtbot.waitUntil(lambda: states(planned)[0] == "Done in 3.0 s")


def test_a_crash_costs_one_pair(planned: BatchDialog, engine: FakeFolders, qtbot: QtBot) -> None:
    click(planned.foot.start)
    engine.crash_pair()
    qtbot.waitUntil(lambda: engine.begun == ["IMG_0.jpg", "IMG_2.jpg"])
    assert states(planned)[0] == "The worker process crashed (signal 11)."


def test_what_concerns_all_stops_the_batch(planned: BatchDialog, engine: FakeFolders, qtbot: QtBot) -> None:
    click(planned.foot.start)
    engine.end_pair("the drive is full: free some space", concerns_all=True)
    qtbot.waitUntil(planned.foot.problem.isVisible)
    assert planned.foot.problem.text() == "The drive is full: free some space."
    assert engine.begun == ["IMG_0.jpg"]
    assert states(planned)[1:] == ["Waiting", "Waiting"]
    click(planned.foot.retry)
    qtbot.waitUntil(lambda: engine.begun == ["IMG_0.jpg", "IMG_0.jpg"])
    assert not planned.foot.problem.isVisible()


def test_what_was_done_before_is_not_done_again(
    dialog: BatchDialog, batch: Batch, engine: FakeFolders, qtbot: QtBot, tmp_path: Path
) -> None:
    engine.earlier = {"IMG_0.jpg"}
    batch.open_folder(tmp_path)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 3)
    assert states(dialog) == ["Done before", "Waiting", "Waiting"]
    click(dialog.foot.start)
    assert engine.begun == ["IMG_2.jpg"]


def test_a_pair_can_be_left_out(planned: BatchDialog, engine: FakeFolders, qtbot: QtBot) -> None:
    untick(planned, 0)
    assert states(planned) == ["Left out", "Waiting", "Waiting"]
    assert planned.foot.words.text() == "0 of 2 pairs done"
    click(planned.foot.start)
    assert engine.begun == ["IMG_2.jpg"]
    assert not planned.model.flags(planned.model.index(1, SHORT)) & Qt.ItemFlag.ItemIsUserCheckable


def test_a_pair_stays_left_out_in_the_plans_that_follow(
    planned: BatchDialog, batch: Batch, engine: FakeFolders, qtbot: QtBot, tmp_path: Path
) -> None:
    untick(planned, 0)

    def is_planned_anew(count: int) -> None:
        qtbot.waitUntil(lambda: len(plans(engine)) == count and not batch.is_searching)
        assert states(planned) == ["Left out", "Waiting", "Waiting"]

    batch.set_method("bm3d")
    is_planned_anew(2)
    batch.set_format("tiff")
    is_planned_anew(3)
    batch.swap_roles(planned.model.item(0))
    is_planned_anew(4)
    batch.set_output(tmp_path / "results")
    is_planned_anew(5)
    batch._parameters.change(align=False)
    click(planned.foot.start)
    qtbot.waitUntil(lambda: engine.begun == ["IMG_2.jpg"])
    assert len(plans(engine)) == 6
    engine.end_pair()
    qtbot.waitUntil(lambda: engine.begun == ["IMG_2.jpg", "IMG_4.jpg"])
    engine.end_pair()
    qtbot.waitUntil(lambda: not batch.is_going)
    (tmp_path / "other").mkdir()
    batch.open_folder(tmp_path / "other")
    qtbot.waitUntil(lambda: states(planned)[:1] == ["Waiting"])


def test_a_plan_that_is_cancelled_leaves_the_table_and_is_made_at_the_start(
    planned: BatchDialog, batch: Batch, engine: FakeFolders, qtbot: QtBot
) -> None:
    engine.answers_at_once = False
    batch.set_method("bm3d")
    click(planned.foot.cancel)
    engine.reply(WasCancelled(plans(engine)[-1].job))
    qtbot.waitUntil(lambda: not batch.is_searching)
    assert states(planned) == ["Waiting"] * 3
    engine.answers_at_once = True
    click(planned.foot.start)
    qtbot.waitUntil(lambda: engine.begun == ["IMG_0.jpg"])
    assert engine.running.request.options.method == "bm3d"


@pytest.mark.parametrize("message", ["", "the journal cannot be read"])
def test_a_first_plan_that_was_cancelled_or_failed_is_made_at_the_start(
    dialog: BatchDialog, batch: Batch, engine: FakeFolders, qtbot: QtBot, tmp_path: Path, message: str
) -> None:
    engine.answers_at_once = False
    batch.open_folder(tmp_path)
    search = engine.last(FindPairs)
    assert isinstance(search, FindPairs)
    engine.answer(search)
    qtbot.waitUntil(lambda: bool(plans(engine)))
    if message:
        engine.reply(Failed(plans(engine)[-1].job, message))
    else:
        click(dialog.foot.cancel)
        engine.reply(WasCancelled(plans(engine)[-1].job))
    qtbot.waitUntil(lambda: not batch.is_searching)
    assert batch.items == []
    engine.answers_at_once = True
    click(dialog.foot.start)
    qtbot.waitUntil(lambda: engine.begun == ["IMG_0.jpg"])


def test_another_folder_ends_a_start_that_waits_for_its_plan(
    planned: BatchDialog, batch: Batch, engine: FakeFolders, qtbot: QtBot, tmp_path: Path
) -> None:
    engine.answers_at_once = False
    batch._parameters.change(align=False)
    click(planned.foot.start)
    plan, other = plans(engine)[-1], tmp_path / "other"
    other.mkdir()
    drop(planned, other)
    assert plan.job in engine.cancelled
    engine.answer(plan)
    search = engine.last(FindPairs)
    assert isinstance(search, FindPairs)
    engine.answer(search)
    qtbot.waitUntil(lambda: len(plans(engine)) == 3)
    engine.answer(plans(engine)[-1])
    qtbot.waitUntil(lambda: planned.model.rowCount() == 3)
    assert planned.model.item(0).short.parent == other
    assert engine.begun == []
    assert planned.foot.start.isEnabled()


def test_roles_can_be_swapped(planned: BatchDialog, engine: FakeFolders, qtbot: QtBot) -> None:
    menu = planned.menu_for(planned.model.item(0))
    next(action for action in menu.actions() if action.text() == "Swap short and long").trigger()
    menu.close()
    qtbot.waitUntil(lambda: planned.model.rowCount() == 3 and cell(planned, 0, SHORT).startswith("IMG_1.jpg"))
    click(planned.foot.start)
    assert (engine.running.item.short.name, engine.running.item.long.name) == ("IMG_1.jpg", "IMG_0.jpg")


def test_a_folder_that_cannot_be_looked_at_is_not_taken(dialog: BatchDialog, batch: Batch, out_of_reach: Path) -> None:
    drop(dialog, out_of_reach / "night")
    assert batch.folder is None


def test_closing_waits_for_a_file_but_for_no_pair(
    fused: MainWindow, batch: Batch, engine: FakeFolders, qtbot: QtBot, tmp_path: Path
) -> None:
    batch.open_folder(tmp_path)
    qtbot.waitUntil(lambda: batch.can_start)
    batch.start()
    saver = fused.controller.saver
    assert saver.savable is not None
    saver.save(saver.plan(saver.savable), [saver.savable])
    fused.close()
    assert engine.cancelled == [engine.running.job]
    engine.stop_pair()
    engine.saved()
    qtbot.waitUntil(lambda: not fused.isVisible())
    assert engine.begun == ["IMG_0.jpg"]
