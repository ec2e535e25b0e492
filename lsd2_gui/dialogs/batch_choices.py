"""The upper part of the batch dialog: where the photos are, where the results go, and what is made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QGridLayout, QHBoxLayout, QPushButton, QWidget

from lsd2.methods.registry import processing_methods
from lsd2_gui import settings as declared
from lsd2_gui.batching import Batch
from lsd2_gui.dialogs.files import nearest_folder
from lsd2_gui.library_words import translated
from lsd2_gui.panels.elided import ElidedLabel
from lsd2_gui.panels.widgets import CalmComboBox, label
from lsd2_gui.save_choices import FORMATS
from lsd2_gui.settings import Settings
from lsd2_gui.text import tr


class BatchChoices(QWidget):
    """Shows and changes what a batch is to do; while a pair is being done, nothing can be changed.

    Signal: `saving_wanted` (how files are written is to be changed, for all that are saved).
    """

    saving_wanted = Signal()

    def __init__(self, batch: Batch, settings: Settings) -> None:
        super().__init__()
        self._batch, self._settings = batch, settings
        self._folder, self._output = (ElidedLabel(kind="name", mode=Qt.TextElideMode.ElideMiddle) for _ in range(2))
        self.choose_folder, self.choose_output = QPushButton(tr("Choose…")), QPushButton(tr("Choose…"))
        self._saving, self.change_saving = ElidedLabel(kind="faint"), QPushButton(tr("Change…"))
        self.recursive = QCheckBox(tr("Sub-folders, too"))
        self.method, self.format = CalmComboBox(), CalmComboBox()
        for info in processing_methods():
            self.method.addItem(translated(info.label), info.name)
        for name, words in FORMATS:
            self.format.addItem(tr(words), name)
        self._lay_out()
        self._connect()
        self.refresh()

    @property
    def saving_words(self) -> str:
        return self._saving.words

    def refresh(self) -> None:
        """Show what the batch is set to."""
        folder = self._batch.folder
        self._folder.show_words(str(folder or ""))
        self._output.show_words(str(self._batch.output) if folder else "")
        self.format.setCurrentIndex(self.format.findData(self._settings.get(declared.SAVE_FORMAT)))
        self._saving.show_words(
            self._batch.saving.in_words(), tr("How files are written: their names, colours and quality")
        )
        is_free = not self._batch.is_busy and not self._batch.is_going
        for widget in (self.choose_folder, self.recursive, self.method, self.format, self.change_saving):
            widget.setEnabled(is_free)
        self.choose_output.setEnabled(is_free and self._batch.folder is not None)

    def ask_folder(self) -> QFileDialog:
        """Let the user choose the folder of photos."""
        start = self._batch.folder or Path(self._settings.get(declared.LAST_FOLDER) or Path.home())
        return self._ask(tr("Choose a folder of photos"), start, self._batch.open_folder)

    def ask_output(self) -> QFileDialog:
        """Let the user choose the folder of results."""
        return self._ask(tr("Choose a folder for the results"), self._batch.output, self._batch.set_output)

    def _ask(self, title: str, start: Path, take: Callable[[Path], None]) -> QFileDialog:
        dialog = QFileDialog(self, title, str(nearest_folder(start)))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda name: take(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _connect(self) -> None:
        batch = self._batch
        batch.changed.connect(self.refresh)
        self.choose_folder.clicked.connect(self.ask_folder)
        self.choose_output.clicked.connect(self.ask_output)
        self.change_saving.clicked.connect(self.saving_wanted)
        self.recursive.toggled.connect(batch.set_recursive)
        self.method.activated.connect(lambda: batch.set_method(self.method.currentData()))
        self.format.activated.connect(lambda: batch.set_format(self.format.currentData()))

    def _lay_out(self) -> None:
        self.choose_folder.setAccessibleName(tr("Choose a folder of photos"))
        self.choose_output.setAccessibleName(tr("Choose a folder for the results"))
        self.method.setToolTip(tr("Its parameters are those of the window"))
        self.change_saving.setAccessibleName(tr("Change how files are written"))
        self.change_saving.setToolTip(tr("Names, colours and quality of all saved results, in the preferences"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        right: tuple[QWidget, ...] = (self.recursive, _row((tr("Method"), self.method), (tr("Format"), self.format)))
        rows = ((tr("Photos"), self._folder, self.choose_folder), (tr("Results"), self._output, self.choose_output))
        for number, ((words, path, button), more) in enumerate(zip(rows, right, strict=True)):
            grid.addWidget(label(words, "muted"), number, 0)
            grid.addWidget(path, number, 1)
            grid.addWidget(button, number, 2)
            grid.addWidget(more, number, 3)
        for column, part in enumerate((label(tr("Files"), "muted"), self._saving, self.change_saving)):
            grid.addWidget(part, len(rows), column)


def _row(*fields: tuple[str, QWidget]) -> QWidget:
    """Named fields beside each other."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for words, field in fields:
        caption = label(words, "muted")
        caption.setBuddy(field)
        field.setAccessibleName(words)
        row.addWidget(caption)
        row.addWidget(field)
    return made
