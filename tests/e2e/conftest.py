"""A virtual screen, pairs of photos, and the program on that screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.e2e.program import Program
from tests.e2e.screen import Screen

RED = (40, 30, 220)
"""B, G, R of a square in the scene, by which a picture of it is known again."""


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
    scene[height // 2 - 60 : height // 2 + 60, width // 2 - 60 : width // 2 + 60] = np.array(RED) / 255
    paths = tmp_path / "one.png", tmp_path / "two.png"
    for path, gain in zip(paths, (0.25, 0.9), strict=True):
        frame = scene * gain + rng.normal(0, 0.02, scene.shape)
        assert cv2.imwrite(str(path), (np.clip(frame, 0, 1) * 255).astype(np.uint8))
    return paths


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
