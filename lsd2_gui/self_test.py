"""The window's test of itself, for packages: the sample pair is opened, fused and saved as a user would do it."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from lsd2_gui.main_window import MainWindow

_log = logging.getLogger(__name__)
LOOK_EVERY_MS = 50
TIMEOUT_MS = 300_000


class SelfTest(QObject):
    """Takes one step whenever the last one is done; ends the program with 0 when the file is there, with 1 if not."""

    def __init__(self, app: QApplication, window: MainWindow, target: Path) -> None:
        super().__init__(window)
        self._app, self._window, self._target = app, window, target
        self._steps = [self._open, self._fuse, self._save, self._end]
        timer = QTimer(self)
        timer.timeout.connect(self._look)
        timer.start(LOOK_EVERY_MS)
        QTimer.singleShot(TIMEOUT_MS, self, self._give_up)

    def _look(self) -> None:
        if not self._window.is_ready:
            return
        runner = self._window.controller.runner
        if runner.last_failed is not None:
            self._give_up()
        elif self._steps and not runner.is_busy and self._steps[0]():
            self._steps.pop(0)

    def _open(self) -> bool:
        handle = self._window.windowHandle()
        if handle is None or not handle.isExposed():
            return False
        self._window.commands.open_sample()
        return True

    def _fuse(self) -> bool:
        if not self._window.controller.session.has_pair:
            return False
        self._window.controller.runner.fuse()
        return True

    def _save(self) -> bool:
        saver = self._window.controller.saver
        if saver.savable is None:
            return False
        saver.write(saver.savable, self._target, saver.plan(saver.savable))
        return True

    def _end(self) -> bool:
        if self._window.controller.saver.is_busy or not self._target.is_file():
            return False
        self._app.exit(0)
        return True

    def _give_up(self) -> None:
        step = self._steps[0].__name__.strip("_") if self._steps else "end"
        _log.error("the self-test could not %s", step)
        self._app.exit(1)
