"""The bar above the picture: which two pictures are compared, and the zoom."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout

from lsd2_gui import text
from lsd2_gui.layers import LayerBook
from lsd2_gui.panels.widgets import CalmComboBox, label, tool_button
from lsd2_gui.session import Session
from lsd2_gui.text import tr


class ViewBar(QFrame):
    """Changes the session's `before` and `after`, and shows the scale."""

    def __init__(self, session: Session, layers: LayerBook, actions: dict[str, QAction]) -> None:
        super().__init__()
        self.setObjectName("view-bar")
        self._session, self._layers = session, layers
        self.before, self.after = CalmComboBox(), CalmComboBox()
        self.before.setAccessibleName(tr("Picture at the left"))
        self.after.setAccessibleName(tr("Picture at the right"))
        self._scale = label(kind="muted")
        self._scale.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._scale.setFixedWidth(64)
        self._comparison = (label(tr("Compare"), "muted"), self.before, tool_button(actions["swap_views"]), self.after)
        self._lay_out(actions)
        for box in (self.before, self.after):
            box.activated.connect(self._choose)
        for signal in (session.view_changed, session.results_changed, session.pair_changed):
            signal.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the session's pictures and which two are chosen."""
        views = self._session.views()
        for box, chosen in ((self.before, self._session.before), (self.after, self._session.after)):
            box.clear()
            for key in views:
                box.addItem(self._layers.name(key), key)
            box.setCurrentIndex(views.index(chosen) if chosen in views else -1)
        for part in self._comparison:
            part.setVisible(len(views) > 1)

    def show_scale(self, scale: float | None) -> None:
        """The zoom of the picture; None if there is none."""
        self._scale.setText("" if scale is None else text.percent(scale))

    def _choose(self) -> None:
        views = self._session.views()
        self._session.compare(views[self.before.currentIndex()], views[self.after.currentIndex()])

    def _lay_out(self, actions: dict[str, QAction]) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 8, 0)
        row.setSpacing(8)
        for part in self._comparison:
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(tool_button(actions["zoom_out"]))
        row.addWidget(self._scale)
        for name in ("zoom_in", "fit", "actual_size"):
            row.addWidget(tool_button(actions[name]))
        for box in (self.before, self.after):
            box.setMinimumWidth(120)
            box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedHeight(48)
