from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lsd2_gui.background import Background
from lsd2_gui.canvas.clipping import ClipMap
from lsd2_gui.qimage import MipChain
from lsd2_gui.shelf import BYTES_PER_PIXEL, Shelf, ShelfKey, Shown

SIZE = 20 * 10 * BYTES_PER_PIXEL
KEYS = tuple(ShelfKey(f"block{index}", 1.0) for index in range(4))


def made() -> Shown:
    return Shown(MipChain(20, 10), ClipMap(20, 10))


@pytest.fixture
def shelf(qapp: QApplication) -> Iterator[Shelf]:
    """Room for two pictures."""
    background = Background()
    yield Shelf(background, budget=2 * SIZE)
    background.close()


def fill(shelf: Shelf, qtbot: QtBot, *keys: ShelfKey) -> None:
    for key in keys:
        with qtbot.waitSignal(shelf.changed):
            shelf.build(key, SIZE, made)


def kept(shelf: Shelf) -> set[ShelfKey]:
    return {key for key in KEYS if shelf.get(key) is not None}


def test_the_size_is_about_what_a_picture_takes() -> None:
    shown = Shown(MipChain(1000, 800), ClipMap(1000, 800))
    taken = sum(level.pixels.nbytes for level in shown.chain.levels) + sum(level.nbytes for level in shown.clips.levels)
    assert taken == pytest.approx(shown.size, rel=0.02)


def test_the_least_used_make_room(shelf: Shelf, qtbot: QtBot) -> None:
    fill(shelf, qtbot, KEYS[0], KEYS[1])
    assert shelf.get(KEYS[0]) is not None
    fill(shelf, qtbot, KEYS[2])
    assert kept(shelf) == {KEYS[0], KEYS[2]}


def test_what_is_on_the_screen_stays_even_beyond_the_budget(shelf: Shelf, qtbot: QtBot) -> None:
    shelf.show(KEYS[:3])
    assert all(shelf.is_due(key, SIZE) for key in KEYS[:3])
    fill(shelf, qtbot, *KEYS[:3])
    assert kept(shelf) == set(KEYS[:3])
    assert not shelf.is_due(KEYS[3], SIZE)
    shelf.show(KEYS[3:])
    assert shelf.is_due(KEYS[3], SIZE)
    assert kept(shelf) == {KEYS[1], KEYS[2]}


def test_what_left_the_session_is_forgotten_even_while_it_is_made(shelf: Shelf, qtbot: QtBot) -> None:
    fill(shelf, qtbot, KEYS[0])
    shelf.build(KEYS[1], SIZE, made)
    assert not shelf.is_due(KEYS[1], SIZE)
    shelf.retain([])
    done: list[bool] = []
    shelf._background.run(lambda: True, done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert kept(shelf) == set()
    assert shelf.get(KEYS[1]) is None


def test_a_picture_made_elsewhere_is_taken_once_it_was_announced(shelf: Shelf, qtbot: QtBot) -> None:
    shelf.put(KEYS[0], made())
    assert shelf.get(KEYS[0]) is None
    shelf.expect(KEYS[0], SIZE)
    with qtbot.waitSignal(shelf.changed):
        shelf.put(KEYS[0], made())
    assert shelf.get(KEYS[0]) is not None
