from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import lsd2
from lsd2_gui.background import Background
from lsd2_gui.diagnostics import ExceptionWatch, call_once_per_text
from lsd2_gui.dialogs.crash import CrashDialog
from lsd2_gui.interrupts import Interrupts


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, env=environment, timeout=120, check=False
    )


def test_the_window_process_loads_no_network_library_and_no_decoder() -> None:
    code = (
        "import sys, lsd2_gui.app, lsd2_gui.main_window, lsd2_gui.controller, lsd2.worker.client\n"
        "print(sorted({name.split('.')[0] for name in sys.modules}"
        " & {'torch', 'rawpy', 'onnxruntime', 'tifffile', 'imagecodecs', 'PIL', 'exifread'}))"
    )
    ran = run("-c", code)
    assert ran.stdout.strip() == "[]", ran.stderr


def test_help_and_version_need_no_qt() -> None:
    code = (
        "import sys, lsd2_gui.app\n"
        "try:\n    lsd2_gui.app.main(['--help'])\n"
        "except SystemExit as end:\n    print(end.code, 'PySide6' in sys.modules)"
    )
    ran = run("-c", code)
    assert ran.stdout.strip().endswith("0 False")
    assert "SHORT" in ran.stdout
    assert run("-m", "lsd2_gui", "--version").stdout.startswith("lsd2-gui ")
    assert run("-m", "lsd2_gui", "a", "b", "c").returncode == 2


def test_the_smoke_test_reaches_the_main_loop(tmp_path: Path) -> None:
    ran = run("-m", "lsd2_gui", "--smoke-test", "--settings-dir", str(tmp_path))
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr == ""
    said = re.search(r"painted after ([\d.]+) s, whole after ([\d.]+) s", (tmp_path / "lsd2.log").read_text("utf-8"))
    assert said is not None
    assert 0 < float(said[1]) < float(said[2])


def test_the_smoke_test_fails_on_a_fault_in_a_slot(tmp_path: Path) -> None:
    code = (
        "import sys, lsd2_gui.panels.empty as empty\n"
        "def fault(self, event): raise RuntimeError('a fault of ours')\n"
        "empty.EmptyPage.paintEvent = fault\n"
        "from lsd2_gui.app import main\n"
        f"sys.exit(main(['--smoke-test', '--settings-dir', {str(tmp_path)!r}]))"
    )
    ran = run("-c", code)
    assert ran.returncode == 1
    assert "a fault of ours" in ran.stderr


def test_a_call_without_a_value_leaves_none_alone(qapp: QApplication) -> None:
    """PySide6 6.12.0 loses a reference to None in each; before Python 3.12 the program dies when they are used up."""
    from PySide6.QtCore import QObject

    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(500):
        thing.setObjectName("x")
    assert sys.getrefcount(None) > before - 100


def test_ctrl_c_reaches_the_main_loop(qapp: QApplication, qtbot: QtBot) -> None:
    called: list[bool] = []
    before = signal.getsignal(signal.SIGINT)
    interrupts = Interrupts(lambda: called.append(True))
    try:
        os.kill(os.getpid(), signal.SIGINT)
        qtbot.waitUntil(lambda: bool(called))
    finally:
        interrupts.uninstall()
    assert signal.getsignal(signal.SIGINT) is before


def test_uncaught_exceptions_of_any_thread_are_reported(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    watch = ExceptionWatch()
    watch.install()

    def fail() -> None:
        raise RuntimeError("a fault of ours")

    with qtbot.waitSignal(watch.caught) as caught:
        threading.Thread(target=fail).start()
    assert "a fault of ours" in caught.args[0]
    assert "a fault of ours" in capsys.readouterr().err


def test_the_crash_dialog_copies_its_details(themed: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = CrashDialog("Traceback: there", tmp_path / "lsd2.log", parent)
    dialog.show()
    from PySide6.QtWidgets import QPushButton

    next(one for one in dialog.findChildren(QPushButton) if one.text() == "Copy details").click()
    assert "Traceback: there" in QApplication.clipboard().text()
    assert f"LSD2 {lsd2.__version__}" in QApplication.clipboard().text()


def test_a_repeated_fault_is_shown_once() -> None:
    shown: list[str] = []
    call = call_once_per_text(shown.append)
    for text in ("a", "a", "b", "a"):
        call(text)
    assert shown == ["a", "b"]


def test_background_work_comes_back_on_the_main_thread(qapp: QApplication, qtbot: QtBot) -> None:
    background = Background()
    seen: list[tuple[int, int]] = []
    background.run(threading.get_ident, lambda ident: seen.append((ident, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(seen))
    worked, received = seen[0]
    assert worked != threading.get_ident() == received
    background.close()
    assert not any(thread.name.startswith("window-background") for thread in threading.enumerate())
