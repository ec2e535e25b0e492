"""What one action of the window is: a line of the tables of actions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class When(StrEnum):
    """What must be there for an action to make sense; the window answers for each."""

    ALWAYS = "always"
    PICTURE = "picture"
    TWO = "two"
    WIPE = "wipe"
    DIFFERENCE = "difference"
    MOVED = "moved"
    IDLE_PHOTO = "idle-photo"
    READY = "ready"
    PAIR = "pair"
    RUNNABLE = "runnable"
    RUNNING = "running"
    FAILED = "failed"
    RESULT = "result"
    SAVABLE = "savable"
    REFERENCE = "reference"
    TRACEABLE = "traceable"
    SAVED = "saved"
    SAMPLE = "sample"
    UNDO = "undo"
    REDO = "redo"
    LAST = "last"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """`slot` is a path of names from the window.

    `menu` may be a menu in another, as `view/zoom`, and is empty for actions that are only buttons.  `checked` is the
    path of a bool that is shown as a tick, empty for actions that are no switches; `scope` the path of the widget that
    must have the focus for the keys to work, empty for the whole window.
    """

    id: str
    text: str
    slot: str
    menu: str = ""
    keys: tuple[str, ...] = ()
    icon: str = ""
    when: When = When.ALWAYS
    tip: str = ""
    checked: str = ""
    scope: str = ""


SEPARATOR = "-"
"""A line in a menu, before the action that follows it in a table."""
