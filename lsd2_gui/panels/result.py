"""What is known about the result on the screen, in plain words, and how much of it is shown."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from lsd2.methods.registry import method_info
from lsd2_gui import text
from lsd2_gui.controller import Controller
from lsd2_gui.library_words import translated
from lsd2_gui.panels.widgets import CalmSlider, label, push_button
from lsd2_gui.pictures import Fused
from lsd2_gui.text import tr


class ResultPanel(QWidget):
    """The strength, the headline and the facts of the shown result."""

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
        self._headline = label(kind="muted", wrap=True)
        self._facts = label(kind="faint", wrap=True)
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
        return "\n".join(part.text() for part in (self._headline, self._facts))

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
        self._headline.setText(_headline(fused))
        self._facts.setText("\n".join(_facts(fused)))
        self.trace_button.setVisible(fused.reply.share is not None)

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
        column.addWidget(self._headline)
        column.addWidget(self._facts)
        column.addWidget(self.trace_button, 0, Qt.AlignmentFlag.AlignLeft)


def _headline(fused: Fused) -> str:
    reply = fused.reply
    return tr("{0} in {1} on {2}").format(
        translated(reply.label), text.duration(reply.seconds), text.device(reply.device)
    )


def _facts(fused: Fused) -> list[str]:
    reply = fused.reply
    info = method_info(reply.method)
    caveat = translated(info.caveat) if info.caveat else ""
    effort = text.effort_words(reply.parameters) if info.has_efforts else ""
    lines = [line for line in (caveat, effort, text.alignment(reply.alignment)) if line]
    if reply.model is not None:
        lines.append(tr("Network: {0} ({1})").format(reply.model.name, reply.model.sha256[:8]))
    noise = text.noise_level(reply.parameters)
    if noise:
        lines.append(noise)
    if reply.share is not None:
        lines.append(tr("From the short photo: {0} of the picture").format(text.share(reply.share.mean)))
    return lines + [text.sentence(note) for note in reply.notes]
