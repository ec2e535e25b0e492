"""The report of a fault in this program itself: said plainly, with a text to send to its makers."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from lsd2_gui.panels.widgets import label
from lsd2_gui.text import tr


class CrashDialog(QDialog):
    """Shows a traceback; the program goes on behind it."""

    def __init__(self, details: str, log_file: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Something went wrong"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(640, 400)
        self.details = details
        text = QPlainTextEdit(details)
        text.setReadOnly(True)
        text.setAccessibleName(tr("Details"))
        copy, close = QPushButton(tr("Copy details")), QPushButton(tr("Go on"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.details))
        close.clicked.connect(self.accept)
        close.setProperty("kind", "primary")
        close.setDefault(True)
        row = QHBoxLayout()
        row.addWidget(copy)
        row.addStretch(1)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(
            label(tr("The program made a mistake. Your photos are safe, and you can go on."), "name", wrap=True)
        )
        column.addWidget(label(tr("It is also written to {0}").format(log_file), "faint", wrap=True))
        column.addWidget(text, 1)
        column.addLayout(row)
