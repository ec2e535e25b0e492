"""What holds for all methods: alignment, highlights, device, memory."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from lsd2_gui import settings as declared
from lsd2_gui.panels.fusion_options import FusionPanel
from lsd2_gui.panels.widgets import CalmComboBox, CalmSpinBox, align_captions, captioned, label
from lsd2_gui.parameters import ParameterBook, Parameters
from lsd2_gui.recipes import ModelShelf
from lsd2_gui.text import mark, tr

DEVICES = (("auto", mark("Automatic")), ("cpu", mark("Processor (CPU)")), ("gpu", mark("Graphics card (GPU)")))
"""Setting's word and the user's."""


class ProcessPanel(QWidget):
    """Shows and changes the parameters of the next runs."""

    def __init__(self, parameters: ParameterBook, shelf: ModelShelf) -> None:
        super().__init__()
        self._parameters = parameters
        self.device, self.memory = CalmComboBox(), CalmSpinBox()
        self.fusion = FusionPanel(parameters, shelf)
        self.align = QCheckBox(tr("Align the long photo first"))
        self._set_up_choices()
        self._lay_out()
        self._show(parameters.value)
        self.device.activated.connect(lambda: parameters.change(device=self.device.currentData()))
        self.align.toggled.connect(lambda on: parameters.change(align=on))
        self.memory.valueChanged.connect(lambda value: parameters.change(memory_gb=value))
        parameters.changed.connect(lambda before, after: self._show(after))

    def _show(self, value: Parameters) -> None:
        self.device.setCurrentIndex(self.device.findData(value.device))
        self.align.setChecked(value.align)
        if abs(self.memory.value() - value.memory_gb) > 10.0 ** -self.memory.decimals():
            self.memory.blockSignals(True)
            self.memory.setValue(value.memory_gb)
            self.memory.blockSignals(False)

    def _set_up_choices(self) -> None:
        for name, words in DEVICES:
            self.device.addItem(tr(words), name)
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
        for box in (self.device, self.memory):
            box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _lay_out(self) -> None:
        rows, captions = QVBoxLayout(), []
        rows.setSpacing(8)
        for words, field in ((tr("Runs on"), self.device), (tr("Memory"), self.memory)):
            captions.append(label(words, "muted"))
            field.setAccessibleName(words)
            rows.addLayout(captioned(captions[-1], field))
        align_captions(*captions, *self.fusion.captions)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.align)
        column.addWidget(self.fusion)
        column.addLayout(rows)
