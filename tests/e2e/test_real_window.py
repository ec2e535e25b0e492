"""The real window on a virtual screen, driven by mouse and keys, with the real worker and the shipped network."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.e2e.conftest import Start
from tests.e2e.program import ROOT, Program
from tests.e2e.screen import Screen, missing_programs, processor_seconds, wait_until

pytestmark = [
    pytest.mark.window,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs an X server"),
    pytest.mark.skipif(bool(missing_programs()), reason=f"not installed: {', '.join(missing_programs())}"),
]


def test_from_drop_to_saved_file(start: Start, pair: tuple[Path, Path], tmp_path: Path) -> None:
    program = start()
    program.take_drop(*pair)
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
    program.answer_file_dialog("Save the result", target)
    return True


def test_killed_worker_leaves_the_window_and_its_pair(
    start: Start, large_pair: tuple[Path, Path], settings: Path, tmp_path: Path
) -> None:
    pair = large_pair
    program = start(*map(str, pair))
    wait_until(lambda: "one.png" in program.title(), "the pair is open")
    wait_until(lambda: program.worker() is not None, "the worker runs")
    first = program.worker()
    assert first is not None
    program.wait_until_idle()
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


METHODS = ("lsd2", "mertens")
"""Ticked when the program starts, as they were when it ended last."""


def test_from_drop_to_a_saved_comparison_sheet(
    start: Start, pair: tuple[Path, Path], settings: Path, tmp_path: Path
) -> None:
    ticks = json.dumps({name: {"wanted": True} for name in METHODS}).replace('"', '\\"')
    (settings / "lsd2.ini").write_text(f'[process]\nmethods="{ticks}"\n', encoding="utf-8")
    program = start()
    program.take_drop(*pair)
    program.wait_until_idle()
    program.key("ctrl+r")
    program.wait_until_idle(seconds=180)
    program.key("ctrl+shift+s")
    program.screen.do("sleep", "0.5")
    program.screen.drag((380, 360), (560, 530))  # around the red square in the middle of the photo
    program.key("ctrl+shift+s")
    program.key("space")  # on the button that saves, which has the focus
    title = "Save the comparison sheet"
    wait_until(lambda: bool(program.screen.windows(title)), "the sheet's dialog opens")
    target = tmp_path / "sheet.png"
    program.answer_file_dialog(title, target)
    sheet = cv2.imread(str(target), cv2.IMREAD_COLOR)
    assert sheet is not None
    enlarged, smaller = _red_squares(sheet)[: 2 + len(METHODS)], _red_squares(sheet)[2 + len(METHODS) :]
    assert enlarged == pytest.approx([enlarged[0]] * (2 + len(METHODS)), rel=0.1)  # both photos and every result
    assert min(enlarged) >= 0.9 * 120 * 120  # at full size or larger
    assert len(smaller) >= 3  # in the pictures of the whole scene
    assert max(smaller) < 0.7 * min(enlarged)
    assert program.quit() == ""
    assert program.process.returncode == 0


def _red_squares(sheet: np.ndarray) -> list[int]:
    """Pixels of every red square on a sheet, the largest first."""
    blue, green, red = (sheet[..., channel].astype(int) for channel in range(3))
    mask = ((red > 40) & (red > 2 * green) & (red > 2 * blue)).astype(np.uint8)
    mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((15, 15), np.uint8))
    sizes = cv2.connectedComponentsWithStats(mask)[2][1:, cv2.CC_STAT_AREA]
    return sorted((int(size) for size in sizes), reverse=True)


def test_smoke_test_ends_by_itself(screen: Screen, settings: Path) -> None:
    command = [sys.executable, "-m", "lsd2_gui", "--smoke-test", "--settings-dir", str(settings)]
    environment = {**screen.environment, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'core'}"}
    done = subprocess.run(command, check=False, env=environment, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
