"""The figures of all results beside each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isinf

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
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
    Figure(
        "sharpness",
        mark("Sharp"),
        1,
        mark("Sharpness of the result alone: more is sharper, but noise counts too"),
    ),
    Figure("noise", mark("Noise"), 1, mark("Noise left in the result, as sigma where white is 255: less is cleaner")),
    Figure("psnr", mark("dB"), 2, mark("PSNR against the reference photo: more is nearer")),
    Figure("ssim", mark("SSIM"), 3, mark("Structural similarity with the reference photo: 1 is equal")),
)
_GAP = 8
"""Between columns, logical pixels."""
_APART = 5
"""Between what belongs to one result and the name of the next, logical pixels."""


class FiguresTable(QFrame):
    """A column is there as soon as one result has its figure.

    Names stand before their figures where all of them fit there, else above them.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("figures")
        self.setAccessibleName(tr("Figures of all results"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(8, 6, 8, 6)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(3)
        self._names: list[QLabel] = []
        self._cells: list[QLabel] = []
        self._table: tuple[tuple[str, ...], ...] = ()
        self._is_stacked = False

    @property
    def table(self) -> tuple[tuple[str, ...], ...]:
        """What is shown, the headings first."""
        return self._table

    @property
    def is_stacked(self) -> bool:
        """Whether names stand above their figures."""
        return self._is_stacked

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
            self._fill([tr(figure.tip) for figure in columns])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _fill(self, tips: Sequence[str]) -> None:
        for old in (*self._names, *self._cells):
            self._grid.removeWidget(old)
            old.deleteLater()
        self._names = [ElidedLabel(row[0], "muted", Qt.TextElideMode.ElideMiddle) for row in self._table]
        self._cells = []
        for row, (_, *cells) in enumerate(self._table):
            for tip, words in zip(tips, cells, strict=True):
                made = label(words, "faint" if row else "caption")
                made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                made.setToolTip(tip)
                self._cells.append(made)
        self._place(anew=True)

    def _place(self, *, anew: bool = False) -> None:
        """Put all where there is room for it."""
        is_stacked = self._needed_width() > self.contentsRect().width()
        if not anew and is_stacked == self._is_stacked:
            return
        self._is_stacked = is_stacked
        lines, columns = 1 + is_stacked, max(len(row) for row in self._table) - 1
        for column in range(columns + 1):
            self._grid.setColumnStretch(column, column < columns if is_stacked else column == 0)
        for row, name in enumerate(self._names):
            name.setContentsMargins(0, _APART if is_stacked and row else 0, 0, 0)
            self._grid.addWidget(name, lines * row, 0, 1, columns if is_stacked else 1)
        for index, cell in enumerate(self._cells):
            row, column = divmod(index, columns)
            self._grid.addWidget(cell, lines * row + is_stacked * (row > 0), column + (not is_stacked))

    def _needed_width(self) -> int:
        """Logical pixels for names and figures beside each other."""
        if not self._table:
            return 0
        columns = len(self._table[0]) - 1
        widest = (max(cell.sizeHint().width() for cell in self._cells[column::columns]) for column in range(columns))
        margins = self._grid.contentsMargins()
        names = max(name.sizeHint().width() for name in self._names)
        return names + sum(widest) + columns * _GAP + margins.left() + margins.right()


def figures_of(fused: Fused) -> Mapping[str, float]:
    """Everything that is known in numbers of a result."""
    return {"seconds": fused.reply.seconds, **fused.figures}


def _written(values: Mapping[str, float], figure: Figure) -> str:
    value = values.get(figure.name)
    if value is None:
        return "\N{EN DASH}"
    return "\N{INFINITY}" if isinf(value) else decimal(value, figure.decimals)
