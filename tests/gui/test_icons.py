"""Icons are drawn when they are shown: sharp at every scale, grey where nothing can be done."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from lsd2_gui.theme import COLOURS, icon
from tests.gui.screens import SCALES


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize(("mode", "colour"), [(QIcon.Mode.Normal, "accent"), (QIcon.Mode.Disabled, "faint")])
def test_an_icon_has_a_pixel_for_every_pixel_of_the_screen(
    qapp: QApplication, scale: float, mode: QIcon.Mode, colour: str
) -> None:
    drawn = icon("open", "accent").pixmap(QSize(20, 20), scale, mode)
    assert drawn.size() == QSize(round(20 * scale), round(20 * scale))
    assert drawn.devicePixelRatio() == scale
    image = drawn.toImage()
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    wanted = QColor(COLOURS[colour])
    strong = [pixel for pixel in pixels if pixel.alpha() > 150]
    assert len(strong) > 10
    for pixel in strong:  # blending rounds
        assert max(abs(pixel.red() - wanted.red()), abs(pixel.green() - wanted.green())) <= 2


def test_a_copy_outlives_the_icon_it_was_made_of(qapp: QApplication) -> None:
    made = QIcon(icon("save"))
    icon.cache_clear()
    assert not made.pixmap(16, 16).isNull()
    assert not QIcon(made).pixmap(24, 24).isNull()


def test_an_icon_in_no_room_is_nothing_and_no_fault(qapp: QApplication) -> None:
    canvas = QPixmap(20, 20)
    canvas.fill(QColor("#123456"))
    before = canvas.toImage()
    painter = QPainter(canvas)
    for size in (QSize(0, 0), QSize(0, 16), QSize(16, 0)):
        icon("fold").paint(painter, QRect(QPoint(2, 2), size))
    painter.end()
    assert canvas.toImage() == before
    assert icon("fold").pixmap(QSize(0, 8)).isNull()
