"""What several dialogs are made of."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from lsd2_gui.text import tr


class Sheet(QDialog):
    """A dialog beside the running window: content, and a row of buttons with the closing one at the right."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.column = QVBoxLayout()
        self.column.setSpacing(12)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.buttons.addStretch(1)
        self.closing = self.add_button(tr("Close"), primary=True)
        self.closing.clicked.connect(self.accept)
        self.closing.setDefault(True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 24, 24, 16)
        whole.setSpacing(16)
        whole.addLayout(self.column, 1)
        whole.addLayout(self.buttons)

    def add_button(self, words: str, *, primary: bool = False) -> QPushButton:
        """A button of the lower row; those that close the sheet are at the right, others at the left."""
        made = QPushButton(words)
        if primary:
            made.setProperty("kind", "primary")
            self.buttons.addWidget(made)
        else:
            self.buttons.insertWidget(0, made)
        made.setAutoDefault(primary)
        return made


def read_only(text: str, name: str) -> QPlainTextEdit:
    """Text to read and copy; `name` is for those who hear the window."""
    made = QPlainTextEdit(text)
    made.setReadOnly(True)
    made.setTabChangesFocus(True)
    made.setAccessibleName(name)
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return made


def copy(text: str) -> None:
    """Put text on the clipboard."""
    QGuiApplication.clipboard().setText(text)
