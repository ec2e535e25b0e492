"""Parts of the comparison sheet, placed, moved and resized by the pointer and by keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from lsd2.photo import Crop
from lsd2_gui import history
from lsd2_gui.canvas.crop_grips import SMALLEST_CROP, Edges, carried, edges_at
from lsd2_gui.canvas.layout import Rect
from lsd2_gui.canvas.transform import Point
from lsd2_gui.main_window import MainWindow

WIDTH, HEIGHT = 130, 90
KEYS = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier


# ---- grips ----

BOX = Rect(100, 50, 60, 40)


@pytest.mark.parametrize(
    ("x", "y", "held"),
    [
        (101, 51, Edges.LEFT | Edges.TOP), (159, 51, Edges.RIGHT | Edges.TOP), (98, 70, Edges.LEFT),
        (130, 92, Edges.BOTTOM), (165, 95, Edges.RIGHT | Edges.BOTTOM), (130, 70, Edges.ALL),
        (90, 70, None), (130, 40, None), (168, 70, None),
    ],
)  # fmt: skip
def test_edges_corners_and_the_middle_are_told_apart(x: float, y: float, held: Edges | None) -> None:
    assert edges_at(BOX, x, y) == held


def test_the_middle_of_a_tiny_crop_moves_it() -> None:
    assert edges_at(Rect(10, 10, 6, 6), 13, 13) == Edges.ALL


SIDES = st.sampled_from(
    [Edges.ALL, *(one for one in Edges), Edges.LEFT | Edges.TOP, Edges.RIGHT | Edges.TOP, Edges.RIGHT | Edges.BOTTOM]
)
WAYS = st.integers(-200, 200)


@st.composite
def crops(draw: st.DrawFn) -> Crop:
    width, height = draw(st.integers(SMALLEST_CROP, WIDTH)), draw(st.integers(SMALLEST_CROP, HEIGHT))
    return Crop(draw(st.integers(0, WIDTH - width)), draw(st.integers(0, HEIGHT - height)), width, height)


@given(crops(), SIDES, WAYS, WAYS)
def test_a_carried_crop_stays_in_the_picture_and_large_enough(crop: Crop, edges: Edges, dx: int, dy: int) -> None:
    after = carried(crop, edges, dx, dy, WIDTH, HEIGHT)
    assert after.fits(WIDTH, HEIGHT)
    assert min(after.width, after.height) >= SMALLEST_CROP
    if edges == Edges.ALL:
        assert (after.width, after.height) == (crop.width, crop.height)
    else:
        assert edges & Edges.LEFT or after.x == crop.x
        assert edges & Edges.RIGHT or after.columns.stop == crop.columns.stop
        assert edges & Edges.TOP or after.y == crop.y
        assert edges & Edges.BOTTOM or after.rows.stop == crop.rows.stop


def test_where_there_is_room_a_crop_goes_as_far_as_the_pointer() -> None:
    crop = Crop(40, 30, 20, 20)
    assert carried(crop, Edges.ALL, 5, -7, WIDTH, HEIGHT) == Crop(45, 23, 20, 20)
    assert carried(crop, Edges.LEFT | Edges.BOTTOM, 5, 7, WIDTH, HEIGHT) == Crop(45, 30, 15, 27)


# ---- on the picture ----

FIRST, SECOND = Crop(20, 20, 40, 30), Crop(80, 40, 30, 30)


@pytest.fixture
def sheet(fused: MainWindow, qtbot: QtBot) -> MainWindow:
    """The bar of the sheet with two parts."""
    fused.actions_by_id["save_comparison"].trigger()
    qtbot.waitUntil(fused.crop_overlay.isVisible)
    for crop in (FIRST, SECOND):
        fused.controller.sheets.add_crop(crop)
    return fused


def place(window: MainWindow, x: float, y: float) -> QPoint:
    """Where an image pixel lies on the canvas, logical pixels."""
    assert window.canvas.transform is not None
    spot = window.canvas.transform.to_view(Point(x, y))
    ratio = window.canvas.devicePixelRatioF()
    return QPoint(round(spot.x / ratio), round(spot.y / ratio))


def drag(
    window: MainWindow, qtbot: QtBot, start: tuple[int, int], end: tuple[int, int], keys: Qt.KeyboardModifier = PLAIN
) -> None:
    overlay = window.crop_overlay
    qtbot.mousePress(overlay, Qt.MouseButton.LeftButton, keys, place(window, *start))
    qtbot.mouseMove(overlay, place(window, *end))
    qtbot.mouseRelease(overlay, Qt.MouseButton.LeftButton, keys, place(window, *end))


def about(crop: Crop) -> list[object]:
    return [pytest.approx(value, abs=1) for value in (crop.x, crop.y, crop.width, crop.height)]


def sides(crop: Crop) -> list[int]:
    return [crop.x, crop.y, crop.width, crop.height]


def undo(window: MainWindow) -> None:
    window.actions_by_id["undo"].trigger()


def test_a_drag_in_a_part_moves_it_and_is_one_step(sheet: MainWindow, qtbot: QtBot) -> None:
    drag(sheet, qtbot, (40, 35), (50, 45))
    moved, other = sheet.controller.sheets.crops
    assert sides(moved) == about(Crop(30, 30, 40, 30))
    assert other == SECOND
    drag(sheet, qtbot, (50, 45), (45, 40))
    undo(sheet)
    assert sheet.controller.sheets.crops == (moved, SECOND)
    undo(sheet)
    assert sheet.controller.sheets.crops == (FIRST, SECOND)
    sheet.actions_by_id["redo"].trigger()
    assert sheet.controller.sheets.crops == (moved, SECOND)


def test_a_drag_at_a_corner_resizes_a_part(sheet: MainWindow, qtbot: QtBot) -> None:
    drag(sheet, qtbot, (60, 50), (70, 60))
    assert sides(sheet.controller.sheets.crops[0]) == about(Crop(20, 20, 50, 40))
    drag(sheet, qtbot, (95, 40), (95, 30))
    assert sides(sheet.controller.sheets.crops[1]) == about(Crop(80, 30, 30, 40))


def test_with_ctrl_a_part_is_drawn_inside_another(sheet: MainWindow, qtbot: QtBot) -> None:
    drag(sheet, qtbot, (30, 25), (50, 40), CTRL)
    assert sheet.controller.sheets.crops[:2] == (FIRST, SECOND)
    assert sides(sheet.controller.sheets.crops[2]) == about(Crop(30, 25, 20, 15))


def test_on_a_part_that_fills_the_view_others_can_be_drawn(sheet: MainWindow, qtbot: QtBot) -> None:
    whole = Crop(0, 0, WIDTH, HEIGHT)
    sheet.controller.sheets.put_crops((whole,))
    drag(sheet, qtbot, (30, 25), (50, 40))
    assert len(sheet.controller.sheets.crops) == 2
    assert sheet.controller.sheets.crops[0] == whole


def test_the_pointer_shows_what_it_can_do(sheet: MainWindow, qtbot: QtBot) -> None:
    shapes = []
    for spot in ((40, 35), (60, 50), (60, 35), (70, 10)):
        qtbot.mouseMove(sheet.crop_overlay, place(sheet, *spot))
        shapes.append(sheet.crop_overlay.cursor().shape())
    cursors = Qt.CursorShape
    assert shapes == [cursors.SizeAllCursor, cursors.SizeFDiagCursor, cursors.SizeHorCursor, cursors.CrossCursor]


def test_keys_choose_move_resize_and_remove(sheet: MainWindow, qtbot: QtBot) -> None:
    overlay, sheets = sheet.crop_overlay, sheet.controller.sheets
    assert sheet.canvas.transform is not None
    pixel = max(1, round(overlay.devicePixelRatioF() / sheet.canvas.transform.scale))
    wide = max(1, round(10 * overlay.devicePixelRatioF() / sheet.canvas.transform.scale))
    overlay.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(overlay.hasFocus)
    assert overlay.chosen == FIRST
    assert "Part a: 40 \N{MULTIPLICATION SIGN} 30 pixels at 20, 20" in overlay.accessibleDescription()
    qtbot.keyClick(overlay, KEYS.Key_Tab)
    assert overlay.chosen == SECOND
    for key, modifier in ((KEYS.Key_Left, PLAIN), (KEYS.Key_Down, SHIFT), (KEYS.Key_Up, CTRL)):
        qtbot.keyClick(overlay, key, modifier)
    assert sheets.crops == (FIRST, Crop(80 - pixel, 40 + wide, 30, 30 - pixel))
    qtbot.keyClick(overlay, KEYS.Key_Delete)
    assert sheets.crops == (FIRST,)
    assert overlay.chosen is None


def test_keys_that_follow_at_once_are_one_step(
    sheet: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "MERGE_SECONDS", 1e9)
    overlay = sheet.crop_overlay
    overlay.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(5):
        qtbot.keyClick(overlay, KEYS.Key_Right)
    assert sheet.controller.sheets.crops[0].x > FIRST.x
    undo(sheet)
    assert sheet.controller.sheets.crops == (FIRST, SECOND)


def test_without_a_chosen_part_arrows_move_the_picture(sheet: MainWindow, qtbot: QtBot) -> None:
    sheet.canvas.zoom_to(16.0)
    sheet.controller.sheets.put_crops(())
    before = sheet.canvas.transform
    qtbot.keyClick(sheet.crop_overlay, KEYS.Key_Right)
    assert sheet.crop_overlay.chosen is None
    assert sheet.canvas.transform is not None
    assert before is not None
    assert sheet.canvas.transform.offset.x < before.offset.x


def test_a_part_cannot_become_another(sheet: MainWindow) -> None:
    sheet.controller.sheets.replace_crop(FIRST, SECOND)
    assert sheet.controller.sheets.crops == (FIRST, SECOND)
    sheet.controller.sheets.replace_crop(Crop(1, 1, 10, 10), Crop(2, 2, 10, 10))
    assert sheet.controller.sheets.crops == (FIRST, SECOND)
