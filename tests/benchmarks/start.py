"""How long the window takes to appear, as a ratio to a bare window of Qt: `python tests/benchmarks/start.py`.

Both are started as processes of their own, in turn, and stop when their first window has been painted; the median of
the ratios counts, so that a busy machine slows both.  Aim: at most 2, and no network library in the process.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 7
ENGINES = ("torch", "onnxruntime", "rawpy", "imagecodecs")

_END = """
from PySide6.QtCore import QEvent, QObject
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and watched.isWindow():
            QTimer.singleShot(0, lambda: os._exit(0))
        return False
"""
BARE = f"""
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
{_END}
app = QApplication([])
watch = Watch()
app.installEventFilter(watch)
window = QMainWindow()
window.resize(1280, 800)
window.show()
app.exec()
"""
OURS = f"""
import os, sys
from pathlib import Path
from PySide6.QtCore import QTimer
{_END}
from lsd2.worker.client import WorkerClient
from lsd2_gui import settings as declared
from lsd2_gui.app import make_application
from lsd2_gui.controller import Controller
from lsd2_gui.language import use_language
from lsd2_gui.main_window import MainWindow
from lsd2_gui.settings import Settings
app = make_application()
watch = Watch()
app.installEventFilter(watch)
settings = Settings(Path(sys.argv[1]))
use_language(app, settings.get(declared.LANGUAGE))
controller = Controller(settings, WorkerClient)
window = MainWindow(controller, Path(sys.argv[1]) / "lsd2.log")
found = [name for name in {ENGINES!r} if name in sys.modules]
if found:
    sys.exit(f"loaded in the window's process: {{found}}")
window.show()
app.exec()
"""


def seconds(code: str, *arguments: str) -> float:
    """From the start of a process to its first painted window."""
    paths = os.pathsep.join((str(ROOT), str(ROOT / "core")))
    environment = {**os.environ, "PYTHONPATH": paths, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    start = perf_counter()
    subprocess.run([sys.executable, "-c", code, *arguments], env=environment, check=True, stderr=subprocess.PIPE)
    return perf_counter() - start


def main() -> None:
    """Print the ratio and both times."""
    with tempfile.TemporaryDirectory() as folder:
        seconds(BARE), seconds(OURS, folder)  # fills the system's file cache
        pairs = [(seconds(BARE), seconds(OURS, folder)) for _ in range(ROUNDS)]
    ratio = statistics.median(ours / bare for bare, ours in pairs)
    bare, ours = (statistics.median(times) for times in zip(*pairs, strict=True))
    print(f"first painted window: {ratio:.2f} times a bare QMainWindow ({ours:.2f} s and {bare:.2f} s)")


if __name__ == "__main__":
    main()
