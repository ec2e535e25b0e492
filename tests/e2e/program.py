"""The program in a process of its own, on a virtual screen."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.e2e.screen import Screen, child_processes, command_line, processor_seconds, wait_until

ROOT = Path(__file__).resolve().parents[2]


class Program:
    """The window's process."""

    def __init__(self, screen: Screen, settings: Path, *arguments: str) -> None:
        command = [sys.executable, "-m", "lsd2_gui", "--settings-dir", str(settings), *arguments]
        environment = {**screen.environment, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'core'}"}
        self.errors = settings / "stderr.txt"
        with self.errors.open("w") as errors:
            self.process = subprocess.Popen(command, env=environment, stderr=errors, cwd=settings)
        self.screen = screen
        try:
            wait_until(lambda: bool(screen.windows("LSD2")), "the window opens")
        except AssertionError as error:
            state = f"exit code {self.process.poll()}, standard error: {self.errors.read_text()!r}"
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"{error}; {state}") from error
        self.window = screen.windows("LSD2")[-1]
        screen.do("windowmove", self.window, 0, 0)
        screen.do("windowsize", "--sync", self.window, 1280, 800)
        screen.focus(self.window)

    def key(self, keys: str) -> None:
        self.screen.focus(self.window)
        self.screen.do("key", "--clearmodifiers", keys)

    def title(self) -> str:
        return self.screen.do("getwindowname", self.window)

    def worker(self) -> int | None:
        """The child process that computes, once it runs."""
        for child in child_processes(self.process.pid):
            if "spawn_main" in command_line(child):
                return child
        return None

    def take_drop(self, *paths: Path) -> None:
        """Have photos dragged from another program's window into this one, and wait until they are open."""
        command = [sys.executable, str(Path(__file__).parent / "drag_source.py"), *map(str, paths)]
        source = subprocess.Popen(command, env=self.screen.environment)
        try:
            wait_until(lambda: bool(self.screen.windows("drag-source")), "the drag source shows")
            self.screen.drag((30, 20), (450, 400))
            wait_until(lambda: paths[0].name in self.title(), f"the dropped pair is open (title {self.title()!r})")
        finally:
            source.terminate()
            source.wait(10)

    def wait_until_idle(self, seconds: float = 60.0) -> None:
        """The worker has done all it was asked for, and loaded what it loads ahead."""
        wait_until(lambda: self.worker() is not None, "the worker runs")
        wait_until(self._is_idle, "the worker has nothing to do", seconds)

    def _is_idle(self) -> bool:
        worker = self.worker()
        assert worker is not None
        before = processor_seconds(worker)
        time.sleep(1.5)
        return processor_seconds(worker) - before < 0.03

    def answer_file_dialog(self, title: str, target: Path) -> None:
        """Type a path into the dialog with that title, press Return, and wait for the file."""
        dialog = self.screen.windows(title)[-1]
        self.screen.focus(dialog)
        self.screen.do("key", "ctrl+a")
        self.screen.do("type", "--delay", 5, str(target))
        self.screen.do("key", "Return")
        wait_until(target.exists, f"{target.name} is written")

    def quit(self) -> str:
        """Ctrl+Q, as a user does; what was printed on standard error."""
        self.key("ctrl+q")
        self.process.wait(30)
        return self.errors.read_text()

    def end(self) -> None:
        """Leave nothing behind, whatever happened."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
