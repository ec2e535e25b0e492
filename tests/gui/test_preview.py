"""The first look at photos on their way in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from lsd2.worker.folder_protocol import OpenThumbnail, ThumbnailOpened
from lsd2.worker.protocol import Failed, OpenPhoto
from lsd2_gui.main_window import MainWindow
from tests.gui.fake_engine import FakeEngine


def answer(engine: FakeEngine, levels: dict[str, int]) -> None:
    """Give the asked small pictures in grey levels by name; without a level they fail."""
    for request in [one for one in engine.requests if isinstance(one, OpenThumbnail)]:
        level = levels.get(request.path.name)
        if level is None:
            engine.reply(Failed(request.job, "it is no photo"))
        else:
            engine.reply(ThumbnailOpened(request.job, request.path, 60, 40, bytes([level] * (60 * 40 * 3))))
    QApplication.processEvents()


def middle(window: MainWindow) -> int:
    picture = window.preview.grab().toImage()
    return picture.pixelColor(picture.width() // 2, picture.height() // 2).red()


def test_the_brighter_small_picture_is_shown_until_the_photos_come(
    window: MainWindow, engine: FakeEngine, files: dict[str, Path], settle: Callable[[], None]
) -> None:
    engine.opens_at_once = False
    window.controller.open_dropped([files["a_long"], files["b_short"]])
    kinds = [type(request) for request in engine.requests]
    assert kinds == [OpenThumbnail, OpenThumbnail, OpenPhoto, OpenPhoto], "small pictures first"
    answer(engine, {"a_long.jpg": 180, "b_short.jpg": 20})
    assert window.preview.isVisible()
    assert middle(window) == 180
    for request in engine.requests:
        if isinstance(request, OpenPhoto):
            engine.open(request)
    settle()
    assert window.canvas.isVisible()
    assert window.controller.previewer.image is None


def test_without_a_picture_the_page_stays(window: MainWindow, engine: FakeEngine, files: dict[str, Path]) -> None:
    engine.opens_at_once = False
    window.controller.open_dropped([files["broken"]])
    answer(engine, {})
    assert window.empty.isVisible()
    window.controller.open_dropped([files["a_long"]])
    answer(engine, {"a_long.jpg": 90})
    assert middle(window) == 90
    engine.reply(Failed(engine.last(OpenPhoto).job, "it is no photo"))
    QApplication.processEvents()
    assert window.preview.isHidden()


def test_an_open_pair_stays_on_the_screen_until_the_next_is_there(
    paired: MainWindow, engine: FakeEngine, files: dict[str, Path]
) -> None:
    before = len([request for request in engine.requests if isinstance(request, OpenThumbnail)])
    engine.opens_at_once = False
    paired.controller.open_dropped([files["b_short"], files["c_long"]])
    assert len([request for request in engine.requests if isinstance(request, OpenThumbnail)]) == before
    assert paired.canvas.isVisible()
