"""A window over a scripted engine, on screens of several scales."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.gui.screens import describe_screens

describe_screens()

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl  # noqa: E402 - the screens must be described before Qt is loaded
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication  # noqa: E402 - the same
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402 - the same
from pytestqt.qtbot import QtBot  # noqa: E402 - the same

from lsd2_gui.controller import Controller  # noqa: E402 - the same
from lsd2_gui.furnishing import open_window  # noqa: E402 - the same
from lsd2_gui.main_window import MainWindow  # noqa: E402 - the same
from lsd2_gui.settings import Settings  # noqa: E402 - the same
from lsd2_gui.theme import apply_theme  # noqa: E402 - the same
from tests.gui.fake_engine import FakeEngine  # noqa: E402 - the same
from tests.gui.leftovers import Leftovers  # noqa: E402 - the same


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    return QApplication


@pytest.fixture(autouse=True)
def nothing_is_left(qapp: QApplication) -> Iterator[None]:
    """No test leaves a thread, a window or a ticking timer behind."""
    before = Leftovers.now()
    yield
    assert Leftovers.now().beyond(before) == {}


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
    """A controller over the scripted engine; afterwards no picture of it is left."""
    made = Controller(settings, engine.attach)
    made.jobs.start()
    yield made
    made.close()
    assert engine.is_closed


@pytest.fixture
def window(themed: QApplication, qtbot: QtBot, controller: Controller, tmp_path: Path) -> Iterator[MainWindow]:
    made = open_window(controller, tmp_path / "lsd2.log")
    qtbot.addWidget(made)
    made.resize(1200, 760)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()


@pytest.fixture
def parent(themed: QApplication, qtbot: QtBot) -> QWidget:
    """Dialogs delete themselves when they are closed; this one takes those along that stayed open."""
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    made = {name: tmp_path / f"{name}.jpg" for name in ("a_long", "b_short", "c_long", "broken")}
    for path in made.values():
        path.write_bytes(b"a photo, as far as the scripted engine is concerned")
    return made


@pytest.fixture
def out_of_reach(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that cannot be looked into, as on a server that is away; not even by root."""
    folder, look = tmp_path / "away", Path.stat

    def stat(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if path != folder and path.is_relative_to(folder):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return look(path, follow_symlinks=follow_symlinks)

    folder.mkdir()
    monkeypatch.setattr(Path, "stat", stat)
    return folder


def drop(target: QWidget, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, button, plain = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(target, QDragEnterEvent(QPoint(20, 20), copy, data, button, plain))
    QApplication.sendEvent(target, QDropEvent(QPointF(20, 20), copy, data, button, plain))


@pytest.fixture
def settle(qtbot: QtBot, window: MainWindow) -> Callable[[], None]:
    """Wait until all replies were taken and all pictures are ready to be shown."""

    def wait() -> None:
        session, layers = window.controller.session, window.controller.layers
        QApplication.processEvents()
        qtbot.waitUntil(lambda: not window.controller.opener.is_busy)
        qtbot.waitUntil(lambda: all(layers.layer(key) for key in session.views()))
        QApplication.processEvents()

    return wait


@pytest.fixture
def paired(window: MainWindow, files: dict[str, Path], settle: Callable[[], None]) -> MainWindow:
    drop(window, files["a_long"], files["b_short"])
    settle()
    return window


@pytest.fixture
def fused(paired: MainWindow, engine: FakeEngine, settle: Callable[[], None]) -> MainWindow:
    paired.actions_by_id["fuse"].trigger()
    engine.finish(notes=("the network ran on the processor",))
    settle()
    return paired


@pytest.fixture
def two(fused: MainWindow, engine: FakeEngine, settle: Callable[[], None]) -> MainWindow:
    """Results of LSD2 and BM3D; the second is on the screen."""
    fused.controller.runner.run(["bm3d"])
    engine.finish(level=20000)
    settle()
    return fused
