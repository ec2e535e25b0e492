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
from PySide6.QtCore import QByteArray, QObject, QSettings, Signal

from lsd2.io.name_template import DEFAULT_TEMPLATE
from lsd2.options import DEFAULT_MEMORY_BUDGET_GB
from lsd2_gui.canvas.look import Look
from lsd2_gui.language import AUTOMATIC, LANGUAGES
from lsd2_gui.setting_fields import ChoiceField, Field, FileField, NumberField, Page
from lsd2_gui.text import mark

_log = logging.getLogger(__name__)
T = TypeVar("T")

APP_FOLDER = "lsd2"
RecentPair = tuple[Path, Path]
"""Short and long."""
FILE_NAME = "lsd2.ini"


@dataclass(frozen=True)
class Former:
    """A key that a setting had in an earlier version; `convert` makes today's stored value of the one found there."""

    key: str
    convert: Callable[[Any], Any] = lambda stored: stored


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


MIN_MEMORY_GB, MAX_MEMORY_GB = 0.25, 64.0

LANGUAGE = Setting(
    "window/language",
    AUTOMATIC,
    one_of(AUTOMATIC, *(language.code for language in LANGUAGES)),
    "language of the window",
    field=ChoiceField(
        Page.GENERAL,
        "Language",
        at_start=True,
        choices=((AUTOMATIC, mark("As the system")), *((language.code, language.name) for language in LANGUAGES)),
    ),
)
RESTORE = Setting(
    "window/restore",
    "ask",
    one_of("ask", "always", "never"),
    "whether the last pair is opened again",
    field=ChoiceField(
        Page.GENERAL,
        "Last pair at the start",
        "The photos, their roles and what was chosen; also after the program or the computer stopped in the middle.",
        choices=(("ask", mark("Offer to open it")), ("always", mark("Open it")), ("never", mark("Leave it closed"))),
    ),
)
RECENT: Setting[tuple[RecentPair, ...]] = Setting(
    "files/recent", (), recent_pairs, "pairs opened last, the newest first", store_pairs
)
HINT_SEEN = Setting("window/hint_seen", False, flag, "the first-run hint was closed")
DISPLAY = Setting(
    "view/display",
    "srgb",
    one_of("srgb", "display-p3", "adobe-rgb", "file"),
    "colours that the screen shows",
    field=ChoiceField(
        Page.DISPLAY,
        "Colours of the screen",
        "The window does not ask the system for the screen's profile. Choose what the screen is, or the file that a "
        "calibration made for it. Only what you see changes, never a file.",
        choices=(
            ("srgb", mark("sRGB, or unknown (values as they are)")),
            ("display-p3", "Display P3"),
            ("adobe-rgb", "Adobe RGB (1998)"),
            ("file", mark("As in the profile below")),
        ),
    ),
)
DISPLAY_FILE = Setting(
    "view/display_file",
    "",
    words,
    "profile of the screen",
    field=FileField(
        Page.DISPLAY, "Profile of the screen", "An ICC profile (.icc, .icm)", pattern="Profiles (*.icc *.icm)"
    ),
)
GEOMETRY = Setting("window/geometry", b"", blob, "size and place of the window", QByteArray)
LAST_FOLDER = Setting("files/last_folder", "", name, "folder of the last opened photo")
SAVE_FORMAT = Setting(
    "files/save_format",
    "jpeg",
    one_of("jpeg", "png", "tiff"),
    "format of the last saved result",
    field=ChoiceField(
        Page.SAVING,
        "Format",
        choices=(("jpeg", mark("JPEG, 8 bit")), ("png", mark("PNG, 16 bit")), ("tiff", mark("TIFF, 16 bit"))),
    ),
)
SAVE_TEMPLATE = Setting("files/save_template", DEFAULT_TEMPLATE, name, "names of saved results")
SAVE_OPTIONS: Setting[dict[str, Any]] = Setting(
    "files/save_options", {}, mapping, "colours, quality and camera data of saved results", json.dumps
)
SAVE_RECIPE = Setting("files/save_recipe", False, flag, "write beside a result how it was made")
FUSION = Setting("process/fusion", "none", one_of("none", "mertens", "network"), "how highlights are brought back")
FUSION_STRENGTH = Setting("process/fusion_strength", 0.5, number(0, 1), "how strongly highlights are brought back")
METHODS: Setting[dict[str, Any]] = Setting(
    "process/methods",
    {},
    mapping,
    "which methods are run, and their parameters",
    json.dumps,
    former=(Former("process/method", lambda method: json.dumps({str(method): {"wanted": True}})),),
)
ALIGN = Setting("process/align", True, flag, "register the long frame to the short one first")
DEVICE = Setting(
    "process/device",
    "auto",
    one_of("auto", "cpu", "gpu"),
    "where the networks run",
    field=ChoiceField(
        Page.PROCESSING,
        "Runs on",
        "Automatic takes the graphics card if there is one that can be used.",
        choices=(("auto", mark("Automatic")), ("cpu", mark("Processor (CPU)")), ("gpu", mark("Graphics card (GPU)"))),
    ),
)
MEMORY_GB = Setting(
    "process/memory_gb",
    DEFAULT_MEMORY_BUDGET_GB,
    number(MIN_MEMORY_GB, MAX_MEMORY_GB),
    "working memory of a run, GB",
    field=NumberField(
        Page.PROCESSING,
        "Memory",
        "Working memory of a run, beside the photos. Less is slower but fits smaller computers.",
        low=MIN_MEMORY_GB,
        high=MAX_MEMORY_GB,
        step=0.25,
        unit=" GB",
    ),
)

LOOK = Setting(
    "view/look", Look(), look, "how the pictures are arranged and examined", lambda value: json.dumps(value.to_dict())
)

ALL: tuple[Setting[Any], ...] = (
    LANGUAGE,
    RESTORE,
    RECENT,
    HINT_SEEN,
    DEVICE,
    MEMORY_GB,
    METHODS,
    ALIGN,
    DISPLAY,
    DISPLAY_FILE,
    GEOMETRY,
    LAST_FOLDER,
    SAVE_FORMAT,
    SAVE_TEMPLATE,
    SAVE_OPTIONS,
    SAVE_RECIPE,
    FUSION,
    FUSION_STRENGTH,
    LOOK,
)
"""Those with a field are shown in the preferences in this order."""


class Settings(QObject):
    """The declared settings over an ini file in `folder`; None is where the system keeps such files.

    Signal: `changed` with the setting whose value is another one now.
    """

    changed = Signal(object)

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__()
        self.folder = folder or Path(platformdirs.user_config_path(APP_FOLDER, appauthor=False))
        self._store = QSettings(str(self.folder / FILE_NAME), QSettings.Format.IniFormat)

    def get(self, setting: Setting[T]) -> T:
        """The stored value, or the default where there is none that can be used."""
        stored = self._stored(setting)
        if stored is None:
            return setting.default
        try:
            return setting.parse(stored)
        except (ValueError, TypeError) as error:
            _log.warning("setting %s: %r is %s; %r is used", setting.key, stored, error, setting.default)
            return setting.default

    def put(self, setting: Setting[T], value: T) -> None:
        if self._store.contains(setting.key) and self.get(setting) == value:
            return
        self._store.setValue(setting.key, setting.store(value))
        self.changed.emit(setting)

    def _stored(self, setting: Setting[Any]) -> Any:
        """What is stored for a setting, today or by an earlier version, which is then moved."""
        if self._store.contains(setting.key):
            return self._store.value(setting.key)
        for former in setting.former:
            if self._store.contains(former.key):
                try:
                    moved = former.convert(self._store.value(former.key))
                except (ValueError, TypeError) as error:
                    _log.warning("setting %s cannot be taken from %s: %s", setting.key, former.key, error)
                    continue
                self._store.setValue(setting.key, moved)
                self._store.remove(former.key)
                return moved
        return None

    def flush(self) -> None:
        """Write to disk now."""
        self._store.sync()
