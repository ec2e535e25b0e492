"""Every action of the window in one table: its words, keys, place in the menus, and when it can be used."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from operator import attrgetter
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from lsd2_gui.action_spec import SEPARATOR, ActionSpec, When
from lsd2_gui.process_actions import PROCESS_TABLE, SAVE_TABLE
from lsd2_gui.text import mark, tr
from lsd2_gui.theme import icon
from lsd2_gui.view_actions import VIEW_TABLE

__all__ = [
    "MENUS",
    "SPECS",
    "TABLE",
    "ActionSpec",
    "When",
    "fill_menus",
    "make_actions",
    "menu_of",
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
        "open", "&Open photos…", "open_dialog", "file", ("Ctrl+O",), "open", tip="Choose a short and a long photo"
    ),
    ActionSpec(
        "open_folder",
        "Open a fol&der…",
        "folder_dialog",
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
    ActionSpec("next_pair", "&Next pair of the folder", "next_pair", "file", ("PgDown",), when=When.FOLDER),
    ActionSpec("previous_pair", "Pre&vious pair of the folder", "previous_pair", "file", ("PgUp",), when=When.FOLDER),
    SEPARATOR,
    ActionSpec("restore", "Open the last pair a&gain", "controller.restore", "file", (), "retry", When.LAST),
    ActionSpec("batch", "&Batch…", "batch_dialog", "file", ("Ctrl+B",), "batch", tip="Fuse all pairs of a folder"),
    ActionSpec("open_sample", "Open the sample &pair", "open_sample", "file", (), "sample", When.SAMPLE),
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

SPECS: dict[str, ActionSpec] = {spec.id: spec for spec in TABLE if isinstance(spec, ActionSpec)}


def make_actions(window: QWidget) -> dict[str, QAction]:
    """One QAction for every line of the table, connected and known to the window."""
    made = {}
    for spec in SPECS.values():
        action = QAction(tr(spec.text), window)
        action.setObjectName(spec.id)
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        action.setToolTip(tool_tip(spec))
        if spec.icon:
            action.setIcon(icon(spec.icon))
        action.triggered.connect(_without_arguments(attrgetter(spec.slot)(window)))
        if spec.checked:
            action.setCheckable(True)
            action.triggered.connect(partial(_tick, action, spec, window))  # Qt has flipped it, whatever the slot did
        if spec.scope:
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        (attrgetter(spec.scope)(window) if spec.scope else window).addAction(action)
        made[spec.id] = action
    return made


def refresh_ticks(window: QWidget, actions: dict[str, QAction]) -> None:
    """Tick the switches that are on."""
    for spec in SPECS.values():
        if spec.checked:
            _tick(actions[spec.id], spec, window)


def fill_menus(bar: QMenuBar, actions: dict[str, QAction]) -> None:
    """Put the actions into their menus in the order of the table."""
    titles = dict(MENUS)
    menus: dict[str, QMenu] = {name: bar.addMenu(tr(title)) for name, title in MENUS if "/" not in name}
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


def menu_of(bar: QMenuBar, action: QAction) -> QMenu:
    """The menu of the bar that an action is in."""
    return next(menu for menu in bar.findChildren(QMenu) if action in menu.actions())


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
