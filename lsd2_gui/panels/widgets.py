"""Small parts that several panels are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSlider,
    QToolButton,
    QWidget,
)

from lsd2_gui.theme import icon

if TYPE_CHECKING:
    from lsd2_gui.eta import Reading

SIDE_WIDTH, STATUS_HEIGHT = 344, 36
"""Of the panel at the right and the line at the bottom, logical pixels."""


class CalmComboBox(QComboBox):
    """A choice that the wheel scrolls past and never changes."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class CalmSpinBox(QDoubleSpinBox):
    """A number without needless zeros that the wheel scrolls past and never changes."""

    def __init__(self) -> None:
        super().__init__()
        self.lineEdit().setTextMargins(6, 0, 0, 0)  # style sheets do not reach this margin

    def textFromValue(self, value: float) -> str:
        return self.locale().toString(value, "g", 6)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class CalmSlider(QSlider):
    """A level slider that the wheel scrolls past and a double click or Backspace resets.  Signal: `reset`."""

    reset = Signal()

    def __init__(self, low: int, high: int, step: int = 1) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setRange(low, high)
        self.setSingleStep(step)
        self.setPageStep(10 * step)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.reset.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace:
            self.reset.emit()
        else:
            super().keyPressEvent(event)


ICON_GAP = "\N{EN SPACE}"
"""Before a button's words: style sheets cannot set a button's icon apart from them."""


def label(text: str = "", kind: str = "", *, wrap: bool = False) -> QLabel:
    """A label; `kind` names its looks in the style sheet."""
    made = QLabel(text)
    made.setProperty("kind", kind)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    return made


def align_captions(*captions: QLabel) -> None:
    """Give captions the width of the widest, so that the fields beside them begin below each other."""
    widest = max(caption.sizeHint().width() for caption in captions)
    for caption in captions:
        caption.setMinimumWidth(widest)


def captioned(caption: QLabel, field: QWidget) -> QHBoxLayout:
    """A caption and its field."""
    caption.setBuddy(field)
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(caption)
    row.addWidget(field, 1)
    return row


def tool_button(action: QAction, size: int = 20) -> QToolButton:
    """A flat button with the action's icon; reached by Tab, but a click leaves the keys with the picture."""
    made = QToolButton()
    made.setDefaultAction(action)
    made.setIconSize(QSize(size, size))
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setAccessibleName(plain_text(action))
    return made


def icon_button(name: str, words: str, size: int = 18, colour: str = "muted") -> QToolButton:
    """A flat button that is no action of the window: an icon, and words for its tip and for screen readers."""
    made = QToolButton()
    made.setIcon(icon(name, colour))
    made.setIconSize(QSize(size, size))
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setToolTip(words)
    made.setAccessibleName(words)
    return made


def plain_text(action: QAction) -> str:
    """An action's words without the signs that menus need."""
    return action.text().replace("&", "").rstrip("…")


def push_button(action: QAction, text: str = "", kind: str = "") -> QPushButton:
    """A button that triggers an action and is enabled with it; `text` in place of the action's own."""
    made = QPushButton(action.icon(), ICON_GAP + (text or plain_text(action)))
    made.setProperty("kind", kind)
    made.setToolTip(action.toolTip())
    made.setAccessibleName(text or plain_text(action))
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setEnabled(action.isEnabled())
    made.clicked.connect(action.trigger)
    action.enabledChanged.connect(made.setEnabled)
    return made


def show_share(bar: QProgressBar, reading: Reading) -> None:
    """Show how far a run is; a bar that only says that something goes on while that is not known."""
    is_known = reading.share is not None
    bar.setRange(0, reading.total if is_known else 0)
    bar.setValue(reading.done if is_known else 0)


def set_kind(widget: QWidget, kind: str) -> None:
    """Give a widget other looks of the style sheet."""
    if widget.property("kind") != kind:
        widget.setProperty("kind", kind)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
