"""The curves of one histogram."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from lsd2_gui.canvas.look import Channel
from lsd2_gui.histogram import BINS, Histogram
from lsd2_gui.theme import COLOURS

HEIGHT = 84
COLOUR = {
    Channel.RED: QColor(224, 82, 72),
    Channel.GREEN: QColor(92, 190, 92),
    Channel.BLUE: QColor(84, 132, 240),
    Channel.LUMINANCE: QColor(214, 214, 214),
}
_PRIMARIES = (Channel.RED, Channel.GREEN, Channel.BLUE)
_LOG_RANGE = 1e5
"""A value that one pixel in 100 000 has still shows in a logarithmic plot."""


def curves(histogram: Histogram, channel: Channel) -> dict[Channel, NDArray[np.float64]]:
    """The shares of each of the 256 values in the channels that are shown."""
    if channel is Channel.LUMINANCE:
        return {channel: histogram.luma}
    wanted = _PRIMARIES if channel is Channel.RGB else (channel,)
    return {one: histogram.channels[_PRIMARIES.index(one)] for one in wanted}


def peak(histogram: Histogram, channel: Channel) -> float:
    """The largest share, not counting black and white: clipped pixels would flatten everything else."""
    return max(float(shares[1:-1].max()) for shares in curves(histogram, channel).values())


def heights(shares: NDArray[np.float64], top: float, *, log: bool) -> NDArray[np.float64]:
    """Heights in [0, 1], where `top` is the share that reaches 1."""
    if top <= 0:
        return np.zeros_like(shares)
    scaled = np.log1p(shares * _LOG_RANGE) / np.log1p(top * _LOG_RANGE) if log else shares / top
    return np.minimum(scaled, 1.0)


class Plot(QWidget):
    """Paints a histogram; `top` is the share at its upper edge, the same in plots that are compared."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._histogram: Histogram | None = None
        self._channel, self._top, self._log = Channel.RGB, 0.0, False

    def show_histogram(self, histogram: Histogram | None, channel: Channel, top: float, *, log: bool) -> None:
        self._histogram, self._channel, self._top, self._log = histogram, channel, top, log
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = QRectF(self.rect())
        painter.fillRect(area, QColor(COLOURS["field"]))
        painter.setPen(QPen(QColor(COLOURS["raised"]), 1))
        for quarter in (1, 2, 3):
            x = round(area.width() * quarter / 4) + 0.5
            painter.drawLine(QPointF(x, 0), QPointF(x, area.height()))
        if self._histogram is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            shown = curves(self._histogram, self._channel)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Screen)
            for channel, shares in shown.items():
                self._paint_curve(painter, area, shares, COLOUR[channel], fill=150 if len(shown) > 1 else 190)
        painter.end()

    def _paint_curve(
        self, painter: QPainter, area: QRectF, shares: NDArray[np.float64], colour: QColor, fill: int
    ) -> None:
        tall = heights(shares, self._top, log=self._log) * (area.height() - 2)
        step = area.width() / (BINS - 1)
        line = [QPointF(index * step, area.height() - float(tall[index])) for index in range(BINS)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour.red(), colour.green(), colour.blue(), fill))
        painter.drawPolygon(QPolygonF([area.bottomLeft(), *line, area.bottomRight()]))
        painter.setPen(QPen(colour, 1))
        painter.drawPolyline(QPolygonF(line))
