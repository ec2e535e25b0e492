"""The parameters of one method: the noise level of a denoiser, the effort of LSD2, and which of several networks."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from lsd2.methods.base import Kind, MethodInfo
from lsd2.options import MAX_SIGMA, Effort
from lsd2_gui.panels.widgets import CalmComboBox, CalmSlider, CalmSpinBox, align_captions, captioned, label
from lsd2_gui.parameters import ParameterBook
from lsd2_gui.recipes import ModelShelf
from lsd2_gui.text import decimal, mark, tr

_STEPS = 10
"""Slider positions for one step of sigma."""
FIRST_SIGMA = 10.0
"""Where the slider begins by hand while no estimate is known."""
EFFORTS = (
    (Effort.QUICK, mark("Quick: the network alone")),
    (Effort.NORMAL, mark("Normal")),
    (Effort.BEST, mark("Best, six times as long")),
)


class MethodOptions(QWidget):
    """Shows and changes a method's choices in the book of parameters."""

    def __init__(self, info: MethodInfo, parameters: ParameterBook, shelf: ModelShelf) -> None:
        super().__init__()
        self._name, self._parameters, self._shelf = info.name, parameters, shelf
        self._models = [entry.name for entry in shelf.of(info.name)]
        self._estimate: float | None = None
        self.noise = NoiseLevel() if info.kind is Kind.DENOISER else None
        self.effort = self._make_efforts() if info.has_efforts else None
        self.model = self._make_models() if len(self._models) > 1 else None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 4, 6)
        column.setSpacing(6)
        if self.noise is not None:
            column.addWidget(self.noise)
            self.noise.mode.activated.connect(self._store_mode)
            self.noise.value.valueChanged.connect(self._store_sigma)
            self.noise.slider.valueChanged.connect(lambda place: self._store_sigma(place / _STEPS))
            self.noise.slider.reset.connect(lambda: self._store_sigma(self._start))
        self._add_choices(column)

    @property
    def has_any(self) -> bool:
        return any(part is not None for part in (self.noise, self.effort, self.model))

    @property
    def _start(self) -> float:
        return self._estimate if self._estimate is not None else FIRST_SIGMA

    def show_noise(self, sigma: float | None) -> None:
        """The estimated level; None while it is not known."""
        self._estimate = sigma
        self.refresh()

    def refresh(self) -> None:
        """Show the book's choices."""
        choice = self._parameters.value.of(self._name)
        if self.noise is not None:
            self.noise.show_level(choice.sigma, self._estimate)
        if self.effort is not None:
            self.effort.setCurrentIndex(self.effort.findData(self._parameters.value.effort))
        if self.model is not None:
            place = self.model.findData(choice.model) if choice.model else 0
            self.model.setCurrentIndex(max(place, 0))

    def _add_choices(self, column: QVBoxLayout) -> None:
        captions = []
        for words, field in ((tr("Effort"), self.effort), (tr("Network"), self.model)):
            if field is not None:
                captions.append(label(words, "muted"))
                column.addLayout(captioned(captions[-1], field))
        if captions:
            align_captions(*captions)

    def _store_mode(self, index: int) -> None:
        self._parameters.change_method(self._name, sigma=None if index == 0 else round(self._start, 1))

    def _store_sigma(self, sigma: float) -> None:
        if self._parameters.value.of(self._name).sigma is not None:
            self._parameters.change_method(self._name, sigma=round(sigma, 1))

    def _make_efforts(self) -> QComboBox:
        made = CalmComboBox()
        made.setAccessibleName(tr("Effort"))
        for effort, words in EFFORTS:
            made.addItem(tr(words), effort)
        made.setToolTip(
            tr(
                "How often LSD2 looks at the pair. Quick is its network alone, as in the paper. Normal finds the blur "
                "with its result and looks again, the classical way. Best has the network look four times, and FDnCNN "
                "denoise the short photo for the classical look: for the picture that matters. Where that adds "
                "nothing, the result says so."
            )
        )
        made.activated.connect(lambda: self._parameters.change(effort=Effort(made.currentData())))
        return made

    def _make_models(self) -> QComboBox:
        made = CalmComboBox()
        made.setAccessibleName(tr("Network"))
        for name in self._models:
            made.addItem(name, name)
        made.setToolTip(tr("The trained weights. Others can be added by 'lsd2 weights import'."))
        made.activated.connect(self._store_model)
        return made

    def _store_model(self, index: int) -> None:
        self._parameters.change_method(self._name, model=None if index == 0 else self._models[index])


class NoiseLevel(QWidget):
    """Automatic with the estimated value, or by hand with a slider."""

    def __init__(self) -> None:
        super().__init__()
        self.mode, self.value = CalmComboBox(), CalmSpinBox()
        self.slider = CalmSlider(0, round(MAX_SIGMA * _STEPS), 5)
        self._explanation = label(kind="faint", wrap=True)
        for words in (tr("Automatic"), tr("By hand")):
            self.mode.addItem(words)
        self.value.setRange(0, MAX_SIGMA)
        self.value.setSingleStep(0.5)
        self.value.setDecimals(1)
        self.value.setFixedWidth(76)
        tip = tr(
            "Sigma: the standard deviation of the noise, where white is 255. Too little leaves noise, too much takes "
            "fine detail away. Double click on the slider goes back to the estimate."
        )
        for widget, words in (
            (self.mode, tr("Noise level: automatic or by hand")),
            (self.value, tr("Noise level, sigma")),
            (self.slider, tr("Noise level, sigma, as a slider")),
        ):
            widget.setToolTip(tip)
            widget.setAccessibleName(words)
        self._lay_out()

    @property
    def words(self) -> str:
        return self._explanation.text()

    def show_level(self, sigma: float | None, estimate: float | None) -> None:
        """`sigma` as chosen by hand, None for automatic; `estimate` as far as it is known."""
        by_hand = sigma is not None
        self.mode.setCurrentIndex(int(by_hand))
        shown = sigma if sigma is not None else estimate
        for widget in (self.value, self.slider):
            widget.setVisible(by_hand)
            widget.blockSignals(True)
        if shown is not None:
            self.value.setValue(shown)
            self.slider.setValue(round(shown * _STEPS))
        for widget in (self.value, self.slider):
            widget.blockSignals(False)
        self._explanation.setText(_explained(by_hand, estimate))

    def _lay_out(self) -> None:
        self.mode.setMinimumWidth(110)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.slider, 1)
        row.addWidget(self.value)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(captioned(label(tr("Noise level"), "muted"), self.mode))
        column.addLayout(row)
        column.addWidget(self._explanation)


def _explained(by_hand: bool, estimate: float | None) -> str:
    if estimate is None:
        return tr("Measured in the short photo when it is open.") if not by_hand else ""
    if by_hand:
        return tr("Measured in the short photo: {0}").format(decimal(estimate))
    return tr("Sigma {0}, measured in the short photo.").format(decimal(estimate))
