"""Preferences, help, log, about: what they show and what they change."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QColorSpace, QDesktopServices, QImage, QTextTable
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QTextBrowser,
    QWidget,
)
from pytestqt.qtbot import QtBot

import lsd2
from lsd2.resources import shipped_page
from lsd2_gui import display
from lsd2_gui import settings as declared
from lsd2_gui.dialogs.about import AboutDialog
from lsd2_gui.dialogs.fields import ExampleLine, make_editor
from lsd2_gui.dialogs.files import nearest_folder
from lsd2_gui.dialogs.guide import GuideDialog
from lsd2_gui.dialogs.log import LogDialog, tail
from lsd2_gui.dialogs.page import Page as MarkdownPage
from lsd2_gui.dialogs.page import picture_places
from lsd2_gui.dialogs.preferences import PreferencesDialog
from lsd2_gui.dialogs.shortcuts import ShortcutsDialog
from lsd2_gui.display import for_screen, screen_space
from lsd2_gui.main_window import MainWindow
from lsd2_gui.setting_fields import ChoiceField, FileField, FlagField, NumberField, Page, TextField
from lsd2_gui.setting_kinds import Setting
from lsd2_gui.settings import Settings

SHOWN = [setting for setting in declared.ALL if setting.field is not None]
KINDS = QDialogButtonBox.StandardButton


@pytest.fixture
def parent(themed: QApplication, qtbot: QtBot) -> QWidget:
    """Dialogs delete themselves when they are closed; this one takes those along that stayed open."""
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def preferences(parent: QWidget, settings: Settings) -> PreferencesDialog:
    dialog = PreferencesDialog(settings, parent)
    dialog.show()
    return dialog


def other_value(setting: Setting[object]) -> object:
    """A value that a setting may have and does not have at first."""
    field = setting.field
    if isinstance(field, ChoiceField):
        return next(value for value, _ in field.choices if value != setting.default)
    if isinstance(field, NumberField):
        return field.low + field.step
    if isinstance(field, FlagField):
        return not setting.default
    return "something else"


def press(dialog: QDialog, kind: QDialogButtonBox.StandardButton) -> None:
    box = dialog.findChild(QDialogButtonBox)
    assert box is not None
    box.button(kind).click()


# ---- preferences ----


@pytest.mark.parametrize("setting", SHOWN, ids=lambda setting: setting.key)
def test_every_shown_setting_can_be_changed(
    setting: Setting[object], preferences: PreferencesDialog, settings: Settings
) -> None:
    value = other_value(setting)
    preferences.editors[setting.key].show(value)
    assert settings.get(setting) == setting.default
    press(preferences, KINDS.Ok)
    assert settings.get(setting) == value


@pytest.mark.parametrize("page", list(Page))
def test_no_remark_is_cut_off_and_captions_are_level_with_their_fields(
    preferences: PreferencesDialog, page: Page, qtbot: QtBot
) -> None:
    preferences.resize(preferences.minimumSizeHint())
    preferences.go_to_page(page)
    QApplication.processEvents()
    labels = [one for one in preferences.pages.currentWidget().findChildren(QLabel) if one.text()]
    assert labels
    for one in labels:
        assert one.height() >= one.heightForWidth(one.width()), one.text()
        field = one.buddy()
        if field is not None:
            assert abs(one.geometry().center().y() - field.geometry().center().y()) <= 1, one.text()


def test_cancelled_preferences_change_nothing(preferences: PreferencesDialog, settings: Settings) -> None:
    told: list[object] = []
    settings.changed.connect(told.append)
    for setting in SHOWN:
        preferences.editors[setting.key].show(other_value(setting))
    press(preferences, KINDS.Cancel)
    assert told == []


def test_a_name_that_cannot_be_used_keeps_the_dialog_open(preferences: PreferencesDialog, settings: Settings) -> None:
    editor = preferences.editors[declared.SAVE_TEMPLATE.key]
    said = preferences.findChild(ExampleLine)
    assert said is not None
    editor.show("{long}_night")
    assert said.text() == "Such as IMG_1025_night"
    preferences.go_to_page(Page.GENERAL)
    for bad in ("{weather}", "{stem", ""):
        editor.show(bad)
        assert said.property("kind") == "error"
        assert "Such as" not in said.text()
        press(preferences, KINDS.Ok)
        assert preferences.isVisible()
        assert editor.widget.isVisible(), "on the page that is shown"
    assert settings.get(declared.SAVE_TEMPLATE) == declared.SAVE_TEMPLATE.default
    editor.show("{date}")
    press(preferences, KINDS.Ok)
    assert settings.get(declared.SAVE_TEMPLATE) == "{date}"


def test_defaults_come_back(preferences: PreferencesDialog, settings: Settings) -> None:
    for setting in SHOWN:
        settings.put(setting, other_value(setting))
    press(preferences, KINDS.RestoreDefaults)
    press(preferences, KINDS.Ok)
    assert [settings.get(setting) for setting in SHOWN] == [setting.default for setting in SHOWN]


def test_what_the_fields_offer_is_what_the_settings_take(preferences: PreferencesDialog) -> None:
    for setting in SHOWN:
        field = setting.field
        if isinstance(field, ChoiceField):
            assert [setting.parse(value) for value, _ in field.choices] == [value for value, _ in field.choices]
        elif isinstance(field, NumberField):
            assert (setting.parse(field.low), setting.parse(field.high)) == (field.low, field.high)
            with pytest.raises(ValueError, match="within"):
                setting.parse(field.high + field.step)


def test_every_kind_of_field_has_a_widget_that_keeps_its_value(themed: QApplication, qtbot: QtBot) -> None:
    kinds = (
        (ChoiceField(Page.GENERAL, "a", choices=(("x", "X"), ("y", "Y"))), "y"),
        (NumberField(Page.GENERAL, "a", low=0, high=9, step=1), 4.0),
        (FlagField(Page.GENERAL, "a"), True),
        (TextField(Page.GENERAL, "a", hint="name"), "words"),
        (FileField(Page.GENERAL, "a", pattern="Files (*)"), "/a/file"),
    )
    for field, value in kinds:
        editor = make_editor(field)
        qtbot.addWidget(editor.widget)
        editor.show(value)
        assert editor.value() == value


def test_a_profile_is_chosen_from_the_disk(preferences: PreferencesDialog, qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QFileDialog

    widget = preferences.editors[declared.DISPLAY_FILE.key].widget
    button = widget.findChild(QPushButton)
    assert button is not None
    button.click()
    dialog = preferences.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit("/profiles/my.icc")
    dialog.reject()
    line = widget.findChild(QLineEdit)
    assert line is not None
    assert line.text() == "/profiles/my.icc"


# ---- the screen's colours ----


def test_the_systems_profile_is_used(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    wide = QColorSpace(QColorSpace.NamedColorSpace.AdobeRgb)
    asked: list[int] = []

    def profile(screen: int) -> bytes:
        asked.append(screen)
        return bytes(wide.iccProfile().data())

    monkeypatch.setattr(display, "system_profile", profile)
    space = screen_space(settings, 3)
    assert space is not None
    assert (space.primaries(), asked) == (wide.primaries(), [3])
    settings.put(declared.DISPLAY, "srgb")
    assert screen_space(settings, 3) is None
    assert asked == [3]


@pytest.mark.qt_log_ignore("fromIccProfile")
@pytest.mark.parametrize("profile", [None, b"no profile", "srgb"])
def test_without_a_usable_profile_of_the_system_values_go_as_they_are(
    profile: bytes | str | None, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    if profile == "srgb":
        profile = bytes(QColorSpace(QColorSpace.NamedColorSpace.SRgb).iccProfile().data())
    monkeypatch.setattr(display, "system_profile", lambda screen: profile)
    assert screen_space(settings) is None


@pytest.mark.qt_log_ignore("fromIccProfile")
def test_colours_go_as_they_are_at_first_and_where_the_profile_is_bad(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert screen_space(settings) is None
    settings.put(declared.DISPLAY, "file")
    settings.put(declared.DISPLAY_FILE, str(tmp_path / "none.icc"))
    assert screen_space(settings) is None
    bad = tmp_path / "bad.icc"
    bad.write_bytes(b"no profile")
    settings.put(declared.DISPLAY_FILE, str(bad))
    assert screen_space(settings) is None
    assert "none.icc cannot be read" in caplog.text
    assert "bad.icc is no profile" in caplog.text


def test_a_profile_from_a_file_is_used(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "p3.icc"
    path.write_bytes(bytes(QColorSpace(QColorSpace.NamedColorSpace.DisplayP3).iccProfile().data()))
    settings.put(declared.DISPLAY, "file")
    settings.put(declared.DISPLAY_FILE, str(path))
    space = screen_space(settings)
    assert space is not None
    red = QImage(1, 1, QImage.Format.Format_RGB32)
    red.fill(QColor(255, 0, 0))
    # sRGB's red within Display P3, computed by the matrices of both (SMPTE EG 432-1, IEC 61966-2-1).
    shown = for_screen(red, space).pixelColor(0, 0)
    assert (shown.red(), shown.green(), shown.blue()) == pytest.approx((234, 51, 35), abs=1)


def test_the_picture_follows_the_preference(window: MainWindow) -> None:
    assert window.canvas.screen_space is None
    window.controller.settings.put(declared.DISPLAY, "display-p3")
    assert window.canvas.screen_space == QColorSpace(QColorSpace.NamedColorSpace.DisplayP3)


# ---- file dialogs ----


def test_a_file_dialog_begins_in_the_nearest_folder_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "night").mkdir()
    (tmp_path / "night" / "photo.jpg").write_bytes(b"")
    assert nearest_folder(tmp_path / "night") == tmp_path / "night"
    assert nearest_folder(tmp_path / "night" / "2026" / "card") == tmp_path / "night"
    assert nearest_folder(tmp_path / "night" / "photo.jpg") == tmp_path / "night"
    assert nearest_folder(Path("gone")) == Path.home()


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


def test_the_guide_is_read_inside_the_program_with_its_pictures(parent: QWidget, qtbot: QtBot) -> None:
    dialog = GuideDialog(parent)
    dialog.show()
    assert "short" in shown_text(qtbot, dialog.text)
    folder = shipped_page("docs/guide.md").parent
    source = shipped_page("docs/guide.md").read_text(encoding="utf-8")
    pictures = [part.split(")")[0] for part in source.split("](")[1:] if part.split(")")[0].endswith((".jpg", ".png"))]
    assert len(pictures) >= 3
    assert [name for name in pictures if not (folder / name).is_file()] == []


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


def test_the_preferences_reach_the_panel(window: MainWindow) -> None:
    window.controller.settings.put(declared.DEVICE, "cpu")
    window.controller.settings.put(declared.MEMORY_GB, 3.25)
    assert window.controller.parameters.value.device == "cpu"
    assert window.side.process.device.currentData() == "cpu"
    assert window.side.process.memory.value() == 3.25
