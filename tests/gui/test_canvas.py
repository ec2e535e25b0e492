"""What is on the screen, pixel by pixel, at every scale of the desktop."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColorSpace, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lsd2_gui.canvas.canvas import Canvas
from lsd2_gui.canvas.layout import PART_GAP
from lsd2_gui.canvas.paint import label_lines, label_size
from lsd2_gui.canvas.transform import Point
from lsd2_gui.theme import COLOURS
from tests.gui.screens import SCALES
from tests.gui.stage import HEIGHT, WIDTH, Stage, drag, flat, layer, noise


@pytest.fixture(params=SCALES)
def stage(request: pytest.FixtureRequest, themed: QApplication, qtbot: QtBot) -> Stage:
    return Stage(qtbot, request.param)


def test_100_percent_is_one_pixel_for_one_pixel(stage: Stage) -> None:
    pixels = noise(1)
    stage.canvas.show_layers((layer(pixels),))
    stage.canvas.actual_size()
    assert stage.canvas.transform is not None
    assert stage.canvas.transform.scale == 1.0
    origin = stage.canvas.transform.origin
    x, y = int(origin.x), int(origin.y)
    shown = stage.grab()
    assert np.array_equal(shown[y : y + HEIGHT, x : x + WIDTH], (pixels // 257).astype(np.uint8))
    around = np.array([0x50, 0x50, 0x50], np.uint8)
    assert COLOURS["canvas"] == "#505050"
    assert np.all(shown[: y - 1] == around)
    assert np.all(shown[y : y + HEIGHT, x + WIDTH] == around)


def test_a_picture_larger_than_the_pane_is_exact_too_after_panning(stage: Stage) -> None:
    pixels = noise(2, 900, 1100)
    stage.canvas.show_layers((layer(pixels),))
    stage.canvas.actual_size()
    assert stage.canvas.transform is not None
    stage.canvas._move(stage.canvas.transform.panned(-37, 21))
    origin = stage.canvas.transform.origin
    shown = stage.grab()
    height, width = shown.shape[:2]
    left, top = -int(origin.x), -int(origin.y)
    assert np.array_equal(shown, (pixels[top : top + height, left : left + width] // 257).astype(np.uint8))


def test_100_percent_is_as_exact_for_a_screen_of_known_colours(stage: Stage) -> None:
    pixels = noise(2, 900, 1100)
    stage.canvas.show_layers((layer(pixels),))
    stage.canvas.actual_size()
    as_they_are = stage.grab()
    stage.canvas.show_colours_of(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    assert np.array_equal(stage.grab(), as_they_are)
    stage.canvas.show_colours_of(QColorSpace(QColorSpace.NamedColorSpace.AdobeRgb))
    assert not np.array_equal(stage.grab(), as_they_are)


@pytest.mark.parametrize(("scale", "kinds"), [(2.9, "mixed"), (3.1, "pure")])
def test_pixels_are_smoothed_up_to_300_percent_and_square_above(stage: Stage, scale: float, kinds: str) -> None:
    checks = np.indices((400, 400)).sum(axis=0) % 2 * 65535
    stage.canvas.show_layers((layer(np.repeat(checks[..., None], 3, axis=2).astype(np.uint16)),))
    assert stage.canvas.transform is not None
    stage.canvas.move_to(stage.canvas.transform.zoomed_to(scale, Point(40, 40)))
    values = np.unique(stage.grab()[80:-80, 20:-20])
    assert (kinds == "pure") == (values.tolist() == [0, 255])


def test_the_wipe_shows_each_side_of_the_divider_its_own_picture(stage: Stage) -> None:
    stage.canvas.show_layers((flat(40), flat(200)))
    stage.canvas.divider = 0.3
    row = stage.grab()[5, :, 0]
    width = len(row)
    edge = round(0.3 * width)
    image = stage.canvas.transform
    assert image is not None
    left, right = int(image.offset.x) + 2, width - int(image.offset.x) - 2
    line = round(3 * stage.canvas.devicePixelRatioF())
    assert np.all(row[left : edge - line] == 40)
    assert np.all(row[max(left, edge + line) : right] == 200)


def test_800_percent_shows_square_pixels(stage: Stage) -> None:
    pixels = noise(3)
    stage.canvas.show_layers((layer(pixels),))
    assert stage.canvas.transform is not None
    stage.canvas._move(stage.canvas.transform.zoomed_to(8.0, Point(40, 40)))
    origin = stage.canvas.transform.origin
    shown = stage.grab()
    left, top = -int(origin.x), -int(origin.y)
    for x, y in ((10, 10), (111, 57), (200, 99)):
        expected = pixels[(y + top) // 8, (x + left) // 8] // 257
        assert shown[y, x].tolist() == expected.tolist()


@pytest.mark.parametrize("scale", SCALES)
def test_noise_stays_visible_when_the_picture_is_shrunk_but_does_not_alias(
    scale: float, themed: QApplication, qtbot: QtBot
) -> None:
    stage = Stage(qtbot, scale)
    checks = np.indices((1600, 1600)).sum(axis=0) % 2 * 65535
    stage.canvas.show_layers((layer(np.repeat(checks[..., None], 3, axis=2).astype(np.uint16)),))
    assert stage.canvas.transform is not None
    assert stage.canvas.transform.scale < 0.5
    shown = stage.grab()
    height, width = shown.shape[:2]
    middle = shown[height // 4 : -height // 4, width // 2 - 40 : width // 2 + 40].astype(int)
    assert np.abs(middle - 128).max() <= 2


@pytest.mark.parametrize("divider", [0.0, 0.02, 0.1, 0.5, 0.9, 0.97, 1.0])
def test_labels_stay_on_their_side(divider: float, themed: QApplication, qtbot: QtBot) -> None:
    """White text on at least 55 % black: on white pictures nothing else is darker than 45 %."""
    stage = Stage(qtbot, 1.0)
    label = "A long label that needs much room"
    stage.canvas.show_layers((flat(255, "", 220, 330), flat(255, label, 220, 330)))
    stage.canvas.divider = divider
    edge = round(divider * 331)
    shown = stage.grab()[:40]
    dark = np.flatnonzero((shown.max(axis=2) < 0.45 * 255 + 1).any(axis=0))
    if 331 - edge < 80:
        assert dark.size == 0 or dark.min() < edge + 3
    else:
        away = dark[np.abs(dark - edge) > 3]
        assert away.size > 20
        assert away.min() > edge


def test_the_divider_is_dragged_by_its_zone_and_the_picture_by_the_rest(themed: QApplication, qtbot: QtBot) -> None:
    stage = Stage(qtbot, 1.0)
    canvas = stage.canvas
    canvas.show_layers((flat(40, height=900, width=900), flat(200, height=900, width=900)))
    canvas.actual_size()
    assert canvas.transform is not None
    before = canvas.transform
    middle = canvas.width() // 2
    drag(qtbot, canvas, QPoint(middle + 3, 20), QPoint(100, 20))
    assert canvas.divider == pytest.approx(100 / canvas.width(), abs=0.01)
    assert canvas.transform == before
    drag(qtbot, canvas, QPoint(250, 100), QPoint(230, 90))
    assert canvas.divider == pytest.approx(100 / canvas.width(), abs=0.01)
    assert canvas.transform.offset == Point(before.offset.x - 20, before.offset.y - 10)


def test_double_click_toggles_100_percent_there(themed: QApplication, qtbot: QtBot) -> None:
    stage = Stage(qtbot, 1.0)
    canvas = stage.canvas
    canvas.show_layers((flat(40, height=900, width=900),))
    assert canvas.transform is not None
    spot = Point(100, 60)
    there = canvas.transform.to_image(spot)
    qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 60))
    assert canvas.transform.scale == 1.0
    assert canvas.transform.to_image(spot).y == pytest.approx(there.y)
    qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 60))
    assert canvas.transform.fits
    qtbot.mousePress(canvas, Qt.MouseButton.MiddleButton, pos=QPoint(100, 60))
    assert canvas.transform.scale == 1.0


def wheel(canvas: Canvas, angle: int, pixels: QPoint | None = None, phase: Qt.ScrollPhase | None = None) -> None:
    event = QWheelEvent(
        QPointF(100, 60), canvas.mapToGlobal(QPointF(100, 60)), pixels or QPoint(), QPoint(0, angle),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, phase or Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas, event)


def test_the_wheel_zooms_at_the_pointer_and_a_trackpad_pans(themed: QApplication, qtbot: QtBot) -> None:
    stage = Stage(qtbot, 1.0)
    canvas = stage.canvas
    canvas.show_layers((flat(40, height=900, width=900),))
    canvas.actual_size()
    assert canvas.transform is not None
    spot = canvas.transform.to_image(Point(100, 60))
    wheel(canvas, 60)
    assert canvas.transform.scale == 1.0
    wheel(canvas, 60)
    assert canvas.transform.scale == pytest.approx(2**0.5)
    assert canvas.transform.to_image(Point(100, 60)).x == pytest.approx(spot.x)
    before = canvas.transform
    wheel(canvas, 30, QPoint(-9, 7), Qt.ScrollPhase.ScrollUpdate)
    assert canvas.transform.scale == before.scale
    assert canvas.transform.offset == Point(before.offset.x - 9, before.offset.y + 7)


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Backslash])
def test_holding_a_key_shows_the_left_picture_everywhere(key: Qt.Key, themed: QApplication, qtbot: QtBot) -> None:
    stage = Stage(qtbot, 1.0)
    stage.canvas.show_layers((flat(40), flat(200)))
    assert stage.grab()[60, 250, 0] == 200
    qtbot.keyPress(stage.canvas, key)
    assert stage.grab()[60, 250, 0] == 40
    qtbot.keyRelease(stage.canvas, key)
    assert stage.grab()[60, 250, 0] == 200


def test_arrow_keys_pan_and_the_view_stays_when_a_layer_is_exchanged(themed: QApplication, qtbot: QtBot) -> None:
    stage = Stage(qtbot, 1.0)
    canvas = stage.canvas
    canvas.show_layers((flat(40, height=900, width=900),))
    canvas.actual_size()
    assert canvas.transform is not None
    before = canvas.transform.offset.x
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.transform.offset.x == before - 96
    kept = canvas.transform
    canvas.show_layers((flat(90, height=900, width=900),))
    assert canvas.transform == kept
    canvas.show_layers((flat(90, height=500, width=900),))
    assert canvas.transform.fits
    canvas.show_layers(())
    assert canvas.transform is None
    assert canvas.grab().toImage().pixelColor(5, 5).red() == 0x50


def test_layers_of_unlike_sizes_cover_the_same_width(themed: QApplication, qtbot: QtBot) -> None:
    stage = Stage(qtbot, 1.0)
    stage.canvas.show_layers((flat(40, height=100, width=200), flat(200, height=200, width=400)))
    stage.canvas.divider = 1.0
    left = stage.grab()[60, :, 0]
    stage.canvas.divider = 0.0
    right = stage.grab()[60, :, 0]
    assert np.flatnonzero(left == 40).min() <= 5
    assert np.flatnonzero(right == 200).min() <= 5
    assert np.flatnonzero(left == 40).max() >= 320
    assert np.flatnonzero(right == 200).max() >= 326


def test_a_label_is_broken_between_its_parts_and_where_one_does_not_fit_between_its_words(themed: QApplication) -> None:
    font, label = themed.font(), PART_GAP.join(("Yuan et al. sigma 15.8", "at 50 %", "35 s"))
    whole = label_size(font, label)[0]
    assert label_lines(font, label, whole) == (label,)
    two = label_lines(font, label, whole - 1)
    assert two == ("Yuan et al. sigma 15.8" + PART_GAP + "at 50 %", "35 s")
    narrow = label_size(font, "Yuan et al. sigma 15.8")[0]
    assert label_lines(font, label, narrow) == ("Yuan et al. sigma 15.8", "at 50 %" + PART_GAP + "35 s")
    by_words = label_lines(font, label, narrow - 2)
    assert by_words[0] == "Yuan et al. sigma"
    assert " ".join(by_words).replace(PART_GAP, " ") == label.replace(PART_GAP, " ")
    assert max(label_size(font, line)[0] for line in by_words) <= narrow - 2 + 1


def test_of_a_word_that_is_too_long_for_a_label_the_middle_is_left_out(themed: QApplication) -> None:
    font, name = themed.font(), "IMG_20260412_193503_evening_walk_sharp"
    width = label_size(font, name)[0]
    (cut,) = label_lines(font, name, width - 20)
    assert cut[0] == "I"
    assert cut.endswith("sharp")
    assert "…" in cut
    assert label_size(font, cut)[0] <= width - 20 + 1
