"""The lower part of the batch dialog: how far it is, and the buttons that drive it."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from lsd2.batch.model import PairState
from lsd2_gui import text
from lsd2_gui.batching import Batch
from lsd2_gui.panels.widgets import ICON_GAP, label, set_kind
from lsd2_gui.text import tr
from lsd2_gui.theme import icon


class BatchFoot(QWidget):
    """Progress, a problem that concerns all pairs, and start, pause, cancel, retry."""

    def __init__(self, batch: Batch) -> None:
        super().__init__()
        self._batch = batch
        self.words, self.problem = label(kind="muted"), label(kind="name", wrap=True)
        self.problem.setObjectName("warning")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.start = _button("fuse", tr("Start"))
        self.pause = _button("pause", tr("Pause"), tr("Finishes the running pair, and begins no other"))
        self.cancel = _button(
            "cancel", tr("Cancel"), tr("Stops at once; what is done stays, and Start goes on from there")
        )
        self.retry = _button("retry", tr("Retry failed"))
        self.show_folder = _button("show-folder", tr("Show results"))
        self._lay_out()
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Show how far the batch is, and enable what can be done."""
        batch = self._batch
        counts = batch.queue.counts()
        total = counts.total() - counts[PairState.LEFT_OUT]
        self.bar.setMaximum(max(total, 1))
        self.bar.setValue(counts[PairState.DONE] + counts[PairState.FAILED])
        self.words.setText(_progress_words(batch))
        self.problem.setText(text.sentence(batch.problem) if batch.problem else "")
        self.problem.setVisible(bool(batch.problem))
        self.start.setText(
            ICON_GAP + (tr("Go on") if counts[PairState.DONE] and counts[PairState.WAITING] else tr("Start"))
        )
        self.start.setEnabled(batch.can_start)
        all_done = counts[PairState.DONE] > 0 and not counts[PairState.WAITING] and not batch.is_busy
        self.pause.setEnabled(batch.is_going)
        self.cancel.setEnabled(batch.is_busy or batch.is_searching)
        self.retry.setEnabled(batch.can_retry)
        self.show_folder.setEnabled(counts[PairState.DONE] > 0)
        _dress(self.show_folder, "show-folder", is_next=all_done)
        _dress(self.start, "fuse", is_next=not all_done)

    def _open_output(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._batch.output)))

    def _connect(self) -> None:
        batch = self._batch
        batch.changed.connect(self.refresh)
        batch.stepped.connect(self.refresh)
        self.start.clicked.connect(batch.start)
        self.pause.clicked.connect(batch.pause)
        self.cancel.clicked.connect(batch.cancel)
        self.retry.clicked.connect(batch.retry_failed)
        self.show_folder.clicked.connect(self._open_output)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.show_folder, self.retry):
            row.addWidget(button)
        row.addStretch(1)
        for button in (self.cancel, self.pause, self.start):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.problem, self.words, self.bar):
            column.addWidget(widget)
        column.addLayout(row)


def _progress_words(batch: Batch) -> str:
    """Such as "12 of 40 pairs done, 1 failed, about 8 min left"."""
    counts = batch.queue.counts()
    total = counts.total() - counts[PairState.LEFT_OUT]
    if batch.is_searching:
        step = batch.step
        return tr("Reading {0} of {1} files").format(step.done, step.total) if step else ""
    if not counts.total():
        return ""
    parts = [tr("{0} of {1} pairs done").format(counts[PairState.DONE], total)]
    if counts[PairState.FAILED]:
        parts.append(tr("{0} failed").format(counts[PairState.FAILED]))
    left = batch.queue.seconds_left()
    if batch.is_going and left is not None:
        parts.append(tr("about {0} left").format(text.duration(left)))
    elif batch.is_busy and not batch.is_going:
        parts.append(tr("stops after this pair"))
    return ", ".join(parts)


def _dress(button: QPushButton, picture: str, *, is_next: bool) -> None:
    """Make the next step stand out."""
    set_kind(button, "primary" if is_next else "")
    button.setIcon(icon(picture, "on-accent" if is_next and button.isEnabled() else "text"))


def _button(picture: str, words: str, tip: str = "") -> QPushButton:
    made = QPushButton(icon(picture), ICON_GAP + words)
    made.setAccessibleName(words)
    made.setToolTip(tip)
    made.setAutoDefault(False)
    return made
