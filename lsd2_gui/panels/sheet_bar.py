"""The bar in which a comparison sheet is put together: parts to enlarge, results to show, save."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from lsd2_gui.canvas.crop_marks import COLOURS, LETTERS
from lsd2_gui.layers import LayerBook
from lsd2_gui.panels.widgets import icon_button, label
from lsd2_gui.save_choices import WAITS_FOR_STRENGTH
from lsd2_gui.session import Session
from lsd2_gui.sheets import SheetMaker
from lsd2_gui.text import tr


class SheetBar(QFrame):
    """Hidden until a sheet is wanted.

    Signals: `view_wanted` (the part on the screen is to be enlarged), `save_wanted`, `closed`.
    """

    view_wanted = Signal()
    save_wanted = Signal()
    closed = Signal()

    def __init__(self, maker: SheetMaker, session: Session, layers: LayerBook) -> None:
        super().__init__()
        self.setObjectName("sheet-bar")
        self._maker, self._session, self._layers = maker, session, layers
        self._hint = label(
            tr("Drag over what is to be enlarged, or leave that to the program."),
            "muted",
            wrap=True,
        )
        self._hint.setMinimumWidth(120)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(4)
        self._made: list[QWidget] = []
        self.view_button = _small(tr("Add what is seen"), tr("Enlarge the part that is on the screen now"))
        self.results_button = QToolButton()
        self.results_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.results_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.results_button.setToolTip(tr("Which results the sheet shows, beside the two photos"))
        self.results_button.setMenu(QMenu(self.results_button))
        self.save_button = QPushButton(tr("Save the sheet…"))
        self.save_button.setProperty("kind", "small-primary")
        self.save_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        close = icon_button("cancel", tr("Close the comparison sheet"))
        self._lay_out(close)
        self.view_button.clicked.connect(self.view_wanted)
        self.save_button.clicked.connect(self.save_wanted)
        close.clicked.connect(self.closed)
        self.results_button.menu().aboutToShow.connect(self._fill_menu)
        maker.changed.connect(self.refresh)
        self.hide()
        self.refresh()

    def refresh(self) -> None:
        """Show the crops and how many results there are."""
        crops = self._maker.crops
        self._hint.setVisible(not crops)
        for old in self._made:
            self._chips.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._made = []
        for index, crop in enumerate(crops):
            chip = QPushButton(f"{LETTERS[index]}  \N{MULTIPLICATION SIGN}")
            chip.setProperty("kind", "chip")
            chip.setStyleSheet(f"QPushButton {{ background: {COLOURS[index % len(COLOURS)]}; color: white; }}")
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            words = tr("Take part {0} off the sheet").format(LETTERS[index])
            chip.setToolTip(words)
            chip.setAccessibleName(words)
            chip.clicked.connect(lambda _=False, crop=crop: self._maker.remove_crop(crop))
            self._chips.addWidget(chip)
            self._made.append(chip)
        chosen, candidates = self._maker.chosen, self._maker.candidates
        self.results_button.setText(tr("{0} of {1} results").format(len(chosen), len(candidates)))
        is_settled = self._maker.is_settled
        self.save_button.setEnabled(bool(chosen) and is_settled and not self._maker.is_busy)
        self.save_button.setToolTip("" if is_settled else tr(WAITS_FOR_STRENGTH))

    def _fill_menu(self) -> None:
        menu = self.results_button.menu()
        menu.clear()
        chosen = self._maker.chosen
        for fused in self._maker.candidates:
            action = QAction(self._layers.label(self._session.key_of(fused)), menu)
            action.setCheckable(True)
            action.setChecked(fused in chosen)
            action.toggled.connect(lambda on, fused=fused: self._maker.choose(fused, on))
            menu.addAction(action)

    def _lay_out(self, close: QToolButton) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(self._hint, 4)
        row.addLayout(self._chips)
        row.addWidget(self.view_button)
        row.addStretch(1)
        for part in (self.results_button, self.save_button, close):
            row.addWidget(part)


def _small(words: str, tip: str) -> QPushButton:
    made = QPushButton(words)
    made.setProperty("kind", "small")
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setToolTip(tip)
    return made
