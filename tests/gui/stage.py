"""A canvas on a screen of a given scale, layers to show on it, and its pixels."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from lsd2_gui.canvas.canvas import Canvas
from lsd2_gui.canvas.clipping import ClipMap
from lsd2_gui.layers import Layer
from lsd2_gui.qimage import MipChain, display_table
from tests.gui.screens import SCALES

HEIGHT, WIDTH = 70, 90
LEFT, TOP = 7, 3
"""Where the canvas lies in its window, logical pixels: at scales like 1.25 that is between two pixels."""


def noise(seed: int, height: int = HEIGHT, width: int = WIDTH) -> np.ndarray:
    eight_bit = np.random.default_rng(seed).integers(0, 256, (height, width, 3))
    return (eight_bit * 257).astype(np.uint16)


def layer(pixels: np.ndarray, label: str = "", key: Hashable = None) -> Layer:
    chain = MipChain.from_u16(pixels, display_table())
    return Layer(object() if key is None else key, label, label, chain, ClipMap.of(pixels), pixels)


def flat(level: int, label: str = "", height: int = HEIGHT, width: int = WIDTH) -> Layer:
    return layer(np.full((height, width, 3), level * 257, np.uint16), label)


class Stage:
    """A canvas at an odd place of a window on a screen of a given scale."""

    def __init__(self, qtbot: QtBot, scale: float, size: tuple[int, int] = (331, 221)) -> None:
        screen = QApplication.screens()[SCALES.index(scale)]
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.canvas = Canvas(self.window)
        self.canvas.setGeometry(LEFT, TOP, *size)
        self.window.winId()
        self.window.windowHandle().setScreen(screen)
        self.window.move(screen.geometry().topLeft() + QPoint(20, 20))
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.resize(max(400, size[0] + 40), max(300, size[1] + 40))
        assert self.canvas.devicePixelRatioF() == scale

    def grab(self) -> np.ndarray:
        """The canvas as (H, W, 3) uint8 RGB in device pixels, cut out of the whole window."""
        image = self.window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
        ratio = self.canvas.devicePixelRatioF()
        left, top = int(LEFT * ratio + 0.5), int(TOP * ratio + 0.5)
        width, height = int(self.canvas.width() * ratio), int(self.canvas.height() * ratio)
        assert rows.shape[0] >= top + height
        assert rows.shape[1] >= left + width
        return rows[top : top + height, left : left + width, 2::-1].copy()


def drag(
    qtbot: QtBot,
    canvas: Canvas,
    start: QPoint,
    end: QPoint,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, modifier, start)
    qtbot.mouseMove(canvas, end)
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, modifier, end)
