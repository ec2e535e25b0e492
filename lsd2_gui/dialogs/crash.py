"""The report of a fault in this program itself: said plainly, with a text to send to its makers."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from lsd2_gui.dialogs.about import version_details
from lsd2_gui.dialogs.parts import Sheet, copy, read_only
from lsd2_gui.panels.widgets import label
from lsd2_gui.text import tr


class CrashDialog(Sheet):
    """Shows a traceback; the program goes on behind it."""

    def __init__(self, details: str, log_file: Path, parent: QWidget | None = None) -> None:
        super().__init__(tr("Something went wrong"), parent)
        self.resize(640, 400)
        self.details = f"{version_details()}\n\n{details}"
        self.closing.setText(tr("Go on"))
        self.copying = self.add_button(tr("Copy details"))
        self.copying.clicked.connect(lambda: copy(self.details))
        self.column.addWidget(
            label(tr("The program made a mistake. Your photos are safe, and you can go on."), "name", wrap=True)
        )
        self.column.addWidget(label(tr("It is also written to {0}").format(log_file), "faint", wrap=True))
        self.column.addWidget(read_only(self.details, tr("Details")), 1)
