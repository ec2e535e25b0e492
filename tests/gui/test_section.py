"""Sections of the side panel: folded, unfolded, remembered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from lsd2_gui import settings as declared
from lsd2_gui.controller import Controller
from lsd2_gui.furnishing import open_window
from lsd2_gui.main_window import MainWindow
from lsd2_gui.settings import Settings
from tests.gui.fake_engine import FakeEngine


def folded(window: MainWindow) -> set[str]:
    return {name for name, section in window.side.sections.items() if section.is_folded}


def test_a_click_on_a_heading_folds_its_section_and_another_brings_it_back(paired: MainWindow, qtbot: QtBot) -> None:
    section, after = paired.side.sections["methods"], paired.side.sections["process"]
    qtbot.waitUntil(lambda: after.y() > section.y() + paired.side.methods.height())
    below = after.y()
    qtbot.mouseClick(section.head, Qt.MouseButton.LeftButton)
    assert section.is_folded
    assert not paired.side.methods.isVisible()
    qtbot.waitUntil(lambda: after.y() < below)
    qtbot.mouseClick(section.head, Qt.MouseButton.LeftButton)
    assert paired.side.methods.isVisible()


@pytest.mark.parametrize(
    ("keys", "is_folded"),
    [
        ([Qt.Key.Key_Space], True), ([Qt.Key.Key_Return], True), ([Qt.Key.Key_Return, Qt.Key.Key_Space], False),
        ([Qt.Key.Key_Left, Qt.Key.Key_Left], True), ([Qt.Key.Key_Left, Qt.Key.Key_Right], False),
    ],
)  # fmt: skip
def test_keys_fold_and_unfold(paired: MainWindow, qtbot: QtBot, keys: list[Qt.Key], is_folded: bool) -> None:
    section = paired.side.sections["pair"]
    section.head.setFocus(Qt.FocusReason.TabFocusReason)
    for key in keys:
        qtbot.keyClick(section.head, key)
    assert section.is_folded is is_folded
    assert paired.side.pair.isVisible() is not is_folded
    assert section.head.accessibleDescription() == ("folded" if is_folded else "unfolded")


def test_headings_are_reached_by_tab(paired: MainWindow) -> None:
    for section in paired.side.sections.values():
        assert section.head.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert section.head.text()


def test_what_is_folded_is_remembered(
    paired: MainWindow,
    controller: Controller,
    settings: Settings,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    assert folded(paired) == {"facts"}
    paired.side.sections["process"].head.click()
    paired.side.sections["facts"].head.click()
    assert settings.get(declared.FOLDED) == {"process": True, "facts": False}
    other = open_window(controller, tmp_path / "other.log")
    qtbot.addWidget(other)
    assert folded(other) == {"process"}
    other.close()


def test_a_section_without_content_is_not_there(window: MainWindow, themed: QApplication) -> None:
    sections = window.side.sections
    assert not sections["results"].isVisible()
    assert not sections["facts"].isVisible()
    assert sections["pair"].isVisible()


def test_a_folded_section_stays_folded_when_its_content_comes(fused: MainWindow) -> None:
    section = fused.side.sections["results"]
    assert section.isVisible()
    section.head.click()
    fused.actions_by_id["remove_result"].trigger()
    assert not section.isVisible()
    assert section.is_folded


def test_the_first_result_is_brought_into_sight(
    paired: MainWindow, engine: FakeEngine, settle: Callable[[], None], qtbot: QtBot
) -> None:
    bar = paired.side.scrolling.verticalScrollBar()
    paired.resize(1200, 560)
    qtbot.waitUntil(lambda: bar.maximum() > 0)

    def is_seen() -> bool:
        row, viewport = paired.side.results.rows[1], paired.side.scrolling.viewport()
        return viewport.rect().contains(row.mapTo(viewport, QPoint(5, 5)))

    paired.controller.runner.run(["lsd2"])
    engine.finish()
    settle()
    qtbot.waitUntil(is_seen)
    bar.setValue(0)
    paired.controller.runner.run(["bm3d"])
    engine.finish()
    settle()
    assert bar.value() == 0, "what the user looks at is left to him"


def test_all_in_the_panel_ends_at_one_edge(paired: MainWindow, qtbot: QtBot) -> None:
    side = paired.side

    def right_of(widget: QWidget) -> int:
        return widget.mapTo(side, widget.rect().topRight()).x()

    for height in (560, 1400):
        paired.resize(1200, height)
        qtbot.waitUntil(lambda: right_of(side.sections["methods"]) == right_of(side.run_button))


def test_the_line_above_the_buttons_says_what_the_bright_button_does(fused: MainWindow) -> None:
    side = fused.side
    assert (side._next.text(), side.save_button.property("kind")) == ("Compare, then save the result.", "primary")
    side.process.align.click()
    assert side.run_button.property("kind") == "primary"
    assert side._next.text() == "Run the ticked methods, or save this result."
