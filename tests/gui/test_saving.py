"""Results and comparison sheets on their way to files, the clipboard and other programs; over a scripted engine."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from lsd2.options import OutputProfile, Role, WriteOptions
from lsd2.photo import Crop, Metadata
from lsd2.worker.protocol import Failed, SaveComparison, SaveImage
from lsd2_gui import settings as declared
from lsd2_gui.canvas.transform import Point
from lsd2_gui.dialogs.save import SaveDialog
from lsd2_gui.main_window import MainWindow
from lsd2_gui.panels import dragging
from lsd2_gui.panels.banner import Banner
from lsd2_gui.sheets import MOST_CROPS
from tests.gui.fake_engine import RESULT_LEVEL, FakeEngine

Settle = Callable[[], None]


def saves(engine: FakeEngine) -> list[SaveImage]:
    return [request for request in engine.requests if isinstance(request, SaveImage)]


def buttons(banner: Banner) -> list[str]:
    return [button.text().strip() for button in banner.findChildren(QPushButton) if button.isVisible()]


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


# ---- comparison sheets ----


@pytest.fixture
def sheet(fused: MainWindow, engine: FakeEngine, settle: Settle, qtbot: QtBot) -> MainWindow:
    """Two results and the bar of the sheet."""
    fused.controller.runner.run(["bm3d"])
    engine.finish()
    settle()
    fused.actions_by_id["save_comparison"].trigger()
    qtbot.waitUntil(fused.crop_overlay.isVisible)
    return fused


def drag_on(widget: MainWindow, qtbot: QtBot, start: QPoint, end: QPoint) -> None:
    overlay = widget.crop_overlay
    qtbot.mousePress(overlay, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(overlay, end)
    qtbot.mouseRelease(overlay, Qt.MouseButton.LeftButton, pos=end)


def place(window: MainWindow, x: float, y: float) -> QPoint:
    """Where an image pixel lies on the canvas, logical pixels."""
    assert window.canvas.transform is not None
    spot = window.canvas.transform.to_view(Point(x, y))
    ratio = window.canvas.devicePixelRatioF()
    return QPoint(round(spot.x / ratio), round(spot.y / ratio))


def test_a_rectangle_dragged_on_the_picture_becomes_a_crop(sheet: MainWindow, qtbot: QtBot) -> None:
    drag_on(sheet, qtbot, place(sheet, 80, 60), place(sheet, 40, 20))
    [crop] = sheet.controller.sheets.crops
    assert abs(crop.x - 40) <= 1
    assert abs(crop.y - 20) <= 1
    assert abs(crop.width - 40) <= 2
    assert abs(crop.height - 40) <= 2
    box = sheet.crop_overlay.grab().toImage()
    edge = [box.pixelColor(place(sheet, crop.x, crop.y + 20) + QPoint(dx, 0)).name() for dx in range(-2, 3)]
    assert "#e6550d" in edge
    drag_on(sheet, qtbot, place(sheet, 100, 60), place(sheet, 102, 61))  # a slip of the hand
    assert sheet.controller.sheets.crops == (crop,)


def test_crops_stay_inside_the_picture(sheet: MainWindow, qtbot: QtBot) -> None:
    drag_on(sheet, qtbot, QPoint(2, 2), QPoint(sheet.canvas.width() - 2, sheet.canvas.height() - 2))
    [crop] = sheet.controller.sheets.crops
    assert crop == Crop(0, 0, 130, 90)


def test_the_wheel_reaches_the_canvas(sheet: MainWindow) -> None:
    from PySide6.QtGui import QWheelEvent

    assert sheet.canvas.transform is not None
    before = sheet.canvas.transform.scale
    spot = QPointF(200, 200)
    event = QWheelEvent(
        spot, sheet.crop_overlay.mapToGlobal(spot), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(sheet.crop_overlay, event)
    assert sheet.canvas.transform.scale > before


def test_what_is_seen_is_added_and_taken_off_again(sheet: MainWindow) -> None:
    sheet.sheet_bar.view_button.click()
    maker = sheet.controller.sheets
    assert maker.crops == (Crop(0, 0, 130, 90),)
    chip = next(one for one in sheet.sheet_bar.findChildren(QPushButton) if one.text().startswith("a "))
    assert chip.accessibleName() == "Take part a off the sheet"
    chip.click()
    assert maker.crops == ()
    for x in range(MOST_CROPS + 1):
        maker.add_crop(Crop(x, 0, 20, 20))
    assert len(maker.crops) == MOST_CROPS
    assert "at most" in sheet.status.words


def test_the_sheet_is_asked_for_with_crops_and_chosen_results(
    sheet: MainWindow, engine: FakeEngine, tmp_path: Path, files: dict[str, Path], settle: Settle
) -> None:
    maker = sheet.controller.sheets
    maker.add_crop(Crop(10, 20, 30, 40))
    menu = sheet.sheet_bar.results_button.menu()
    menu.aboutToShow.emit()
    [first, second] = menu.actions()
    assert (first.text(), second.text()) == ("LSD2  ·  12 s", "BM3D sigma 8.4  ·  12 s")
    first.setChecked(False)
    assert sheet.sheet_bar.results_button.text() == "1 of 2 results"
    sheet.sheet_bar.save_button.click()
    dialog = next(one for one in sheet.findChildren(QFileDialog) if "sheet" in one.windowTitle())
    assert Path(dialog.selectedFiles()[0]).name == "b_short_comparison.png"
    dialog.filterSelected.emit("PDF (*.pdf)")
    assert Path(dialog.selectedFiles()[0]).name == "b_short_comparison.pdf"
    dialog.fileSelected.emit(str(tmp_path / "night.pdf"))
    dialog.reject()
    request = engine.last(SaveComparison)
    assert isinstance(request, SaveComparison)
    assert (request.target, request.crops) == (tmp_path / "night.pdf", (Crop(10, 20, 30, 40),))
    assert (request.short, request.long) == (files["b_short"], files["a_long"])
    assert [row.result.method for row in request.rows] == ["bm3d"]
    assert not sheet.sheet_bar.save_button.isEnabled()
    engine.saved(SaveComparison)
    settle()
    assert f"Saved to {tmp_path / 'night.pdf'}" in sheet.status.words
    assert sheet.sheet_bar.save_button.isEnabled()


def test_the_bar_fits_a_small_window(sheet: MainWindow) -> None:
    sheet.resize(1280, 760)
    for x in range(MOST_CROPS):
        sheet.controller.sheets.add_crop(Crop(x, 0, 20, 20))
        QApplication.processEvents()
        assert sheet.width() == 1280
        assert sheet.minimumSizeHint().width() <= 1280


def test_without_a_result_on_it_there_is_no_sheet(sheet: MainWindow) -> None:
    maker = sheet.controller.sheets
    for fused in maker.candidates:
        maker.choose(fused, on=False)
    assert not sheet.sheet_bar.save_button.isEnabled()


def test_the_bar_closes_and_the_crops_stay(sheet: MainWindow, qtbot: QtBot) -> None:
    sheet.controller.sheets.add_crop(Crop(10, 20, 30, 40))
    sheet.commands.hide_sheet_bar()
    assert not sheet.crop_overlay.isVisible()
    sheet.actions_by_id["save_comparison"].trigger()
    assert sheet.controller.sheets.crops == (Crop(10, 20, 30, 40),)
    sheet.actions_by_id["close_pair"].trigger()
    assert not sheet.sheet_bar.isVisible()
    assert sheet.controller.sheets.crops == ()


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


def test_a_button_let_go_too_early_is_answered(
    fused: MainWindow, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dragging, "start_drag", lambda source, fused, path: pytest.fail("nobody drags"))
    monkeypatch.setattr(QApplication, "mouseButtons", lambda: Qt.MouseButton.NoButton)
    fused.side.results.rows[1].dragged.emit(fused.controller.session.results[0])
    engine.saved()
    QApplication.processEvents()
    assert "drag the result again" in fused.status.words
