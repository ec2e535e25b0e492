"""Folders, choices and the window beside the batch dialog, over a scripted engine."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from lsd2.batch.model import PairState
from lsd2.options import OutputProfile, WriteOptions
from lsd2.worker.folder_protocol import FindPairs, PlanBatch
from lsd2_gui import settings as declared
from lsd2_gui.batching import RESULTS, Batch
from lsd2_gui.dialogs.batch import BatchDialog
from lsd2_gui.dialogs.batch_table import SHORT
from lsd2_gui.main_window import MainWindow
from lsd2_gui.settings import Settings
from tests.gui.batch.table import click
from tests.gui.fake_folders import FakeFolders


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
    qtbot.waitUntil(lambda: dialog.empty.words == "No pairs in this folder")
    assert dialog.foot.isHidden(), "there is nothing to drive"
    assert dialog.choices.isVisible()
    button = dialog.empty.findChild(QPushButton)
    assert button is not None
    assert button.accessibleName() == "Choose another folder…"


def test_a_search_can_be_cancelled(
    dialog: BatchDialog, batch: Batch, engine: FakeFolders, qtbot: QtBot, tmp_path: Path
) -> None:
    engine.answers_at_once = False
    batch.open_folder(tmp_path)
    assert dialog.empty.words == "Looking for pairs…"
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
