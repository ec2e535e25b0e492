"""What the menus and keys do in the window itself, and when each action can be used."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices

from lsd2.photo import Crop
from lsd2_gui import settings as declared
from lsd2_gui.action_spec import When
from lsd2_gui.canvas.look import Mode
from lsd2_gui.canvas.seen import seen_crop
from lsd2_gui.dialogs.files import ask_folder, ask_photos, ask_sheet_target, nearest_folder
from lsd2_gui.pictures import Role
from lsd2_gui.sample import has_sample, sample_pair

if TYPE_CHECKING:
    from lsd2_gui.dialogs.batch import BatchDialog
    from lsd2_gui.main_window import MainWindow


class WindowCommands(QObject):
    """Slots of the table of actions; the dialogs are loaded when they are asked for."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._controller = window, window.controller
        self._batch_dialog: BatchDialog | None = None

    # ---- opening ----

    def open_dialog(self) -> None:
        """Choose both photos at once, or one after the other."""
        ask_photos(self._window, self._last_folder(), self._controller.open_dropped)

    def folder_dialog(self) -> None:
        """Choose a folder whose pairs are shown."""
        ask_folder(self._window, self._last_folder(), self._controller.folder.open)

    def next_pair(self) -> None:
        """Open the next pair of the folder."""
        self._window.strip.step(1)

    def previous_pair(self) -> None:
        self._window.strip.step(-1)

    def open_sample(self) -> None:
        """Open the pair that comes with the program."""
        self._controller.open_as(*sample_pair())

    def open_for(self, role: Role, path: Path) -> None:
        """Open a photo in a role."""
        if role is Role.SHORT:
            self._controller.open_as(short=path)
        else:
            self._controller.open_as(long=path)

    def choose_for(self, role: Role) -> None:
        """Choose the photo of a role; while none is open, both."""
        if not self._controller.session.photos:
            self.open_dialog()
        else:
            ask_photos(self._window, self._last_folder(), lambda paths: self.open_for(role, paths[0]), single=True)

    def reference_dialog(self) -> None:
        """Choose the sharp photo that results are measured against."""
        load = self._controller.reference.load
        ask_photos(self._window, self._last_folder(), lambda paths: load(paths[0]), single=True)

    def _last_folder(self) -> str:
        pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        return str(nearest_folder(Path(self._controller.settings.get(declared.LAST_FOLDER) or pictures)))

    def type_zoom(self) -> None:
        """Begin to type a zoom."""
        self._window.view_bar.zoom.take_focus()

    # ---- many pairs ----

    def batch_dialog(self) -> None:
        """Show the batch beside the window."""
        from lsd2_gui.dialogs.batch import BatchDialog

        if self._batch_dialog is None:
            self._batch_dialog = BatchDialog(self._controller.batch, self._controller.settings, self._window)
            self._batch_dialog.saving_wanted.connect(self._window.program.saving_preferences)
            self._batch_dialog.opened.connect(lambda item: self._controller.open_as(item.short, item.long))
        self._batch_dialog.show()
        self._batch_dialog.raise_()
        self._batch_dialog.activateWindow()

    def batch_folder(self, folder: Path) -> None:
        """Show the batch with the pairs of a folder."""
        self.batch_dialog()
        self._controller.batch.open_folder(folder)

    # ---- results ----

    def run_visible(self) -> None:
        """Run the ticked methods on what is on the screen; on the whole photo where all of it is."""
        transform = self._window.canvas.transform
        crop = seen_crop(transform) if transform else None
        self._controller.runner.run(self._controller.parameters.value.wanted(), crop)

    def remove_result(self) -> None:
        """Take the result on the screen off the list."""
        fused = self._controller.session.shown_result
        if fused is not None:
            self._controller.session.remove_result(fused)

    def save_dialog(self) -> None:
        """Ask where and how results are to be written."""
        from lsd2_gui.dialogs.save import SaveDialog

        saver = self._controller.saver
        if saver.savable is not None and saver.can_save:
            SaveDialog(self._window, saver, saver.savable, saver.save).open()

    def copy_result(self) -> None:
        """Put the result on the screen on the clipboard."""
        fused = self._controller.session.shown_result
        if fused is not None:
            self._controller.exporter.copy(fused)

    def show_in_folder(self) -> None:
        """Open the folder of the saved result."""
        fused = self._controller.session.shown_result
        if fused is not None and fused.saved_to is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(fused.saved_to.parent)))

    # ---- the comparison sheet ----

    def show_sheet_bar(self) -> None:
        """Begin to put a comparison sheet together."""
        window = self._window
        window.sheet_bar.show()
        window.crop_overlay.show_crops(self._controller.sheets.crops)
        window.crop_overlay.resize(window.canvas.size())
        window.crop_overlay.show()
        window.sheet_bar.save_button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def change_crop(self, old: Crop, new: Crop, by_keys: bool) -> None:
        """Move or resize a part; a drag is one step to take back, keys that follow at once are another."""
        if not by_keys:
            self._controller.history.seal()
        self._controller.sheets.replace_crop(old, new)

    def hide_sheet_bar(self) -> None:
        """Back to looking; the crops are kept."""
        self._window.sheet_bar.hide()
        self._window.crop_overlay.hide()
        self._window.canvas.setFocus()

    def save_sheet_dialog(self) -> None:
        """Ask where the comparison sheet is to be written."""
        proposed = self._controller.sheets.proposed_target()
        if proposed is not None:
            ask_sheet_target(self._window, proposed, partial(self._controller.sheets.save, overwrite=True))

    def add_seen_crop(self) -> None:
        """Enlarge on the sheet what is on the screen."""
        transform = self._window.canvas.transform
        if transform is not None:
            whole = Crop(0, 0, int(transform.image.width), int(transform.image.height))
            self._controller.sheets.add_crop(seen_crop(transform) or whole)

    # ---- when ----

    def can(self, when: When) -> bool:
        """Whether an action that needs `when` can be used now."""
        controller, canvas = self._controller, self._window.canvas
        session, runner, history = controller.session, controller.runner, controller.history
        answers: dict[When, Callable[[], bool]] = {
            When.ALWAYS: lambda: True,
            When.PICTURE: lambda: bool(session.photos),
            When.TWO: lambda: len(session.views()) > 1,
            When.WIPE: lambda: session.before != session.after,
            When.DIFFERENCE: lambda: canvas.look.mode is Mode.DIFFERENCE,
            When.MOVED: lambda: canvas.has_moved_panes,
            When.IDLE_PHOTO: lambda: bool(session.photos) and not runner.is_busy,
            When.READY: lambda: session.has_pair and not runner.is_busy,
            When.PAIR: lambda: session.has_pair,
            When.RUNNABLE: lambda: runner.can_run,
            When.FAILED: lambda: runner.last_failed is not None,
            When.SAVABLE: lambda: controller.saver.can_save,
            When.REFERENCE: lambda: session.reference is not None,
            When.RUNNING: lambda: runner.is_busy and not runner.is_cancelling,
            When.RESULT: lambda: session.shown_result is not None,
            When.TRACEABLE: lambda: session.can_trace,
            When.SAVED: self._has_saved,
            When.FOLDER: lambda: bool(controller.folder.pairs),
            When.UNDO: lambda: history.stack.canUndo() and not runner.is_busy,
            When.REDO: lambda: history.stack.canRedo() and not runner.is_busy,
            When.LAST: lambda: controller.keeper.last is not None and controller.keeper.last.is_there,
            When.SAMPLE: has_sample,
        }
        return answers[when]()

    def _has_saved(self) -> bool:
        fused = self._controller.session.shown_result
        return fused is not None and fused.saved_to is not None
