"""Mouse, fingers and keys on the canvas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QGestureEvent, QPinchGesture
from pytestqt.qtbot import QtBot

from lsd2_gui.canvas.canvas import Canvas
from lsd2_gui.canvas.look import Look, Mode
from lsd2_gui.canvas.readout import pixel_at, pixel_rows
from tests.gui.stage import Stage, flat, layer, noise


@pytest.fixture
def canvas(themed: QApplication, qtbot: QtBot) -> Iterator[Canvas]:
    stage = Stage(qtbot, 1.0)
    stage.canvas.show_layers((flat(40, height=3000, width=3000),))
    stage.canvas.actual_size()
    yield stage.canvas
    stage.window.close()


def throw(canvas: Canvas, *, rest_ms: int = 0) -> None:
    """Drag by 10 pixels every 10 ms, and let go `rest_ms` after the last movement."""
    button = Qt.MouseButton.LeftButton

    def send(kind: QEvent.Type, x: int, time: int, buttons: Qt.MouseButton) -> None:
        place = QPointF(x, 100)
        event = QMouseEvent(
            kind, place, canvas.mapToGlobal(place), button if kind is not QEvent.Type.MouseMove else
            Qt.MouseButton.NoButton, buttons, Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        event.setTimestamp(time)
        QApplication.sendEvent(canvas, event)

    send(QEvent.Type.MouseButtonPress, 200, 1000, button)
    for step in range(1, 9):
        send(QEvent.Type.MouseMove, 200 - 10 * step, 1000 + 10 * step, button)
    send(QEvent.Type.MouseButtonRelease, 120, 1080 + rest_ms, Qt.MouseButton.NoButton)


def test_a_thrown_picture_glides_and_comes_to_rest(canvas: Canvas, qtbot: QtBot) -> None:
    assert canvas.transform is not None
    before = canvas.transform.offset.x
    throw(canvas)
    let_go = canvas.transform.offset.x
    assert let_go == before - 80
    assert canvas._glider.is_moving
    qtbot.waitUntil(lambda: not canvas._glider.is_moving)
    # 1 px/ms dies away with a time constant of 220 ms: 220 px, less what is left when it counts as standing.
    assert canvas.transform.offset.x == pytest.approx(let_go - 220, abs=25)


def test_a_picture_that_is_held_still_first_stays(canvas: Canvas) -> None:
    throw(canvas, rest_ms=200)
    assert not canvas._glider.is_moving


@pytest.mark.parametrize("stop", ["press", "hide", "key"])
def test_a_glide_is_stopped_by_the_next_touch(canvas: Canvas, qtbot: QtBot, stop: str) -> None:
    throw(canvas)
    assert canvas._glider.is_moving
    if stop == "press":
        qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
    elif stop == "hide":
        canvas.window().hide()
    else:
        qtbot.keyClick(canvas, Qt.Key.Key_Left)
    assert not canvas._glider.is_moving


def test_two_fingers_zoom_and_carry(canvas: Canvas) -> None:
    assert canvas.transform is not None
    before = canvas.transform
    pinch = QPinchGesture()
    pinch.setScaleFactor(1.5)
    centre = canvas.mapToGlobal(QPointF(100, 80))
    pinch.setLastCenterPoint(centre + QPointF(12, -5))
    pinch.setCenterPoint(centre)
    pinch.setChangeFlags(QPinchGesture.ChangeFlag.CenterPointChanged | QPinchGesture.ChangeFlag.ScaleFactorChanged)
    QApplication.sendEvent(canvas, QGestureEvent([pinch]))
    assert canvas.transform.scale == pytest.approx(1.5)
    moved = before.panned(-12, 5)
    spot = canvas.anchor(canvas.to_device(QPointF(100, 80)))
    assert canvas.transform.to_image(spot).x == pytest.approx(moved.to_image(spot).x)
    assert canvas.transform.to_image(spot).y == pytest.approx(moved.to_image(spot).y)


def test_the_first_finger_does_not_drag_once_there_are_two(canvas: Canvas, qtbot: QtBot) -> None:
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 80))
    pinch = QPinchGesture()
    QApplication.sendEvent(canvas, QGestureEvent([pinch]))
    before = canvas.transform
    qtbot.mouseMove(canvas, QPoint(60, 40))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(60, 40))
    assert canvas.transform == before


def test_zoom_keeps_the_point_under_the_pointer_in_its_own_pane(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.set_look(Look(mode=Mode.SIDE))
    canvas.show_layers((flat(40, height=3000, width=3000), flat(90, height=3000, width=3000)))
    canvas.actual_size()
    qtbot.mouseMove(canvas, QPoint(220, 80))
    scene = canvas.scene()
    assert scene is not None
    assert scene.spot is not None
    before = scene.image_point(scene.panes[1], scene.spot)
    assert scene.pane_at(scene.pointer).layer == 1
    canvas.zoom_in()
    scene = canvas.scene()
    assert scene is not None
    assert scene.spot is not None
    after = scene.image_point(scene.panes[1], scene.spot)
    assert (after.x, after.y) == pytest.approx((before.x, before.y))


def test_the_divider_is_dragged_down_when_it_lies_level(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.show_layers((flat(40, height=3000, width=3000), flat(90, height=3000, width=3000)))
    canvas.turn()
    assert canvas.look.across
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(30, 110))
    qtbot.mouseMove(canvas, QPoint(30, 60))
    assert canvas.cursor().shape() is Qt.CursorShape.SplitVCursor
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(30, 60))
    assert canvas.divider == pytest.approx(60 / canvas.height(), abs=0.01)


def test_pixel_values_are_those_of_the_screen_and_of_the_file() -> None:
    pixels = np.zeros((8, 8, 3), np.uint16)
    pixels[3, 5] = (65535, 32768, 0)
    bright = replace(layer(pixels), gain=2.0)
    assert pixel_at(bright, 5.9, 3.0, 8) == (5, 3)
    assert pixel_at(bright, 11.9, 6.0, 16) == (5, 3)
    assert pixel_at(bright, -0.1, 3, 8) is None
    assert pixel_at(bright, 3, 8, 8) is None
    colours, eight, linear = pixel_rows(bright, 5, 3)
    assert colours.values == ("R", "G", "B")
    assert eight.values == ("255", "128", "0")
    # ((0.50001 + 0.055) / 1.055) ** 2.4 = 0.2140, times the gain of 2
    assert linear.values == ("2.000", "0.428", "0.000")


def test_pixel_values_stand_in_every_pane_and_go_with_the_pointer(themed: QApplication, qtbot: QtBot) -> None:
    stage = Stage(qtbot, 1.0, (640, 420))
    canvas = stage.canvas
    canvas.set_look(Look(mode=Mode.GRID, minimap=False))
    canvas.show_layers(tuple(layer(noise(index, 500, 700)) for index in range(4)), 0, 1)
    without = stage.grab()
    qtbot.mouseMove(canvas, QPoint(100, 60))
    with_values = stage.grab()
    for pane in canvas.panes():
        clip = pane.clip
        corner = (slice(int(clip.bottom) - 50, int(clip.bottom) - 12), slice(int(clip.left) + 12, int(clip.left) + 100))
        assert not np.array_equal(with_values[corner], without[corner])
    canvas.toggle_values()
    assert np.array_equal(stage.grab(), without)
    canvas.toggle_values()
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    assert np.array_equal(stage.grab(), without)


def test_keys_that_are_not_ours_go_on(canvas: Canvas, qtbot: QtBot) -> None:
    numbers: list[int] = []
    canvas.number_pressed.connect(numbers.append)
    for key in (Qt.Key.Key_3, Qt.Key.Key_9, Qt.Key.Key_0):
        qtbot.keyClick(canvas, key)
    qtbot.keyClick(canvas, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert numbers == [3, 9]


def test_whoever_comes_by_keys_sees_the_values_of_the_middle(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.window().activateWindow()
    qtbot.waitUntil(canvas.window().isActiveWindow)
    canvas.clearFocus()
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    scene = canvas.scene()
    assert scene is not None
    assert scene.pointer is not None
    assert (scene.pointer.x, scene.pointer.y) == (canvas.width() / 2, canvas.height() / 2)
