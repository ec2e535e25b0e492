"""The real window on a virtual screen, driven by mouse and keys, with the real worker and the shipped network."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from screen import Screen, child_processes, command_line, missing_programs, processor_seconds, wait_until

pytestmark = [
    pytest.mark.window,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs an X server"),
    pytest.mark.skipif(bool(missing_programs()), reason=f"not installed: {', '.join(missing_programs())}"),
]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def screen() -> Iterator[Screen]:
    screen = Screen.start()
    yield screen
    screen.stop()


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """A dark noisy and a bright frame of one scene."""
    return _write_pair(tmp_path, 700, 900)


@pytest.fixture
def large_pair(tmp_path: Path) -> tuple[Path, Path]:
    """The same, so large that fusing takes seconds."""
    return _write_pair(tmp_path, 2400, 3200)


def _write_pair(tmp_path: Path, height: int, width: int) -> tuple[Path, Path]:
    rng = np.random.default_rng(1)
    scene = cv2.GaussianBlur(rng.random((height, width, 3)), (0, 0), 4)
    scene = (scene - scene.min()) / np.ptp(scene)
    paths = tmp_path / "one.png", tmp_path / "two.png"
    for path, gain in zip(paths, (0.25, 0.9), strict=True):
        frame = scene * gain + rng.normal(0, 0.02, scene.shape)
        assert cv2.imwrite(str(path), (np.clip(frame, 0, 1) * 255).astype(np.uint8))
    return paths


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


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    folder = tmp_path / "settings"
    folder.mkdir()
    return folder


Start = Callable[..., Program]


@pytest.fixture
def start(screen: Screen, settings: Path) -> Iterator[Start]:
    """Starts the program; it is ended with the test."""
    started: list[Program] = []

    def begin(*arguments: str) -> Program:
        started.append(Program(screen, settings, *arguments))
        return started[-1]

    yield begin
    for program in started:
        program.end()


def test_from_drop_to_saved_file(screen: Screen, start: Start, pair: tuple[Path, Path], tmp_path: Path) -> None:
    program = start()
    source = subprocess.Popen(
        [sys.executable, str(Path(__file__).parent / "drag_source.py"), *map(str, pair)], env=screen.environment
    )
    try:
        wait_until(lambda: bool(screen.windows("drag-source")), "the drag source shows")
        screen.drag((30, 20), (450, 400))
        wait_until(lambda: "one.png" in program.title(), f"the dropped pair is open (title {program.title()!r})")
    finally:
        source.terminate()
        source.wait(10)
    program.key("ctrl+r")
    target = tmp_path / "fused.png"
    wait_until(lambda: _saves(program, target), "the result is saved", seconds=120)
    saved, long = (cv2.imread(str(path), cv2.IMREAD_UNCHANGED) for path in (target, pair[1]))
    assert saved.shape == long.shape
    assert saved.dtype == np.uint16
    assert saved.mean() / 257 == pytest.approx(long.mean(), rel=0.05)
    assert program.quit() == ""
    assert program.process.returncode == 0


def _saves(program: Program, target: Path) -> bool:
    """Try to save; before the result is there, Ctrl+S does nothing."""
    program.key("ctrl+s")
    program.screen.do("sleep", "0.5")
    if not program.screen.windows("Save the result"):
        return False
    dialog = program.screen.windows("Save the result")[-1]
    program.screen.focus(dialog)
    program.screen.do("key", "ctrl+a")
    program.screen.do("type", "--delay", 5, str(target))
    program.screen.do("key", "Return")
    wait_until(target.exists, f"{target.name} is written", seconds=30)
    return True


def _wait_until_idle(pid: int) -> None:
    """The worker has decoded the photos and loaded what it loads ahead."""

    def is_idle() -> bool:
        before = processor_seconds(pid)
        time.sleep(1.0)
        return processor_seconds(pid) - before < 0.05

    wait_until(is_idle, "the worker has nothing to do")


def test_killed_worker_leaves_the_window_and_its_pair(
    start: Start, large_pair: tuple[Path, Path], settings: Path, tmp_path: Path
) -> None:
    pair = large_pair
    program = start(*map(str, pair))
    wait_until(lambda: "one.png" in program.title(), "the pair is open")
    wait_until(lambda: program.worker() is not None, "the worker runs")
    first = program.worker()
    assert first is not None
    _wait_until_idle(first)
    program.key("ctrl+r")
    begun = processor_seconds(first)
    wait_until(lambda: processor_seconds(first) > begun + 0.3, "the worker computes")
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: program.worker() not in (None, first), "another worker takes over")
    log = next(settings.rglob("*.log"))
    wait_until(lambda: "The worker process was killed" in log.read_text(), "the user is told what happened")
    assert program.process.poll() is None
    assert "one.png" in program.title()
    program.key("ctrl+r")
    target = tmp_path / "after.png"
    wait_until(lambda: _saves(program, target), "the pair is fused by the new worker", seconds=120)
    assert program.quit() == ""


def test_smoke_test_ends_by_itself(screen: Screen, settings: Path) -> None:
    command = [sys.executable, "-m", "lsd2_gui", "--smoke-test", "--settings-dir", str(settings)]
    environment = {**screen.environment, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'core'}"}
    done = subprocess.run(command, check=False, env=environment, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
