"""Every action of the window in one table: its words, keys, place in the menus, and when it can be used."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from lsd2_gui.action_spec import SEPARATOR, ActionSpec, When
from lsd2_gui.process_actions import PROCESS_TABLE, SAVE_TABLE
from lsd2_gui.text import mark, tr
from lsd2_gui.theme import icon
from lsd2_gui.view_actions import VIEW_TABLE

if TYPE_CHECKING:
    from lsd2_gui.main_window import MainWindow

__all__ = [
    "MENUS",
    "SPECS",
    "TABLE",
    "ActionSpec",
    "When",
    "add_menus",
    "early_actions",
    "fill_menus",
    "make_actions",
    "refresh_ticks",
    "tool_tip",
]

MENUS = (
    ("file", mark("&File")),
    ("edit", mark("&Edit")),
    ("view", mark("&View")),
    ("view/zoom", mark("&Zoom")),
    ("view/divider", mark("Di&vider")),
    ("view/difference", mark("Di&fference")),
    ("process", mark("&Process")),
    ("help", mark("&Help")),
)
"""A menu whose name has a slash is in another; it stands where its first action is in `TABLE`."""

TABLE: tuple[ActionSpec | str, ...] = (
    ActionSpec(
        "open",
        "&Open photos…",
        "commands.open_dialog",
        "file",
        ("Ctrl+O",),
        "open",
        tip="Choose a short and a long photo",
    ),
    ActionSpec(
        "open_folder",
        "Open a fol&der…",
        "commands.folder_dialog",
        "file",
        ("Ctrl+Shift+O",),
        "folder",
        tip="Show the pairs of a folder below the picture",
    ),
    ActionSpec(
        "open_own_folder",
        "Other pairs in this fo&lder",
        "controller.open_own_folder",
        "file",
        ("Ctrl+L",),
        when=When.PICTURE,
        tip="Show the pairs of the folder that the open photos are in",
    ),
    ActionSpec("next_pair", "&Next pair of the folder", "commands.next_pair", "file", ("PgDown",), when=When.FOLDER),
    ActionSpec(
        "previous_pair", "Pre&vious pair of the folder", "commands.previous_pair", "file", ("PgUp",), when=When.FOLDER
    ),
    SEPARATOR,
    ActionSpec("restore", "Open the last pair a&gain", "controller.restore", "file", (), "retry", When.LAST),
    ActionSpec(
        "batch", "&Batch…", "commands.batch_dialog", "file", ("Ctrl+B",), "batch", tip="Fuse all pairs of a folder"
    ),
    ActionSpec("open_sample", "Open the sample &pair", "commands.open_sample", "file", (), "sample", When.SAMPLE),
    SEPARATOR,
    *SAVE_TABLE,
    SEPARATOR,
    ActionSpec("close_pair", "&Close the pair", "controller.close_pair", "file", ("Ctrl+W",), when=When.PICTURE),
    SEPARATOR,
    ActionSpec("quit", "&Quit", "close", "file", ("Ctrl+Q",)),
    ActionSpec("undo", "&Undo", "controller.history.undo", "edit", ("Ctrl+Z",), "undo", When.UNDO),
    ActionSpec("redo", "&Redo", "controller.history.redo", "edit", ("Ctrl+Shift+Z", "Ctrl+Y"), "redo", When.REDO),
    SEPARATOR,
    ActionSpec(
        "preferences",
        "&Preferences…",
        "program.preferences",
        "edit",
        ("Ctrl+,",),
        "preferences",
        tip="How the program works",
    ),
    *VIEW_TABLE,
    *PROCESS_TABLE,
    ActionSpec("guide", "User &guide", "program.guide", "help", (), "guide", tip="How to take and fuse a pair"),
    ActionSpec("shortcuts", "&Keys and mouse", "program.shortcuts", "help", ("F1", "?"), "keyboard"),
    SEPARATOR,
    ActionSpec("log", "&Log", "program.log", "help", (), "log", tip="What the program noted, to send with a report"),
    ActionSpec("about", "&About LSD2", "program.about", "help", (), "info", tip="Version, licences, networks"),
)

EARLY = ("open", "open_sample")
"""Made with the window's frame."""
ACTIONS_A_STEP = 12
SPECS: dict[str, ActionSpec] = {spec.id: spec for spec in TABLE if isinstance(spec, ActionSpec)}


def early_actions(window: MainWindow) -> dict[str, QAction]:
    """Those that the empty page offers; triggered before the window is ready, they wait for it."""
    made = {}
    for name in EARLY:
        spec = SPECS[name]
        action = made[name] = _action(spec, window)
        if spec.icon:
            action.setIcon(icon(spec.icon))
        action.triggered.connect(partial(_when_ready, window, spec))
        window.addAction(action)
    return made


def make_actions(window: MainWindow) -> Iterator[None]:
    """Put one QAction for every line of the table among the window's actions, connected; in steps."""
    early, made = window.actions_by_id, {}
    for count, spec in enumerate(SPECS.values()):
        made[spec.id] = early.get(spec.id) or _late_action(spec, window)
        if count % ACTIONS_A_STEP == ACTIONS_A_STEP - 1:
            yield
    window.actions_by_id = made


def _late_action(spec: ActionSpec, window: MainWindow) -> QAction:
    action = _action(spec, window)
    if spec.icon:
        action.setIcon(icon(spec.icon))
    action.triggered.connect(_without_arguments(attrgetter(spec.slot)(window)))
    if spec.checked:
        action.setCheckable(True)
        action.triggered.connect(partial(_tick, action, spec, window))  # Qt has flipped it, whatever the slot did
    if spec.scope:
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    (attrgetter(spec.scope)(window) if spec.scope else window).addAction(action)
    return action


def _action(spec: ActionSpec, window: QWidget) -> QAction:
    """With its words and keys."""
    action = QAction(tr(spec.text), window)
    action.setObjectName(spec.id)
    action.setShortcuts([QKeySequence(key) for key in spec.keys])
    action.setToolTip(tool_tip(spec))
    return action


def _when_ready(window: MainWindow, spec: ActionSpec, _checked: bool = False) -> None:
    """The slot itself may not be there before."""

    def call() -> None:
        attrgetter(spec.slot)(window)()

    window.when_ready(call)


def refresh_ticks(window: QWidget, actions: dict[str, QAction]) -> None:
    """Tick the switches that are on."""
    for spec in SPECS.values():
        if spec.checked:
            _tick(actions[spec.id], spec, window)


def add_menus(bar: QMenuBar) -> dict[str, QMenu]:
    """The menus of the bar, still empty, by their names."""
    return {name: bar.addMenu(tr(title)) for name, title in MENUS if "/" not in name}


def fill_menus(menus: dict[str, QMenu], actions: dict[str, QAction]) -> None:
    """Put the actions into their menus in the order of the table; menus in menus are added."""
    titles = dict(MENUS)
    line_is_due = False
    for spec in TABLE:
        if isinstance(spec, str):
            line_is_due = True
        elif spec.menu:
            parent = menus[spec.menu.partition("/")[0]]
            if line_is_due and not parent.isEmpty():
                parent.addSeparator()
            if spec.menu not in menus:
                menus[spec.menu] = parent.addMenu(tr(titles[spec.menu]))
            menus[spec.menu].addAction(actions[spec.id])
            line_is_due = False


def tool_tip(spec: ActionSpec) -> str:
    """What it does, and its first key."""
    words = tr(spec.tip) if spec.tip else tr(spec.text).replace("&", "").rstrip("…")
    return f"{words}  ({native_keys(spec.keys[0])})" if spec.keys else words


def native_keys(keys: str) -> str:
    """Keys as this system and language write them."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def _tick(action: QAction, spec: ActionSpec, window: QWidget, _flipped: bool = False) -> None:
    action.setChecked(bool(attrgetter(spec.checked)(window)))


def _without_arguments(slot: Callable[[], Any]) -> Callable[[bool], None]:
    """Leave out the `checked` that a trigger brings."""

    def call(_checked: bool = False) -> None:
        slot()

    return call
