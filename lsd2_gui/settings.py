"""What the program remembers, declared once: key, default, how it is read, and what it is for.

Stored values come from a file that anybody may edit: one that cannot be used is logged and the default taken.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import platformdirs
from PySide6.QtCore import QByteArray, QSettings

from lsd2.options import DEFAULT_MEMORY_BUDGET_GB
from lsd2_gui.canvas.look import Look
from lsd2_gui.language import AUTOMATIC, LANGUAGES

_log = logging.getLogger(__name__)
T = TypeVar("T")

APP_FOLDER = "lsd2"
FILE_NAME = "lsd2.ini"


@dataclass(frozen=True)
class Setting(Generic[T]):
    """One thing remembered; `parse` raises ValueError for what cannot be used, `text` says what it is."""

    key: str
    default: T
    parse: Callable[[Any], T]
    text: str
    store: Callable[[T], object] = lambda value: value


def number(low: float, high: float) -> Callable[[Any], float]:
    """Accepts a number within bounds."""

    def parse(stored: Any) -> float:
        value = float(stored)
        if not low <= value <= high:
            raise ValueError(f"not within {low:g} to {high:g}")
        return value

    return parse


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


MIN_MEMORY_GB, MAX_MEMORY_GB = 0.25, 64.0

LANGUAGE = Setting(
    "window/language", AUTOMATIC, one_of(AUTOMATIC, *(language.code for language in LANGUAGES)), "Language"
)
GEOMETRY = Setting("window/geometry", b"", blob, "size and place of the window", QByteArray)
LAST_FOLDER = Setting("files/last_folder", "", name, "folder of the last opened photo")
SAVE_FORMAT = Setting("files/save_format", "jpeg", one_of("jpeg", "png", "tiff"), "format of the last saved result")
METHODS: Setting[dict[str, Any]] = Setting(
    "process/methods", {}, mapping, "which methods are run, and their parameters", json.dumps
)
ALIGN = Setting("process/align", True, flag, "register the long frame to the short one first")
DEVICE = Setting("process/device", "auto", one_of("auto", "cpu", "gpu"), "where the networks run")
MEMORY_GB = Setting(
    "process/memory_gb", DEFAULT_MEMORY_BUDGET_GB, number(MIN_MEMORY_GB, MAX_MEMORY_GB), "working memory of a run, GB"
)

LOOK = Setting(
    "view/look", Look(), look, "how the pictures are arranged and examined", lambda value: json.dumps(value.to_dict())
)

ALL: tuple[Setting[Any], ...] = (LANGUAGE, GEOMETRY, LAST_FOLDER, SAVE_FORMAT, METHODS, ALIGN, DEVICE, MEMORY_GB, LOOK)


class Settings:
    """The declared settings over an ini file in `folder`; None is where the system keeps such files."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or Path(platformdirs.user_config_path(APP_FOLDER, appauthor=False))
        self._store = QSettings(str(self.folder / FILE_NAME), QSettings.Format.IniFormat)

    def get(self, setting: Setting[T]) -> T:
        """The stored value, or the default where there is none that can be used."""
        stored = self._store.value(setting.key)
        if stored is None:
            return setting.default
        try:
            return setting.parse(stored)
        except (ValueError, TypeError) as error:
            _log.warning("setting %s: %r is %s; %r is used", setting.key, stored, error, setting.default)
            return setting.default

    def put(self, setting: Setting[T], value: T) -> None:
        self._store.setValue(setting.key, setting.store(value))

    def flush(self) -> None:
        """Write to disk now."""
        self._store.sync()
