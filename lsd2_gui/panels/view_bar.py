"""The bar above the picture: the arrangement, which pictures are compared, aids, and the zoom."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QStyleOptionComboBox, QToolButton, QWidget

from lsd2_gui.canvas.commands import Commands
from lsd2_gui.canvas.look import Mode
from lsd2_gui.layers import LayerBook
from lsd2_gui.panels.difference_button import DifferenceButton
from lsd2_gui.panels.widgets import CalmComboBox, icon_button, tool_button
from lsd2_gui.panels.zoom_field import ZoomField
from lsd2_gui.session import Session
from lsd2_gui.text import tr
from lsd2_gui.viewer import Viewer

MODES = ("split", "side_by_side", "grid", "difference")
LIST_WIDTH = (84, 280)
"""Least and greatest width of a list, logical pixels."""
NARROW = 1000
"""A bar below this width, logical pixels, gives the room of the buttons that zoom by steps to names of pictures."""
LIST_MARGIN = 32
LISTS_FIRST = 100
"""Share of free room: the lists grow to their greatest widths before a gap opens."""
AIDS = ("loupe", "clipped_highlights", "histogram")


class ViewBar(QFrame):
    """Changes the session's `before` and `after` and the canvas's look, and shows the scale."""

    def __init__(
        self, session: Session, layers: LayerBook, viewer: Viewer, canvas: Commands, actions: dict[str, QAction]
    ) -> None:
        super().__init__()
        self.setObjectName("view-bar")
        self._session, self._layers, self._viewer, self._canvas = session, layers, viewer, canvas
        self.before = _choice(tr("Picture at the left"))
        self.after = _choice(tr("Picture at the right"))
        self.difference = DifferenceButton(canvas)
        self.members = _menu_button(tr("Pictures"), tr("Which pictures the grid shows"))
        self.zoom = ZoomField()
        self._modes = tuple(tool_button(actions[name]) for name in MODES)
        self._swap, self._turn = tool_button(actions["swap_views"]), tool_button(actions["turn"])
        self._steps = tool_button(actions["zoom_out"]), tool_button(actions["zoom_in"])
        self.peek = icon_button("peek", tr("Hold to see the left picture everywhere  (Space)"), 20, "text")
        self._lay_out(actions)
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Show the session's pictures, which are compared, and what the arrangement needs."""
        views = self._session.views()
        for box, chosen in ((self.before, self._session.before), (self.after, self._session.after)):
            box.clear()
            for key in views:
                box.addItem(self._layers.name(key), key)
            box.setCurrentIndex(views.index(chosen) if chosen in views else -1)
            box.setToolTip(": ".join(words for words in (box.accessibleName(), box.currentText()) if words))
            box.view().setMinimumWidth(box.view().sizeHintForColumn(0) + LIST_MARGIN)
        self.difference.refresh()
        self._show_parts()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_parts()

    def _show_parts(self) -> None:
        """What the arrangement needs; what it does not need goes first, for both may not fit side by side."""
        several, mode = len(self._session.views()) > 1, self._canvas.look.mode
        wanted: dict[QWidget, bool] = {
            **dict.fromkeys((*self._modes, self.before, self._swap, self.after, self.peek), several),
            **dict.fromkeys(self._steps, not several or self.width() >= NARROW),
            self._turn: several and mode in (Mode.SPLIT, Mode.SIDE),
            self.members: several and mode is Mode.GRID,
            self.difference: several and mode is Mode.DIFFERENCE,
        }
        for part, is_wanted in sorted(wanted.items(), key=lambda item: item[1]):
            part.setVisible(is_wanted)

    def show_scale(self, scale: float | None) -> None:
        """The zoom of the picture; None if there is none."""
        self.zoom.show_scale(scale)

    def _choose(self) -> None:
        views = self._session.views()
        self._session.compare(views[self.before.currentIndex()], views[self.after.currentIndex()])

    def _list_members(self) -> None:
        """Fill the menu of the grid's pictures as it opens."""
        menu, shown = self.members.menu(), self._viewer.in_grid()
        menu.clear()
        for key in self._session.views():
            action = menu.addAction(self._layers.name(key))
            action.setCheckable(True)
            action.setChecked(key in shown)
            action.setEnabled(key not in (self._session.before, self._session.after))
            action.toggled.connect(lambda on, key=key: self._viewer.set_in_grid(key, on))

    def _connect(self) -> None:
        for box in (self.before, self.after):
            box.activated.connect(self._choose)
        self.members.menu().aboutToShow.connect(self._list_members)
        for signal in (self._session.view_changed, self._session.results_changed, self._session.pair_changed):
            signal.connect(self.refresh)
        self._canvas.look_changed.connect(self.refresh)
        self.zoom.wanted.connect(self._canvas.zoom_to)
        self.zoom.stepped.connect(lambda steps: self._canvas.zoom_in() if steps > 0 else self._canvas.zoom_out())
        self.zoom.left.connect(lambda: self._canvas.setFocus(Qt.FocusReason.OtherFocusReason))
        self.peek.pressed.connect(lambda: self._canvas.set_peeking(True))
        self.peek.released.connect(lambda: self._canvas.set_peeking(False))

    def _lay_out(self, actions: dict[str, QAction]) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 6, 0)
        row.setSpacing(2)
        for mode in self._modes:
            row.addWidget(mode)
        row.addSpacing(4)
        compared: tuple[QWidget, ...] = (self.before, self._swap, self.after, self.peek, self._turn)
        for part in (*compared, self.members, self.difference):
            row.addWidget(part, LISTS_FIRST if isinstance(part, CalmComboBox) else 0)
        row.addStretch(1)
        for name in AIDS:
            row.addWidget(tool_button(actions[name]))
        row.addSpacing(4)
        for part in (self._steps[0], self.zoom, self._steps[1]):
            row.addWidget(part)
        for name in ("fit", "actual_size"):
            row.addWidget(tool_button(actions[name]))
        self.setFixedHeight(48)


class ShortList(CalmComboBox):
    """A list in a narrow place: of words that do not fit, which often end alike, the middle is left out."""

    ARROW = 28
    """Room beside the words, as in the style sheet: border, padding and arrow, logical pixels."""

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        super().initStyleOption(option)
        room = max(0, self.width() - self.ARROW)
        option.currentText = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideMiddle, room)


def _choice(name: str) -> ShortList:
    """A list whose width does not follow its words: the bar has little room, and parts that jump are hard to hit."""
    made = ShortList()
    made.setAccessibleName(name)
    made.setMinimumWidth(LIST_WIDTH[0])
    made.setMaximumWidth(LIST_WIDTH[1])
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setSizeAdjustPolicy(CalmComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return made


def _menu_button(words: str, tip: str) -> QToolButton:
    made = QToolButton()
    made.setText(words)
    made.setToolTip(tip)
    made.setAccessibleName(tip)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    made.setMenu(QMenu(made))
    return made
