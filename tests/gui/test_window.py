"""The window from the first drop to the saved file, over a scripted engine."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from lsd2.options import Device
from lsd2.photo import Metadata
from lsd2.progress import Stage
from lsd2.worker.protocol import OpenPhoto, ProcessPair
from lsd2_gui import settings as declared
from lsd2_gui.main_window import MainWindow
from lsd2_gui.pictures import LONG, RUNNING, SHORT, Role, ViewKey
from tests.gui.conftest import drop
from tests.gui.fake_engine import HEIGHT, WIDTH, FakeEngine


def buttons(window: MainWindow) -> list[str]:
    return [button.text().strip() for button in window.banner.findChildren(QPushButton) if button.isVisible()]


# ---- opening ----


def test_the_empty_window_says_what_to_do(window: MainWindow) -> None:
    assert window.empty.isVisible()
    assert not window.view_bar.isVisible()
    assert not window.side.run_button.isEnabled()
    assert not window.actions_by_id["save"].isEnabled()


def test_two_dropped_files_become_a_pair_by_brightness(paired: MainWindow, files: dict[str, Path]) -> None:
    session = paired.controller.session
    assert session.photos[Role.SHORT].path == files["b_short"]
    assert session.photos[Role.LONG].path == files["a_long"]
    assert (session.before, session.after) == (SHORT, LONG)
    assert paired.canvas.isVisible()
    assert paired.canvas.is_split
    assert paired.side.run_button.isEnabled()
    assert "EV brighter" in paired.controller.layers.label(SHORT)


def test_shutter_times_decide_before_brightness(
    window: MainWindow, engine: FakeEngine, files: dict[str, Path], settle: Callable[[], None]
) -> None:
    engine.metadata["a_long.jpg"] = Metadata(exposure_seconds=Fraction(1, 100), iso=800)
    engine.metadata["b_short.jpg"] = Metadata(exposure_seconds=Fraction(1, 10), iso=800)
    drop(window, files["a_long"], files["b_short"])
    settle()
    session = window.controller.session
    assert session.photos[Role.SHORT].path == files["a_long"]
    assert session.ev_gap == pytest.approx(3.32, abs=0.01)
    assert session.warnings()  # the short one is the brighter one
    assert window.side.pair._warning.isVisible()


def test_one_and_then_another(window: MainWindow, files: dict[str, Path], settle: Callable[[], None]) -> None:
    drop(window, files["a_long"])
    settle()
    assert window.controller.session.missing_role is Role.LONG
    assert "long" in window.canvas.hint
    assert not window.view_bar.before.isVisible()
    drop(window, files["b_short"])
    settle()
    assert window.canvas.hint == ""
    assert window.controller.session.photos[Role.SHORT].path == files["b_short"]


def test_the_same_file_again_and_a_third_file_are_answered(
    window: MainWindow, files: dict[str, Path], settle: Callable[[], None]
) -> None:
    drop(window, files["a_long"])
    settle()
    drop(window, files["a_long"])
    assert "is open already" in window.banner.text
    drop(window, files["b_short"])
    settle()
    assert not window.banner.isVisible()
    drop(window, files["c_long"])
    assert "Drop two photos to start a new pair" in window.banner.text
    assert len(window.controller.session.photos) == 2


def test_of_more_than_two_the_first_by_name_are_taken_and_it_is_said(
    window: MainWindow, files: dict[str, Path], settle: Callable[[], None]
) -> None:
    drop(window, files["c_long"], files["b_short"], files["a_long"])
    settle()
    assert "3 files were given: a_long.jpg and b_short.jpg taken" in window.banner.text
    assert {photo.path for photo in window.controller.session.photos.values()} == {files["a_long"], files["b_short"]}


def test_of_folders_only_one_is_taken(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    drop(window, tmp_path, tmp_path / "other")
    assert "one folder at a time" in window.banner.text


def test_a_photo_dropped_on_a_card_replaces_that_role(
    paired: MainWindow, files: dict[str, Path], settle: Callable[[], None], engine: FakeEngine
) -> None:
    drop(paired.side.pair.cards[Role.LONG], files["c_long"])
    settle()
    session = paired.controller.session
    assert session.photos[Role.LONG].path == files["c_long"]
    assert session.photos[Role.SHORT].path == files["b_short"]
    assert len(engine.arrays) == 2
    drop(paired.side.pair.cards[Role.LONG], files["b_short"])
    assert "same file" in paired.banner.text


def test_an_unreadable_file_is_told_and_the_pair_stays(
    paired: MainWindow, files: dict[str, Path], settle: Callable[[], None], engine: FakeEngine
) -> None:
    drop(paired, files["broken"], files["c_long"])
    settle()
    assert "Broken.jpg is not a photo" in paired.banner.text
    assert buttons(paired) == ["Choose other photos"]
    assert paired.controller.session.photos[Role.LONG].path == files["a_long"]
    assert len(engine.arrays) == 2


def test_roles_given_on_the_command_line_are_not_guessed(
    window: MainWindow, files: dict[str, Path], settle: Callable[[], None]
) -> None:
    window.controller.open_as(short=files["a_long"], long=files["b_short"])
    settle()
    assert window.controller.session.photos[Role.SHORT].path == files["a_long"]
    assert any("swapped" in warning for warning in window.controller.session.warnings())


def test_swap_exchanges_the_roles_and_marks_results(fused: MainWindow, files: dict[str, Path]) -> None:
    fused.actions_by_id["swap_roles"].trigger()
    session = fused.controller.session
    assert session.photos[Role.SHORT].path == files["a_long"]
    assert (session.before, session.after) == (SHORT, LONG)
    assert "changed since" in fused.side.results.rows[1].words
    assert session.shown_result is None
    fused.actions_by_id["swap_roles"].trigger()
    assert "changed since" not in fused.side.results.rows[1].words
    assert (session.before, session.after) == (SHORT, ViewKey(result=1))


def test_closing_the_pair_frees_everything(fused: MainWindow, engine: FakeEngine) -> None:
    assert len(engine.arrays) == 3
    fused.actions_by_id["close_pair"].trigger()
    assert engine.arrays == {}
    assert fused.empty.isVisible()
    assert fused.canvas.transform is None


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
    assert "tile 1 of 4" in paired.status.words
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
    assert "12 s" in fused.side.results.details.words
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
    assert paired.banner.text == "The worker process was killed."
    assert buttons(paired) == ["Details", "Try again", "Try with less memory"]
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


# ---- looking ----


def test_the_two_sides_are_chosen_in_the_bar_and_exchanged(fused: MainWindow) -> None:
    bar, session = fused.view_bar, fused.controller.session
    bar.before.setCurrentIndex(1)
    bar.before.activated.emit(1)
    assert (session.before, session.after) == (LONG, ViewKey(result=1))
    fused.actions_by_id["swap_views"].trigger()
    assert (session.before, session.after) == (ViewKey(result=1), LONG)
    bar.before.setCurrentIndex(1)
    bar.before.activated.emit(1)
    assert not fused.canvas.is_split
    assert not fused.actions_by_id["swap_views"].isEnabled()


def test_zoom_and_divider_actions(fused: MainWindow) -> None:
    canvas = fused.canvas
    assert canvas.transform is not None
    fit = canvas.transform.scale
    for name in ("zoom_out", "zoom_in", "actual_size", "fit", "toggle_fit"):
        fused.actions_by_id[name].trigger()
    assert canvas.transform.scale == 1.0
    assert fused.view_bar.zoom.text() == "100 %"
    fused.actions_by_id["toggle_fit"].trigger()
    assert canvas.transform.scale == fit
    fused.actions_by_id["divider_back"].trigger()
    fused.actions_by_id["divider_back"].trigger()
    fused.actions_by_id["divider_on"].trigger()
    assert canvas.divider == pytest.approx(0.48)
    fused.actions_by_id["divider_centre"].trigger()
    assert canvas.divider == 0.5


def test_the_panel_hides_and_the_screen_fills(fused: MainWindow) -> None:
    fused.actions_by_id["hide_panel"].trigger()
    assert not fused.side.isVisible()
    fused.actions_by_id["hide_panel"].trigger()
    assert fused.side.isVisible()
    fused.actions_by_id["full_screen"].trigger()
    assert fused.isFullScreen()
    fused.actions_by_id["full_screen"].trigger()
    assert not fused.isFullScreen()


def test_the_keys_work_from_the_window(fused: MainWindow, qtbot: QtBot) -> None:
    fused.activateWindow()
    qtbot.waitUntil(fused.isActiveWindow)
    fused.canvas.setFocus()
    qtbot.keyClick(fused.canvas, Qt.Key.Key_Z)
    assert fused.canvas.transform is not None
    assert fused.canvas.transform.scale == 1.0
    qtbot.keyClick(fused.canvas, Qt.Key.Key_F)
    assert fused.canvas.transform.fits
    qtbot.keyClick(fused.canvas, Qt.Key.Key_X)
    assert fused.controller.session.after == SHORT


def test_the_wheel_never_changes_a_choice(fused: MainWindow, qtbot: QtBot) -> None:
    from PySide6.QtGui import QWheelEvent

    panel = fused.side.process
    before = (panel.memory.value(), panel.device.currentIndex())
    for field in (panel.memory, panel.device):
        event = QWheelEvent(
            QPointF(5, 5), field.mapToGlobal(QPointF(5, 5)), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(field, event)
    assert (panel.memory.value(), panel.device.currentIndex()) == before


# ---- the rest ----


def test_the_open_dialog_takes_two(window: MainWindow, files: dict[str, Path], settle: Callable[[], None]) -> None:
    window.actions_by_id["open"].trigger()
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.fileMode() == QFileDialog.FileMode.ExistingFiles
    dialog.filesSelected.emit([str(files["a_long"]), str(files["b_short"])])
    dialog.reject()
    settle()
    assert window.controller.session.has_pair
    assert window.controller.settings.get(declared.LAST_FOLDER) == str(files["a_long"].parent)


def test_a_card_asks_for_one_photo(
    paired: MainWindow, files: dict[str, Path], settle: Callable[[], None], qtbot: QtBot
) -> None:
    card = paired.side.pair.cards[Role.LONG]
    qtbot.keyClick(card, Qt.Key.Key_Return)
    dialog = paired.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.fileMode() == QFileDialog.FileMode.ExistingFile
    dialog.filesSelected.emit([str(files["c_long"])])
    dialog.reject()
    settle()
    assert paired.controller.session.photos[Role.LONG].path == files["c_long"]


def test_the_sample_pair_opens_with_known_roles(
    window: MainWindow, engine: FakeEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lsd2_gui.sample.resource_path", lambda name: tmp_path / Path(name).name)
    window.commands.open_sample()
    paths = [request.path.name for request in engine.requests if isinstance(request, OpenPhoto)]
    assert paths == ["street_short.jpg", "street_long.jpg"]


def test_everything_that_can_be_operated_has_a_name(fused: MainWindow) -> None:
    from PySide6.QtWidgets import QAbstractButton, QComboBox

    for kind in (QAbstractButton, QComboBox):
        for widget in fused.findChildren(kind):
            if widget.isVisible():
                assert widget.accessibleName() or getattr(widget, "text", str)(), widget


def test_the_window_remembers_its_size(window: MainWindow) -> None:
    window.close()
    assert window.controller.settings.get(declared.GEOMETRY)


def test_the_title_names_the_open_photos(fused: MainWindow) -> None:
    assert fused.windowTitle() == "b_short.jpg + a_long.jpg - LSD2"
    fused.actions_by_id["close_pair"].trigger()
    assert fused.windowTitle() == "LSD2"
