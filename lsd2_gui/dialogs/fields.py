"""The fields of the preferences: one kind of widget for each kind of `setting_fields.Field`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import singledispatch
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from lsd2.errors import Lsd2Error
from lsd2_gui.panels.widgets import CalmComboBox, CalmSpinBox, set_kind
from lsd2_gui.setting_fields import ChoiceField, Field, FileField, FlagField, NumberField, TextField
from lsd2_gui.text import sentence, tr


@dataclass(frozen=True)
class Editor:
    """A widget with the two functions that move a value into it and out of it."""

    widget: QWidget
    show: Callable[[Any], None]
    value: Callable[[], Any]


@singledispatch
def make_editor(field: Field) -> Editor:
    """The editor for a field."""
    raise TypeError(f"no widget for {type(field).__name__}")


@make_editor.register
def _(field: ChoiceField) -> Editor:
    box = CalmComboBox()
    for value, words in field.choices:
        box.addItem(tr(words), value)
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return Editor(box, lambda value: box.setCurrentIndex(box.findData(value)), box.currentData)


@make_editor.register
def _(field: NumberField) -> Editor:
    box = CalmSpinBox()
    box.setRange(field.low, field.high)
    box.setSingleStep(field.step)
    box.setSuffix(tr(field.unit) if field.unit else "")
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return Editor(box, box.setValue, box.value)


@make_editor.register
def _(field: FlagField) -> Editor:
    box = QCheckBox(tr(field.label))
    return Editor(box, box.setChecked, box.isChecked)


@make_editor.register
def _(field: TextField) -> Editor:
    line = QLineEdit()
    line.setPlaceholderText(tr(field.hint) if field.hint else "")
    return Editor(line, line.setText, lambda: line.text().strip())


@make_editor.register
def _(field: FileField) -> Editor:
    whole, line, button = QWidget(), QLineEdit(), QPushButton(tr("Choose…"))
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(line, 1)
    row.addWidget(button)
    whole.setFocusProxy(line)
    line.setAccessibleName(tr(field.label))
    line.setPlaceholderText(tr("None"))
    button.clicked.connect(lambda: _choose(whole, field, line.setText))
    return Editor(whole, line.setText, lambda: line.text().strip())


class ExampleLine(QLabel):
    """Below a line of text: what is made of it, or why it cannot be used."""

    def __init__(self, edit: QWidget, example: Callable[[str], str]) -> None:
        super().__init__()
        assert isinstance(edit, QLineEdit)
        self._example = example
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        edit.textChanged.connect(self.show_for)
        self.show_for(edit.text())

    def show_for(self, words: str) -> None:
        try:
            self.setText(self._example(words.strip()) if words.strip() else tr("A name is needed."))
            set_kind(self, "faint" if words.strip() else "error")
        except Lsd2Error as error:
            self.setText(sentence(str(error)))
            set_kind(self, "error")


def _choose(parent: QWidget, field: FileField, take: Callable[[str], None]) -> None:
    dialog = QFileDialog(parent, tr(field.label), str(Path.home()), f"{tr(field.pattern)};;{tr('All files (*)')}")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(take)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
