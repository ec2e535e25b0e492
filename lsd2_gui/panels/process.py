"""What holds for all methods: alignment, highlights, device, memory."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFormLayout, QVBoxLayout, QWidget

from lsd2.options import Fusion
from lsd2_gui import settings as declared
from lsd2_gui.panels.widgets import CalmComboBox, CalmSlider, CalmSpinBox, label
from lsd2_gui.parameters import ParameterBook, Parameters
from lsd2_gui.recipes import ModelShelf
from lsd2_gui.text import mark, tr

DEVICES = (("auto", mark("Automatic")), ("cpu", mark("Processor (CPU)")), ("gpu", mark("Graphics card (GPU)")))
"""Setting's word and the user's."""


FUSIONS = (
    (Fusion.NONE, mark("As the method leaves them")),
    (Fusion.MERTENS, mark("From the short photo")),
    (Fusion.NETWORK, mark("From the short photo, by a network")),
)
FUSION_MODELS = "fusion"
"""What the weights of the network that fuses exposures are listed under."""


class ProcessPanel(QWidget):
    """Shows and changes the parameters of the next runs."""

    def __init__(self, parameters: ParameterBook, shelf: ModelShelf) -> None:
        super().__init__()
        self._parameters = parameters
        self._fusions = [kind for kind, _ in FUSIONS if kind is not Fusion.NETWORK or shelf.of(FUSION_MODELS)]
        self.device, self.memory, self.fusion = CalmComboBox(), CalmSpinBox(), CalmComboBox()
        self.fusion_strength = CalmSlider(0, 100)
        self._strength_caption = label(tr("How much"), "muted")
        self.align = QCheckBox(tr("Align the long photo first"))
        self._set_up_choices()
        self._lay_out()
        self._show(parameters.value)
        self.device.activated.connect(lambda: parameters.change(device=self.device.currentData()))
        self.align.toggled.connect(lambda on: parameters.change(align=on))
        self.memory.valueChanged.connect(lambda value: parameters.change(memory_gb=value))
        self.fusion.activated.connect(lambda index: parameters.change(fusion=self._fusions[index]))
        self.fusion_strength.valueChanged.connect(lambda value: parameters.change(fusion_strength=value / 100))
        self.fusion_strength.reset.connect(lambda: parameters.change(fusion_strength=declared.FUSION_STRENGTH.default))
        parameters.changed.connect(lambda before, after: self._show(after))

    def _show(self, value: Parameters) -> None:
        self.device.setCurrentIndex(self.device.findData(value.device))
        self.align.setChecked(value.align)
        kind = value.fusion if value.fusion in self._fusions else Fusion.NONE
        self.fusion.setCurrentIndex(self._fusions.index(kind))
        self.fusion_strength.blockSignals(True)
        self.fusion_strength.setValue(round(value.fusion_strength * 100))
        self.fusion_strength.blockSignals(False)
        for part in (self.fusion_strength, self._strength_caption):
            part.setVisible(kind is not Fusion.NONE)
        if abs(self.memory.value() - value.memory_gb) > 10.0 ** -self.memory.decimals():
            self.memory.blockSignals(True)
            self.memory.setValue(value.memory_gb)
            self.memory.blockSignals(False)

    def _set_up_choices(self) -> None:
        for name, words in DEVICES:
            self.device.addItem(tr(words), name)
        for kind, words in FUSIONS:
            if kind in self._fusions:
                self.fusion.addItem(tr(words))
        self.fusion.setToolTip(
            tr(
                "Lamps and windows that the long photo burns out still have their shape in the short one: exposure "
                "fusion brings it back after the method."
            )
        )
        self.fusion_strength.setToolTip(tr("Half is a natural look. Double click goes back to it."))
        self.fusion_strength.setAccessibleName(tr("How much of the highlights"))
        self.memory.setRange(declared.MIN_MEMORY_GB, declared.MAX_MEMORY_GB)
        self.memory.setSingleStep(0.25)
        self.memory.setSuffix(tr(" GB"))
        self.align.setToolTip(
            tr("Shifts and turns the long photo onto the short one. Needed for hand-held pairs; harmless on a tripod.")
        )
        self.memory.setToolTip(
            tr("Working memory of a run, beside the photos. Less is slower but fits smaller computers.")
        )
        self.device.setToolTip(tr("Automatic takes the graphics card if there is one that can be used."))
        for box in (self.device, self.memory, self.fusion):
            box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for words, field in (
            (tr("Highlights"), self.fusion),
            (tr("Runs on"), self.device),
            (tr("Memory"), self.memory),
        ):
            caption = label(words, "muted")
            caption.setBuddy(field)
            field.setAccessibleName(words)
            form.addRow(caption, field)
            if field is self.fusion:
                form.addRow(self._strength_caption, self.fusion_strength)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(tr("For all methods"), "heading"))
        column.addWidget(self.align)
        column.addLayout(form)
