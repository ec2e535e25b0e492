"""The zoom: typed, stepped, shown."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale, Qt
from pytestqt.qtbot import QtBot

from lsd2_gui.main_window import MainWindow
from lsd2_gui.panels.zoom_field import parsed_scale

KEYS = Qt.Key


def typed(window: MainWindow, qtbot: QtBot, words: str) -> None:
    """P, the words, Return."""
    window.actions_by_id["type_zoom"].trigger()
    field = window.view_bar.zoom
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, words)
    qtbot.keyClick(field, KEYS.Key_Return)


@pytest.mark.parametrize(("words", "scale"), [("200", 2.0), ("37.5 %", 0.375), ("400%", 4.0)])
def test_a_typed_zoom_is_shown(paired: MainWindow, qtbot: QtBot, words: str, scale: float) -> None:
    least = paired.canvas.transform.min_scale if paired.canvas.transform else 0.0
    typed(paired, qtbot, words)
    assert paired.canvas.transform is not None
    assert paired.canvas.transform.scale == pytest.approx(max(scale, least))
    assert paired.canvas.hasFocus(), "the keys go back to the picture"
    assert paired.view_bar.zoom.text() == f"{round(paired.canvas.transform.scale * 100)} %"


def test_fit_shows_the_whole_picture(paired: MainWindow, qtbot: QtBot) -> None:
    typed(paired, qtbot, "800")
    assert paired.canvas.transform is not None
    assert not paired.canvas.transform.fits
    typed(paired, qtbot, "Fit")
    assert paired.canvas.transform.fits


def test_what_is_no_zoom_changes_nothing_and_can_be_typed_anew(paired: MainWindow, qtbot: QtBot) -> None:
    before, field = paired.canvas.transform, paired.view_bar.zoom
    shown = field.text()
    typed(paired, qtbot, "large")
    assert paired.canvas.transform == before
    assert field.hasFocus()
    assert field.selectedText() == "large"
    qtbot.keyClick(field, KEYS.Key_Escape)
    assert field.text() == shown
    assert paired.canvas.hasFocus()


def test_arrows_step_and_keys_of_the_window_are_typed(paired: MainWindow, qtbot: QtBot) -> None:
    field, canvas = paired.view_bar.zoom, paired.canvas
    assert canvas.transform is not None
    before = canvas.transform.scale
    field.take_focus()
    qtbot.keyClick(field, KEYS.Key_Down)
    assert canvas.transform.scale < before
    assert field.hasFocus()
    qtbot.keyClick(field, KEYS.Key_Up)
    assert canvas.transform.scale == pytest.approx(before)
    qtbot.keyClicks(field, "fd")
    assert field.text() == "fd"


def test_what_is_being_typed_stays_while_the_picture_moves(paired: MainWindow, qtbot: QtBot) -> None:
    field = paired.view_bar.zoom
    field.take_focus()
    qtbot.keyClicks(field, "12")
    paired.canvas.zoom_in()
    assert field.text() == "12"
    paired.canvas.setFocus()
    assert paired.canvas.transform is not None
    assert field.text() == f"{round(paired.canvas.transform.scale * 100)} %"


def test_it_is_named_and_reached_by_tab(paired: MainWindow) -> None:
    field = paired.view_bar.zoom
    assert field.accessibleName() == "Zoom"
    assert field.focusPolicy() & Qt.FocusPolicy.TabFocus
    paired.actions_by_id["close_pair"].trigger()
    assert not field.isEnabled()
    assert field.text() == ""


@pytest.mark.parametrize("words", ["", "0", "-5", "nan", "inf", "1e999", "half", "10 20"])
def test_nonsense_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parsed_scale(words)


def test_both_signs_for_decimals_are_read() -> None:
    before = QLocale()
    QLocale.setDefault(QLocale("de"))
    try:
        assert parsed_scale("12,5 %") == pytest.approx(0.125)
        assert parsed_scale("12.5") == pytest.approx(0.125)
    finally:
        QLocale.setDefault(before)
