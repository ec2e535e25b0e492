"""Which pictures are on the canvas, by keys, actions and the bar above it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QStyleOptionComboBox
from pytestqt.qtbot import QtBot

from lsd2_gui.canvas.look import Difference, Ground, Look, Mode
from lsd2_gui.furnishing import open_window
from lsd2_gui.main_window import MainWindow
from lsd2_gui.pictures import LONG, SHORT, ViewKey
from tests.gui.fake_engine import HEIGHT, WIDTH, FakeEngine
from tests.gui.stage import Stage, flat

FIRST, SECOND = ViewKey(result=1), ViewKey(result=2)


@pytest.fixture
def compared(window: MainWindow, tmp_path: Path, engine: FakeEngine, settle: Callable[[], None]) -> MainWindow:
    """A pair and two results: Short beside the second one."""
    paths = [tmp_path / f"{name}.jpg" for name in ("short", "long")]
    for path in paths:
        path.write_bytes(b"a photo, as far as the scripted engine is concerned")
    window.controller.open_as(*paths)
    settle()
    for align in (False, True):
        window.controller.parameters.change(align=align)
        window.controller.runner.fuse()
        engine.finish()
        settle()
    window.activateWindow()
    window.canvas.setFocus()
    return window


def shown(window: MainWindow) -> list[object]:
    return [layer.key for layer in window.canvas.layers]


@pytest.mark.parametrize(
    ("action", "mode"),
    [("split", Mode.SPLIT), ("side_by_side", Mode.SIDE), ("grid", Mode.GRID), ("difference", Mode.DIFFERENCE)],
)
def test_each_arrangement_has_its_action_and_tick(compared: MainWindow, action: str, mode: Mode) -> None:
    compared.actions_by_id[action].trigger()
    assert compared.canvas.look.mode is mode
    names = ("split", "side_by_side", "grid", "difference")
    ticked = [name for name in names if compared.actions_by_id[name].isChecked()]
    assert ticked == [action]
    assert shown(compared) == ([SHORT, LONG, FIRST, SECOND] if mode is Mode.GRID else [SHORT, SECOND])


def test_keys_of_the_arrangements(compared: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(compared.isActiveWindow)
    for key, mode in ((Qt.Key.Key_D, Mode.SIDE), (Qt.Key.Key_G, Mode.GRID), (Qt.Key.Key_0, Mode.DIFFERENCE)):
        qtbot.keyClick(compared.canvas, key)
        assert compared.canvas.look.mode is mode
    qtbot.keyClick(compared.canvas, Qt.Key.Key_0)
    assert compared.canvas.look.difference is Difference.SIGNED
    qtbot.keyClick(compared.canvas, Qt.Key.Key_Period)
    assert compared.canvas.look.gain == 8
    qtbot.keyClick(compared.canvas, Qt.Key.Key_Comma)
    assert compared.canvas.look.gain == 4
    qtbot.keyClick(compared.canvas, Qt.Key.Key_S)
    assert compared.canvas.look.mode is Mode.SPLIT


def test_keys_of_the_aids(compared: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(compared.isActiveWindow)
    for key, name in (
        (Qt.Key.Key_L, "loupe"), (Qt.Key.Key_M, "minimap"), (Qt.Key.Key_I, "values"), (Qt.Key.Key_H, "histogram"),
        (Qt.Key.Key_V, "across"), (Qt.Key.Key_Less, "shadows"), (Qt.Key.Key_Greater, "highlights"),
    ):  # fmt: skip
        before = getattr(compared.canvas.look, name)
        qtbot.keyClick(compared.canvas, key)
        assert getattr(compared.canvas.look, name) is not before
    assert compared.actions_by_id["loupe"].isChecked()
    qtbot.keyClick(compared.canvas, Qt.Key.Key_L, Qt.KeyboardModifier.ShiftModifier)
    assert compared.canvas.look.loupe_scale == 8
    qtbot.keyClick(compared.canvas, Qt.Key.Key_B)
    assert compared.canvas.look.ground is Ground.LIGHT
    qtbot.waitUntil(lambda: not compared.histogram.is_busy)


def test_numbers_tab_and_x_choose_the_pictures(compared: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(compared.isActiveWindow)
    session = compared.controller.session
    qtbot.keyClick(compared.canvas, Qt.Key.Key_1)
    assert (session.before, session.after) == (SHORT, FIRST)
    qtbot.keyClick(compared.canvas, Qt.Key.Key_7)
    assert (session.before, session.after) == (SHORT, FIRST)
    seen = []
    for _ in range(3):
        qtbot.keyClick(compared.canvas, Qt.Key.Key_Tab)
        seen.append(session.after)
    assert seen == [SECOND, LONG, FIRST]
    qtbot.keyClick(compared.canvas, Qt.Key.Key_Backspace)
    assert session.after == LONG
    qtbot.keyClick(compared.canvas, Qt.Key.Key_X)
    assert (session.before, session.after) == (LONG, SHORT)
    assert shown(compared) == [LONG, SHORT]


def test_numbers_and_the_held_key_work_while_a_panel_has_the_focus(compared: MainWindow, qtbot: QtBot) -> None:
    button = compared.side.save_button
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_1)
    assert compared.controller.session.after == FIRST
    qtbot.keyPress(button, Qt.Key.Key_Backslash)
    assert compared.canvas.scene().peeking
    qtbot.keyRelease(button, Qt.Key.Key_Backslash)
    assert not compared.canvas.scene().peeking


def test_the_button_shows_the_left_picture_as_long_as_it_is_held(compared: MainWindow, qtbot: QtBot) -> None:
    button = compared.view_bar.peek
    qtbot.mousePress(button, Qt.MouseButton.LeftButton)
    assert compared.canvas.scene().peeking
    qtbot.mouseRelease(button, Qt.MouseButton.LeftButton)
    assert not compared.canvas.scene().peeking
    button.setFocus()
    qtbot.keyPress(button, Qt.Key.Key_Space)
    assert compared.canvas.scene().peeking
    qtbot.keyRelease(button, Qt.Key.Key_Space)
    assert not compared.canvas.scene().peeking


def test_f6_goes_to_the_panel_and_back(compared: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(compared.isActiveWindow)
    assert compared.canvas.hasFocus()
    qtbot.keyClick(compared.canvas, Qt.Key.Key_F6)
    elsewhere = compared.focusWidget()
    assert elsewhere is not None
    assert elsewhere is not compared.canvas
    qtbot.keyClick(elsewhere, Qt.Key.Key_F6)
    assert compared.canvas.hasFocus()


def test_a_click_in_the_grid_chooses(compared: MainWindow) -> None:
    session = compared.controller.session
    compared.canvas.show_grid()
    compared.canvas.picked.emit(1, False)
    assert (session.before, session.after) == (SHORT, LONG)
    compared.canvas.picked.emit(2, True)
    assert (session.before, session.after) == (FIRST, LONG)
    compared.canvas.picked.emit(1, True)
    assert (session.before, session.after) == (LONG, FIRST)
    assert compared.canvas.layers[compared.canvas.chosen].key == FIRST
    assert compared.canvas.layers[compared.canvas.reference].key == LONG


def test_pictures_are_left_out_of_the_grid_but_not_the_compared_ones(compared: MainWindow) -> None:
    compared.canvas.show_grid()
    assert compared.view_bar.members.isVisible()
    menu = compared.view_bar.members.menu()
    menu.aboutToShow.emit()
    boxes = {action.text(): action for action in menu.actions()}
    assert list(boxes) == ["Short", "Long", "LSD2 #1", "LSD2 #2"]
    assert [boxes[name].isEnabled() for name in boxes] == [False, True, True, False]
    boxes["Long"].setChecked(False)
    assert shown(compared) == [SHORT, FIRST, SECOND]
    compared.controller.session.compare(SHORT, LONG)
    assert shown(compared) == [SHORT, LONG, FIRST, SECOND]


def test_the_difference_is_set_in_the_bar(compared: MainWindow) -> None:
    bar = compared.view_bar
    assert not bar.difference.isVisible()
    compared.canvas.show_difference()
    assert bar.difference.isVisible()
    assert not bar._turn.isVisible()
    choices = {action.text(): action for action in bar.difference.menu().actions()}
    choices["Luminance"].trigger()
    choices["\N{MULTIPLICATION SIGN} 32"].trigger()
    assert bar.difference.text() == "\N{MULTIPLICATION SIGN} 32"
    assert [name for name, action in choices.items() if action.isChecked()] == ["Luminance", bar.difference.text()]
    assert (compared.canvas.look.difference, compared.canvas.look.gain) == (Difference.LUMINANCE, 32)
    assert compared.actions_by_id["more_gain"].isEnabled()
    compared.canvas.show_split()
    assert not compared.actions_by_id["more_gain"].isEnabled()


def test_one_picture_needs_no_arrangement(window: MainWindow, tmp_path: Path, settle: Callable[[], None]) -> None:
    path = tmp_path / "short.jpg"
    path.write_bytes(b"a photo")
    window.controller.open_as(short=path)
    settle()
    assert not window.actions_by_id["grid"].isEnabled()
    assert len(window.canvas.panes()) == 1
    window.actions_by_id["loupe"].trigger()
    assert window.canvas.look.loupe


def test_the_look_is_kept_for_the_next_time(compared: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    compared.canvas.show_grid()
    compared.canvas.next_ground()
    again = open_window(compared.controller, tmp_path)
    qtbot.addWidget(again)
    assert (again.canvas.look.mode, again.canvas.look.ground) == (Mode.GRID, Ground.LIGHT)
    assert again.actions_by_id["grid"].isChecked()


def test_pictures_that_have_no_room_are_made_ready_when_they_are_looked_at(compared: MainWindow, qtbot: QtBot) -> None:
    layers, session = compared.controller.layers, compared.controller.session
    layers.shelf.budget = 0
    session.compare(SHORT, FIRST)
    assert layers.layer(SECOND) is None
    assert layers.layer(FIRST) is not None
    session.compare(SHORT, SECOND)
    assert shown(compared) == [SHORT, FIRST]
    qtbot.waitUntil(lambda: shown(compared) == [SHORT, SECOND])
    assert layers.layer(FIRST) is None


def test_the_pixel_under_the_pointer_is_told(compared: MainWindow, qtbot: QtBot) -> None:
    canvas = compared.canvas
    qtbot.mouseMove(canvas, QPoint(canvas.width() // 2, canvas.height() // 2))
    assert compared.status._pixel.text() == f"{WIDTH // 2}, {HEIGHT // 2}"
    qtbot.mouseMove(canvas, QPoint(2, 2))
    assert compared.status._pixel.text() == ""


def test_what_is_on_the_canvas_is_told_to_those_who_do_not_see_it(compared: MainWindow) -> None:
    compared.canvas.show_side()
    told = compared.canvas.accessibleDescription()
    assert told.startswith("Short  ·  shown")
    assert told.endswith(compared.controller.layers.label(SECOND))
    compared.canvas.show_difference()
    assert "absolute difference" in compared.canvas.accessibleDescription()


def test_nothing_ticks_and_no_window_stays_when_the_window_closes(compared: MainWindow, qtbot: QtBot) -> None:
    compared.canvas.set_look(replace(Look(), histogram=True, loupe=True))
    compared.canvas.actual_size()
    compared.canvas._glider.throw((1.0, 0.0))
    assert compared.canvas._glider.is_moving
    compared.close()
    assert not compared.canvas._glider.is_moving
    qtbot.waitUntil(lambda: not any(timer.isActive() for timer in compared.findChildren(QTimer)))
    qtbot.waitUntil(lambda: not compared.histogram.is_busy)
    assert not [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]


def test_a_canvas_takes_everything_of_its_own_with_it(themed: QApplication, qtbot: QtBot) -> None:
    before = set(QApplication.topLevelWidgets())
    stage = Stage(qtbot, 1.0)
    for mode in Mode:
        stage.canvas.set_look(Look(mode=mode, loupe=True, shadows=True))
        stage.canvas.show_layers(tuple(flat(level) for level in (10, 20, 30)), 0, 1)
        stage.grab()
    assert set(QApplication.topLevelWidgets()) - before == {stage.window}
    owned = (stage.canvas, *stage.canvas.findChildren(QObject))
    gone: list[int] = []
    for place, one in enumerate(owned):
        one.destroyed.connect(lambda _=None, place=place: gone.append(place))
    stage.window.deleteLater()
    qtbot.waitUntil(lambda: len(gone) == len(owned))


@pytest.mark.parametrize("mode", list(Mode))
def test_no_arrangement_makes_the_window_wider_than_a_small_screen(compared: MainWindow, mode: Mode) -> None:
    compared.canvas.set_look(Look(mode=mode))
    QApplication.processEvents()
    assert compared.minimumSizeHint().width() <= 1280


def test_of_names_that_do_not_fit_the_middle_is_left_out(compared: MainWindow) -> None:
    box = compared.view_bar.after
    option = QStyleOptionComboBox()
    box.setFixedWidth(400)
    box.initStyleOption(option)
    assert option.currentText == "LSD2 #2"
    box.setFixedWidth(70)
    box.initStyleOption(option)
    assert option.currentText == "L…2", "what tells results of one method apart stays"
    assert box.currentText() == "LSD2 #2"
