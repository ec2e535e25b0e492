"""The preferences: what they show and what they change."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from lsd2_gui import settings as declared
from lsd2_gui.dialogs.fields import ExampleLine, make_editor
from lsd2_gui.dialogs.preferences import PreferencesDialog
from lsd2_gui.main_window import MainWindow
from lsd2_gui.setting_fields import ChoiceField, FileField, FlagField, NumberField, Page, TextField
from lsd2_gui.setting_kinds import Setting
from lsd2_gui.settings import Settings

SHOWN = [setting for setting in declared.ALL if setting.field is not None]
KINDS = QDialogButtonBox.StandardButton


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


def test_the_preferences_reach_the_panel(window: MainWindow) -> None:
    window.controller.settings.put(declared.DEVICE, "cpu")
    window.controller.settings.put(declared.MEMORY_GB, 3.25)
    assert window.controller.parameters.value.device == "cpu"
    assert window.side.process.device.currentData() == "cpu"
    assert window.side.process.memory.value() == 3.25
