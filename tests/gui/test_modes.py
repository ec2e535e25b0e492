"""Every arrangement of the canvas and everything laid over it, pixel by pixel, at every scale of the desktop."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lsd2.photo import Crop
from lsd2_gui.canvas.clipping import ClipMap
from lsd2_gui.canvas.labels import pane_label
from lsd2_gui.canvas.look import Difference, Ground, Look, Mode
from lsd2_gui.canvas.loupe import loupe_layout
from lsd2_gui.canvas.marks import GROUNDS
from lsd2_gui.canvas.transform import Point
from tests.gui.screens import SCALES
from tests.gui.stage import Stage, drag, flat, layer, noise

BARE = Look(values=False, minimap=False)
"""Nothing over the pictures but their labels, which are empty here."""


@pytest.fixture(params=SCALES)
def stage(request: pytest.FixtureRequest, themed: QApplication, qtbot: QtBot) -> Stage:
    made = Stage(qtbot, request.param)
    made.canvas.set_look(BARE)
    return made


@pytest.fixture
def plain(themed: QApplication, qtbot: QtBot) -> Stage:
    made = Stage(qtbot, 1.0)
    made.canvas.set_look(BARE)
    return made


def test_a_level_divider_parts_above_from_below(stage: Stage) -> None:
    stage.canvas.set_look(replace(BARE, across=True))
    stage.canvas.show_layers((flat(40), flat(200)))
    stage.canvas.set_divider(0.3)
    shown = stage.grab()
    column = shown[:, shown.shape[1] // 4, 0]
    edge, line = round(0.3 * len(column)), round(3 * stage.canvas.devicePixelRatioF())
    assert np.all(column[8 : edge - line] == 40)
    assert np.all(column[edge + line : -8] == 200)


@pytest.mark.parametrize("across", [False, True])
def test_side_by_side_shows_the_same_part_of_both_exactly(stage: Stage, across: bool) -> None:
    one, two = noise(1, 900, 1100), noise(2, 900, 1100)
    stage.canvas.set_look(replace(BARE, mode=Mode.SIDE, across=across))
    stage.canvas.show_layers((layer(one), layer(two)))
    stage.canvas.actual_size()
    transform = stage.canvas.transform
    assert transform is not None
    left, top = -int(transform.origin.x), -int(transform.origin.y)
    shown = stage.grab()
    for pane, pixels in zip(stage.canvas.panes(), (one, two), strict=True):
        frame = pane.frame
        x, y, width, height = (int(side) for side in (frame.left, frame.top, frame.width, frame.height))
        expected = (pixels[top : top + height, left : left + width] // 257).astype(np.uint8)
        assert np.array_equal(shown[y : y + height, x : x + width], expected)


@pytest.mark.parametrize("count", [3, 4, 9])
def test_a_grid_shows_every_picture_at_100_percent_exactly(stage: Stage, count: int) -> None:
    pictures = [noise(index, 500, 600) for index in range(count)]
    stage.canvas.set_look(replace(BARE, mode=Mode.GRID))
    stage.canvas.show_layers(tuple(layer(pixels) for pixels in pictures), 0, 1)
    stage.canvas.actual_size()
    transform = stage.canvas.transform
    assert transform is not None
    left, top = -int(transform.origin.x), -int(transform.origin.y)
    shown = stage.grab()
    panes = stage.canvas.panes()
    assert len(panes) == count
    frame = 3 * round(stage.canvas.devicePixelRatioF())  # the chosen one has a line around it
    for pane, pixels in zip(panes, pictures, strict=True):
        x, y = int(pane.frame.left), int(pane.frame.top)
        width, height = int(pane.frame.width), int(pane.frame.height)
        expected = (pixels[top : top + height, left : left + width] // 257).astype(np.uint8)
        part = shown[y : y + height, x : x + width]
        assert np.array_equal(part[frame:-frame, frame:-frame], expected[frame:-frame, frame:-frame])


def test_more_than_nine_pictures_are_not_shown(plain: Stage) -> None:
    plain.canvas.set_look(replace(BARE, mode=Mode.GRID))
    plain.canvas.show_layers(tuple(flat(level) for level in range(12)), 0, 1)
    assert len(plain.canvas.panes()) == 9


@pytest.mark.parametrize(
    ("kind", "gain", "expected"),
    [
        (Difference.ABSOLUTE, 1, (10, 20, 30)),
        (Difference.ABSOLUTE, 4, (40, 80, 120)),
        (Difference.ABSOLUTE, 32, (255, 255, 255)),
        (Difference.SIGNED, 1, (138, 108, 158)),
        (Difference.SIGNED, 2, (148, 88, 188)),
        # 0.2126 * 10 - 0.7152 * 20 + 0.0722 * 30 = -10.0
        (Difference.LUMINANCE, 2, (108, 108, 108)),
    ],
)
def test_a_difference_is_what_it_says(
    stage: Stage, kind: Difference, gain: int, expected: tuple[int, int, int]
) -> None:
    base = np.full((300, 400, 3), 100, np.uint16)
    other = base + np.array([10, -20, 30], np.int16).astype(np.uint16)
    stage.canvas.set_look(replace(BARE, mode=Mode.DIFFERENCE, difference=kind, gain=gain))
    stage.canvas.show_layers((layer(base * 257), layer(other * 257)))
    shown = stage.grab()
    height, width = shown.shape[:2]
    assert np.abs(shown[height - 30, width // 2].astype(int) - expected).max() <= (gain if gain < 32 else 0)
    stage.canvas.set_peeking(True)
    assert stage.grab()[height - 30, width // 2].tolist() == [100, 100, 100]


def test_a_difference_follows_the_view_and_the_pixels(plain: Stage) -> None:
    canvas = plain.canvas
    one, two = noise(1, 900, 1100), noise(2, 900, 1100)
    left, right = layer(one), layer(two)
    canvas.set_look(replace(BARE, mode=Mode.DIFFERENCE, gain=1))
    canvas.show_layers((left, right))
    canvas.actual_size()
    assert canvas.transform is not None
    for dx in (0, -40):
        canvas.move_to(canvas.transform.panned(dx, 0))
        x, y = -int(canvas.transform.origin.x), -int(canvas.transform.origin.y)
        expected = np.abs(one[y + 100, x + 50].astype(int) // 257 - two[y + 100, x + 50] // 257)
        assert plain.grab()[100, 50].tolist() == expected.tolist()
    right.chain.write(0, 0, one, np.repeat(np.arange(256, dtype=np.uint8), 256))
    canvas.update()
    assert not plain.grab()[60:].any()


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("across", [False, True])
def test_holding_a_key_shows_the_reference_in_every_arrangement(
    plain: Stage, mode: Mode, across: bool, qtbot: QtBot
) -> None:
    canvas = plain.canvas
    canvas.set_look(replace(BARE, mode=mode, across=across))
    canvas.show_layers((flat(40), flat(120), flat(200)), 1, 2)
    before = {int(value) for value in np.unique(plain.grab()[40:-5:3, 60:-60:3])}
    qtbot.keyPress(canvas, Qt.Key.Key_Space)
    during = plain.grab()
    for pane in canvas.panes():
        x, y = int(pane.clip.left + pane.clip.width / 2), int(pane.clip.top + pane.clip.height / 2)
        assert during[y, x].tolist() == [120, 120, 120]
    qtbot.keyRelease(canvas, Qt.Key.Key_Space)
    assert {int(value) for value in np.unique(plain.grab()[40:-5:3, 60:-60:3])} == before
    assert 200 in before or mode is Mode.DIFFERENCE


@pytest.mark.parametrize("ground", list(Ground))
def test_every_background_is_what_it_says(stage: Stage, ground: Ground) -> None:
    stage.canvas.set_look(replace(BARE, ground=ground))
    stage.canvas.show_layers((flat(10, height=40, width=900),))
    shown = stage.grab()
    wanted = [int(GROUNDS[ground][place : place + 2], 16) for place in (1, 3, 5)]
    if ground is Ground.CHECKER:
        assert np.unique(shown[1, :, 0]).tolist() == [wanted[0], 0x70]
    else:
        assert shown[1, 1].tolist() == wanted
    if ground is Ground.ASSESS:
        row = shown[shown.shape[0] // 2, :, 0]
        picture = np.flatnonzero(row == 10)
        margin = picture.min()
        assert margin >= 8
        assert row[margin - 1] == row[picture.max() + 1] == 255
        assert row[margin - 1 - max(1, round(stage.canvas.devicePixelRatioF()))] == 0x77


def test_clipped_pixels_are_marked_at_every_zoom(stage: Stage) -> None:
    pixels = np.full((600, 900, 3), 30000, np.uint16)
    pixels[:300, :300] = 0
    pixels[300:, 600:, 1] = 65535
    canvas = stage.canvas
    canvas.show_layers((layer(pixels),))
    assert canvas.transform is not None
    for scale in (canvas.transform.fit_scale, 1.0, 5.0):
        for place, colour in ((Point(150, 150), (60, 120, 255)), (Point(750, 450), (255, 40, 40))):
            canvas.move_to(canvas.transform.zoomed_to(scale, Point(0, 0)).centred_on(place))
            at = canvas.transform.to_view(place)
            canvas.set_look(BARE)
            bare = stage.grab()[int(at.y), int(at.x)].astype(int)
            canvas.set_look(replace(BARE, shadows=True, highlights=True))
            marked = stage.grab()[int(at.y), int(at.x)].astype(int)
            assert np.abs(marked - (0.9 * np.array(colour) + 0.1 * bare)).max() <= 3
    canvas.set_look(replace(BARE, shadows=True))
    assert np.array_equal(stage.grab()[int(at.y), int(at.x)], bare)


def test_the_loupe_magnifies_every_picture_at_the_same_place(stage: Stage, qtbot: QtBot) -> None:
    canvas = stage.canvas
    canvas.resize(700, 500)
    stage.window.resize(760, 560)
    one, two = noise(1, 900, 1100), noise(2, 900, 1100)
    canvas.set_look(replace(BARE, mode=Mode.SIDE, loupe=True, loupe_scale=8))
    canvas.show_layers((layer(one), layer(two)))
    qtbot.mouseMove(canvas, QPoint(60, 200))
    scene = canvas.scene()
    assert scene is not None
    assert scene.pointer is not None
    assert scene.spot is not None
    placed = loupe_layout(scene, scene.pointer)
    shown = stage.grab()
    there = scene.image_point(scene.panes[0], scene.spot)
    for cell, pixels in zip(placed.cells, (one, two), strict=True):
        for steps in ((3, 3), (-4, 4)):  # image pixels from the middle; the cross is in the middle
            expected = pixels[int(there.y + steps[1]), int(there.x + steps[0])] // 257
            x = int(cell.left + cell.width / 2 + 8 * (int(there.x + steps[0]) + 0.5 - there.x))
            y = int(cell.top + cell.height / 2 + 8 * (int(there.y + steps[1]) + 0.5 - there.y))
            assert shown[y, x].tolist() == expected.tolist()


def test_the_minimap_comes_with_the_zoom_and_carries_the_view(plain: Stage, qtbot: QtBot) -> None:
    canvas = plain.canvas
    canvas.resize(700, 500)
    canvas.set_look(replace(BARE, minimap=True))
    canvas.show_layers((flat(40, height=2000, width=3000),))
    scene = canvas.scene()
    assert scene is not None
    assert scene.minimap() is None
    canvas.actual_size()
    scene = canvas.scene()
    assert scene is not None
    box = scene.minimap()
    assert box is not None
    assert box.right <= 700
    assert box.width / box.height == pytest.approx(1.5, abs=0.02)
    drag(qtbot, canvas, QPoint(int(box.left) + 2, int(box.top) + 2), QPoint(int(box.right) - 2, int(box.bottom) - 2))
    assert canvas.transform is not None
    assert canvas.transform.visible[2:] == (3000, 2000)
    canvas.toggle_minimap()
    scene = canvas.scene()
    assert scene is not None
    assert scene.minimap() is None


def test_shift_drag_moves_one_pane_only_and_says_so(plain: Stage, qtbot: QtBot) -> None:
    canvas = plain.canvas
    left, right = layer(noise(1, 900, 1100), "left"), layer(noise(2, 900, 1100), "right")
    canvas.set_look(replace(BARE, mode=Mode.SIDE))
    canvas.show_layers((left, right))
    canvas.actual_size()
    before, shared = plain.grab(), canvas.transform
    drag(qtbot, canvas, QPoint(250, 100), QPoint(262, 93), Qt.KeyboardModifier.ShiftModifier)
    assert canvas.transform == shared
    after = plain.grab()
    first, second = canvas.panes()
    assert (first.shift, second.shift) == ((0.0, 0.0), (12.0, -7.0))
    x = int(second.frame.left)
    assert np.array_equal(after[60:, :x], before[60:, :x])
    assert np.array_equal(after[60:-7, x + 12 : -2], before[67:, x:-14])
    scene = canvas.scene()
    assert scene is not None
    assert [pane_label(scene, pane) for pane in scene.panes] == ["left", "right  ·  moved by +12, -7 px"]
    assert canvas.has_moved_panes
    canvas.rejoin()
    assert np.array_equal(plain.grab(), before)


def test_a_difference_of_a_moved_picture_and_the_values_of_both(plain: Stage, qtbot: QtBot) -> None:
    canvas = plain.canvas
    canvas.resize(640, 420)
    plain.window.resize(700, 480)
    one = noise(1, 900, 1100)
    moved = np.roll(one, (-7, 12), (0, 1))
    canvas.set_look(replace(BARE, mode=Mode.DIFFERENCE, gain=32))
    canvas.show_layers((layer(one, "one"), layer(moved, "two")))
    canvas.actual_size()
    assert plain.grab()[100:300, 100:400].mean() > 200
    drag(qtbot, canvas, QPoint(300, 200), QPoint(288, 207), Qt.KeyboardModifier.ShiftModifier)
    assert not plain.grab()[100:300, 100:400].any()
    scene = canvas.scene()
    assert scene is not None
    label = "two \N{MINUS SIGN} one  ·  absolute difference \N{MULTIPLICATION SIGN} 32  ·  moved by -12, +7 px"
    assert pane_label(scene, scene.panes[0]) == label
    bare = plain.grab()
    canvas.toggle_values()
    qtbot.mouseMove(canvas, QPoint(320, 150))
    told = plain.grab()
    for corner in (slice(0, 200), slice(-200, None)):
        assert not np.array_equal(told[-60:-12, corner], bare[-60:-12, corner])


def test_of_a_part_only_the_part_is_marked_subtracted_and_told(plain: Stage, qtbot: QtBot) -> None:
    canvas = plain.canvas
    canvas.resize(640, 420)
    plain.window.resize(700, 480)
    pixels = np.zeros((900, 1100, 3), np.uint16)
    pixels[300:500, 400:600] = 30000
    whole, part = flat(200, "whole", 900, 1100), replace(layer(pixels, "part"), part=Crop(400, 300, 200, 200))
    part.clips.levels.clear()
    part.clips.levels.extend(ClipMap(1100, 900).levels)
    canvas.set_look(replace(BARE, shadows=True))
    canvas.show_layers((whole, part))
    canvas.actual_size()
    assert canvas.transform is not None
    canvas.move_to(canvas.transform.centred_on(Point(400, 400)))  # its left edge in the middle
    shown = plain.grab()
    assert shown[280, 420].tolist() == [117, 117, 117]
    canvas.set_divider(0.0)
    assert plain.grab()[280, 200].tolist() == [0, 0, 0]
    canvas.set_look(replace(BARE, mode=Mode.DIFFERENCE, gain=1))
    shown = plain.grab()
    assert shown[280, 330].tolist() == [83, 83, 83]
    assert shown[280, 310].tolist() == [0x50, 0x50, 0x50]
    assert part.knows(400, 300)
    assert not part.knows(399, 300)
    growing = replace(part, part=None, is_growing=True)
    assert growing.knows(450, 350)
    assert not growing.knows(10, 10)


def test_a_click_in_the_grid_picks_and_a_drag_does_not(plain: Stage, qtbot: QtBot) -> None:
    canvas = plain.canvas
    canvas.set_look(replace(BARE, mode=Mode.GRID))
    canvas.show_layers(tuple(flat(level, height=900, width=900) for level in (10, 20, 30, 40)), 0, 1)
    canvas.actual_size()
    picked: list[tuple[int, bool]] = []
    canvas.picked.connect(lambda index, reference: picked.append((index, reference)))
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(250, 180))
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, QPoint(60, 180))
    drag(qtbot, canvas, QPoint(60, 180), QPoint(90, 150))
    assert picked == [(3, False), (2, True)]


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("ground", [Ground.ASSESS, Ground.CHECKER])
def test_a_view_that_stands_still_is_painted_from_memory_and_looks_the_same(
    stage: Stage, mode: Mode, ground: Ground, qtbot: QtBot
) -> None:
    canvas = stage.canvas
    canvas.set_look(replace(BARE, mode=mode, ground=ground, shadows=True, highlights=True))
    layers = tuple(layer(noise(index, 500, 700)) for index in range(3))
    canvas.show_layers(layers, 0, 1)
    first = stage.grab()
    assert canvas._painter._backdrop._image is None
    for _ in range(2):
        assert np.array_equal(stage.grab(), first)
        assert canvas._painter._backdrop._image is not None
    layers[1].chain.write(0, 0, noise(9, 500, 700), np.repeat(np.arange(256, dtype=np.uint8), 256))
    assert not np.array_equal(stage.grab(), first)
    canvas.actual_size()
    moved = stage.grab()
    assert canvas._painter._backdrop._image is None
    assert np.array_equal(stage.grab(), moved)


def test_panes_of_one_picture_or_none(plain: Stage) -> None:
    canvas = plain.canvas
    for mode in Mode:
        canvas.set_look(replace(BARE, mode=mode))
        canvas.show_layers(())
        assert canvas.panes() == ()
        assert plain.grab()[5, 5].tolist() == [0x50, 0x50, 0x50]
        canvas.show_layers((flat(90),))
        assert len(canvas.panes()) == 1
        assert plain.grab()[110, 160].tolist() == [90, 90, 90]
