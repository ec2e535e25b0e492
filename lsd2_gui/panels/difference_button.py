"""The kind and the gain of the difference, in one button with a menu: the bar has little room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton

from lsd2_gui import text
from lsd2_gui.canvas.commands import Commands
from lsd2_gui.canvas.look import GAINS, Difference
from lsd2_gui.text import tr


class DifferenceButton(QToolButton):
    """Shows the gain, and in its menu both choices; the picture's label says the kind."""

    def __init__(self, canvas: Commands) -> None:
        super().__init__()
        self._canvas = canvas
        self.setToolTip(tr("Kind and gain of the difference"))
        self.setAccessibleName(tr("Kind and gain of the difference"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        self.kinds = _group(menu, {kind: text.difference(kind) for kind in Difference})
        menu.addSeparator()
        self.gains = _group(menu, {gain: _times(gain) for gain in GAINS})
        self.setMenu(menu)
        self.kinds.triggered.connect(lambda action: canvas.set_difference(Difference(action.data())))
        self.gains.triggered.connect(lambda action: canvas.set_gain(action.data()))
        self._keep_width()

    def refresh(self) -> None:
        """Show the canvas's choices."""
        look = self._canvas.look
        self.setText(_times(look.gain))
        for group, chosen in ((self.kinds, look.difference), (self.gains, look.gain)):
            _action(group, chosen).setChecked(True)

    def _keep_width(self) -> None:
        """Wide enough for every gain, so that nothing moves when it is changed."""
        self.ensurePolished()
        widths = []
        for gain in GAINS:
            self.setText(_times(gain))
            widths.append(self.sizeHint().width())
        self.setFixedWidth(max(widths))


def _times(gain: int) -> str:
    return f"\N{MULTIPLICATION SIGN} {gain}"


def _group(menu: QMenu, choices: dict[Difference, str] | dict[int, str]) -> QActionGroup:
    group = QActionGroup(menu)
    for value, words in choices.items():
        action = menu.addAction(words[:1].upper() + words[1:])
        action.setData(value)
        action.setCheckable(True)
        group.addAction(action)
    return group


def _action(group: QActionGroup, value: object) -> QAction:
    return next(action for action in group.actions() if action.data() == value)
