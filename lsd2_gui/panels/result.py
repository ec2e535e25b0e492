"""What is known about the result on the screen, in plain words."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from lsd2_gui import text
from lsd2_gui.panels.widgets import label
from lsd2_gui.pictures import Fused
from lsd2_gui.session import Session
from lsd2_gui.text import tr


class ResultPanel(QWidget):
    """Hidden until there is a result."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._headline = label(kind="name", wrap=True)
        self._facts = label(kind="muted", wrap=True)
        self._saved = label(kind="muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(tr("Result"), "heading"))
        for part in (self._headline, self._facts, self._saved):
            column.addWidget(part)
        session.results_changed.connect(self.refresh)
        session.view_changed.connect(self.refresh)
        self.refresh()

    @property
    def words(self) -> str:
        """Everything it says, as one text."""
        return "\n".join(part.text() for part in (self._headline, self._facts, self._saved))

    def refresh(self) -> None:
        """Describe the session's shown result."""
        fused = self._session.shown_result
        self.setVisible(fused is not None)
        if fused is None:
            return
        self._headline.setText(_headline(fused))
        self._facts.setText("\n".join(_facts(fused)))
        saved = fused.saved_to
        self._saved.setText(tr("Saved as {0}").format(saved.name) if saved else tr("Not saved yet"))


def _headline(fused: Fused) -> str:
    reply = fused.reply
    return tr("{0} in {1} on {2}").format(reply.label, text.duration(reply.seconds), text.device(reply.device))


def _facts(fused: Fused) -> list[str]:
    reply = fused.reply
    lines = [text.alignment(reply.alignment)]
    if reply.model is not None:
        lines.append(tr("Network: {0} ({1})").format(reply.model.name, reply.model.sha256[:8]))
    noise = text.noise_level(reply.parameters)
    if noise:
        lines.append(noise)
    return lines + [text.sentence(note) for note in reply.notes]
