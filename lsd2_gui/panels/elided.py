"""A line of text that yields to narrow places: what does not fit is left out, and its tool tip has all of it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

_LEAST_WIDTH = 24


class ElidedLabel(QLabel):
    """`words` is the whole text; `text()` what there is room for."""

    def __init__(self, words: str = "", kind: str = "", mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> None:
        super().__init__()
        self.words, self._mode, self._tip, self._short = "", mode, "", ""
        self.setProperty("kind", kind)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.show_words(words)

    def show_words(self, words: str, tip: str = "", short: str = "") -> None:
        """Show another text; `tip` is its tool tip where all of it fits, `short` stands for it where it does not."""
        self.words, self._tip, self._short = words, tip, short
        self.setAccessibleName(f"{words}. {tip}" if words and tip else words)
        self.updateGeometry()
        self._elide()

    def sizeHint(self) -> QSize:
        return QSize(self._metrics().horizontalAdvance(self.words) + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(min(_LEAST_WIDTH, self.sizeHint().width()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._elide()

    def _elide(self) -> None:
        metrics, room = self._metrics(), self.width()
        fits = not self._short or metrics.horizontalAdvance(self.words) <= room
        shown = metrics.elidedText(self.words if fits else self._short, self._mode, room)
        if shown != self.text():
            self.setText(shown)
        self.setToolTip(self._tip or (self.words if shown != self.words else ""))

    def _metrics(self) -> QFontMetrics:
        self.ensurePolished()
        return QFontMetrics(self.font())
