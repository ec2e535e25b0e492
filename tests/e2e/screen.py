"""A virtual screen, and a user's hands on it: Xvfb and xdotool."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

WAIT_SECONDS = 60.0
PROGRAMS = ("Xvfb", "xdotool")


def missing_programs() -> list[str]:
    """Programs that a virtual screen needs and that are not installed."""
    return [name for name in PROGRAMS if shutil.which(name) is None]


def wait_until(true: Callable[[], bool], what: str, seconds: float = WAIT_SECONDS) -> None:
    """Look every tenth of a second; an AssertionError names what did not happen."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"did not happen in {seconds:.0f} s: {what}"
        time.sleep(0.1)


@dataclass
class Screen:
    """A running X server and its display, such as ":3"."""

    server: subprocess.Popen[str]
    display: str

    @classmethod
    def start(cls, width: int = 1280, height: int = 800) -> Screen:
        """Start an X server on a free display."""
        reading, writing = os.pipe()
        # Without -noreset the server starts over whenever its last client leaves, and one that comes then may hang.
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24", "-noreset"]
        server = subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL, text=True)
        os.close(writing)
        with os.fdopen(reading) as answer:
            return cls(server, f":{answer.readline().strip()}")

    def stop(self) -> None:
        """End the server."""
        self.server.terminate()
        self.server.wait(10)

    @property
    def environment(self) -> dict[str, str]:
        """For programs that show themselves on this screen."""
        return {**os.environ, "DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb", "OMP_NUM_THREADS": "1"}

    def do(self, *arguments: str | int) -> str:
        """One xdotool command; its output."""
        command = ["xdotool", *map(str, arguments)]
        done = subprocess.run(command, check=False, env=self.environment, capture_output=True, text=True, timeout=30)
        return done.stdout.strip()

    def windows(self, title: str) -> list[str]:
        """Visible windows whose title matches, the newest last."""
        return self.do("search", "--onlyvisible", "--name", title).split()

    def focus(self, window: str) -> None:
        """There is no window manager: give the keyboard to a window."""
        self.do("windowfocus", "--sync", window)

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Press at `start`, move in steps as a hand does, release at `end`."""
        self.do("mousemove", *start, "mousedown", 1)
        for step in range(1, 21):
            x, y = (round(a + (b - a) * step / 20) for a, b in zip(start, end, strict=True))
            self.do("mousemove", x, y, "sleep", "0.02")
        self.do("sleep", "0.3", "mouseup", 1)


def child_processes(pid: int) -> list[int]:
    """Children that any thread of a process started, by /proc."""
    children: list[int] = []
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):  # the thread ended meanwhile
            children += map(int, listed.read_text().split())
    return children


def command_line(pid: int) -> str:
    """What a process was started with; empty if it ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


def processor_seconds(pid: int) -> float:
    """Processor time that a process has used; 0 if it ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
