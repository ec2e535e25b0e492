"""What one action of the window is: a line of the tables of actions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class When(StrEnum):
    """What must be there for an action to make sense; the window answers for each."""

    ALWAYS = "always"
    PICTURE = "picture"
    WIPE = "wipe"
    IDLE_PHOTO = "idle-photo"
    READY = "ready"
    RUNNING = "running"
    RESULT = "result"
    SAVED = "saved"
    SAMPLE = "sample"


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """`slot` is a path of names from the window; `menu` is empty for actions that are only buttons."""

    id: str
    text: str
    slot: str
    menu: str = ""
    keys: tuple[str, ...] = ()
    icon: str = ""
    when: When = When.ALWAYS
    tip: str = ""


SEPARATOR = "-"
"""A line in a menu, before the action that follows it in a table."""
