"""A named slider with its value beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from lsd2_gui.panels.widgets import CalmSlider, captioned, label
from lsd2_gui.text import tr

_VALUE_WIDTH = 44


class SliderRow(QWidget):
    """Signals: `moved` with the slider's new place; `reset` (a double click, or Backspace)."""

    moved = Signal(int)
    reset = Signal()

    def __init__(self, caption: str, low: int, high: int, tip: str) -> None:
        super().__init__()
        self.slider, self._value = CalmSlider(low, high), label(kind="muted")
        self.slider.setAccessibleName(caption)
        self.slider.setToolTip(f"{tip} {tr('Double click or Backspace puts it back.')}")
        self._value.setFixedWidth(_VALUE_WIDTH)
        self._value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.caption = label(caption, "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addLayout(captioned(self.caption, self.slider), 1)
        row.addWidget(self._value)
        self.slider.valueChanged.connect(self.moved)
        self.slider.reset.connect(self.reset)

    @property
    def words(self) -> str:
        """The value as it is written."""
        return self._value.text()

    def show_value(self, place: int, words: str) -> None:
        """Move the slider without a signal."""
        self.slider.blockSignals(True)
        self.slider.setValue(place)
        self.slider.blockSignals(False)
        self._value.setText(words)
