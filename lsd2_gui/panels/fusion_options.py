"""How highlights are brought back after a method: by which fusion, how strongly, and what decides."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from lsd2.finishing import FUSION_WEIGHTS
from lsd2.options import MAX_FUSION_EXPONENT, Fusion, FusionOptions
from lsd2_gui.panels.slider_row import SliderRow
from lsd2_gui.panels.widgets import CalmComboBox, align_captions, captioned, label
from lsd2_gui.parameters import ParameterBook
from lsd2_gui.recipes import ModelShelf
from lsd2_gui.text import decimal, mark, percent, tr

CHOICES = (
    (Fusion.NONE, mark("Left as they are")),
    (Fusion.MERTENS, mark("From the short photo")),
    (Fusion.NETWORK, mark("From the short photo, by a network")),
)
LEVELS = 255
DEFAULTS = FusionOptions()


@dataclass(frozen=True, slots=True)
class Part:
    """A number of `FusionOptions` as a slider: its words, bounds, and slider positions for 1."""

    name: str
    caption: str
    tip: str
    low: float
    high: float
    positions: int

    def written(self, value: float) -> str:
        return percent(value) if self.name == "strength" else decimal(value)


STRENGTH = Part(
    "strength", mark("How much"),
    mark("Half is a natural look; all of it shows both exposures alike, and looks flatter."), 0, 1, 100,
)  # fmt: skip
WEIGHTS = (
    Part(
        "detail", mark("Fine detail"), mark("How much fine contrast counts in choosing between the exposures."),
        0, MAX_FUSION_EXPONENT, 10,
    ),
    Part(
        "colour", mark("Strong colours"), mark("How much saturated colours count in choosing between the exposures."),
        0, MAX_FUSION_EXPONENT, 10,
    ),
    Part(
        "light", mark("Good exposure"),
        mark("How much middle brightness counts in choosing between the exposures; more looks flatter."),
        0, MAX_FUSION_EXPONENT, 10,
    ),
)  # fmt: skip
MOST_BLACK, LEAST_WHITE = 0.25, 0.5
AUTOMATIC, BY_HAND = range(2)


class FusionPanel(QWidget):
    """Shows and changes the fusion in the book of parameters; all but the choice is there only with a fusion."""

    def __init__(self, parameters: ParameterBook, shelf: ModelShelf) -> None:
        super().__init__()
        self._parameters = parameters
        self._kinds = [kind for kind, _ in CHOICES if kind is not Fusion.NETWORK or shelf.of(FUSION_WEIGHTS)]
        self.kind, self.white_mode = CalmComboBox(), CalmComboBox()
        self.parts = {part.name: self._slider(part) for part in (STRENGTH, *WEIGHTS)}
        self.black = SliderRow(
            tr("Black point"), 0, round(MOST_BLACK * LEVELS),
            tr("Levels up to this one become black: more makes shadows deeper. 0 leaves them alone."),
        )  # fmt: skip
        self.white = SliderRow(
            tr("White point"), round(LEAST_WHITE * LEVELS), LEVELS,
            tr("Levels from this one on become white: less makes highlights brighter."),
        )  # fmt: skip
        self.more = QPushButton(tr("Fine tuning"))
        self._caption, self._white_caption = label(tr("Highlights"), "muted"), label(tr("White point"), "muted")
        self._fine, self._rows = QWidget(), QWidget()
        self._set_up()
        self._lay_out()
        self._connect()
        self.refresh()

    @property
    def captions(self) -> tuple[QLabel, ...]:
        """What stands before the fields that are not folded away."""
        return self._caption, self.parts[STRENGTH.name].caption

    def refresh(self) -> None:
        """Show the book's choices."""
        value = self._parameters.value.fusion
        kind = value.kind if value.kind in self._kinds else Fusion.NONE
        self.kind.setCurrentIndex(self._kinds.index(kind))
        for part in (STRENGTH, *WEIGHTS):
            number = getattr(value, part.name)
            self.parts[part.name].show_value(round(number * part.positions), part.written(number))
        self.black.show_value(round(value.black_point * LEVELS), str(round(value.black_point * LEVELS)))
        self.white_mode.setCurrentIndex(AUTOMATIC if value.white_point is None else BY_HAND)
        white = round((1.0 if value.white_point is None else value.white_point) * LEVELS)
        self.white.show_value(white, str(white))
        self.white.setVisible(value.white_point is not None)
        self._rows.setVisible(kind is not Fusion.NONE)

    def _slider(self, part: Part) -> SliderRow:
        row = SliderRow(
            tr(part.caption), round(part.low * part.positions), round(part.high * part.positions), tr(part.tip)
        )
        row.moved.connect(lambda place: self._change(**{part.name: place / part.positions}))
        row.reset.connect(lambda: self._change(**{part.name: getattr(DEFAULTS, part.name)}))
        return row

    def _change(self, **changes: Any) -> None:
        self._parameters.change(fusion=replace(self._parameters.value.fusion, **changes))

    def _connect(self) -> None:
        self.kind.activated.connect(lambda index: self._change(kind=self._kinds[index]))
        self.more.toggled.connect(self._fine.setVisible)
        self.black.moved.connect(lambda level: self._change(black_point=level / LEVELS))
        self.black.reset.connect(partial(self._change, black_point=DEFAULTS.black_point))
        self.white.moved.connect(lambda level: self._change(white_point=level / LEVELS))
        self.white.reset.connect(partial(self._change, white_point=1.0))
        self.white_mode.activated.connect(lambda index: self._change(white_point=None if index == AUTOMATIC else 1.0))
        self._parameters.changed.connect(lambda before, after: self.refresh())

    def _set_up(self) -> None:
        for kind, words in CHOICES:
            if kind in self._kinds:
                self.kind.addItem(tr(words))
        self.kind.setToolTip(
            tr(
                "Lamps and windows that the long photo burns out still have their shape in the short one: exposure "
                "fusion brings it back after the method."
            )
        )
        self.kind.setAccessibleName(tr("Highlights"))
        for words in (tr("Automatic"), tr("By hand")):
            self.white_mode.addItem(words)
        self.white_mode.setAccessibleName(tr("White point: automatic or by hand"))
        self.white_mode.setToolTip(tr("Automatic makes highlights as white as they were before."))
        self.more.setCheckable(True)
        self.more.setProperty("kind", "quiet")
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.more.setToolTip(tr("What decides between the exposures, and which levels become black and white"))
        for box in (self.kind, self.white_mode):
            box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _lay_out(self) -> None:
        folded = [self.parts[part.name].caption for part in WEIGHTS]
        align_captions(*folded, self.black.caption, self._white_caption, self.white.caption)
        fine = _column(self._fine)
        for part in WEIGHTS:
            fine.addWidget(self.parts[part.name])
        fine.addWidget(self.black)
        fine.addLayout(captioned(self._white_caption, self.white_mode))
        fine.addWidget(self.white)
        self._fine.hide()
        rows = _column(self._rows)
        rows.addWidget(self.parts[STRENGTH.name])
        rows.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addWidget(self._fine)
        column = _column(self)
        column.addLayout(captioned(self._caption, self.kind))
        column.addWidget(self._rows)


def _column(widget: QWidget) -> QVBoxLayout:
    made = QVBoxLayout(widget)
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(8)
    return made
