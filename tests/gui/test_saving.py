"""Saving from the window: one result, all, by template; copying and dragging out."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from lsd2.options import OutputProfile, Role, WriteOptions
from lsd2.photo import Crop, Metadata
from lsd2.worker.protocol import Failed, ProcessPair
from lsd2_gui import settings as declared
from lsd2_gui.dialogs.save import SaveDialog
from lsd2_gui.main_window import MainWindow
from lsd2_gui.panels import dragging
from tests.gui.fake_engine import RESULT_LEVEL, FakeEngine
from tests.gui.hands import Settle, buttons, saves


@pytest.fixture
def dialog(fused: MainWindow) -> SaveDialog:
    fused.actions_by_id["save"].trigger()
    found = fused.findChild(SaveDialog)
    assert isinstance(found, SaveDialog)
    return found


def press_save(dialog: SaveDialog) -> None:
    dialog.buttons.button(QDialogButtonBox.StandardButton.Save).click()


# ---- results ----


def test_the_path_is_shown_as_it_is_typed(dialog: SaveDialog, files: dict[str, Path]) -> None:
    folder = files["b_short"].parent
    assert dialog.paths.text() == str(folder / "b_short_lsd2.jpg")
    (folder / "b_short_lsd2.jpg").write_bytes(b"")
    dialog.refresh()
    assert dialog.paths.text() == str(folder / "b_short_lsd2-2.jpg")
    dialog.name.setText("{long} by {model}")
    assert dialog.paths.text() == str(folder / "a_long by lsd2-fast.jpg")
    dialog.format.setCurrentIndex(1)
    assert dialog.paths.text().endswith(".png")
    assert not dialog.quality.isEnabled()


def test_a_name_with_an_ending_chooses_the_format(dialog: SaveDialog) -> None:
    dialog.name.setText("night.TIF")
    assert dialog.paths.text().endswith("night.tif")
    assert dialog.plan().format == "tiff"


def test_a_whole_path_chooses_the_folder_too(dialog: SaveDialog, tmp_path: Path) -> None:
    dialog.name.setText(str(tmp_path / "night.png"))
    assert dialog.paths.text() == str(tmp_path / "night.png")


def test_what_cannot_be_saved_is_said_before(dialog: SaveDialog, tmp_path: Path) -> None:
    save = dialog.buttons.button(QDialogButtonBox.StandardButton.Save)
    dialog.name.setText("{colour}")
    assert "unknown part {colour}" in dialog.paths.text()
    assert not save.isEnabled()
    dialog.name.setText("{stem}")
    assert save.isEnabled()
    dialog.folder.setText(str(tmp_path / "nowhere"))
    assert "There is no folder" in dialog.paths.text()
    assert not save.isEnabled()


def test_a_folder_that_is_not_there_yet_is_typed_without_harm(dialog: SaveDialog, out_of_reach: Path) -> None:
    save = dialog.buttons.button(QDialogButtonBox.StandardButton.Save)
    dialog.folder.setText("~Pictures")
    assert dialog.paths.text() == "There is no folder ~Pictures."
    assert not save.isEnabled()
    dialog.folder.setText(str(out_of_reach / "night"))
    assert "There is no folder" in dialog.paths.text()
    dialog.folder.setText(str(out_of_reach))
    assert "No file of that name can be put into" in dialog.paths.text()
    assert not save.isEnabled()
    dialog.folder.setText(str(out_of_reach.parent))
    assert save.isEnabled()


def test_from_the_dialog_to_the_status_line(
    fused: MainWindow, dialog: SaveDialog, engine: FakeEngine, tmp_path: Path, files: dict[str, Path],
    settle: Settle, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    dialog.name.setText("night")
    dialog.format.setCurrentIndex(2)
    dialog.profile.setCurrentIndex(1)
    dialog.parent_role.setCurrentIndex(1)
    dialog.gps.click()
    dialog.recipe.click()
    press_save(dialog)
    [request] = saves(engine)
    target = files["b_short"].with_name("night.tif")
    assert (request.target, request.parent, request.overwrite) == (target, files["b_short"], False)
    assert set(request.inputs) == {files["a_long"], files["b_short"]}
    assert request.options == WriteOptions(OutputProfile.DISPLAY_P3, parent=Role.SHORT, gps=True)
    assert request.recipe is not None
    assert request.recipe.process.method == "lsd2"
    assert request.recipe.model is not None
    assert request.recipe.model.name == "lsd2-fast"
    assert not fused.actions_by_id["show_in_folder"].isEnabled()
    engine.saved(notes=("the makers' notes were left out",))
    settle()
    assert f"Saved to {target}" in fused.status.words
    assert "saved as night.tif" in fused.side.results.rows[1].words
    assert "makers' notes" in fused.banner.text
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    fused.actions_by_id["show_in_folder"].trigger()
    assert opened == [str(target.parent)]
    fused.actions_by_id["save"].trigger()
    again = fused.findChildren(SaveDialog)[-1]
    begun = again.plan()
    assert (begun.template, begun.format, begun.options, begun.recipe) == ("night", "tiff", request.options, True)


def test_all_results_at_once_get_different_names(
    fused: MainWindow, engine: FakeEngine, settle: Settle, files: dict[str, Path]
) -> None:
    fused.controller.parameters.change(align=False)
    fused.controller.runner.run(["lsd2", "bm3d"])
    for _ in range(2):
        engine.finish()
        settle()
    fused.actions_by_id["save"].trigger()
    dialog = fused.findChild(SaveDialog)
    assert isinstance(dialog, SaveDialog)
    assert dialog.which.count() == 2
    dialog.which.setCurrentIndex(1)
    folder = files["b_short"].parent
    names = ["b_short_lsd2.jpg", "b_short_lsd2-2.jpg", "b_short_bm3d.jpg"]
    assert dialog.paths.text().split("\n") == [str(folder / name) for name in names]
    press_save(dialog)
    assert [request.target.name for request in saves(engine)] == names
    assert "3 results" in fused.status.words


def test_a_template_may_use_what_the_camera_wrote(
    fused: MainWindow, engine: FakeEngine, files: dict[str, Path], settle: Settle
) -> None:
    engine.metadata["c_long.jpg"] = Metadata(exposure_seconds=Fraction(1, 4), iso=200)
    fused.controller.open_as(long=files["c_long"])
    settle()
    fused.controller.runner.fuse()
    engine.finish()
    settle()
    saver = fused.controller.saver
    result = saver.savable
    assert result is not None
    plan = saver.plan(result)
    fused.controller.settings.put(declared.SAVE_TEMPLATE, "{stem} {shutter} ISO {iso}")
    assert saver.targets(saver.plan(result), [result])[0].name == "b_short 1-4s ISO 200.jpg"
    assert plan.template == declared.SAVE_TEMPLATE.default


def test_a_name_is_free_for_the_recipe_too(fused: MainWindow) -> None:
    saver = fused.controller.saver
    result = saver.savable
    assert result is not None
    plan = saver.plan(result)
    name = saver.targets(plan, [result])[0].name
    (plan.folder / f"{name}.json").touch()
    assert saver.targets(replace(plan, recipe=False), [result])[0].name == name
    assert saver.targets(replace(plan, recipe=True), [result])[0].stem == f"{Path(name).stem}-2"


def test_the_preferences_are_where_the_dialog_begins(fused: MainWindow, qtbot: QtBot) -> None:
    settings = fused.controller.settings
    for setting, value in (
        (declared.SAVE_TEMPLATE, "{long}"),
        (declared.SAVE_FORMAT, "tiff"),
        (declared.SAVE_PROFILE, "source"),
        (declared.SAVE_QUALITY, 70),
        (declared.SAVE_PARENT, "short"),
        (declared.SAVE_GPS, True),
        (declared.SAVE_RECIPE, True),
    ):
        settings.put(setting, value)
    fused.actions_by_id["save"].trigger()
    dialog = fused.findChild(SaveDialog)
    assert dialog is not None
    plan = dialog.plan()
    assert (plan.template, plan.format, plan.recipe) == ("{long}", "tiff", True)
    assert plan.options == WriteOptions(profile=OutputProfile.SOURCE, quality=70, parent=Role.SHORT, gps=True)
    dialog.reject()


def test_what_was_saved_last_is_in_the_preferences(dialog: SaveDialog, fused: MainWindow) -> None:
    dialog.quality.setValue(80)
    dialog.gps.setChecked(True)
    dialog.name.setText("{long}_x")
    press_save(dialog)
    get = fused.controller.settings.get
    assert (get(declared.SAVE_QUALITY), get(declared.SAVE_GPS)) == (80, True)
    assert get(declared.SAVE_TEMPLATE) == "{long}_x"


def test_a_failed_save_offers_another_place(fused: MainWindow, dialog: SaveDialog, engine: FakeEngine) -> None:
    press_save(dialog)
    engine.reply(Failed(saves(engine)[0].job, "the folder cannot be written"))
    QApplication.processEvents()
    assert fused.banner.text == "The folder cannot be written."
    assert buttons(fused.banner) == ["Save elsewhere"]
    assert "saved as" not in fused.side.results.rows[1].words


def test_closing_waits_for_a_file_being_written(fused: MainWindow, dialog: SaveDialog, engine: FakeEngine) -> None:
    press_save(dialog)
    fused.actions_by_id["quit"].trigger()
    assert fused.isVisible()
    assert "Saving, then closing" in fused.status.words
    engine.saved()
    QApplication.processEvents()
    assert not fused.isVisible()


def test_the_window_stays_open_if_the_file_was_not_written(
    fused: MainWindow, dialog: SaveDialog, engine: FakeEngine
) -> None:
    press_save(dialog)
    fused.close()
    engine.reply(Failed(saves(engine)[0].job, "the drive is full"))
    QApplication.processEvents()
    assert fused.isVisible()
    assert fused.banner.text == "The drive is full."
    fused.controller.changed.emit()
    assert fused.isVisible(), "also at the next change"
    fused.close()
    assert not fused.isVisible()


def test_closing_waits_for_no_run_that_is_before_the_file(
    fused: MainWindow, engine: FakeEngine, settle: Settle
) -> None:
    saver, runner = fused.controller.saver, fused.controller.runner
    runner.run(["bm3d", "fdncnn"])
    run = engine.last(ProcessPair)
    assert saver.savable is not None
    saver.save(saver.plan(saver.savable), [saver.savable])
    fused.close()
    assert engine.cancelled == [run.job]
    assert not runner.waiting
    engine.confirm_cancel()
    QApplication.processEvents()
    assert fused.isVisible()
    assert engine.last(ProcessPair) is run, "no other run was begun"
    engine.saved()
    QApplication.processEvents()
    assert not fused.isVisible()


def test_a_part_cannot_be_saved(paired: MainWindow, engine: FakeEngine, settle: Settle) -> None:
    paired.controller.runner.run(["lsd2"], Crop(0, 0, 64, 64))
    engine.finish()
    settle()
    assert paired.controller.session.shown_result is not None
    for name in ("save", "save_comparison"):
        assert not paired.actions_by_id[name].isEnabled()
    assert not paired.side.save_button.isVisible()


def test_a_double_click_resets_the_quality(dialog: SaveDialog, qtbot: QtBot) -> None:
    dialog.quality.setValue(60)
    assert dialog.plan().options.quality == 60
    qtbot.mouseDClick(dialog.quality, Qt.MouseButton.LeftButton)
    assert dialog.plan().options.quality == WriteOptions().quality


# ---- the clipboard and other programs ----


def test_the_result_is_copied(fused: MainWindow, qtbot: QtBot) -> None:
    fused.actions_by_id["copy_result"].trigger()
    qtbot.waitUntil(lambda: "Copied" in fused.status.words)
    image = QGuiApplication.clipboard().image()
    assert (image.width(), image.height()) == (130, 90)
    assert image.pixelColor(5, 5).red() == round(RESULT_LEVEL / 257)
    QGuiApplication.clipboard().clear()


def test_a_result_is_dragged_out_as_a_file(
    fused: MainWindow, engine: FakeEngine, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    dragged: list[Path] = []
    monkeypatch.setattr(dragging, "start_drag", lambda source, fused, path: dragged.append(path))
    monkeypatch.setattr(QApplication, "mouseButtons", lambda: Qt.MouseButton.LeftButton)
    row = fused.side.results.rows[1]
    qtbot.mousePress(row, Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    qtbot.mouseMove(row, QPoint(22, 11))
    assert saves(engine) == []
    qtbot.mouseMove(row, QPoint(60, 40))
    [request] = saves(engine)
    assert request.target.name == "b_short_lsd2.jpg"
    assert request.target.parent.is_dir()
    assert "keep the button pressed" in fused.status.words
    engine.saved()
    QApplication.processEvents()
    assert dragged == [request.target]
    qtbot.mousePress(row, Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    qtbot.mouseMove(row, QPoint(60, 40))
    assert dragged == [request.target, request.target]
    assert [url.toLocalFile() for url in dragging.dragged_data(request.target).urls()] == [str(request.target)]
    monkeypatch.setattr(QApplication, "mouseButtons", lambda: Qt.MouseButton.NoButton)
    [result] = fused.controller.session.results
    result.saved_to = tmp_path / "gone.jpg"
    assert fused.controller.exporter.file_of(result) == request.target
    (tmp_path / "gone.jpg").write_bytes(b"")
    assert fused.controller.exporter.file_of(result) == tmp_path / "gone.jpg"
    folder = request.target.parent.parent
    fused.controller.exporter.close()
    assert not folder.exists()


def test_a_saved_file_out_of_reach_is_written_again_to_be_dragged(fused: MainWindow, out_of_reach: Path) -> None:
    [result] = fused.controller.session.results
    result.saved_to = out_of_reach / "night.jpg"
    assert fused.controller.exporter.file_of(result) is None


def test_a_button_let_go_too_early_is_answered(
    fused: MainWindow, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dragging, "start_drag", lambda source, fused, path: pytest.fail("nobody drags"))
    monkeypatch.setattr(QApplication, "mouseButtons", lambda: Qt.MouseButton.NoButton)
    fused.side.results.rows[1].dragged.emit(fused.controller.session.results[0])
    engine.saved()
    QApplication.processEvents()
    assert "drag the result again" in fused.status.words
