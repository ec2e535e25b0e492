"""The panel at the right: the pair, the method, the result, and at its foot what to do next."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import TypeVar

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from lsd2.methods.registry import method_info
from lsd2_gui.controller import Controller
from lsd2_gui.library_words import translated
from lsd2_gui.panels.facts import FactsPanel
from lsd2_gui.panels.methods import MethodsPanel
from lsd2_gui.panels.pair import PairPanel
from lsd2_gui.panels.process import ProcessPanel
from lsd2_gui.panels.results import ResultsPanel
from lsd2_gui.panels.section import Section
from lsd2_gui.panels.widgets import ICON_GAP, SIDE_WIDTH, label, push_button, set_kind
from lsd2_gui.pictures import Role
from lsd2_gui.save_choices import WAITS_FOR_STRENGTH
from lsd2_gui.text import tr
from lsd2_gui.theme import icon

SCROLL_BAR = 10
"""Its width, as in the style sheet; it stands in the margin, so that all ends at one edge."""
GROWTH_MS = 500
"""How long the list of results is kept in sight while it is filled for the first time."""
P = TypeVar("P", bound=QWidget)


class SidePanel(QFrame):
    """Shows the controller's state; its buttons trigger actions.  The sections are there after `fill`."""

    pair: PairPanel
    methods: MethodsPanel
    results: ResultsPanel
    process: ProcessPanel
    facts: FactsPanel

    def __init__(self, controller: Controller, actions: dict[str, QAction]) -> None:
        super().__init__()
        self.setObjectName("side")
        self.setFixedWidth(SIDE_WIDTH)
        self._controller, self._actions = controller, actions
        self._has_results = False
        self._growing = QTimer(self)
        self._growing.setSingleShot(True)
        self._growing.setInterval(GROWTH_MS)
        self._left_at = 0
        self._dressed: dict[QPushButton, tuple[str, str]] = {}
        self.sections: dict[str, Section] = {}
        self.run_button = self._make_run_button()
        self.visible_button = push_button(actions["fuse_visible"], tr("Visible part"))
        self.visible_button.setIconSize(QSize(20, 20))
        self.save_button = push_button(actions["save"], tr("Save…"))
        self._next = label(kind="muted", wrap=True)
        self._next.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lay_out()
        controller.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Make the next step the one that stands out."""
        runner = self._controller.runner
        self._next.setText(next_step(self._controller, has_work=self._has_work()))
        if runner.is_busy:
            several = len(runner.waiting)
            words = tr("Cancel all {0}").format(several + 1) if several else tr("Cancel")
            self._show_run(tr("Cancelling…") if runner.is_cancelling else words, "cancel", "plain")
            self.run_button.setEnabled(not runner.is_cancelling)
        else:
            is_next = self._has_work()
            self._show_run(tr("Whole photo"), "fuse", "primary" if is_next else "plain")
            self.run_button.setEnabled(runner.can_run and bool(self._wanted))
        self.visible_button.setVisible(not runner.is_busy)
        self.visible_button.setEnabled(runner.can_run and bool(self._wanted))
        savable = self._controller.saver.savable
        waits_for_saving = (
            savable is not None
            and savable.saved_to is None
            and self._controller.saver.can_save
            and not runner.is_busy
            and not self._has_work()
        )
        self._dress(self.save_button, "save", "primary" if waits_for_saving else "plain")
        self.save_button.setVisible(savable is not None)
        self._show_first_result()

    @property
    def _wanted(self) -> tuple[str, ...]:
        return self._controller.parameters.value.wanted()

    def _has_work(self) -> bool:
        """Whether a ticked method has no result yet of these inputs and settings."""
        runner, session = self._controller.runner, self._controller.session
        recipes = [runner.recipe(name) for name in self._wanted]
        return session.can_run and any(recipe is not None and session.find(recipe) is None for recipe in recipes)

    def show_top(self) -> None:
        """Bring into sight what has come in at the top."""
        QTimer.singleShot(0, self, lambda: self.scrolling.verticalScrollBar().setValue(0))

    def fill(self) -> Iterator[None]:
        """Make the sections, in steps."""
        session, actions, controller = self._controller.session, self._actions, self._controller
        add = self._add
        self.pair = yield from add(
            "pair", tr("Pair"), lambda: PairPanel(session, controller.background, actions["swap_roles"])
        )
        self.methods = yield from add(
            "methods", tr("Methods"), lambda: MethodsPanel(controller), tr("ticked ones are run")
        )
        self.results = yield from add("results", tr("Results"), lambda: ResultsPanel(controller, actions["where_from"]))
        self.process = yield from add(
            "process", tr("For all methods"), lambda: ProcessPanel(controller.parameters, controller.runner.shelf)
        )
        self.facts = yield from add("facts", tr("Photo data"), lambda: FactsPanel(session))

    def _add(self, name: str, title: str, make: Callable[[], P], hint: str = "") -> Generator[None, None, P]:
        """One more section, above the free room at the end; `name` is what is remembered of it."""
        body = make()
        yield
        section = self.sections[name] = Section(name, title, self._controller.settings, hint)
        self.column.insertWidget(self.column.count() - 1, section)
        section.put(body)
        yield
        return body

    def _make_run_button(self) -> QPushButton:
        made = QPushButton()
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(self._run_or_cancel)
        return made

    def _run_or_cancel(self) -> None:
        self._actions["cancel_all" if self._controller.runner.is_busy else "fuse"].trigger()

    def _show_first_result(self) -> None:
        """Bring the list of results into sight when there is one; later it is left to the user what is seen."""
        has_results = bool(self._controller.session.results)
        if has_results and not self._has_results:
            self._growing.start()
            self._left_at = self.scrolling.verticalScrollBar().value()
            self._follow_growth()
        self._has_results = has_results

    def _follow_growth(self) -> None:
        """The list is laid out, and its figures come, a moment after the result."""
        if self._growing.isActive():
            QTimer.singleShot(0, self, self._bring_results)

    def _bring_results(self) -> None:
        bar = self.scrolling.verticalScrollBar()
        if bar.value() != self._left_at:
            self._growing.stop()  # somebody scrolls
        elif self._growing.isActive():
            self.scrolling.ensureWidgetVisible(self.results)
            self._left_at = bar.value()

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

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setObjectName("side-inside")
        inside.setMinimumWidth(1)  # what is too wide gives way; it must not be moved out of sight
        self.column = column = QVBoxLayout(inside)
        column.setContentsMargins(16, 16, 16 - SCROLL_BAR, 16)
        column.setSpacing(8)
        column.addStretch(1)
        self.scrolling = scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # or all would jump when it comes
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.verticalScrollBar().rangeChanged.connect(self._follow_growth)
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
        for button in (self.visible_button, self.run_button):
            buttons.addWidget(button, 1)
        column.addLayout(buttons)
        column.addWidget(self.save_button)
        return foot


def next_step(controller: Controller, *, has_work: bool) -> str:
    """What the user can do now, in one line; `has_work`: a ticked method has no result yet of what is chosen."""
    session = controller.session
    if controller.saver.savable is not None and not controller.saver.can_save:
        return tr(WAITS_FOR_STRENGTH)
    if controller.runner.is_busy:
        return tr("You can zoom and compare meanwhile.")
    if session.missing_role is not None:
        which = tr("short") if session.missing_role is Role.SHORT else tr("long")
        return tr("Add the {0} photo.").format(which)
    if not session.has_pair:
        return tr("Start with two photos of the same scene.")
    if not session.can_run:
        return tr("These two cannot be fused: choose photos of one size.")
    fused = session.shown_result
    wanted = controller.parameters.value.wanted()
    if not wanted:
        return tr("Tick a method.")
    if fused is None:
        if len(wanted) > 1:
            return tr("Run {0} methods on:").format(len(wanted))
        return tr("Run {0} on:").format(translated(method_info(wanted[0]).label))
    if fused.crop is not None:
        return tr("This is the visible part. Run the whole photo to save it.")
    if has_work:
        return tr("Run the ticked methods, or save this result.")
    return (
        tr("Compare, then save the result.") if fused.saved_to is None else tr("Saved. Drop two photos for a new pair.")
    )
