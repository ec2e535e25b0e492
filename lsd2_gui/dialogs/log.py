"""The log, for those who are asked for it: read here, copied with one button."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QTextCursor
from PySide6.QtWidgets import QWidget

from lsd2_gui.dialogs.about import version_details
from lsd2_gui.dialogs.parts import Sheet, copy, read_only
from lsd2_gui.panels.widgets import label
from lsd2_gui.text import tr

TAIL_BYTES = 200_000
"""As much of the end of the file is shown."""
_LOOK_EVERY_MS = 1000


class LogDialog(Sheet):
    """Follows the log file while it is open."""

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(tr("Log"), parent)
        self.resize(820, 520)
        self._path = path
        self.column.addWidget(label(str(path), "faint", wrap=True))
        self.text = read_only("", tr("Log"))
        self.column.addWidget(self.text, 1)
        self.add_button(tr("Show in folder")).clicked.connect(self._show_folder)
        self.copying = self.add_button(tr("Copy details"))
        self.copying.setToolTip(tr("Version, system and the log, for a report"))
        self.copying.clicked.connect(lambda: copy(self.details()))
        self._look = QTimer(self)
        self._look.timeout.connect(self.refresh)
        self._look.start(_LOOK_EVERY_MS)
        self.refresh()

    def details(self) -> str:
        """What a report needs."""
        return f"{version_details()}\n\n{self.text.toPlainText()}"

    def refresh(self) -> None:
        """Show the end of the file, if it has grown."""
        words = tail(self._path)
        if words != self.text.toPlainText():
            self.text.setPlainText(words)
            self.text.moveCursor(QTextCursor.MoveOperation.End)

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path.parent)))


def tail(path: Path, size: int = TAIL_BYTES) -> str:
    """The last whole lines of a file, `size` bytes at most; says why if it cannot be read."""
    try:
        with path.open("rb") as file:
            length = file.seek(0, 2)
            file.seek(max(0, length - size))
            data = file.read()
    except OSError as error:
        return tr("The log cannot be read: {0}").format(error.strerror or str(error))
    if length > size:
        data = data[data.find(b"\n") + 1 :]
    return data.decode("utf-8", "replace").rstrip("\n")
