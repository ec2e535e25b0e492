"""All methods that can be run, one row each; a new one in the registry appears by itself."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lsd2.methods.registry import processing_methods
from lsd2_gui.controller import Controller
from lsd2_gui.panels.method_row import MethodRow

_TICK_MS = 250


class MethodsPanel(QWidget):
    """The rows; a clock ticks in them only while a run is on."""

    def __init__(self, controller: Controller) -> None:
        super().__init__()
        self._controller = controller
        self.rows = {info.name: MethodRow(info, controller.runner, controller.session) for info in processing_methods()}
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._tick_rows)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for row in self.rows.values():
            column.addWidget(row)
            row.run.connect(lambda name: controller.runner.run([name]))
        controller.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show how every method stands."""
        noise = self._controller.measurer.noise
        for row in self.rows.values():
            row.show_noise(noise.sigma if noise else None)
            row.refresh()
        if self._controller.runner.is_busy:
            self._tick.start()
        else:
            self._tick.stop()

    def _tick_rows(self) -> None:
        for row in self.rows.values():
            row.tick_clock()
