"""Kinds of settings: what one is, and how stored values are read.

Stored values come from a file that anybody may edit: what cannot be used raises ValueError.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QByteArray

from lsd2.errors import OptionsError
from lsd2.io.name_template import check_template
from lsd2_gui.canvas.look import Look
from lsd2_gui.setting_fields import Field

T = TypeVar("T")
RecentPair = tuple[Path, Path]
"""Short and long."""


@dataclass(frozen=True)
class Former:
    """A key that a setting had in an earlier version; `convert` makes today's stored value of the one found there.

    The old value is removed unless it `is_shared`: several settings of today were one.
    """

    key: str
    convert: Callable[[Any], Any] = lambda stored: stored
    is_shared: bool = False


@dataclass(frozen=True)
class Setting(Generic[T]):
    """One thing remembered.

    Attributes
    ----------
    parse : makes a value of what is stored; raises ValueError for what cannot be used.
    text : says what it is, for those who read the code or the log.
    store : makes what is stored of a value.
    field : how the preferences show it; None if it is set elsewhere in the window, or by itself.
    former : where earlier versions kept it.
    """

    key: str
    default: T
    parse: Callable[[Any], T]
    text: str
    store: Callable[[T], object] = lambda value: value
    field: Field | None = None
    former: tuple[Former, ...] = ()


def number(low: float, high: float) -> Callable[[Any], float]:
    """Accepts a number within bounds."""

    def parse(stored: Any) -> float:
        value = float(stored)
        if not low <= value <= high:
            raise ValueError(f"not within {low:g} to {high:g}")
        return value

    return parse


def whole_number(low: int, high: int) -> Callable[[Any], int]:
    """Accepts a whole number within bounds."""
    within = number(low, high)
    return lambda stored: round(within(stored))


def one_of(*choices: str) -> Callable[[Any], str]:
    """Accepts one of some words."""

    def parse(stored: Any) -> str:
        if stored not in choices:
            raise ValueError(f"not one of {', '.join(choices)}")
        return str(stored)

    return parse


def flag(stored: Any) -> bool:
    """Accepts the ways in which an ini file writes true and false."""
    words = {"true": True, "1": True, "false": False, "0": False}
    key = str(stored).lower()
    if key not in words:
        raise ValueError("neither true nor false")
    return words[key]


def blob(stored: Any) -> bytes:
    """Accepts bytes as QSettings gives them back."""
    if not isinstance(stored, QByteArray | bytes):
        raise ValueError("not a block of bytes")
    return bytes(stored.data()) if isinstance(stored, QByteArray) else stored


def name(stored: Any) -> str:
    """Accepts a non-empty word, such as a method's name; whether it exists is for the user of the value to see."""
    if not isinstance(stored, str) or not stored:
        raise ValueError("not a name")
    return stored


def template(stored: Any) -> str:
    """Accepts a template for names of files."""
    text = name(stored)
    try:
        check_template(text)
    except OptionsError as error:
        raise ValueError(str(error)) from error
    return text


def words(stored: Any) -> str:
    """Accepts any text."""
    if not isinstance(stored, str):
        raise ValueError("not a text")
    return stored


def recent_pairs(stored: Any) -> tuple[RecentPair, ...]:
    """Accepts a JSON list of pairs of paths."""
    found = json.loads(stored)
    if not isinstance(found, list) or not all(isinstance(one, list) and len(one) == 2 for one in found):
        raise ValueError("not a list of pairs")
    return tuple((Path(short), Path(long)) for short, long in found)


def store_pairs(pairs: tuple[RecentPair, ...]) -> str:
    """What `recent_pairs` reads."""
    return json.dumps([[str(short), str(long)] for short, long in pairs])


def look(stored: Any) -> Look:
    """Accepts a look at the pictures as `Look.to_dict` writes it; parts that cannot be used are as at first."""
    found = json.loads(stored)
    if not isinstance(found, dict):
        raise ValueError("not a table")
    return Look.from_dict(found)


def mapping(stored: Any) -> dict[str, Any]:
    """Accepts a JSON object, as text or as it is."""
    value = stored if isinstance(stored, dict) else json.loads(stored)
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")
    return value
