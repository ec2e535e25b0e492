"""The panel at the right: the pair, the method, the result, and at its foot what to do next."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from lsd2_gui.controller import Controller
from lsd2_gui.panels.pair import PairPanel
from lsd2_gui.panels.process import ProcessPanel
from lsd2_gui.panels.result import ResultPanel
from lsd2_gui.panels.widgets import ICON_GAP, label, push_button, set_kind
from lsd2_gui.pictures import Role
from lsd2_gui.text import tr
from lsd2_gui.theme import icon

WIDTH = 344


class SidePanel(QFrame):
    """Shows the controller's state; its buttons trigger actions."""

    def __init__(self, controller: Controller, actions: dict[str, QAction]) -> None:
        super().__init__()
        self.setObjectName("side")
        self.setFixedWidth(WIDTH)
        self._controller, self._actions = controller, actions
        self._dressed: dict[QPushButton, tuple[str, str]] = {}
        self.pair = PairPanel(controller.session, controller.background, actions["swap_roles"])
        self.process = ProcessPanel(controller.settings)
        self.result = ResultPanel(controller.session)
        self.run_button = self._make_run_button()
        self.save_button = push_button(actions["save"], tr("Save…"))
        self._next = label(kind="muted", wrap=True)
        self._next.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lay_out()
        controller.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Make the next step the one that stands out."""
        runner, session = self._controller.runner, self._controller.session
        self._next.setText(next_step(self._controller))
        self.process.setEnabled(not runner.is_busy)
        if runner.is_busy:
            self._show_run(tr("Cancelling…") if runner.is_cancelling else tr("Cancel"), "cancel", "plain")
            self.run_button.setEnabled(not runner.is_cancelling)
        else:
            done = bool(session.results)
            self._show_run(tr("Fuse again") if done else tr("Fuse"), "fuse", "plain" if done else "primary")
            self.run_button.setEnabled(session.has_pair)
        fused = session.shown_result
        waits_for_saving = fused is not None and fused.saved_to is None and not runner.is_busy
        self._dress(self.save_button, "save", "primary" if waits_for_saving else "plain")
        self.save_button.setVisible(fused is not None)

    def _make_run_button(self) -> QPushButton:
        made = QPushButton()
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(self._run_or_cancel)
        return made

    def _run_or_cancel(self) -> None:
        self._actions["cancel" if self._controller.runner.is_busy else "fuse"].trigger()

    def _show_run(self, text: str, sign: str, kind: str) -> None:
        self.run_button.setText(ICON_GAP + text)
        self.run_button.setAccessibleName(text)
        self.run_button.setToolTip(self._actions[sign].toolTip())
        self._dress(self.run_button, sign, kind)

    def _dress(self, button: QPushButton, sign: str, kind: str) -> None:
        if self._dressed.get(button) == (sign, kind):
            return
        self._dressed[button] = (sign, kind)
        set_kind(button, kind)
        button.setIcon(icon(sign, "on-accent" if kind == "primary" else "text"))
        button.setIconSize(QSize(20, 20))
        button.setMinimumHeight(40)

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setObjectName("side-inside")
        self.column = column = QVBoxLayout(inside)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(20)
        for panel in (self.pair, self.process, self.result):
            column.addWidget(panel)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addWidget(self._foot())

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setObjectName("foot")
        column = QVBoxLayout(foot)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(8)
        column.addWidget(self._next)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.run_button, self.save_button):
            buttons.addWidget(button, 1)
        column.addLayout(buttons)
        return foot


def next_step(controller: Controller) -> str:
    """What the user can do now, in one line."""
    session = controller.session
    if controller.runner.is_busy:
        return tr("You can zoom and compare meanwhile.")
    if session.missing_role is not None:
        which = tr("short") if session.missing_role is Role.SHORT else tr("long")
        return tr("Add the {0} photo.").format(which)
    if not session.has_pair:
        return tr("Start with two photos of the same scene.")
    fused = session.shown_result
    if fused is None:
        return tr("Ready: fuse the two photos into one.")
    return (
        tr("Compare, then save the result.") if fused.saved_to is None else tr("Saved. Drop two photos for a new pair.")
    )
