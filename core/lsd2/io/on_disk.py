"""Whether files and folders are there.

`Path.is_file` and `Path.is_dir` raise where a drive fails, a server is away or a folder is locked (before Python 3.14).
What cannot be looked at is not there, and no program ends over a path that it remembers.
"""

from __future__ import annotations

from pathlib import Path


def is_file(path: Path) -> bool:
    """Whether there is a file that can be looked at."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def is_folder(path: Path) -> bool:
    """Whether there is a folder that can be looked at."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False
