"""One trial of the packaged program: a folder and a home of its own, and nothing unexpected said."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

SAMPLES = "_internal/resources/samples"
TIMEOUT = 900
EXPECTED_NOISE = ("This plugin does not support propagateSizeHints", "This plugin does not support raise()")
"""Lines of Qt's offscreen platform; nothing else may be on standard error or, as a warning or worse, in the log."""
_PAINTED = re.compile(r"painted after ([\d.]+) s, whole after ([\d.]+) s")
_BAD_LEVELS = (" WARNING ", " ERROR ", " CRITICAL ")
_FOREIGN = ("XDG_", "PYTHON", "LD_LIBRARY", "LD_PRELOAD", "QT_", "VIRTUAL", "OMP_", "LSD2_", "LANG", "LC_")
"""Beginnings of variables of the machine that a user's may not have."""


class Trial:
    """Runs the bundle's programs as a user would who has nothing set."""

    def __init__(self, bundle: Path, folder: Path, for_release: bool = True) -> None:
        self.bundle, self.folder, self.for_release = bundle, folder, for_release
        self.home = folder / "home"
        self.home.mkdir(parents=True)

    def program(self, name: str) -> str:
        return str(self.bundle / (f"{name}.exe" if sys.platform == "win32" else name))

    def sample(self, role: str) -> Path:
        return self.bundle / SAMPLES / f"street_{role}.jpg"

    @property
    def pair(self) -> tuple[str, str]:
        return str(self.sample("short")), str(self.sample("long"))

    def crops(self, folder: Path, name: str, size: tuple[int, int], left: int = 0) -> tuple[str, str]:
        """A part of the sample pair as files NAME_short.jpg and NAME_long.jpg, without EXIF data.

        With them, several crops would be taken for several files of one shot.
        """
        from PIL import Image

        folder.mkdir(exist_ok=True)
        paths = []
        for role in ("short", "long"):
            with Image.open(self.sample(role)) as photo:
                top = (photo.height - size[1]) // 2
                part = photo.crop((left, top, left + size[0], top + size[1]))
                paths.append(folder / f"{name}_{role}.jpg")
                part.save(paths[-1], quality=95)
        return str(paths[0]), str(paths[1])

    def run(self, *command: str, platform: str = "offscreen", language: str = "en") -> float:
        """Run to the end without an unexpected word; the processor seconds it took.

        Raises
        ------
        SystemExit
            When it fails, says something on standard error, or logs a warning or worse.
        """
        before = _child_seconds()
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            env=self._environment(platform, language),
            timeout=TIMEOUT,
            check=False,
        )
        seconds = _child_seconds() - before
        noise = [line for line in (*done.stderr.splitlines(), *self._complaints()) if not _is_expected(line)]
        if done.returncode or noise:
            said = "\n".join(noise or done.stderr.splitlines())
            raise SystemExit(f"{' '.join(command)}\nended with {done.returncode} and said:\n{said}")
        return seconds

    def painted_after(self) -> tuple[float, float] | None:
        """Processor seconds of the window's process until its last smoke test saw its frame, and all of it, painted.

        The log is forgotten.
        """
        logs = list(self.home.rglob("lsd2.log"))
        found = [seconds for log in logs for seconds in _PAINTED.findall(log.read_text("utf-8"))]
        for log in logs:
            log.unlink()
        return (float(found[-1][0]), float(found[-1][1])) if found else None

    def self_test(self, before: Sequence[str] = (), platform: str = "offscreen") -> str:
        """The window opens, fuses and saves the sample itself; what came out."""
        target = self.folder / "window.jpg"
        self.run(*before, self.program("lsd2-gui"), "--self-test", str(target), platform=platform)
        check_file(target)
        return f"saved {target.stat().st_size // 1000} kB"

    def _environment(self, platform: str, language: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
        locale = {"LANG": "C.UTF-8", "LANGUAGE": language}
        return {**kept, **locale, "HOME": str(self.home), "QT_QPA_PLATFORM": platform}

    def _complaints(self) -> list[str]:
        lines = [line for path in self.home.rglob("lsd2.log") for line in path.read_text("utf-8").splitlines()]
        return [line for line in lines if any(level in line for level in _BAD_LEVELS)]


def check_file(path: Path) -> None:
    """Raise `SystemExit` when a file is not there or hardly anything."""
    if not path.is_file() or path.stat().st_size < 1000:
        raise SystemExit(f"{path.name} was not written")


def _is_expected(line: str) -> bool:
    return any(known in line for known in EXPECTED_NOISE)


def _child_seconds() -> float:
    """Processor seconds of all children so far; Windows does not tell, so there it is the clock."""
    if sys.platform == "win32":
        return time.perf_counter()
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
