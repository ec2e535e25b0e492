"""The screens of the tests: the scales that people use, all in one process."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import tempfile
from pathlib import Path

SCALES = (1.0, 1.25, 1.5, 2.0)


def describe_screens() -> None:
    """Tell Qt, before it is loaded, of one screen for each scale."""
    screens = [
        {"name": f"screen{index}", "x": 3000 * index, "y": 0, "width": 2560, "height": 1600}
        for index in range(len(SCALES))
    ]
    folder = Path(tempfile.mkdtemp(prefix="lsd2-screens-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "screens.json"
    path.write_text(json.dumps({"screens": screens}))
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={path}"
    os.environ["QT_SCREEN_SCALE_FACTORS"] = ";".join(f"screen{index}={scale}" for index, scale in enumerate(SCALES))
