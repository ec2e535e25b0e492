"""The line at the bottom: what is going on, how far, how long, and a way to stop it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QWidget

from lsd2_gui import text
from lsd2_gui.controller import Controller
from lsd2_gui.eta import Reading
from lsd2_gui.panels.widgets import STATUS_HEIGHT, label, push_button, show_share
from lsd2_gui.text import tr

_TICK_MS = 250


class StatusLine(QFrame):
    """Follows the controller; the clock ticks only while a run is on."""

    def __init__(self, controller: Controller, actions: dict[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self._controller = controller
        self._message = label(kind="muted")
        self._folder = push_button(actions["show_in_folder"], kind="quiet")
        self._times, self._picture, self._pixel = label(kind="muted"), label(kind="faint"), label(kind="muted")
        self._pixel.setAccessibleName(tr("Pixel under the pointer"))
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(200, 6)
        self._bar.setAccessibleName(tr("Progress"))
        self._cancel: QPushButton = push_button(actions["cancel"], kind="quiet")
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._show_progress)
        self._lay_out()
        controller.changed.connect(self.refresh)
        controller.herald.said.connect(self.say)
        controller.herald.saved.connect(self.say_saved)
        self.refresh()

    @property
    def words(self) -> str:
        """Everything it says, as one text."""
        shown = (part for part in (self._message, self._times) if not part.isHidden())
        return "  ".join(part.text() for part in shown)

    def say(self, words: str) -> None:
        """Show a line until the next one."""
        self._message.setText(words)
        self._folder.hide()

    def say_saved(self, path: Path) -> None:
        """Say where a file went."""
        self.say(tr("Saved to {0}").format(path))
        self._folder.show()

    def show_pixel(self, pixel: tuple[int, int] | None) -> None:
        """The pixel under the pointer, counted from the upper left corner; None if there is none."""
        self._pixel.setText(f"{pixel[0]}, {pixel[1]}" if pixel else "")

    def show_picture(self, words: str) -> None:
        """The zoom and size of the picture, at the right."""
        self._picture.setText(words)

    def refresh(self) -> None:
        """Begin or stop to follow a run; say that photos are being opened."""
        busy = self._controller.runner.is_busy
        for part in (self._bar, self._times, self._cancel):
            part.setVisible(busy)
        if busy:
            self._folder.hide()
            self._tick.start()
            self._show_progress()
        else:
            self._tick.stop()
            opening = tr("Opening the photos…")
            if self._controller.opener.is_busy:
                self.say(opening)
            elif self._message.text() == opening:
                self.say("")

    def _show_progress(self) -> None:
        clock = self._controller.runner.clock
        if clock is None:
            return
        reading = clock.read()
        self._message.setText(tr("Cancelling…") if self._controller.runner.is_cancelling else stage_line(reading))
        self._times.setText(time_line(reading))
        show_share(self._bar, reading)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(12)
        for part in (self._message, self._folder, self._bar, self._times, self._cancel):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self._pixel)
        row.addWidget(self._picture)
        self.setFixedHeight(STATUS_HEIGHT)
        self._folder.hide()


def stage_line(reading: Reading) -> str:
    """`Fusing: 42 %`."""
    if reading.stage is None:
        return tr("Starting…")
    if reading.share is not None:
        return tr("{0}: {1}").format(text.stage(reading.stage), text.done(reading.share))
    return text.stage(reading.stage) + "…"


def time_line(reading: Reading) -> str:
    """Time spent, and what is left if it is known."""
    spent = text.clock(reading.elapsed)
    if reading.remaining is None:
        return spent
    return tr("{0}, about {1} left").format(spent, text.clock(reading.remaining))
