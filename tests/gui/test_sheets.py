"""Comparison sheets from the window: parts dragged on the picture, results chosen, the file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from lsd2.photo import Crop
from lsd2.worker.protocol import Failed, SaveComparison
from lsd2_gui.canvas.transform import Point
from lsd2_gui.main_window import MainWindow
from lsd2_gui.pictures import Role
from lsd2_gui.sheets import MOST_CROPS
from tests.gui.fake_engine import FakeEngine
from tests.gui.hands import Settle

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


def test_the_window_stays_open_if_the_sheet_was_not_written(
    sheet: MainWindow, engine: FakeEngine, tmp_path: Path
) -> None:
    sheet.controller.sheets.save(tmp_path / "night.png", overwrite=True)
    sheet.close()
    assert sheet.isVisible()
    engine.reply(Failed(engine.last(SaveComparison).job, "the drive is full"))
    QApplication.processEvents()
    assert sheet.isVisible()
    assert sheet.banner.text == "The drive is full."


def test_a_name_for_the_sheet_is_proposed_beside_photos_that_are_out_of_reach(
    sheet: MainWindow, out_of_reach: Path
) -> None:
    session = sheet.controller.session
    short = session.photos[Role.SHORT]
    session.photos[Role.SHORT] = replace(short, path=out_of_reach / "night.jpg")
    assert sheet.controller.sheets.proposed_target() == out_of_reach / "night_comparison.png"


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
