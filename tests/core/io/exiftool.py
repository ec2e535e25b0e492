"""An independent reader: exiftool, from Debian's libimage-exiftool-perl.  For tests only."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest


def exiftool(path: Path, *options: str) -> dict[str, Any]:
    """What exiftool finds, as {"Group:Tag": value} with groups of the second kind (IFD0, ExifIFD, XMP-dc...)."""
    program = shutil.which("exiftool")
    if program is None:
        message = "exiftool is not installed (Debian: libimage-exiftool-perl; packaging/linux/system-libraries.sh test)"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    command = [program, "-j", "-G1", "-n", "-a", *options, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    found: dict[str, Any] = json.loads(done.stdout)[0]
    return found


def complaints(path: Path) -> list[str]:
    """What exiftool's validation dislikes about a file's metadata."""
    found = exiftool(path, "-validate", "-warning")
    return [str(value) for name, value in found.items() if name.endswith(":Warning")]
