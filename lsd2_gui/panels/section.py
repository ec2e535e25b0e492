"""A part of the side panel under a heading, which folds it away."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from lsd2_gui import settings as declared
from lsd2_gui.panels.widgets import label
from lsd2_gui.settings import Settings
from lsd2_gui.text import tr
from lsd2_gui.theme import icon

_SIGN = 14
_KEYS = {Qt.Key.Key_Left: True, Qt.Key.Key_Right: False}
"""Whether the section is folded by them, as in a tree."""


class Section(QFrame):
    """`title` over what is put below it; it is there only as long as that is not hidden.

    Whether it is folded is remembered under `name`.  `hint`: a few words at the right of the heading.
    """

    def __init__(self, name: str, title: str, settings: Settings, hint: str = "") -> None:
        super().__init__()
        self.setObjectName("section")
        self._name, self._settings = name, settings
        self.head = _Head(title)
        self._hint = label(hint, "faint")
        self._inside = QWidget()
        self._within = QVBoxLayout(self._inside)
        self._lay_out()
        self.head.clicked.connect(lambda: self.fold(not self.is_folded))
        self.head.fold_wanted.connect(self.fold)
        self._show(folded=bool(settings.get(declared.FOLDED).get(name, False)))

    def put(self, body: QWidget) -> None:
        """Put the body in.  It comes last: style sheets are worked out anew for all that gets another parent."""
        self._within.addWidget(body)
        was_hidden = body.isHidden() and body.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
        self.setVisible(not was_hidden)
        body.installEventFilter(self)

    @property
    def is_folded(self) -> bool:
        return self._inside.isHidden()

    def fold(self, on: bool) -> None:
        """Fold the body away, or bring it back; remembered."""
        folded = self._settings.get(declared.FOLDED)
        self._settings.put(declared.FOLDED, {**folded, self._name: on})
        self._show(folded=on)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.HideToParent, QEvent.Type.ShowToParent):
            self.setVisible(event.type() == QEvent.Type.ShowToParent)
        return False

    def _show(self, *, folded: bool) -> None:
        self._inside.setVisible(not folded)
        self._hint.setVisible(not folded and bool(self._hint.text()))
        self.head.show_folded(folded)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.head, 1)
        head.addWidget(self._hint)
        self._within.setContentsMargins(0, 4, 0, 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._inside)


class _Head(QPushButton):
    """A click, Return or Space folds and unfolds; Left folds and Right unfolds.  Signal: `fold_wanted`."""

    fold_wanted = Signal(bool)

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.setProperty("kind", "section")
        self.setIconSize(QSize(_SIGN, _SIGN))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_folded(self, folded: bool) -> None:
        self.setIcon(icon("unfold" if folded else "fold", "muted"))
        self.setToolTip(tr("Show this section") if folded else tr("Fold this section away"))
        self.setAccessibleDescription(tr("folded") if folded else tr("unfolded"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _KEYS:
            self.fold_wanted.emit(_KEYS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)
