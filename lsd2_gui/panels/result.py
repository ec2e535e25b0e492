"""What is known about the result on the screen, in plain words, and how much of it is shown."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from lsd2.methods.registry import method_info
from lsd2_gui import text
from lsd2_gui.controller import Controller
from lsd2_gui.library_words import translated
from lsd2_gui.panels.widgets import CalmSlider, label, push_button
from lsd2_gui.pictures import Fused
from lsd2_gui.text import tr


class ResultPanel(QWidget):
    """The strength and the facts of the shown result."""

    def __init__(self, controller: Controller, where_from: QAction) -> None:
        super().__init__()
        self._controller = controller
        self.trace_button = push_button(where_from, kind="quiet")
        self.strength = CalmSlider(0, 100)
        self.strength.setAccessibleName(tr("Strength"))
        self.strength.setToolTip(
            tr(
                "How much of the result is shown and saved; the rest is the short photo in the long one's brightness. "
                "Nothing is run again. Double click for all of it."
            )
        )
        self._share = label(kind="muted")
        self._share.setFixedWidth(44)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(5)
        self._lines: list[QLabel] = []
        self._lay_out()
        self.strength.valueChanged.connect(self._store_strength)
        self.strength.sliderPressed.connect(controller.blender.begin_drag)
        self.strength.sliderReleased.connect(controller.blender.end_drag)
        controller.blender.strength_chosen.connect(self.refresh)
        self.strength.reset.connect(lambda: self.strength.setValue(100))
        self.refresh()

    @property
    def words(self) -> str:
        """Everything it says, as one text."""
        return "\n".join(line.text() for line in self._lines)

    def refresh(self) -> None:
        """Describe the session's shown result."""
        fused = self._controller.session.shown_result
        self.setVisible(fused is not None)
        if fused is None:
            return
        share = round(fused.strength * 100)
        self.strength.blockSignals(True)
        self.strength.setValue(share)
        self.strength.blockSignals(False)
        self._share.setText(text.percent(fused.strength))
        self._show_facts(_facts(fused))
        model = fused.reply.model
        self._lines[-1].setToolTip(tr("Its SHA-256 begins with {0}").format(model.sha256[:8]) if model else "")
        self.trace_button.setVisible(fused.reply.share is not None)

    def _show_facts(self, facts: list[str]) -> None:
        while len(self._lines) > len(facts):
            old = self._lines.pop()
            self._facts.removeWidget(old)
            old.hide()
            old.deleteLater()
        while len(self._lines) < len(facts):
            self._lines.append(label(kind="faint", wrap=True))
            self._facts.addWidget(self._lines[-1])
        for line, words in zip(self._lines, facts, strict=True):
            line.setText(words)
            line.setToolTip("")

    def _store_strength(self, value: int) -> None:
        fused = self._controller.session.shown_result
        if fused is not None:
            self._share.setText(text.percent(value / 100))
            self._controller.blender.set_strength(fused, value / 100)

    def _lay_out(self) -> None:
        caption = label(tr("Strength"), "muted")
        caption.setBuddy(self.strength)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(caption)
        row.addWidget(self.strength, 1)
        row.addWidget(self._share)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addLayout(self._facts)
        column.addWidget(self.trace_button, 0, Qt.AlignmentFlag.AlignLeft)


def _facts(fused: Fused) -> list[str]:
    """What is to be known before the result is trusted comes first, what it was made with last."""
    reply, info = fused.reply, method_info(fused.reply.method)
    return [
        line
        for line in (
            translated(info.caveat) if info.caveat else "",
            text.effort_words(reply.parameters) if info.has_efforts else "",
            *(text.sentence(note) for note in reply.notes),
            text.alignment(reply.alignment),
            tr("From the short photo: {0} of the picture").format(text.share(reply.share.mean)) if reply.share else "",
            text.noise_level(reply.parameters),
            _means(fused),
        )
        if line
    ]


def _means(fused: Fused) -> str:
    where = text.device(fused.reply.device)
    model = fused.reply.model
    return tr("Network {0}, on {1}").format(model.name, where) if model else tr("Made on {0}").format(where)
