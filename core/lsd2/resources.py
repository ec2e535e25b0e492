"""Where the files that ship with the program are: in a checkout, in a wheel, in a frozen program."""

from __future__ import annotations

import sys
from pathlib import Path

_HERE = Path(__file__).resolve().parent


def resource_root() -> Path:
    """The `resources` folder of this installation."""
    if getattr(sys, "frozen", False):
        return Path(getattr(sys, "_MEIPASS", _HERE)) / "resources"
    installed = _HERE / "_resources"
    return installed if installed.is_dir() else _HERE.parents[1] / "resources"


def shipped_page(name: str) -> Path:
    """A page of the top folder or of `docs`, such as `THIRD_PARTY.md` or `docs/guide.md`.

    In a wheel and in a frozen program these are among the resources, in the folder `pages`.
    """
    inside = resource_root() / "pages" / name
    return inside if inside.exists() else _HERE.parents[1] / name


def resource_path(relative: str) -> Path:
    """The path of a shipped file, such as `weights/manifest.json`; callers say what it means if it is missing."""
    return resource_root() / relative
