"""The table of the batch dialog, as a user reads it, and its buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from lsd2_gui.dialogs.batch import BatchDialog
from lsd2_gui.dialogs.batch_table import STATE

Role = Qt.ItemDataRole


def cell(dialog: BatchDialog, row: int, column: int, role: int = Role.DisplayRole) -> object:
    return dialog.model.data(dialog.model.index(row, column), role)


def states(dialog: BatchDialog) -> list[object]:
    return [cell(dialog, row, STATE) for row in range(dialog.model.rowCount())]


def click(button: QAbstractButton) -> None:
    assert button.isEnabled()
    button.click()
