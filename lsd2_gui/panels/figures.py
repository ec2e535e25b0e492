"""The figures of all results beside each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isinf

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel

from lsd2_gui.panels.elided import ElidedLabel
from lsd2_gui.panels.widgets import label
from lsd2_gui.pictures import Fused
from lsd2_gui.text import decimal, mark, tr


@dataclass(frozen=True, slots=True)
class Figure:
    """A column: the name of the figure, its heading, decimals, and what it means."""

    name: str
    heading: str
    decimals: int
    tip: str


FIGURES = (
    Figure("seconds", mark("s"), 1, mark("Seconds that the method itself took")),
    Figure("peak_rss_mb", mark("MB"), 0, mark("Most memory of the computing process when the result was ready")),
    Figure(
        "sharpness",
        mark("Sharp"),
        2,
        mark("Sharpness of the result alone: more is sharper, but noise counts too"),
    ),
    Figure("noise", mark("Noise"), 1, mark("Noise left in the result, as sigma where white is 255: less is cleaner")),
    Figure("psnr", mark("dB"), 2, mark("PSNR against the reference photo: more is nearer")),
    Figure("ssim", mark("SSIM"), 3, mark("Structural similarity with the reference photo: 1 is equal")),
)


class FiguresTable(QFrame):
    """A column is there as soon as one result has its figure."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("figures")
        self.setAccessibleName(tr("Figures of all results"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(8, 6, 8, 6)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(3)
        self._labels: list[QLabel] = []
        self._table: tuple[tuple[str, ...], ...] = ()

    @property
    def table(self) -> tuple[tuple[str, ...], ...]:
        """What is shown, the headings first."""
        return self._table

    def show_results(self, results: Sequence[tuple[str, Fused]]) -> None:
        """A row for each (name, result)."""
        rows = [(name, figures_of(fused)) for name, fused in results]
        columns = [figure for figure in FIGURES if any(figure.name in values for _, values in rows)]
        table = (
            ("", *(tr(figure.heading) for figure in columns)),
            *((name, *(_written(values, figure) for figure in columns)) for name, values in rows),
        )
        if table != self._table:
            self._table = table
            self._fill(columns)

    def _fill(self, columns: Sequence[Figure]) -> None:
        for old in self._labels:
            self._grid.removeWidget(old)
            old.deleteLater()
        self._labels = []
        for row, cells in enumerate(self._table):
            for column, words in enumerate(cells):
                kind = "caption" if row == 0 else "faint"
                made = label(words, kind) if column else ElidedLabel(words, kind)
                if column:
                    made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                    made.setToolTip(tr(columns[column - 1].tip))
                self._grid.addWidget(made, row, column)
                self._labels.append(made)
        self._grid.setColumnStretch(0, 1)


def figures_of(fused: Fused) -> Mapping[str, float]:
    """Everything that is known in numbers of a result."""
    return {"seconds": fused.reply.seconds, "peak_rss_mb": fused.reply.peak_rss_mb, **fused.figures}


def _written(values: Mapping[str, float], figure: Figure) -> str:
    value = values.get(figure.name)
    if value is None:
        return "\N{EN DASH}"
    return "\N{INFINITY}" if isinf(value) else decimal(value, figure.decimals)
