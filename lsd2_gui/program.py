"""What the user can ask of the program itself: preferences, help, the log, what it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QDialog, QWidget

    from lsd2_gui.settings import Settings


class Program:
    """Slots of the table of actions.  A dialog is loaded when it is asked for first: the window opens sooner."""

    def __init__(self, window: QWidget, settings: Settings, log_file: Path) -> None:
        self._window, self._settings, self._log_file = window, settings, log_file
        self._open: dict[str, QDialog] = {}

    def preferences(self) -> None:
        from lsd2_gui.dialogs.preferences import PreferencesDialog

        self._show("preferences", lambda: PreferencesDialog(self._settings, self._window))

    def saving_preferences(self) -> None:
        """The preferences, open at how files are written."""
        from lsd2_gui.dialogs.preferences import PreferencesDialog
        from lsd2_gui.setting_fields import Page

        self.preferences()
        dialog = self._open["preferences"]
        assert isinstance(dialog, PreferencesDialog)
        dialog.go_to_page(Page.SAVING)

    def shortcuts(self) -> None:
        from lsd2_gui.dialogs.shortcuts import ShortcutsDialog

        self._show("shortcuts", lambda: ShortcutsDialog(self._window))

    def guide(self) -> None:
        from lsd2_gui.dialogs.guide import GuideDialog

        self._show("guide", lambda: GuideDialog(self._window))

    def about(self) -> None:
        from lsd2_gui.dialogs.about import AboutDialog

        self._show("about", lambda: AboutDialog(self._window))

    def log(self) -> None:
        from lsd2_gui.dialogs.log import LogDialog

        self._show("log", lambda: LogDialog(self._log_file, self._window))

    def _show(self, name: str, make: Callable[[], QDialog]) -> None:
        """Open a dialog, or bring the open one to the front."""
        dialog = self._open.get(name)
        if dialog is None:
            dialog = self._open[name] = make()
            dialog.destroyed.connect(lambda: self._open.pop(name, None))
            dialog.show()
        dialog.raise_()
        dialog.activateWindow()
