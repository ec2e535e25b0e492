"""The strip of a folder's pairs, and files that the system hands over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QToolButton
from pytestqt.qtbot import QtBot

from lsd2.worker.folder_protocol import FindPairs, OpenThumbnail
from lsd2.worker.protocol import OpenPhoto
from lsd2_gui import settings as declared
from lsd2_gui.file_open import FileOpenFilter
from lsd2_gui.main_window import MainWindow
from lsd2_gui.pictures import Role
from tests.gui.conftest import drop
from tests.gui.fake_folders import FakeFolders


@pytest.fixture
def engine() -> FakeFolders:
    return FakeFolders()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "night"
    made.mkdir()
    for number in range(6):
        (made / f"IMG_{number}.jpg").write_bytes(b"a photo")
    return made


@pytest.fixture
def opened(window: MainWindow, folder: Path, qtbot: QtBot) -> MainWindow:
    drop(window, folder)
    qtbot.waitUntil(lambda: window.strip.list.count() == 3)
    return window


def names(window: MainWindow) -> list[str]:
    return [window.controller.session.photos[role].path.name for role in Role]


def test_a_dropped_folder_shows_its_pairs_with_pictures(
    opened: MainWindow, engine: FakeFolders, folder: Path, qtbot: QtBot
) -> None:
    strip = opened.strip
    assert strip.isVisible()
    assert strip._caption.text() == "3 pairs in night"
    assert [strip.list.item(row).text() for row in range(3)] == ["IMG_0", "IMG_2", "IMG_4"]
    assert "Their apertures differ" in strip.list.item(1).toolTip()
    assert "Taken 2 s apart" in strip.list.item(0).toolTip()

    def middle() -> tuple[int, ...]:
        pixmap = strip.list.item(0).icon().pixmap(strip.list.iconSize())
        return pixmap.toImage().pixelColor(pixmap.width() // 4, pixmap.height() // 2).getRgb()[:3]

    qtbot.waitUntil(lambda: middle() == (90, 120, 150))
    asked = [request.path.name for request in engine.requests if isinstance(request, OpenThumbnail)]
    assert sorted(asked) == [f"IMG_{number}.jpg" for number in range(6)], "each once"
    assert opened.controller.settings.get(declared.LAST_FOLDER) == str(folder)


def test_a_click_opens_a_pair_in_its_roles(opened: MainWindow, settle: Callable[[], None], qtbot: QtBot) -> None:
    strip = opened.strip
    place = strip.list.visualItemRect(strip.list.item(1)).center()
    qtbot.mouseClick(strip.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle()
    assert names(opened) == ["IMG_2.jpg", "IMG_3.jpg"]
    assert strip.list.currentRow() == 1


def test_the_keys_go_through_the_folder(opened: MainWindow, settle: Callable[[], None]) -> None:
    for action, expected in (
        ("next_pair", 0),
        ("next_pair", 2),
        ("next_pair", 4),
        ("next_pair", 4),
        ("previous_pair", 2),
    ):
        opened.actions_by_id[action].trigger()
        settle()
        assert names(opened)[0] == f"IMG_{expected}.jpg"


def test_keys_pressed_while_a_pair_is_being_opened_go_on_from_it(
    opened: MainWindow, engine: FakeFolders, settle: Callable[[], None]
) -> None:
    opened.actions_by_id["next_pair"].trigger()
    settle()
    engine.opens_at_once = False
    before = len(engine.requests)
    for _ in range(2):
        opened.actions_by_id["next_pair"].trigger()
        QApplication.processEvents()
    asked = [request for request in engine.requests[before:] if isinstance(request, OpenPhoto)]
    assert [request.path.name for request in asked] == ["IMG_2.jpg", "IMG_3.jpg", "IMG_4.jpg", "IMG_5.jpg"]
    assert opened.strip.list.currentRow() == 2
    for request in asked:
        engine.open(request)
    settle()
    assert names(opened)[0] == "IMG_4.jpg"
    assert opened.strip.list.currentRow() == 2


def test_the_keys_get_past_a_pair_that_cannot_be_opened(
    opened: MainWindow, folder: Path, settle: Callable[[], None]
) -> None:
    (folder / "IMG_2.jpg").unlink()
    for expected in ("IMG_0.jpg", "IMG_0.jpg", "IMG_4.jpg"):
        opened.actions_by_id["next_pair"].trigger()
        settle()
        assert names(opened)[0] == expected
        assert opened.strip.list.currentRow() == int(expected[4]) // 2, "what is open is marked"
    for expected in ("IMG_4.jpg", "IMG_0.jpg"):
        opened.actions_by_id["previous_pair"].trigger()
        settle()
        assert names(opened)[0] == expected


def test_enter_opens_what_the_arrows_chose(opened: MainWindow, settle: Callable[[], None], qtbot: QtBot) -> None:
    strip = opened.strip
    strip.list.setFocus()
    strip.list.setCurrentRow(0)
    qtbot.keyClick(strip.list, Qt.Key.Key_Right)
    assert opened.controller.session.photos == {}
    qtbot.keyClick(strip.list, Qt.Key.Key_Return)
    settle()
    assert names(opened)[0] == "IMG_2.jpg"


def test_a_pair_from_elsewhere_is_not_marked(
    opened: MainWindow, files: dict[str, Path], settle: Callable[[], None]
) -> None:
    opened.actions_by_id["next_pair"].trigger()
    settle()
    opened.controller.open_as(files["b_short"], files["a_long"])
    settle()
    assert opened.strip.list.currentRow() == -1


def test_other_pairs_of_the_open_photos_folder(
    window: MainWindow, folder: Path, settle: Callable[[], None], qtbot: QtBot
) -> None:
    assert not window.actions_by_id["open_own_folder"].isEnabled()
    window.controller.open_as(folder / "IMG_2.jpg", folder / "IMG_3.jpg")
    settle()
    window.actions_by_id["open_own_folder"].trigger()
    qtbot.waitUntil(lambda: window.strip.list.count() == 3)
    assert window.strip.list.currentRow() == 1


def test_the_folder_dialog_and_the_closing_button(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    window.actions_by_id["open_folder"].trigger()
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(folder))
    dialog.reject()
    qtbot.waitUntil(lambda: window.strip.list.count() == 3)
    button = window.strip.findChild(QToolButton)
    assert button is not None
    button.click()
    assert not window.strip.isVisible()
    assert not window.actions_by_id["next_pair"].isEnabled()


def test_nothing_found_and_a_failed_search_are_said(
    window: MainWindow, engine: FakeFolders, folder: Path, qtbot: QtBot
) -> None:
    engine.pairs = 0
    drop(window, folder)
    qtbot.waitUntil(lambda: "No pairs were found in night" in window.strip._caption.text())
    engine.problem = "night cannot be read: check its permissions"
    drop(window, folder)
    qtbot.waitUntil(lambda: "cannot be read" in window.banner.text)
    assert not window.strip.isVisible()


def test_another_folder_ends_the_search(window: MainWindow, engine: FakeFolders, folder: Path, qtbot: QtBot) -> None:
    engine.answers_at_once = False
    drop(window, folder)
    assert "Looking for pairs" in window.strip._caption.text()
    first = engine.last(FindPairs)
    engine.answers_at_once = True
    drop(window, folder.parent)
    assert engine.cancelled == [first.job]
    assert isinstance(first, FindPairs)
    engine.answer(first)
    qtbot.waitUntil(lambda: window.strip.list.count() == 3)
    assert window.controller.folder.path == folder.parent


def test_files_from_the_system_come_together(qapp: QApplication, qtbot: QtBot) -> None:
    taken: list[list[Path]] = []
    watch = FileOpenFilter(taken.append, qapp)
    qapp.installEventFilter(watch)
    for name in ("/a/one.jpg", "/a/two.jpg"):
        QApplication.sendEvent(qapp, QFileOpenEvent(QUrl.fromLocalFile(name)))
    qtbot.waitUntil(lambda: bool(taken))
    assert taken == [[Path("/a/one.jpg"), Path("/a/two.jpg")]]
    assert not watch.eventFilter(qapp, QEvent(QEvent.Type.User))
    qapp.removeEventFilter(watch)
    watch.setParent(None)
