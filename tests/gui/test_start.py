"""What is loaded before the window is painted, and what a user may do before it is whole."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lsd2_gui.app import LOOK_SECONDS, _load_beside
from lsd2_gui.controller import Controller
from lsd2_gui.diagnostics import hold_log, start_log
from lsd2_gui.furnishing import furnish
from lsd2_gui.main_window import MainWindow
from lsd2_gui.settings import Settings
from lsd2_gui.steps import Steps
from tests.gui.conftest import drop

HEAVY = {"numpy", "cv2", "multiprocessing", "concurrent", "socket", "platformdirs", "PIL"}
"""Each of these takes as long to load as a part of the frame, and none is needed to paint it."""
OURS = {
    "lsd2.worker",
    "lsd2.photo",
    "lsd2_gui.controller",
    "lsd2_gui.furnishing",
    "lsd2_gui.canvas.canvas",
    "lsd2_gui.panels.side",
    "lsd2_gui.dialogs",
}
_TELL = """
import os, sys
from lsd2_gui import app
def fill(*_):
    print(*sys.modules, flush=True)
    os._exit(0)
    yield
app.fill = fill
app.main(["--settings-dir", sys.argv[1]])
"""


def loaded_at_the_first_painting(folder: Path) -> set[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-c", _TELL, str(folder)]
    ran = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120, check=True)
    return set(ran.stdout.split())


def test_the_frame_is_painted_before_anything_heavy_is_loaded(tmp_path: Path) -> None:
    loaded = loaded_at_the_first_painting(tmp_path)
    assert {"PySide6.QtWidgets", "lsd2_gui.main_window", "lsd2_gui.panels.empty"} <= loaded
    assert {name.partition(".")[0] for name in loaded} & HEAVY == set()
    assert loaded & OURS == set()


@pytest.fixture
def frame(themed: QApplication, qtbot: QtBot, settings: Settings) -> Iterator[MainWindow]:
    made = MainWindow(settings)
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.painted):
        made.show()
    yield made
    made.close()


def test_what_was_asked_for_before_the_window_was_whole_is_done_then(
    frame: MainWindow, controller: Controller, files: dict[str, Path], tmp_path: Path
) -> None:
    drop(frame, files["a_long"], files["b_short"])
    assert not frame.is_ready
    for _ in furnish(frame, controller, tmp_path / "lsd2.log"):
        assert not controller.opener.is_busy
    assert frame.is_ready
    assert controller.opener.is_busy


def test_a_button_pressed_before_the_window_was_whole(
    frame: MainWindow, controller: Controller, tmp_path: Path
) -> None:
    frame.actions_by_id["open_sample"].trigger()
    for _ in furnish(frame, controller, tmp_path / "lsd2.log"):
        pass
    assert controller.opener.is_busy


def test_parts_come_where_the_frame_left_room_for_them(
    frame: MainWindow, controller: Controller, tmp_path: Path
) -> None:
    QApplication.processEvents()
    places = [place.geometry() for place in (frame.side_place, frame.status_place, frame.empty)]
    for _ in furnish(frame, controller, tmp_path / "lsd2.log"):
        pass
    QApplication.processEvents()
    assert [part.geometry() for part in (frame.side, frame.status, frame.empty)] == places


def test_a_frame_may_be_closed_and_leaves_its_place_behind(frame: MainWindow, settings: Settings, qtbot: QtBot) -> None:
    frame.resize(900, 640)
    frame.close()
    again = MainWindow(settings)
    qtbot.addWidget(again)
    assert again.size() == frame.size()


def test_steps_are_taken_one_by_one_until_they_are_stopped(qapp: QApplication, qtbot: QtBot) -> None:
    taken: list[int] = []

    def work() -> Iterator[None]:
        for number in range(100):
            taken.append(number)
            if number == 2:
                steps.stop()
            yield

    parent = QObject()
    steps = Steps(work(), parent)
    steps.start()
    qtbot.waitUntil(lambda: len(taken) == 3)
    for _ in range(5):
        QApplication.processEvents()
    assert taken == [0, 1, 2]


def test_what_is_logged_before_the_log_is_open_is_written_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lsd2_gui.diagnostics.qInstallMessageHandler", lambda handler: None)  # pytest has its own
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    try:
        hold_log()
        logging.getLogger("early").warning("said %s", "early")
        start_log(tmp_path / "logs" / "lsd2.log")
        logging.getLogger("late").warning("said late")
        lines = (tmp_path / "logs" / "lsd2.log").read_text(encoding="utf-8").splitlines()
        assert [line.partition("WARNING ")[2] for line in lines] == ["early: said early", "late: said late"]
    finally:
        for handler in [one for one in root.handlers if one not in before]:
            root.removeHandler(handler)
            handler.close()
        root.setLevel(level)


def test_a_step_may_say_when_the_next_one_is_to_be_taken(qtbot: QtBot) -> None:
    owner, turns, taken = QObject(), QTimer(), []

    def steps() -> Iterator[float | None]:
        for pause in (0.25, None, None):
            taken.append(pause)
            yield pause

    turns.timeout.connect(lambda: taken.append("turn"))
    turns.start(1)
    made = Steps(steps(), owner)
    made.start()
    qtbot.waitUntil(lambda: taken.count(None) == 2)
    turns.stop()
    assert taken[: taken.index(None)].count("turn") > 5, "the loop turned while the steps paused"


def test_a_module_is_loaded_while_the_loop_turns(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "heavy_part.py").write_text("import time\ntime.sleep(0.05)\nLOADED = True\n")
    (tmp_path / "broken_part.py").write_text("raise ImportError('a part is missing')\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    pauses = list(_load_beside("heavy_part"))
    assert pauses
    assert set(pauses) == {LOOK_SECONDS}
    assert sys.modules.pop("heavy_part").LOADED
    with pytest.raises(ImportError, match="a part is missing"):
        list(_load_beside("broken_part"))
