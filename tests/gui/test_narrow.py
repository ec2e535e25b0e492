"""No words are cut off at the edge of the panel, in whichever language and whatever is unfolded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QPoint, QTranslator
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from lsd2.options import Fusion, FusionOptions
from lsd2_gui.controller import Controller
from lsd2_gui.furnishing import open_window
from lsd2_gui.language import LANGUAGES, SOURCE, catalogue
from lsd2_gui.main_window import MainWindow
from lsd2_gui.panels.elided import ElidedLabel
from lsd2_gui.panels.view_bar import ViewBar
from lsd2_gui.pictures import ViewKey
from tests.gui.conftest import drop
from tests.gui.fake_engine import FakeEngine

ARROW = 32
"""Room for the arrow and the margins of a list, logical pixels."""
CODES = [language.code for language in LANGUAGES]


@pytest.fixture(params=CODES)
def unfolded(
    request: pytest.FixtureRequest,
    themed: QApplication,
    qtbot: QtBot,
    controller: Controller,
    engine: FakeEngine,
    files: dict[str, Path],
    tmp_path: Path,
) -> Iterator[MainWindow]:
    """A window with results of every method, everything open that can be folded away."""
    before, translator = QLocale(), QTranslator()
    if request.param != SOURCE:
        assert translator.load(str(catalogue(request.param)))
        themed.installTranslator(translator)
    QLocale.setDefault(QLocale(request.param))
    window = open_window(controller, tmp_path / "lsd2.log")
    qtbot.addWidget(window)
    window.resize(1280, 800)
    with qtbot.waitExposed(window):
        window.show()
    drop(window, files["a_long"], files["b_short"])
    qtbot.waitUntil(lambda: controller.session.has_pair)
    controller.parameters.change(fusion=FusionOptions(Fusion.MERTENS, white_point=0.9))
    for name in ("lsd2", "bm3d", "mertens"):
        controller.parameters.change_method(name, sigma=12.0)
        controller.runner.run([name])
        engine.finish(notes=("the network ran on the processor",))
        QApplication.processEvents()
    for row in window.side.methods.rows.values():
        row.options_button.setChecked(True)
    window.side.process.fusion.more.setChecked(True)
    window.side.sections["facts"].fold(False)
    window.actions_by_id["histogram"].trigger()
    QApplication.processEvents()
    yield window
    window.close()
    themed.removeTranslator(translator)
    QLocale.setDefault(before)


def check_words(part: QWidget) -> None:
    """No button, list or label is narrower than its words."""
    cut = []
    for widget in part.findChildren(QWidget):
        if not widget.isVisible() or isinstance(widget, ElidedLabel):
            continue
        if isinstance(widget, QComboBox):
            words, needed = widget.currentText(), widget.fontMetrics().horizontalAdvance(widget.currentText()) + ARROW
        elif isinstance(widget, QLabel | QAbstractButton):
            words, needed = widget.text(), widget.sizeHint().width()
        else:
            continue
        is_cut = widget.width() < needed
        if isinstance(widget, QLabel) and widget.wordWrap():
            is_cut = widget.height() < widget.heightForWidth(widget.width())
        if words and is_cut:
            cut.append(f"{words}: {widget.size()}")
    assert cut == []


def test_the_panel_is_as_wide_as_its_place(unfolded: MainWindow) -> None:
    scroll = unfolded.side.findChild(QScrollArea)
    assert scroll is not None
    assert scroll.widget().width() == scroll.viewport().width()
    for widget in scroll.widget().findChildren(QWidget):
        if widget.isVisible():
            right = widget.mapTo(scroll.widget(), QPoint(widget.width(), 0)).x()
            assert right <= scroll.viewport().width(), (type(widget).__name__, getattr(widget, "text", str)())


def test_no_words_of_the_panel_are_cut_off(unfolded: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: check_words(unfolded.side))


def test_no_words_of_the_bars_are_cut_off(unfolded: MainWindow, qtbot: QtBot) -> None:
    unfolded.actions_by_id["save_comparison"].trigger()
    qtbot.waitUntil(unfolded.sheet_bar.isVisible)
    qtbot.waitUntil(lambda: check_words(unfolded.sheet_bar))
    check_words(unfolded.status)


def test_names_of_pictures_are_whole_in_the_bar(unfolded: MainWindow, qtbot: QtBot) -> None:
    size = unfolded.size()
    assert size.width() == 1280
    unfolded.controller.session.compare(ViewKey(result=2), ViewKey(result=3))
    for mode in ("grid", "difference", "split", "side_by_side"):
        unfolded.actions_by_id[mode].trigger()
        QApplication.processEvents()
        assert unfolded.size() == size
        qtbot.waitUntil(lambda: check_names(unfolded.view_bar))


def check_names(bar: ViewBar) -> None:
    """No name of a compared picture is cut."""
    for box in (bar.before, bar.after):
        option = QStyleOptionComboBox()
        box.initStyleOption(option)
        assert option.currentText == box.currentText()
        field = box.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, box
        )
        assert field.width() >= box.fontMetrics().horizontalAdvance(box.currentText())


def test_what_does_not_fit_is_in_the_tool_tip(themed: QApplication, qtbot: QtBot) -> None:
    label = ElidedLabel("a long text about many things")
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.show()
    qtbot.waitUntil(lambda: label.text().endswith("…"))
    assert (label.words, label.toolTip()) == ("a long text about many things",) * 2
    label.show_words("a long text about many things", short="many")
    assert (label.text(), label.toolTip()) == ("many", "a long text about many things")
    label.resize(label.sizeHint())
    qtbot.waitUntil(lambda: label.text() == label.words)
    assert label.toolTip() == ""
