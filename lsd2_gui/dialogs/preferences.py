"""The preferences, made from the table of settings: a page for each `Page`, a line for each setting with a field."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QTabWidget, QVBoxLayout, QWidget

from lsd2_gui import settings as declared
from lsd2_gui.dialogs.fields import Editor, ExampleLine, make_editor
from lsd2_gui.panels.widgets import label
from lsd2_gui.setting_fields import PAGE_TITLES, FlagField, Page, TextField
from lsd2_gui.setting_kinds import Setting
from lsd2_gui.settings import Settings
from lsd2_gui.text import tr

WIDTH = 560
ROOM = 6
"""Between a setting's last line and the next setting, logical pixels; beside the grid's own spacing."""


class PreferencesDialog(QDialog):
    """Nothing changes before the dialog is accepted."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Preferences"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._settings = settings
        self.editors: dict[str, Editor] = {}
        self._shown = [setting for setting in declared.ALL if setting.field is not None]
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        shown = {setting.field.page for setting in self._shown if setting.field is not None}
        self._page_order = [page for page in Page if page in shown]
        for page in self._page_order:
            self.pages.addTab(self._page(page), tr(PAGE_TITLES[page]))
        self._show({setting.key: settings.get(setting) for setting in self._shown})
        self._lay_out()

    def accept(self) -> None:
        """Keep what the fields say; what cannot be used is said below its field, and the dialog stays open."""
        values: dict[str, Any] = {}
        for setting in self._shown:
            try:
                values[setting.key] = setting.parse(self.editors[setting.key].value())
            except ValueError:
                self._go_to(setting)
                return
        for setting in self._shown:
            self._settings.put(setting, values[setting.key])
        self._settings.flush()
        super().accept()

    def go_to_page(self, page: Page) -> None:
        """Show a page."""
        self.pages.setCurrentIndex(self._page_order.index(page))

    def _go_to(self, setting: Setting[Any]) -> None:
        assert setting.field is not None
        self.go_to_page(setting.field.page)
        self.editors[setting.key].widget.setFocus()

    def show_defaults(self) -> None:
        """Put into every field what comes with the program."""
        self._show({setting.key: setting.default for setting in self._shown})

    def _show(self, values: dict[str, Any]) -> None:
        for key, value in values.items():
            self.editors[key].show(value)

    def _page(self, page: Page) -> QWidget:
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(16, 16, 16, 16)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for setting in self._shown:
            if setting.field is not None and setting.field.page is page:
                self._add_lines(grid, setting)
        grid.setRowStretch(grid.rowCount(), 1)
        return made

    def _add_lines(self, grid: QGridLayout, setting: Setting[Any]) -> None:
        field = setting.field
        assert field is not None
        editor = self.editors[setting.key] = make_editor(field)
        editor.widget.setAccessibleName(tr(field.label))
        tip = tr(field.tip) if field.tip else ""
        editor.widget.setToolTip(tip)
        editor.widget.setAccessibleDescription(tip)
        row = grid.rowCount()
        if not isinstance(field, FlagField):
            caption = label(tr(field.label), "muted")
            caption.setBuddy(editor.widget)
            grid.addWidget(caption, row, 0)
        grid.addWidget(editor.widget, row, 1)
        if isinstance(field, TextField) and field.example is not None:
            grid.addWidget(ExampleLine(editor.widget, field.example), row + 1, 1)
        remarks = " ".join(
            part for part in (tip, tr("Takes effect at the next start.") if field.at_start else "") if part
        )
        if remarks:
            grid.addWidget(label(remarks, "faint", wrap=True), row + 2, 1)
        grid.setRowMinimumHeight(row + 3, ROOM)

    def _lay_out(self) -> None:
        kinds = QDialogButtonBox.StandardButton
        box = QDialogButtonBox(kinds.Ok | kinds.Cancel | kinds.RestoreDefaults)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        box.button(kinds.RestoreDefaults).clicked.connect(self.show_defaults)
        box.button(kinds.Ok).setProperty("kind", "primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(16)
        column.addWidget(self.pages, 1)
        column.addWidget(box)
        self.setMinimumSize(max(WIDTH, self.sizeHint().width()), self.sizeHint().height())  # nothing is squeezed
