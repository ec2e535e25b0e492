"""A window over a scripted engine, on screens of several scales."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.gui.screens import describe_screens

describe_screens()

from PySide6.QtCore import Qt  # noqa: E402 - the screens must be described before Qt is loaded
from PySide6.QtGui import QGuiApplication  # noqa: E402 - the same
from PySide6.QtWidgets import QApplication  # noqa: E402 - the same
from pytestqt.qtbot import QtBot  # noqa: E402 - the same

from lsd2_gui.controller import Controller  # noqa: E402 - the same
from lsd2_gui.main_window import MainWindow  # noqa: E402 - the same
from lsd2_gui.settings import Settings  # noqa: E402 - the same
from lsd2_gui.theme import apply_theme  # noqa: E402 - the same
from tests.gui.fake_engine import FakeEngine  # noqa: E402 - the same


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    return QApplication


@pytest.fixture(scope="session")
def themed(qapp: QApplication) -> QApplication:
    """The application with the program's looks."""
    apply_theme(qapp)
    return qapp


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings")


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def controller(qapp: QApplication, settings: Settings, engine: FakeEngine) -> Iterator[Controller]:
    """A controller over the scripted engine; afterwards no thread of it is left and no picture."""
    before = set(threading.enumerate())
    made = Controller(settings, engine.attach)
    made.jobs.start()
    yield made
    made.close()
    assert set(threading.enumerate()) <= before
    assert engine.is_closed


@pytest.fixture
def window(themed: QApplication, qtbot: QtBot, controller: Controller, tmp_path: Path) -> Iterator[MainWindow]:
    made = MainWindow(controller, tmp_path)
    qtbot.addWidget(made)
    made.resize(1200, 760)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()
