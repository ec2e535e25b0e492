"""What tests do in the window, and what they ask of the scripted engine."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton, QWidget

from lsd2.worker.protocol import ProcessPair, SaveImage
from lsd2_gui.main_window import MainWindow
from tests.gui.fake_engine import FakeEngine

Settle = Callable[[], None]
"""The fixture `settle`."""


def trigger(window: MainWindow, name: str) -> None:
    """Trigger an action that can be used."""
    assert window.actions_by_id[name].isEnabled()
    window.actions_by_id[name].trigger()


def buttons(part: QWidget) -> list[str]:
    """The words of the visible buttons, of a banner for instance."""
    return [button.text().strip() for button in part.findChildren(QPushButton) if button.isVisible()]


def last_run(engine: FakeEngine) -> ProcessPair:
    request = engine.last(ProcessPair)
    assert isinstance(request, ProcessPair)
    return request


def runs(engine: FakeEngine) -> list[str]:
    """The methods of all runs that were asked for."""
    return [request.options.method for request in engine.requests if isinstance(request, ProcessPair)]


def saves(engine: FakeEngine) -> list[SaveImage]:
    return [request for request in engine.requests if isinstance(request, SaveImage)]
