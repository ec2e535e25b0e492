"""How the pair is processed: the method and its few choices."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFormLayout, QVBoxLayout, QWidget

from lsd2.methods.registry import processing_methods
from lsd2_gui import settings as declared
from lsd2_gui.library_words import translated
from lsd2_gui.panels.widgets import CalmComboBox, CalmSpinBox, label
from lsd2_gui.settings import Settings
from lsd2_gui.text import mark, tr

DEVICES = (("auto", mark("Automatic")), ("cpu", mark("Processor (CPU)")), ("gpu", mark("Graphics card (GPU)")))
"""Setting's word and the user's."""


class ProcessPanel(QWidget):
    """Shows and changes the settings of the next run."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self.method, self.device = CalmComboBox(), CalmComboBox()
        self.align = QCheckBox(tr("Align the long photo first"))
        self.memory = CalmSpinBox()
        self._set_up_choices()
        self._lay_out()
        self.refresh()
        self.method.currentIndexChanged.connect(self._store_method)
        self.device.currentIndexChanged.connect(lambda: settings.put(declared.DEVICE, self.device.currentData()))
        self.align.toggled.connect(lambda on: settings.put(declared.ALIGN, on))
        self.memory.valueChanged.connect(lambda value: settings.put(declared.MEMORY_GB, value))

    def refresh(self) -> None:
        """Show what the settings say; a method that is no more becomes the first one."""
        chosen = self._settings.get(declared.METHOD)
        index = self.method.findData(chosen)
        if index < 0:
            self._settings.put(declared.METHOD, self.method.itemData(0))
        self.method.setCurrentIndex(max(index, 0))
        self.device.setCurrentIndex(self.device.findData(self._settings.get(declared.DEVICE)))
        self.align.setChecked(self._settings.get(declared.ALIGN))
        self.memory.setValue(self._settings.get(declared.MEMORY_GB))
        self._show_summary()

    def _store_method(self) -> None:
        self._settings.put(declared.METHOD, self.method.currentData())
        self._show_summary()

    def _show_summary(self) -> None:
        self.method.setToolTip(translated(processing_methods()[self.method.currentIndex()].summary))

    def _set_up_choices(self) -> None:
        for info in processing_methods():
            self.method.addItem(info.label, info.name)
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
        for box in (self.method, self.device, self.memory):
            box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for words, field in ((tr("Runs on"), self.device), (tr("Memory"), self.memory)):
            caption = label(words, "muted")
            caption.setBuddy(field)
            field.setAccessibleName(words)
            form.addRow(caption, field)
        self.method.setAccessibleName(tr("Method"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(tr("Method"), "heading"))
        column.addWidget(self.method)
        column.addWidget(self.align)
        column.addLayout(form)
