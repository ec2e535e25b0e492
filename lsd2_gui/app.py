"""The start of the window: arguments, then Qt, then the window, then the worker process."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import lsd2

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from lsd2_gui.controller import Controller
    from lsd2_gui.diagnostics import ExceptionWatch
    from lsd2_gui.main_window import MainWindow

SMOKE_TIMEOUT_MS = 30_000
LOOK_SECONDS = 0.004
LOADED = (
    "lsd2.photo",
    "lsd2.io.recipe",
    "lsd2.worker.protocol",
    "lsd2.worker.client",
    "cv2",
    "lsd2_gui.session",
    "lsd2_gui.layers",
    "lsd2_gui.running",
    "lsd2_gui.controller",
    "lsd2_gui.canvas.view",
    "lsd2_gui.canvas.canvas",
    "lsd2_gui.panels.results",
    "lsd2_gui.panels.side",
    "lsd2_gui.panels.view_bar",
    "lsd2_gui.furnishing",
)
"""What the window is filled with, in an order in which none of them takes long after those before it."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the window until it is closed; the exit code."""
    if getattr(sys, "frozen", False):
        import multiprocessing

        multiprocessing.freeze_support()
    arguments = build_parser().parse_args(sys.argv[1:] if argv is None else argv)
    return _run(arguments)


def build_parser() -> argparse.ArgumentParser:
    """The parser of the window's command line."""
    parser = argparse.ArgumentParser(
        prog="lsd2-gui", description="Fuse a short and a long exposure of a dark scene into one clean, sharp photo."
    )
    parser.add_argument(
        "short",
        nargs="?",
        type=Path,
        metavar="SHORT",
        help="the short, sharp and noisy photo; or a folder, to see its pairs",
    )
    parser.add_argument("long", nargs="?", type=Path, metavar="LONG", help="the long, bright and blurred photo")
    parser.add_argument("--settings-dir", type=Path, metavar="DIR", help="keep settings and log there")
    parser.add_argument("--smoke-test", action="store_true", help="paint the window once, then exit with 0")
    parser.add_argument(
        "--self-test",
        type=Path,
        metavar="FILE",
        help="fuse the sample in the window, save it as FILE, then exit with 0",
    )
    parser.add_argument("--version", action="version", version=f"lsd2-gui {lsd2.__version__}")
    return parser


def _run(arguments: argparse.Namespace) -> int:
    """Qt is imported here, so that --help and bad arguments are answered at once.

    The window's frame is painted first; what it is filled with is loaded after that.
    """
    from lsd2_gui import settings as declared
    from lsd2_gui.diagnostics import ExceptionWatch, call_once_per_text, hold_log, log_path
    from lsd2_gui.file_open import FileOpenFilter
    from lsd2_gui.language import use_language
    from lsd2_gui.main_window import MainWindow
    from lsd2_gui.settings import Settings
    from lsd2_gui.steps import Steps

    app = make_application()
    hold_log()
    log_file = log_path(arguments.settings_dir)
    watch = ExceptionWatch()
    watch.install()
    settings = Settings(arguments.settings_dir)
    use_language(app, settings.get(declared.LANGUAGE))
    window = MainWindow(settings)
    is_test = arguments.smoke_test or arguments.self_test is not None
    if not is_test:
        watch.caught.connect(call_once_per_text(lambda details: _show_crash(details, log_file, window)))
    app.installEventFilter(FileOpenFilter(window.open_files, app))
    with ExitStack() as at_end:
        steps = Steps(fill(window, arguments, log_file, at_end), window)
        window.painted.connect(steps.start)
        window.show()
        if arguments.smoke_test:
            _end_when_ready(app, window, watch)
        elif arguments.self_test is not None:
            _test_itself(app, window, arguments.self_test)
        code = app.exec()
        steps.stop()
    return 1 if is_test and watch.count else code


def fill(
    window: MainWindow, arguments: argparse.Namespace, log_file: Path, at_end: ExitStack
) -> Iterator[float | None]:
    """Load the rest of the program, fill the window, start the worker; none of it takes long enough to be felt."""
    from lsd2_gui.diagnostics import start_log
    from lsd2_gui.interrupts import Interrupts

    start_log(log_file)
    at_end.callback(Interrupts(window.close).uninstall)
    yield None
    yield from _load_beside("numpy")
    for name in LOADED:
        importlib.import_module(name)
        yield None
    from lsd2.worker.client import WorkerClient
    from lsd2_gui.controller import Controller

    controller = Controller(window.settings, WorkerClient)
    at_end.callback(controller.close)
    yield None
    from lsd2_gui.furnishing import furnish

    yield from furnish(window, controller, log_file)
    # The worker's start-up takes seconds of processor time; the window is whole before.
    _begin(controller, arguments)


def _load_beside(name: str) -> Iterator[float]:
    """Load a module that takes longer than may be felt, in another thread."""

    def load() -> None:
        with suppress(Exception):
            importlib.import_module(name)

    loading = Thread(target=load, name=f"loads {name}")
    loading.start()
    while loading.is_alive():
        yield LOOK_SECONDS
    importlib.import_module(name)  # what went wrong in the thread is said here


def make_application() -> QApplication:
    """The application with its name, looks and scaling."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication, QIcon
    from PySide6.QtWidgets import QApplication

    from lsd2.resources import resource_path
    from lsd2_gui.theme import apply_theme

    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("LSD2")
    app.setApplicationVersion(lsd2.__version__)
    app.setDesktopFileName("lsd2")
    app.setWindowIcon(QIcon(str(resource_path("icons/app.svg"))))
    apply_theme(app)
    return app


def _begin(controller: Controller, arguments: argparse.Namespace) -> None:
    from lsd2_gui.greeting import greet

    controller.jobs.start()
    if arguments.long is not None:
        controller.open_as(arguments.short, arguments.long)
    elif arguments.short is not None:
        controller.open_dropped([arguments.short])
    elif not arguments.smoke_test and arguments.self_test is None:
        greet(controller)


def _end_when_ready(app: QApplication, window: MainWindow, watch: ExceptionWatch) -> None:
    """Exit with 0 once the whole window is on the screen and its loop runs; with 1 if that does not happen in time."""
    import logging
    from time import process_time

    from PySide6.QtCore import QTimer

    painted: list[float] = []
    window.painted.connect(lambda: painted.append(process_time()))

    def look() -> None:
        handle = window.windowHandle()
        if watch.count:
            app.exit(1)
        elif window.is_ready and handle is not None and handle.isExposed():
            logging.getLogger(__name__).info("painted after %.3f s, whole after %.3f s", painted[0], process_time())
            app.exit(0)

    timer = QTimer(window)
    timer.timeout.connect(look)
    timer.start(50)
    QTimer.singleShot(SMOKE_TIMEOUT_MS, window, lambda: app.exit(1))


def _test_itself(app: QApplication, window: MainWindow, target: Path) -> None:
    from lsd2_gui.self_test import SelfTest

    SelfTest(app, window, target)


def _show_crash(details: str, log_file: Path, window: MainWindow) -> None:
    from lsd2_gui.dialogs.crash import CrashDialog

    CrashDialog(details, log_file, window).show()


if __name__ == "__main__":
    sys.exit(main())
