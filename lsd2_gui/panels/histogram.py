"""Histograms of the compared pictures, one below the other on one scale; measured off the main thread."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from lsd2_gui import text
from lsd2_gui.background import Background
from lsd2_gui.canvas.commands import Commands
from lsd2_gui.canvas.look import Channel
from lsd2_gui.histogram import Histogram, measure, mended
from lsd2_gui.layers import Layer
from lsd2_gui.panels.elided import ElidedLabel
from lsd2_gui.panels.plot import Plot, peak
from lsd2_gui.panels.widgets import CalmComboBox, label
from lsd2_gui.text import tr

DELAY_MS = 60
"""Movements of the view that follow each other faster are measured once."""

Region = tuple[float, float, float, float]


@dataclass(frozen=True, eq=False)
class Measured:
    """A picture's name and its histogram."""

    name: str
    histogram: Histogram


class HistogramPanel(QWidget):
    """Follows the canvas while it is shown; the settings are the canvas's look.  Signal: `appeared`."""

    appeared = Signal()

    def __init__(self, canvas: Commands, background: Background) -> None:
        super().__init__()
        self._canvas, self._background = canvas, background
        self._measured: tuple[Measured, ...] = ()
        self._is_measuring = self._is_stale = False
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(DELAY_MS)
        self._delay.timeout.connect(self._measure)
        self.channel = CalmComboBox()
        self.channel.setAccessibleName(tr("Channel of the histogram"))
        for one in Channel:
            self.channel.addItem(text.channel(one), one)
        self.log = _switch(tr("Logarithmic"), tr("Count logarithmically, so that rare values show"))
        self.visible_only = _switch(tr("Visible part"), tr("Count only the part of the pictures that is seen"))
        self.rows = (_Row(), _Row())
        self._lay_out()
        self.channel.activated.connect(self._choose)
        for switch in (self.log, self.visible_only):
            switch.clicked.connect(self._choose)
        canvas.look_changed.connect(self.refresh)
        canvas.view_changed.connect(self._begin)
        self.refresh()

    @property
    def is_busy(self) -> bool:
        """Whether what it shows is about to be replaced."""
        return self._delay.isActive() or self._is_measuring

    def refresh(self) -> None:
        """Show or hide, and draw what was measured in the chosen way."""
        look = self._canvas.look
        self.setVisible(look.histogram)
        self.log.setChecked(look.histogram_log)
        self.visible_only.setChecked(look.histogram_visible)
        self.channel.setCurrentIndex(self.channel.findData(look.histogram_channel))
        self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        if not event.spontaneous():
            self.appeared.emit()
        self._begin()

    def hideEvent(self, event: QHideEvent) -> None:
        self._delay.stop()

    def _choose(self) -> None:
        self._canvas.set_histogram(
            log=self.log.isChecked(), visible=self.visible_only.isChecked(), channel=Channel(self.channel.currentData())
        )

    def _begin(self) -> None:
        if self.isVisible():
            self._delay.start()

    def _measure(self) -> None:
        """One measurement at a time; what changes meanwhile is measured after it."""
        if self._is_measuring:
            self._is_stale = True
            return
        self._is_measuring = True
        canvas = self._canvas
        compared = dict.fromkeys((canvas.reference, canvas.chosen)) if canvas.layers else ()
        layers = [canvas.layers[index] for index in compared]
        region = canvas.transform.visible if canvas.transform and canvas.look.histogram_visible else None
        width = canvas.transform.image.width if canvas.transform else 1.0
        self._background.run(partial(_measure_layers, layers, region, width), self._receive)

    def _receive(self, measured: tuple[Measured, ...]) -> None:
        self._is_measuring = False
        self._measured = measured
        self._draw()
        if self._is_stale:
            self._is_stale = False
            self._begin()

    def _draw(self) -> None:
        look = self._canvas.look
        channel = look.histogram_channel
        top = max((peak(one.histogram, channel) for one in self._measured), default=0.0)
        for row, one in zip(self.rows, (*self._measured, None, None), strict=False):
            row.setVisible(one is not None)
            row.plot.show_histogram(one.histogram if one else None, channel, top, log=look.histogram_log)
            row.show_words(one)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(label(tr("Histogram"), "heading"), 1)
        head.addWidget(self.channel)
        switches = QHBoxLayout()
        switches.setSpacing(12)
        for part in (self.visible_only, self.log):
            switches.addWidget(part)
        switches.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        for row in self.rows:
            column.addWidget(row)
        column.addLayout(switches)


class _Row(QWidget):
    """One picture's name, the shares that are clipped, and its curves."""

    def __init__(self) -> None:
        super().__init__()
        self.plot = Plot()
        self._name, self._ends = ElidedLabel(kind="muted", mode=Qt.TextElideMode.ElideMiddle), label(kind="faint")
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(self._ends)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.plot)

    @property
    def words(self) -> str:
        return f"{self._name.words}  {self._ends.text()}"

    def show_words(self, measured: Measured | None) -> None:
        """The luma's share at both ends."""
        if measured is None:
            return
        self._name.show_words(measured.name)
        luma = measured.histogram.luma
        black, white = text.share(float(luma[0])), text.share(float(luma[-1]))
        self._ends.setText(tr("black {0}   white {1}").format(black, white))
        self.plot.setAccessibleName(tr("Histogram of {0}: {1}").format(measured.name, self._ends.text()))


def _measure_layers(layers: list[Layer], region: Region | None, width: float) -> tuple[Measured, ...]:
    """`region` counts pixels of a picture of that `width`."""
    measured = []
    for layer in layers:
        found = measure(layer.chain.levels[0].pixels, _measured_part(layer, region, width))
        measured.append(Measured(layer.name, mended(found, layer.gain)))
    return tuple(measured)


def _measured_part(layer: Layer, region: Region | None, width: float) -> Region:
    """What is counted of a layer, in its own pixels: the region as far as there is a picture."""
    scale = layer.chain.width / width
    left, top, right, bottom = (0.0, 0.0, float(layer.chain.width), float(layer.chain.height))
    if region is not None:
        left, top, right, bottom = (side * scale for side in region)
    if layer.part is not None:
        columns, rows = layer.part.columns, layer.part.rows
        left, right = max(left, columns.start), min(right, columns.stop)
        top, bottom = max(top, rows.start), min(bottom, rows.stop)
    return left, top, right, bottom


def _switch(words: str, tip: str) -> QCheckBox:
    made = QCheckBox(words)
    made.setToolTip(tip)
    return made
