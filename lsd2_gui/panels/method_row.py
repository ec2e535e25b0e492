"""One method in the list: its tick, how far it is, its parameters, and a button that runs it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QProgressBar, QVBoxLayout

from lsd2.methods.base import Kind, MethodInfo
from lsd2_gui import text
from lsd2_gui.eta import Reading
from lsd2_gui.library_words import translated
from lsd2_gui.panels.elided import ElidedLabel
from lsd2_gui.panels.method_options import MethodOptions
from lsd2_gui.panels.widgets import icon_button, label, set_kind, show_share
from lsd2_gui.queue_entry import Run, RunState
from lsd2_gui.running import Runner
from lsd2_gui.session import Session
from lsd2_gui.text import tr

STEP = " · "
"""Between how far a run is and the time left; where there is no room for both, the time is told."""

_TICK = 29
"""From the edge of a row to the name behind the tick, logical pixels."""


class MethodRow(QFrame):
    """Follows the runner and the session.  Signal: `run` with the method's name."""

    run = Signal(str)

    def __init__(self, info: MethodInfo, runner: Runner, session: Session) -> None:
        super().__init__()
        self.setObjectName("method")
        self.info, self._runner, self._session = info, runner, session
        name = translated(info.label)
        self.tick = QCheckBox(name)
        self.tick.setToolTip(translated(info.summary))
        self._state = ElidedLabel(kind="faint")
        self._state.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.run_button = icon_button("run", tr("Run {0} on the whole photo").format(name))
        self.cancel_button = icon_button("cancel", tr("Cancel {0}").format(name))
        self.options_button = icon_button("options", tr("Settings of {0}").format(name))
        self.options_button.setCheckable(True)
        self.options = MethodOptions(info, runner.parameters, runner.shelf)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(3)
        self._bar.setAccessibleName(tr("Progress of {0}").format(name))
        self._lay_out()
        self._connect()
        self.refresh()

    @property
    def words(self) -> str:
        """What it says of its state."""
        return self._state.words

    def refresh(self) -> None:
        """Show how the method stands."""
        run = self._runner.of(self.info.name)
        self.tick.setChecked(self._runner.parameters.value.of(self.info.name).wanted)
        state = run.state if run else None
        is_on = state in (RunState.RUNNING, RunState.WAITING, RunState.CANCELLING)
        self.run_button.setVisible(not is_on)
        self.run_button.setEnabled(self._runner.can_run and self._can_run)
        self.tick.setEnabled(self._can_run)
        self.cancel_button.setVisible(is_on)
        self.cancel_button.setEnabled(state is not RunState.CANCELLING)
        self._bar.setVisible(state in (RunState.RUNNING, RunState.CANCELLING))
        self.options.refresh()
        self.tick_clock()

    @property
    def _can_run(self) -> bool:
        """A trained method needs its weights."""
        return not self.info.trained or bool(self._runner.shelf.of(self.info.name))

    def tick_clock(self) -> None:
        """Show how far a run is; called several times a second while one is on."""
        run = self._runner.of(self.info.name)
        reading = run.clock.read() if run is not None and run.clock is not None else None
        words = self._standing(run, reading)
        failure = run.failure if run is not None else None
        set_kind(self._state, "error" if failure else "faint")
        tip = text.sentence(failure.message) if failure else ""
        self._state.show_words(words, tip, short=words.rpartition(STEP)[2])
        if reading is not None:
            show_share(self._bar, reading)

    def show_noise(self, sigma: float | None) -> None:
        """The estimated noise level of the short photo; None while it is not known."""
        self.options.show_noise(sigma)

    def _standing(self, run: Run | None, reading: Reading | None) -> str:
        if not self._can_run:
            return tr("no network installed")
        if run is not None and run.state is RunState.FAILED:
            return tr("failed")
        if run is not None and run.state is RunState.WAITING:
            return tr("waiting")
        if run is not None and run.state is RunState.CANCELLING:
            return tr("cancelling…")
        if reading is not None:
            return _progress(reading)
        results = [fused for fused in self._session.results if fused.recipe.method == self.info.name]
        current = next((fused for fused in reversed(results) if not self._runner.is_stale(fused)), None)
        if current is not None:
            return tr("visible part done") if current.crop else tr("done")
        return tr("settings changed") if results else ""

    def _connect(self) -> None:
        name = self.info.name
        self.tick.toggled.connect(lambda on: self._runner.parameters.change_method(name, wanted=on))
        self.run_button.clicked.connect(partial(self.run.emit, name))
        self.cancel_button.clicked.connect(self._cancel)
        self.options_button.toggled.connect(self.options.setVisible)

    def _cancel(self) -> None:
        self._runner.cancel(self._runner.of(self.info.name))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(2)
        head.addWidget(self.tick)
        head.addWidget(self._state, 1)
        head.addSpacing(4)
        for button in (self.run_button, self.cancel_button, self.options_button):
            head.addWidget(button)
        if self.info.kind is Kind.REFERENCE or not self.options.has_any:
            self.options_button.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 3, 4, 3)
        column.setSpacing(4)
        column.addLayout(head)
        if self.info.caveat:
            column.addLayout(self._caveat())
        for part in (self._bar, self.options):
            column.addWidget(part)
            part.hide()

    def _caveat(self) -> QHBoxLayout:
        """Below the name: why this is no method like the others."""
        row = QHBoxLayout()
        row.setContentsMargins(_TICK, 0, 4, 4)
        row.addWidget(label(translated(self.info.caveat), "faint", wrap=True))
        return row


def _progress(reading: Reading) -> str:
    if reading.share is not None:
        words = text.done(reading.share)
        left = reading.remaining
        return words if left is None else words + STEP + tr("{0} left").format(text.clock(left))
    return text.stage(reading.stage) + "…" if reading.stage is not None else tr("Starting…")
