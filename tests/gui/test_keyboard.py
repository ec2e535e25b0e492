"""From the empty window to a saved file without a mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from lsd2.worker.protocol import SaveComparison, SaveImage
from lsd2_gui.canvas.look import Mode
from lsd2_gui.dialogs.save import SaveDialog
from lsd2_gui.main_window import MainWindow
from tests.gui.fake_engine import FakeEngine
from tests.gui.hands import Settle

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def press(
    qtbot: QtBot, window: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """A key goes to whatever has the focus."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window.focusWidget() or window, key, modifier)
    QApplication.processEvents()


@pytest.fixture
def opened(window: MainWindow, files: dict[str, Path], qtbot: QtBot, settle: Settle) -> MainWindow:
    """A pair that was opened by keys alone."""
    press(qtbot, window, Qt.Key.Key_O, CTRL)
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    assert "*.dng" in dialog.nameFilters()[0]
    line = dialog.findChild(QLineEdit)
    assert line is not None
    line.setFocus()
    qtbot.keyClicks(line, f'"{files["a_long"]}" "{files["b_short"]}"')
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settle()
    return window


def test_from_the_empty_window_to_a_saved_file(
    opened: MainWindow, engine: FakeEngine, qtbot: QtBot, settle: Settle
) -> None:
    assert opened.controller.session.has_pair
    assert opened.focusWidget() is opened.canvas
    press(qtbot, opened, Qt.Key.Key_R, CTRL)
    engine.finish()
    settle()
    for key, mode in ((Qt.Key.Key_D, Mode.SIDE), (Qt.Key.Key_G, Mode.GRID), (Qt.Key.Key_0, Mode.DIFFERENCE)):
        press(qtbot, opened, key)
        assert opened.canvas.look.mode is mode
    press(qtbot, opened, Qt.Key.Key_S, CTRL)
    dialog = opened.findChild(SaveDialog)
    assert dialog is not None
    assert dialog.name.hasFocus()
    qtbot.keyClicks(dialog.name, "night.png")
    press(qtbot, dialog, Qt.Key.Key_Return)
    request = engine.last(SaveImage)
    assert isinstance(request, SaveImage)
    assert request.target.name == "night.png"
    engine.saved()
    assert "night.png" in opened.status.words


def test_a_part_is_placed_on_a_sheet_and_taken_back(
    opened: MainWindow, engine: FakeEngine, qtbot: QtBot, settle: Settle
) -> None:
    press(qtbot, opened, Qt.Key.Key_R, CTRL)
    engine.finish()
    settle()
    press(qtbot, opened, Qt.Key.Key_S, CTRL | SHIFT)
    assert opened.sheet_bar.save_button.hasFocus()
    for _ in range(2):
        opened.focusPreviousChild()
    assert opened.sheet_bar.view_button.hasFocus()
    press(qtbot, opened, Qt.Key.Key_Space)
    assert len(opened.controller.sheets.crops) == 1
    press(qtbot, opened, Qt.Key.Key_Z, CTRL)
    assert opened.controller.sheets.crops == ()
    opened.sheet_bar.save_button.setFocus()
    press(qtbot, opened, Qt.Key.Key_Space)
    dialog = opened.findChild(QFileDialog)
    assert dialog is not None
    dialog.accept()
    assert isinstance(engine.last(SaveComparison), SaveComparison)


def test_a_method_is_ticked_and_its_noise_set(opened: MainWindow, qtbot: QtBot) -> None:
    row = opened.side.methods.rows["bm3d"]
    row.tick.setFocus()
    press(qtbot, opened, Qt.Key.Key_Space)
    row.options_button.setFocus()
    press(qtbot, opened, Qt.Key.Key_Space)
    noise = row.options.noise
    assert noise is not None
    noise.mode.setFocus()
    press(qtbot, opened, Qt.Key.Key_Down)
    noise.slider.setFocus()
    before = noise.value.value()
    press(qtbot, opened, Qt.Key.Key_Right)
    choice = opened.controller.parameters.value.of("bm3d")
    assert choice.wanted
    assert choice.sigma == pytest.approx(before + 0.5)
    press(qtbot, opened, Qt.Key.Key_Backspace)
    assert opened.controller.parameters.value.of("bm3d").sigma == pytest.approx(before)
