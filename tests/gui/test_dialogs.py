"""Help, log, about, file dialogs: what they show."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtGui import QColor, QDesktopServices, QImage, QTextTable
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QPushButton,
    QTextBrowser,
    QWidget,
)
from pytestqt.qtbot import QtBot

import lsd2
from lsd2.resources import shipped_page
from lsd2_gui import settings as declared
from lsd2_gui.dialogs.about import AboutDialog, model_cards, overview
from lsd2_gui.dialogs.files import nearest_folder
from lsd2_gui.dialogs.guide import GUIDE, GuideDialog, guide_page
from lsd2_gui.dialogs.log import LogDialog, tail
from lsd2_gui.dialogs.page import Page as MarkdownPage
from lsd2_gui.dialogs.page import picture_places
from lsd2_gui.dialogs.preferences import PreferencesDialog
from lsd2_gui.dialogs.shortcuts import ShortcutsDialog
from lsd2_gui.language import LANGUAGES, SOURCE, catalogue
from lsd2_gui.main_window import MainWindow
from lsd2_gui.recipes import ModelShelf

# ---- file dialogs ----


def test_a_file_dialog_begins_in_the_nearest_folder_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "night").mkdir()
    (tmp_path / "night" / "photo.jpg").write_bytes(b"")
    assert nearest_folder(tmp_path / "night") == tmp_path / "night"
    assert nearest_folder(tmp_path / "night" / "2026" / "card") == tmp_path / "night"
    assert nearest_folder(tmp_path / "night" / "photo.jpg") == tmp_path / "night"
    assert nearest_folder(Path("gone")) == Path.home()


def test_a_folder_that_cannot_be_looked_at_is_passed_over(out_of_reach: Path) -> None:
    assert nearest_folder(out_of_reach / "in" / "2026") == out_of_reach


def test_the_open_dialog_begins_where_the_last_photo_was_or_near_it(window: MainWindow, tmp_path: Path) -> None:
    window.controller.settings.put(declared.LAST_FOLDER, str(tmp_path / "taken" / "away"))
    window.commands.open_dialog()
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    assert Path(dialog.directory().absolutePath()) == tmp_path
    dialog.reject()


# ---- about, guide, log, keys ----


def shown_text(qtbot: QtBot, page: QTextBrowser) -> str:
    """What a page says once it is on the screen, which is a moment after it was opened."""
    qtbot.waitUntil(lambda: bool(page.toPlainText()))
    return page.toPlainText()


def test_about_tells_version_licences_and_networks(parent: QWidget, qtbot: QtBot) -> None:
    dialog = AboutDialog(parent)
    dialog.show()
    words = ""
    for index in range(dialog.tabs.count()):
        dialog.tabs.setCurrentIndex(index)
        page = dialog.tabs.widget(index)
        assert isinstance(page, QTextBrowser)
        words += shown_text(qtbot, page)
    for expected in ("PySide6", "PyTorch", "Permission is hereby granted", "lsd2-fast"):
        assert expected in words
    next(one for one in dialog.findChildren(QPushButton) if one.text() == "Copy version details").click()
    assert f"LSD2 {lsd2.__version__}" in QApplication.clipboard().text()


@pytest.mark.parametrize("code", [language.code for language in LANGUAGES])
def test_networks_are_told_in_the_users_language_and_what_is_not_is_said_to_be_english(code: str) -> None:
    app, before, translator = QApplication.instance(), QLocale(), QTranslator()
    assert app is not None
    if code != SOURCE:
        assert translator.load(str(catalogue(code)))
        app.installTranslator(translator)
    QLocale.setDefault(QLocale(code))
    try:
        told, cards = overview(ModelShelf().all), model_cards()
    finally:
        app.removeTranslator(translator)
        QLocale.setDefault(before)
    rows = told.splitlines()[2:]
    assert [row.split("**")[1] for row in rows] == [model.name for model in ModelShelf().all]
    assert all(cell.strip() for row in rows for cell in row.strip("|").split("|"))
    assert ("Fuses the sharp short frame" in told) == (code == SOURCE)
    assert ("7.8 million parameters" in told) == (code == SOURCE)
    assert cards.startswith("# lsd2-fast" if code == SOURCE else "*")


def test_tables_without_headings_have_no_empty_row(themed: QApplication, qtbot: QtBot) -> None:
    page = MarkdownPage("| | |\n|---|---|\n| cost | 1 |\n| size | 2 |\n\n| a | b |\n|---|---|\n| c | d |\n", "tables")
    qtbot.addWidget(page)
    page.show()
    shown_text(qtbot, page)
    tables = [frame for frame in page.document().rootFrame().childFrames() if isinstance(frame, QTextTable)]
    assert [table.rows() for table in tables] == [2, 2]
    assert tables[0].cellAt(0, 0).firstCursorPosition().block().text() == "cost"


def test_a_missing_page_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from lsd2_gui.dialogs import about

    monkeypatch.setattr(about, "shipped_page", lambda name: tmp_path / name)
    assert "is missing" in about.read_page("LICENSE")


@pytest.fixture(params=[language.code for language in LANGUAGES])
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    """The code of a language in which numbers are written."""
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield request.param
    QLocale.setDefault(before)


def pictures_of(page: str) -> list[str]:
    source = shipped_page(page).read_text(encoding="utf-8")
    targets = [part.split(")")[0] for part in source.split("](")[1:]]
    return [name for name in targets if name.endswith((".jpg", ".png"))]


def test_the_guide_is_read_inside_the_program_with_its_pictures(parent: QWidget, qtbot: QtBot, spoken: str) -> None:
    dialog = GuideDialog(parent)
    dialog.show()
    told = shown_text(qtbot, dialog.text)
    assert told.startswith({"en": "User guide", "de": "Anleitung"}[spoken])
    assert {"en": "a short exposure", "de": "einer kurzen Belichtung"}[spoken] in told
    folder, pictures = shipped_page(GUIDE).parent, pictures_of(guide_page())
    assert len(pictures) >= 3
    assert [name for name in pictures if not (folder / name).is_file()] == []


def test_the_guides_of_all_languages_have_the_same_pictures_and_sections(spoken: str) -> None:
    assert pictures_of(guide_page()) == pictures_of(GUIDE)
    marks = ("## ", "|", "- ")
    shapes = [
        [
            next((mark for mark in marks if line.startswith(mark)), "")
            for line in shipped_page(page).read_text().splitlines()
        ]
        for page in (guide_page(), GUIDE)
    ]
    own, english = ([mark for mark in shape if mark] for shape in shapes)
    assert own == english


def test_without_a_guide_in_the_language_it_is_english() -> None:
    before = QLocale()
    try:
        QLocale.setDefault(QLocale("fr"))
        assert guide_page() == GUIDE
    finally:
        QLocale.setDefault(before)


@pytest.fixture
def album(themed: QApplication, qtbot: QtBot, tmp_path: Path) -> MarkdownPage:
    """A page with a wide and a small picture at its head, and one far below."""
    for name, size in (("wide", (1200, 300)), ("small", (40, 30)), ("below", (500, 400))):
        image = QImage(*size, QImage.Format.Format_RGB32)
        image.fill(QColor("#204060"))
        assert image.save(str(tmp_path / f"{name}.png"))
    words = "![w](wide.png)\n\n![s](small.png)\n\n" + "word\n\n" * 100 + "![b](below.png)\n"
    page = MarkdownPage(words, "album", tmp_path)
    qtbot.addWidget(page)
    page.resize(640, 400)
    return page


def test_pictures_of_a_page_are_read_when_they_come_into_sight(
    album: MarkdownPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    load = MarkdownPage.loadResource
    monkeypatch.setattr(
        MarkdownPage, "loadResource", lambda self, kind, url: (read.append(url.path()), load(self, kind, url))[1]
    )
    album.show()
    shown_text(qtbot, album)
    album.grab()
    assert set(read) == {"wide.png", "small.png"}
    bar = album.verticalScrollBar()
    bar.setValue(bar.maximum())
    album.grab()
    assert set(read) == {"wide.png", "small.png", "below.png"}
    assert sorted(read) == sorted(set(read)), "each is read once"


def test_pictures_fit_the_page_and_are_never_enlarged(album: MarkdownPage, qtbot: QtBot) -> None:
    album.show()
    shown_text(qtbot, album)
    for width in (640, 420):
        album.resize(width, 400)
        sizes = {looks.name(): (looks.width(), looks.height()) for _, looks in picture_places(album.document())}
        room = album.viewport().width() - 32
        assert sizes["wide.png"] == (room, room / 4)
        assert sizes["small.png"] == (40, 30)


def test_the_log_is_shown_to_its_end_and_copied(
    parent: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "lsd2.log"
    path.write_text("first line\nerste Größe\n", encoding="utf-8")
    dialog = LogDialog(path, parent)
    assert dialog.text.toPlainText() == "first line\nerste Größe"
    with path.open("a", encoding="utf-8") as file:
        file.write("one more\n")
    dialog.refresh()
    assert dialog.text.toPlainText().endswith("one more")
    dialog.copying.click()
    assert f"LSD2 {lsd2.__version__}" in QApplication.clipboard().text()
    assert "one more" in QApplication.clipboard().text()
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    next(one for one in dialog.findChildren(QPushButton) if one.text() == "Show in folder").click()
    assert opened == [str(tmp_path)]


def test_of_a_long_log_whole_lines_at_the_end_are_shown(tmp_path: Path) -> None:
    path = tmp_path / "lsd2.log"
    path.write_text("\n".join(f"line {number}" for number in range(100)), encoding="utf-8")
    assert tail(path, 20) == "line 98\nline 99"
    assert "cannot be read" in tail(tmp_path / "none.log")


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        ("preferences", PreferencesDialog), ("about", AboutDialog), ("log", LogDialog), ("guide", GuideDialog),
        ("shortcuts", ShortcutsDialog),
    ],
)  # fmt: skip
def test_a_dialog_opens_once_and_again_after_it_was_closed(
    window: MainWindow, qtbot: QtBot, action: str, kind: type[QDialog]
) -> None:
    gone: list[bool] = []
    for times in (1, 2):
        window.actions_by_id[action].trigger()
        window.actions_by_id[action].trigger()
        shown: list[QDialog] = window.findChildren(kind)
        assert len(shown) == 1
        assert shown[0].isVisible()
        shown[0].destroyed.connect(lambda: gone.append(True))
        shown[0].reject()
        qtbot.waitUntil(partial(_has_length, gone, times))


def _has_length(found: list[bool], length: int) -> bool:
    return len(found) == length
