"""The zoom of the picture: shown, and typed."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolTip

from lsd2_gui import text
from lsd2_gui.text import mark, tr

_WIDTH = 62
_FIT = mark("fit")
_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}


class ZoomField(QLineEdit):
    """Per cent, or `fit`.

    Signals: `wanted` with a scale, 0 for the whole picture; `stepped` with 1 or -1 (the arrow keys); `left` when the
    keys should go back to the picture.
    """

    wanted = Signal(float)
    stepped = Signal(int)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown = ""
        self.setProperty("kind", "zoom")
        self.setAccessibleName(tr("Zoom"))
        self.setToolTip(tr("Zoom: type per cent, or 'fit'  (P)"))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFixedWidth(_WIDTH)
        self.returnPressed.connect(self._take)

    def show_scale(self, scale: float | None) -> None:
        """The zoom of the picture, None if there is none; what is being typed stays."""
        self._shown = "" if scale is None else text.percent(scale)
        self.setEnabled(scale is not None)
        if not (self.hasFocus() and self.isModified()):
            self._drop()

    def take_focus(self) -> None:
        """Begin to type."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def event(self, event: QEvent) -> bool:
        """While it is typed in, Escape is not the window's."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            event.setAccepted(event.key() == Qt.Key.Key_Escape)
            if event.isAccepted():
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self._drop()
            self.left.emit()
        elif key in _STEPS:
            self._drop()
            self.stepped.emit(_STEPS[key])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._drop()

    def _take(self) -> None:
        try:
            scale = parsed_scale(self.text())
        except ValueError:
            self.selectAll()  # to be typed anew
            below = self.mapToGlobal(self.rect().bottomLeft())
            QToolTip.showText(below, tr("Type per cent, such as 50, or 'fit'."), self)
            return
        self._drop()
        self.wanted.emit(scale)
        self.left.emit()

    def _drop(self) -> None:
        """Show the zoom again in place of what was typed."""
        self.setText(self._shown)
        if self.hasFocus():
            self.selectAll()


def parsed_scale(words: str) -> float:
    """The scale that was typed in per cent, with or without its sign; 0 for the whole picture.

    Raises ValueError for what is neither.
    """
    words = words.strip().lower()
    if words in (_FIT, tr(_FIT).lower()):
        return 0.0
    number = words.rstrip("%\N{NO-BREAK SPACE} ")
    value, is_number = QLocale().toDouble(number)
    if not is_number:
        value = float(number.replace(",", "."))
    if not math.isfinite(value) or value <= 0:
        raise ValueError(f"no zoom: {words}")
    return value / 100
