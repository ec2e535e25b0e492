"""The batch dialog over a scripted engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from lsd2.batch.model import PairState
from lsd2.options import OutputProfile, WriteOptions
from lsd2.worker.folder_protocol import FindPairs, OpenThumbnail, PlanBatch
from lsd2_gui import settings as declared
from lsd2_gui.batching import RESULTS, Batch
from lsd2_gui.controller import Controller
from lsd2_gui.dialogs.batch import BatchDialog
from lsd2_gui.dialogs.batch_table import LONG, SHARE, SHORT, STATE, WHY
from lsd2_gui.main_window import MainWindow
from lsd2_gui.settings import Settings
from tests.gui.fake_folders import FakeFolders

Role = Qt.ItemDataRole


@pytest.fixture
def engine() -> FakeFolders:
    return FakeFolders()


@pytest.fixture
def batch(controller: Controller) -> Batch:
    return controller.batch


@pytest.fixture
def dialog(
    themed: QApplication, qtbot: QtBot, batch: Batch, settings: Settings, tmp_path: Path
) -> Iterator[BatchDialog]:
    made = BatchDialog(batch, settings)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()


@pytest.fixture
def planned(dialog: BatchDialog, batch: Batch, qtbot: QtBot, tmp_path: Path) -> BatchDialog:
    """The dialog with three pairs of a folder."""
    batch.open_folder(tmp_path)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 3)
    return dialog


def cell(dialog: BatchDialog, row: int, column: int, role: int = Role.DisplayRole):
    return dialog.model.data(dialog.model.index(row, column), role)


def states(dialog: BatchDialog) -> list[str]:
    return [cell(dialog, row, STATE) for row in range(dialog.model.rowCount())]


def click(button) -> None:
    assert button.isEnabled()
    button.click()


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
    engine.end_pair("IMG_2.jpg is damaged: copy it again")
    qtbot.waitUntil(lambda: len(engine.begun) == 3)
    assert states(planned)[1] == "IMG_2.jpg is damaged: copy it again."
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
    assert engine.begun[3:] == ["IMG_2.jpg"]
    engine.end_pair()
    qtbot.waitUntil(lambda: planned.foot.words.text() == "3 of 3 pairs done")
    assert not planned.foot.retry.isEnabled()


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
    assert engine.begun == ["IMG_0.jpg", "IMG_0.jpg"]
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
    first = planned.model.index(0, SHORT)
    assert planned.model.flags(first) & Qt.ItemFlag.ItemIsUserCheckable
    assert planned.model.setData(first, Qt.CheckState.Unchecked.value, Role.CheckStateRole)
    assert states(planned) == ["Left out", "Waiting", "Waiting"]
    assert planned.foot.words.text() == "0 of 2 pairs done"
    click(planned.foot.start)
    assert engine.begun == ["IMG_2.jpg"]
    assert not planned.model.flags(planned.model.index(1, SHORT)) & Qt.ItemFlag.ItemIsUserCheckable


def test_roles_can_be_swapped(planned: BatchDialog, engine: FakeFolders, qtbot: QtBot) -> None:
    menu = planned.menu_for(planned.model.item(0))
    next(action for action in menu.actions() if action.text() == "Swap short and long").trigger()
    menu.close()
    qtbot.waitUntil(lambda: planned.model.rowCount() == 3 and cell(planned, 0, SHORT).startswith("IMG_1.jpg"))
    click(planned.foot.start)
    assert (engine.running.item.short.name, engine.running.item.long.name) == ("IMG_1.jpg", "IMG_0.jpg")


def test_the_choices_make_the_request(planned: BatchDialog, batch: Batch, engine: FakeFolders, qtbot: QtBot) -> None:
    choices, folder = planned.choices, batch.folder
    assert folder is not None
    choices.format.setCurrentIndex(choices.format.findData("png"))
    choices.format.activated.emit(choices.format.currentIndex())
    choices.method.setCurrentIndex(choices.method.findData("bm3d"))
    choices.method.activated.emit(choices.method.currentIndex())
    qtbot.waitUntil(planned.foot.start.isEnabled)
    batch._parameters.change(align=False)
    click(planned.foot.start)
    qtbot.waitUntil(lambda: engine.begun == ["IMG_0.jpg"])
    request = engine.running.request
    assert (request.source, request.output, request.suffix) == (folder, folder / RESULTS, ".png")
    assert (request.options.method, request.options.align) == ("bm3d", False)
    for widget in (choices.choose_folder, choices.choose_output, choices.method, choices.format, choices.recursive):
        assert not widget.isEnabled(), "while pairs are being done"


def test_results_are_written_as_the_preferences_say(
    planned: BatchDialog, batch: Batch, engine: FakeFolders, qtbot: QtBot, settings: Settings
) -> None:
    settings.put(declared.SAVE_TEMPLATE, "{long}_clean")
    settings.put(declared.SAVE_PROFILE, "p3")
    settings.put(declared.SAVE_QUALITY, 80)
    settings.put(declared.SAVE_GPS, True)
    settings.put(declared.SAVE_RECIPE, True)
    qtbot.waitUntil(planned.foot.start.isEnabled)
    words = planned.choices.saving_words
    assert all(part in words for part in ("{long}_clean.jpg", "Display P3", "quality 80", "with its position"))
    plan = engine.last(PlanBatch)
    assert isinstance(plan, PlanBatch)
    assert plan.request.writing == WriteOptions(profile=OutputProfile.DISPLAY_P3, quality=80, gps=True)
    assert (plan.request.template, plan.request.with_recipe) == ("{long}_clean", True)
    told: list[None] = []
    planned.saving_wanted.connect(lambda: told.append(None))
    click(planned.choices.change_saving)
    assert told == [None]


def test_sub_folders_and_another_output(
    planned: BatchDialog, batch: Batch, engine: FakeFolders, qtbot: QtBot, tmp_path: Path
) -> None:
    planned.choices.recursive.click()
    qtbot.waitUntil(planned.foot.start.isEnabled)
    batch.set_output(tmp_path / "elsewhere")
    qtbot.waitUntil(planned.foot.start.isEnabled)
    search = engine.last(FindPairs)
    assert isinstance(search, FindPairs)
    assert (search.recursive, search.skip) == (True, (tmp_path / "elsewhere",))
    plan = engine.last(PlanBatch)
    assert isinstance(plan, PlanBatch)
    assert plan.request.output == tmp_path / "elsewhere"


def test_a_folder_that_cannot_be_read_is_told(
    dialog: BatchDialog, batch: Batch, engine: FakeFolders, qtbot: QtBot, tmp_path: Path
) -> None:
    engine.problem = "the card cannot be read: check it"
    batch.open_folder(tmp_path)
    qtbot.waitUntil(dialog.foot.problem.isVisible)
    assert dialog.foot.problem.text() == "The card cannot be read: check it."
    assert not dialog.foot.start.isEnabled()


def test_a_folder_without_pairs(
    dialog: BatchDialog, batch: Batch, engine: FakeFolders, qtbot: QtBot, tmp_path: Path
) -> None:
    engine.pairs = 0
    batch.open_folder(tmp_path)
    qtbot.waitUntil(lambda: dialog.foot.words.text() == "No pairs were found in this folder.")
    assert not dialog.foot.start.isEnabled()


def test_a_search_can_be_cancelled(
    dialog: BatchDialog, batch: Batch, engine: FakeFolders, qtbot: QtBot, tmp_path: Path
) -> None:
    engine.answers_at_once = False
    batch.open_folder(tmp_path)
    assert dialog.foot.words.text() == "Looking for pairs…"
    click(dialog.foot.cancel)
    assert engine.cancelled == [engine.last(FindPairs).job]


def test_a_folder_can_be_dropped(dialog: BatchDialog, batch: Batch, qtbot: QtBot, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(5, 5).toPoint(), Qt.DropAction.CopyAction, data, buttons, keys)
    dialog.dragEnterEvent(enter)
    assert enter.isAccepted()
    dialog.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys))
    assert batch.folder == tmp_path
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 3)


def test_the_folder_dialogs_open_what_was_chosen(dialog: BatchDialog, batch: Batch, tmp_path: Path) -> None:
    chooser = dialog.choices.ask_folder()
    chooser.fileSelected.emit(str(tmp_path))
    chooser.close()
    assert batch.folder == tmp_path
    chooser = dialog.choices.ask_output()
    chooser.fileSelected.emit(str(tmp_path / "results"))
    chooser.close()
    assert batch.output == tmp_path / "results"


def test_the_window_opens_the_dialog_and_a_pair_of_it(
    window: MainWindow, batch: Batch, engine: FakeFolders, qtbot: QtBot, tmp_path: Path
) -> None:
    window.actions_by_id["batch"].trigger()
    dialog = window.findChild(BatchDialog)
    assert dialog is not None
    assert dialog.isVisible()
    batch.open_folder(tmp_path)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 3)
    for name in ("IMG_0.jpg", "IMG_1.jpg"):
        (tmp_path / name).write_bytes(b"")
    dialog.table.doubleClicked.emit(dialog.model.index(0, SHORT))
    qtbot.waitUntil(lambda: window.controller.session.has_pair)
    click(dialog.foot.start)
    dialog.close()
    window.actions_by_id["batch"].trigger()
    assert window.findChild(BatchDialog) is dialog, "closing it leaves the batch as it is"
    assert batch.queue.counts()[PairState.RUNNING] == 1


def test_the_strip_of_a_dropped_folder_opens_the_dialog(
    window: MainWindow, batch: Batch, qtbot: QtBot, tmp_path: Path
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys))
    qtbot.waitUntil(window.strip.batch_button.isVisible)
    click(window.strip.batch_button)
    dialog = window.findChild(BatchDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 3)


def test_every_part_has_an_accessible_name(planned: BatchDialog) -> None:
    foot, choices = planned.foot, planned.choices
    for widget in (
        foot.start,
        foot.pause,
        foot.cancel,
        foot.retry,
        foot.show_folder,
        planned.table,
        planned.alone,
        choices.method,
        choices.format,
        choices.choose_folder,
        choices.choose_output,
    ):
        assert widget.accessibleName()
