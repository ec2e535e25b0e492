"""Looking at a pair and its result in the window: sides, zoom, divider, panel, keys; over a scripted engine."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lsd2_gui import settings as declared
from lsd2_gui.main_window import MainWindow
from lsd2_gui.pictures import LONG, SHORT, ViewKey

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
