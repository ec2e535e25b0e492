"""The window and every dialog as wholes: all translated, operable by keyboard, named, and nothing left over."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QTimer, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollBar,
    QSizeGrip,
    QTabBar,
    QTabWidget,
    QTextEdit,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from lsd2_gui.controller import Controller
from lsd2_gui.dialogs.about import AboutDialog
from lsd2_gui.dialogs.batch import BatchDialog
from lsd2_gui.dialogs.crash import CrashDialog
from lsd2_gui.dialogs.guide import GuideDialog
from lsd2_gui.dialogs.log import LogDialog
from lsd2_gui.dialogs.preferences import PreferencesDialog
from lsd2_gui.dialogs.shortcuts import ShortcutsDialog
from lsd2_gui.furnishing import open_window
from lsd2_gui.main_window import MainWindow
from lsd2_gui.settings import Settings
from tests.gui.fake_engine import FakeEngine
from tests.gui.fake_folders import FakeFolders

DIALOGS: dict[str, Callable[[MainWindow, Path], QDialog]] = {
    "about": lambda window, path: AboutDialog(window),
    "batch": lambda window, path: BatchDialog(window.controller.batch, window.controller.settings, window),
    "crash": lambda window, path: CrashDialog("Traceback", path, window),
    "guide": lambda window, path: GuideDialog(window),
    "log": lambda window, path: LogDialog(path, window),
    "preferences": lambda window, path: PreferencesDialog(window.controller.settings, window),
    "shortcuts": lambda window, path: ShortcutsDialog(window),
}
OPERABLE = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QAbstractItemView, QTabBar)
INNER = (QScrollBar, QSizeGrip)
"""Parts that Qt makes inside others; the wheel and the arrows of what they belong to do their work."""
NAMES = {
    "LSD",
    "lsd",
    "fast",
    "synth",
    "FDnCNN",
    "fdncnn",
    "colour",
    "sRGB",
    "Display",
    "Adobe",
    "RGB",
    "English",
    "IMG",
    "Deutsch",
    "Yuan",
}
"""Names are the same in every language."""
KEYS = {
    "Ctrl",
    "Shift",
    "Alt",
    "Esc",
    "Del",
    "Space",
    "PgDown",
    "PgUp",
    "Left",
    "Right",
    "Up",
    "Down",
    "Tab",
    "Backspace",
}


@pytest.fixture
def engine() -> FakeEngine:
    return FakeFolders()


class Marker(QTranslator):
    """Puts every literal in brackets, and leaves out what is filled in."""

    def translate(self, context: str, source: str, disambiguation: str = "", n: int = -1) -> str:  # type: ignore[override]
        return "\u27e6" + re.sub(r"(\{\d+\})", "\u27e7\\1\u27e6", source) + "\u27e7"


@pytest.fixture
def marked(qapp: QApplication) -> Iterator[None]:
    """A language in which everything that was translated shows."""
    marker = Marker()
    qapp.installTranslator(marker)
    yield
    qapp.removeTranslator(marker)


def texts(widget: QWidget) -> Iterator[str]:
    """Everything a widget says to those who see, hear or point at it."""
    for name in ("text", "toolTip", "accessibleName", "accessibleDescription", "placeholderText", "suffix", "prefix"):
        get = getattr(widget, name, None)
        if callable(get) and not isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit):
            yield str(get())
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(index) for index in range(widget.count()))
    if isinstance(widget, QTabWidget):
        yield from (widget.tabText(index) for index in range(widget.count()))
    if isinstance(widget, QMenu):
        yield widget.title()
    if widget.isWindow():
        yield widget.windowTitle()


def raw_words(said: str) -> list[str]:
    """Words of three letters and more that did not go through the catalogue."""
    outside = re.sub("\u27e6[^\u27e7]*(\u27e7|\u2026$)", " ", said)
    # paths, files, hashes, menu letters, fields of a template
    outside = re.sub(r"\S*[/\\]\S*|\S*\.\w{2,4}\b|[0-9a-f]{8,}|&|\{\w+\}", " ", outside)
    words = re.findall(r"[^\W\d_]{3,}", outside)
    return [word for word in words if word not in NAMES | KEYS]


def assert_translated(root: QWidget) -> None:
    raw = []
    for widget in (root, *root.findChildren(QWidget)):
        raw += [f"{type(widget).__name__}: {said!r}" for said in texts(widget) if raw_words(said)]
    for action in root.findChildren(QAction):
        raw += [
            f"action {action.objectName()}: {said!r}" for said in (action.text(), action.toolTip()) if raw_words(said)
        ]
    assert raw == [], "not translated"


@pytest.fixture
def marked_window(
    marked: None, themed: QApplication, qtbot: QtBot, controller: Controller, tmp_path: Path
) -> Iterator[MainWindow]:
    made = open_window(controller, tmp_path / "lsd2.log")
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def test_everything_in_the_window_is_translated(
    marked_window: MainWindow, files: dict[str, Path], engine: FakeFolders, qtbot: QtBot, tmp_path: Path
) -> None:
    window = marked_window
    assert_translated(window)
    folder = tmp_path / "01"
    folder.mkdir()
    window.controller.open_dropped([folder])
    window.controller.open_as(files["b_short"], files["a_long"])
    qtbot.waitUntil(lambda: window.controller.session.has_pair)
    window.side.run_button.click()
    engine.progress(1, 4)
    QApplication.processEvents()
    window.status._show_progress()
    assert_translated(window)
    engine.finish()
    qtbot.waitUntil(lambda: bool(window.controller.session.results))
    QApplication.processEvents()
    assert_translated(window)


@pytest.mark.parametrize("name", DIALOGS)
def test_everything_in_a_dialog_is_translated(name: str, marked_window: MainWindow, tmp_path: Path) -> None:
    dialog = DIALOGS[name](marked_window, tmp_path / "lsd2.log")
    dialog.show()
    assert_translated(dialog)
    dialog.reject()


# ---- keyboard ----


def focus_chain(root: QWidget) -> list[QWidget]:
    """The widgets that Tab goes through, from the first one until it comes round."""
    root.activateWindow()
    start = root.focusWidget() or root
    found: list[QWidget] = []
    for _ in range(500):
        root.focusNextChild()
        widget = root.focusWidget()
        if widget is None or widget in found:
            break
        found.append(widget)
    assert found or start is root
    return found


def operable(root: QWidget) -> list[QWidget]:
    """What can be seen, is enabled, and does something."""
    kinds = [widget for kind in OPERABLE for widget in root.findChildren(kind)]
    return [
        widget
        for widget in dict.fromkeys(kinds)
        if widget.isVisibleTo(root) and widget.isEnabled() and not isinstance(widget, INNER)
        if not isinstance(widget.parent(), QComboBox | QAbstractSpinBox | QAbstractItemView | QTabBar)
        if widget.window() is root and not widget.objectName().startswith("qt_")
    ]


def reached(widget: QWidget, chain: list[QWidget]) -> bool:
    """Whether Tab reaches it, or one of a group that arrows go through."""
    return any(one is widget or one.focusProxy() is widget or widget.focusProxy() is one for one in chain)


def name_of(widget: QWidget) -> str:
    said = widget.accessibleName() or getattr(widget, "text", str)()
    buddy = [label for label in widget.window().findChildren(QLabel) if label.buddy() is widget]
    return str(said) or "".join(label.text() for label in buddy)


def assert_operable(root: QWidget) -> None:
    chain = focus_chain(root)
    parts = operable(root)
    unreached = [f"{type(one).__name__} {name_of(one)!r}" for one in parts if not reached(one, chain)]
    assert unreached == [], "not reached by Tab"
    unnamed = [type(one).__name__ for one in (*chain, *parts) if not name_of(one).strip() and not _is_inside(one)]
    assert unnamed == [], "without a name"


def _is_inside(widget: QWidget) -> bool:
    return isinstance(widget, QTabBar | QDialogButtonBox) or widget.focusProxy() is not None


def test_the_empty_window_is_operable_by_keyboard(window: MainWindow) -> None:
    assert_operable(window)
    assert len(operable(window)) > 10


def test_the_window_with_a_result_is_operable_by_keyboard(
    paired: MainWindow, engine: FakeFolders, qtbot: QtBot, tmp_path: Path
) -> None:
    paired.controller.open_dropped([tmp_path])
    paired.side.run_button.click()
    engine.finish()
    qtbot.waitUntil(lambda: bool(paired.controller.session.results))
    QApplication.processEvents()
    assert_operable(paired)
    assert paired.canvas in focus_chain(paired)
    assert paired.strip.list in focus_chain(paired)


@pytest.mark.parametrize("name", DIALOGS)
def test_a_dialog_is_operable_by_keyboard_and_closed_by_escape(
    name: str, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    from PySide6.QtCore import Qt

    dialog = DIALOGS[name](window, tmp_path / "lsd2.log")
    dialog.show()
    assert_operable(dialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_picture_has_the_keys_once_there_is_one(paired: MainWindow) -> None:
    assert paired.focusWidget() is paired.canvas


def test_menus_offer_every_action_that_a_button_offers(window: MainWindow) -> None:
    in_menus = {action for menu in window.menuBar().findChildren(QMenu) for action in menu.actions()}
    missing = [
        button.defaultAction().objectName()
        for button in window.findChildren(QToolButton)
        if button.defaultAction() is not None and button.defaultAction() not in in_menus
        if button.defaultAction().objectName() in window.actions_by_id
    ]
    assert missing == []


# ---- nothing is left over ----


def addresses() -> set[int]:
    """All widgets of the program, by their places in memory: Python's objects for them come and go."""
    return {shiboken6.getCppPointer(widget)[0] for widget in QApplication.allWidgets()}


@pytest.mark.parametrize("name", DIALOGS)
def test_a_closed_dialog_leaves_no_widget_and_no_timer(
    name: str, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    before = addresses()
    gone: list[bool] = []
    dialog = DIALOGS[name](window, tmp_path / "lsd2.log")
    dialog.destroyed.connect(lambda: gone.append(True))
    timers = dialog.findChildren(QTimer)
    dialog.show()
    dialog.reject()
    dialog.deleteLater()
    del dialog
    gc.collect()
    qtbot.waitUntil(lambda: bool(gone))
    assert addresses() <= before, "widgets left"
    assert [timer for timer in timers if shiboken6.isValid(timer) and timer.isActive()] == []


def test_an_idle_window_has_no_running_timer(paired: MainWindow, qtbot: QtBot) -> None:
    def active() -> list[str]:
        named = [(timer, timer.parent()) for timer in paired.findChildren(QTimer) if timer.isActive()]
        return [type(parent).__name__ for _, parent in named]

    qtbot.waitUntil(lambda: active() == [])


def test_a_closed_window_leaves_nothing(
    themed: QApplication, settings: Settings, tmp_path: Path, qtbot: QtBot, files: dict[str, Path]
) -> None:
    before = addresses()
    engine = FakeFolders()
    controller = Controller(settings, engine.attach)
    controller.jobs.start()
    window = open_window(controller, tmp_path / "lsd2.log")
    window.show()
    controller.open_as(files["b_short"], files["a_long"])
    qtbot.waitUntil(lambda: controller.session.has_pair)
    controller.background.close()
    gone: list[bool] = []
    window.destroyed.connect(lambda: gone.append(True))
    window.close()
    controller.close()
    window.deleteLater()
    qtbot.waitUntil(lambda: bool(gone))
    del window
    gc.collect()
    QApplication.processEvents()
    assert addresses() <= before, "widgets left"
    assert engine.arrays == {}
