"""What the program remembers, declared once: key, default, how it is read, and what it is for.

Stored values come from a file that anybody may edit: one that cannot be used is logged and the default taken.
"""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QByteArray, QObject, QSettings, Signal

from lsd2.io.name_template import DEFAULT_TEMPLATE
from lsd2.options import DEFAULT_MEMORY_BUDGET_GB, Effort, WriteOptions
from lsd2_gui.canvas.look import Look
from lsd2_gui.language import AUTOMATIC, LANGUAGES
from lsd2_gui.save_choices import FORMATS, LEAST_QUALITY, PARENTS, PROFILES, name_example
from lsd2_gui.setting_fields import ChoiceField, FileField, FlagField, NumberField, Page, TextField
from lsd2_gui.setting_kinds import (
    Former,
    RecentPair,
    Setting,
    blob,
    flag,
    look,
    mapping,
    name,
    number,
    one_of,
    recent_pairs,
    store_pairs,
    template,
    whole_number,
    words,
)
from lsd2_gui.text import mark

_log = logging.getLogger(__name__)
T = TypeVar("T")

APP_FOLDER = "lsd2"
FILE_NAME = "lsd2.ini"


MIN_MEMORY_GB, MAX_MEMORY_GB = 0.25, 64.0


def _of_options(part: str) -> Former:
    """What was kept together with all options of writing."""
    return Former("files/save_options", lambda stored: json.loads(stored)[part], is_shared=True)


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
    "system",
    one_of("system", "srgb", "display-p3", "adobe-rgb", "file"),
    "colours that the screen shows",
    field=ChoiceField(
        Page.DISPLAY,
        "Colours of the screen",
        "The profile that the system has for the screen is found on X11 and Windows; elsewhere, and without one, the "
        "screen is taken for sRGB. You can also choose what it is, or the file that a calibration made for it. Only "
        "what you see changes, never a file.",
        choices=(
            ("system", mark("As the system says")),
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
FOLDED: Setting[dict[str, Any]] = Setting(
    "window/folded", {"facts": True}, mapping, "sections of the panel that are folded away", json.dumps
)
LAST_FOLDER = Setting("files/last_folder", "", name, "folder of the last opened photo")
SAVE_FORMAT = Setting(
    "files/save_format",
    "jpeg",
    one_of(*dict(FORMATS)),
    "format of saved results",
    field=ChoiceField(Page.SAVING, "Format", choices=FORMATS),
)
SAVE_QUALITY = Setting(
    "files/save_quality",
    WriteOptions().quality,
    whole_number(LEAST_QUALITY, 100),
    "quality of a JPEG",
    field=NumberField(
        Page.SAVING,
        "Quality",
        "Of a JPEG: 95 cannot be told from the original; less makes smaller files.",
        low=LEAST_QUALITY,
        high=100,
        step=1,
    ),
    former=(_of_options("quality"),),
)
SAVE_PROFILE = Setting(
    "files/save_profile",
    str(WriteOptions().profile),
    one_of(*dict(PROFILES)),
    "colours of saved results",
    field=ChoiceField(Page.SAVING, "Colours", choices=PROFILES),
    former=(_of_options("profile"),),
)
SAVE_TEMPLATE = Setting(
    "files/save_template",
    DEFAULT_TEMPLATE,
    template,
    "names of saved results",
    field=TextField(Page.SAVING, "Name", hint=DEFAULT_TEMPLATE, example=name_example),
)
SAVE_PARENT = Setting(
    "files/save_parent",
    str(WriteOptions().parent),
    one_of(*dict(PARENTS)),
    "whose camera data saved results carry",
    field=ChoiceField(Page.SAVING, "Camera data from", choices=PARENTS),
    former=(_of_options("parent"),),
)
SAVE_GPS = Setting(
    "files/save_gps",
    WriteOptions().gps,
    flag,
    "saved results tell where the photo was taken",
    field=FlagField(
        Page.SAVING,
        "Keep where it was taken",
        "Left out unless you ask for it: a shared picture would tell where you live.",
    ),
    former=(_of_options("gps"),),
)
SAVE_RECIPE = Setting(
    "files/save_recipe",
    False,
    flag,
    "write beside a result how it was made",
    field=FlagField(
        Page.SAVING,
        "Write beside it how it was made",
        "A small file from which 'lsd2 redo' makes the same result again.",
    ),
)
FUSION = Setting("process/fusion", "none", one_of("none", "mertens", "network"), "how highlights are brought back")
FUSION_STRENGTH = Setting("process/fusion_strength", 0.5, number(0, 1), "how strongly highlights are brought back")
FUSION_FINE: Setting[dict[str, Any]] = Setting(
    "process/fusion_fine", {}, mapping, "what decides between the exposures; black and white point", json.dumps
)
METHODS: Setting[dict[str, Any]] = Setting(
    "process/methods",
    {},
    mapping,
    "which methods are run, and their parameters",
    json.dumps,
    former=(Former("process/method", lambda method: json.dumps({str(method): {"wanted": True}})),),
)
ALIGN = Setting("process/align", True, flag, "register the long frame to the short one first")
EFFORT = Setting("process/effort", str(Effort.NORMAL), one_of(*map(str, Effort)), "how often LSD2 looks at a pair")
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
    EFFORT,
    DISPLAY,
    DISPLAY_FILE,
    GEOMETRY,
    FOLDED,
    LAST_FOLDER,
    SAVE_FORMAT,
    SAVE_QUALITY,
    SAVE_PROFILE,
    SAVE_PARENT,
    SAVE_TEMPLATE,
    SAVE_GPS,
    SAVE_RECIPE,
    FUSION,
    FUSION_STRENGTH,
    FUSION_FINE,
    LOOK,
)
"""Those with a field are shown in the preferences in this order."""
SAVING = (SAVE_FORMAT, SAVE_QUALITY, SAVE_PROFILE, SAVE_PARENT, SAVE_TEMPLATE, SAVE_GPS, SAVE_RECIPE)
"""How results are written, one by one or in a batch."""


class Settings(QObject):
    """The declared settings over an ini file in `folder`; None is where the system keeps such files.

    Signal: `changed` with the setting whose value is another one now.
    """

    changed = Signal(object)

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__()
        self.folder = folder or _system_folder()
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
                except (ValueError, TypeError, KeyError) as error:
                    _log.warning("setting %s cannot be taken from %s: %s", setting.key, former.key, error)
                    continue
                self._store.setValue(setting.key, moved)
                if not former.is_shared:
                    self._store.remove(former.key)
                return moved
        return None

    def flush(self) -> None:
        """Write to disk now."""
        self._store.sync()


def _system_folder() -> Path:
    import platformdirs

    return Path(platformdirs.user_config_path(APP_FOLDER, appauthor=False))
