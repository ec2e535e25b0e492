"""The window: it puts the parts together and says when each action can be used."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from lsd2.photo import Crop
from lsd2.resources import resource_path
from lsd2_gui import settings as declared
from lsd2_gui import text
from lsd2_gui.actions import SPECS, When, fill_menus, make_actions, menu_of, refresh_ticks
from lsd2_gui.canvas.canvas import Canvas
from lsd2_gui.canvas.crops import CropOverlay
from lsd2_gui.canvas.look import Mode
from lsd2_gui.canvas.seen import seen_crop
from lsd2_gui.controller import Controller
from lsd2_gui.dialogs.batch import BatchDialog
from lsd2_gui.dialogs.files import ask_folder, ask_photos, ask_sheet_target
from lsd2_gui.dialogs.save import SaveDialog
from lsd2_gui.display import screen_space
from lsd2_gui.panels.banner import Banner
from lsd2_gui.panels.drops import local_paths
from lsd2_gui.panels.empty import EmptyPage
from lsd2_gui.panels.histogram import HistogramPanel
from lsd2_gui.panels.preview import PreviewPage
from lsd2_gui.panels.sheet_bar import SheetBar
from lsd2_gui.panels.side import SidePanel
from lsd2_gui.panels.status import StatusLine
from lsd2_gui.panels.strip import FolderStrip
from lsd2_gui.panels.view_bar import ViewBar
from lsd2_gui.pictures import Role
from lsd2_gui.program import Program
from lsd2_gui.recent import RecentMenu
from lsd2_gui.session import Session
from lsd2_gui.setting_kinds import Setting
from lsd2_gui.text import tr
from lsd2_gui.viewer import Viewer

SAMPLE = ("samples/street_short.jpg", "samples/street_long.jpg")


class MainWindow(QMainWindow):
    """Everything a user sees; what it does is the controller's."""

    def __init__(self, controller: Controller, log_file: Path) -> None:
        super().__init__()
        self.controller = controller
        self.program = Program(self, controller.settings, log_file)
        self._closes_when_saved = False
        self._batch_dialog: BatchDialog | None = None
        self.setAcceptDrops(True)
        self.canvas = Canvas()
        self.viewer = Viewer(controller.settings, controller.session, controller.layers, self.canvas)
        self.actions_by_id = make_actions(self)
        fill_menus(self.menuBar(), self.actions_by_id)
        self.recent = RecentMenu(controller.settings, controller.open_as, self)
        menu_of(self.menuBar(), self.actions_by_id["open"]).insertMenu(self.actions_by_id["restore"], self.recent)
        self._refresh_actions()
        self.banner = Banner(self.actions_by_id)
        self.view_bar = ViewBar(controller.session, controller.layers, self.viewer, self.canvas, self.actions_by_id)
        self.empty = EmptyPage(self.actions_by_id)
        self.preview = PreviewPage(controller.previewer, controller.settings)
        self.sheet_bar = SheetBar(controller.sheets, controller.session, controller.layers)
        self.crop_overlay = CropOverlay(self.canvas)
        self.side = SidePanel(controller, self.actions_by_id)
        self.histogram = HistogramPanel(self.canvas, controller.background)
        self.side.column.insertWidget(0, self.histogram)
        self.strip = FolderStrip(controller.folder)
        self.status = StatusLine(controller, self.actions_by_id)
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self._restore_geometry()
        self._refresh()
        self.empty.setFocus()  # or the first button would have it, and a ring around it

    # ---- slots of the table of actions ----

    def open_dialog(self) -> None:
        """Choose both photos at once, or one after the other."""
        ask_photos(self, self._last_folder(), self.controller.open_dropped)

    def folder_dialog(self) -> None:
        """Choose a folder whose pairs are shown."""
        ask_folder(self, self._last_folder(), self.controller.folder.open)

    def next_pair(self) -> None:
        """Open the next pair of the folder."""
        self.strip.step(1)

    def previous_pair(self) -> None:
        self.strip.step(-1)

    def open_sample(self) -> None:
        """Open the pair that comes with the program."""
        short, long = (resource_path(name) for name in SAMPLE)
        self.controller.open_as(short, long)

    def batch_dialog(self) -> None:
        """Show the batch beside the window."""
        if self._batch_dialog is None:
            self._batch_dialog = BatchDialog(self.controller.batch, self.controller.settings, self)
            self._batch_dialog.saving_wanted.connect(self.program.saving_preferences)
            self._batch_dialog.opened.connect(lambda item: self.controller.open_as(item.short, item.long))
        self._batch_dialog.show()
        self._batch_dialog.raise_()
        self._batch_dialog.activateWindow()

    def batch_folder(self, folder: Path) -> None:
        """Show the batch with the pairs of a folder."""
        self.batch_dialog()
        self.controller.batch.open_folder(folder)

    def save_dialog(self) -> None:
        """Ask where and how results are to be written."""
        saver = self.controller.saver
        if saver.savable is not None:
            SaveDialog(self, saver, saver.savable, saver.save).open()

    def show_sheet_bar(self) -> None:
        """Begin to put a comparison sheet together."""
        self.sheet_bar.show()
        self.crop_overlay.show_crops(self.controller.sheets.crops)
        self.crop_overlay.resize(self.canvas.size())
        self.crop_overlay.show()
        self.sheet_bar.save_button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def hide_sheet_bar(self) -> None:
        """Back to looking; the crops are kept."""
        self.sheet_bar.hide()
        self.crop_overlay.hide()
        self.canvas.setFocus()

    def save_sheet_dialog(self) -> None:
        """Ask where the comparison sheet is to be written."""
        proposed = self.controller.sheets.proposed_target()
        if proposed is not None:
            ask_sheet_target(self, proposed, partial(self.controller.sheets.save, overwrite=True))

    def add_seen_crop(self) -> None:
        """Enlarge on the sheet what is on the screen."""
        transform = self.canvas.transform
        if transform is not None:
            whole = Crop(0, 0, int(transform.image.width), int(transform.image.height))
            self.controller.sheets.add_crop(seen_crop(transform) or whole)

    def copy_result(self) -> None:
        """Put the result on the screen on the clipboard."""
        fused = self.controller.session.shown_result
        if fused is not None:
            self.controller.exporter.copy(fused)

    def run_visible(self) -> None:
        """Run the ticked methods on what is on the screen; on the whole photo where all of it is."""
        controller, transform = self.controller, self.canvas.transform
        crop = seen_crop(transform) if transform else None
        controller.runner.run(controller.parameters.value.wanted(), crop)

    def reference_dialog(self) -> None:
        """Choose the sharp photo that results are measured against."""
        ask_photos(self, self._last_folder(), lambda paths: self.controller.reference.load(paths[0]), single=True)

    def remove_result(self) -> None:
        """Take the result on the screen off the list."""
        fused = self.controller.session.shown_result
        if fused is not None:
            self.controller.session.remove_result(fused)

    def show_in_folder(self) -> None:
        """Open the folder of the saved result."""
        fused = self.controller.session.shown_result
        if fused is not None and fused.saved_to is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(fused.saved_to.parent)))

    def toggle_panel(self) -> None:
        self.side.setVisible(self.side.isHidden())

    def toggle_full_screen(self) -> None:
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    # ---- state ----

    def can(self, when: When) -> bool:
        """Whether an action that needs `when` can be used now."""
        answers: dict[When, Callable[[], bool]] = {
            When.ALWAYS: lambda: True,
            When.PICTURE: lambda: bool(self.controller.session.photos),
            When.TWO: lambda: len(self.controller.session.views()) > 1,
            When.WIPE: lambda: self.controller.session.before != self.controller.session.after,
            When.DIFFERENCE: lambda: self.canvas.look.mode is Mode.DIFFERENCE,
            When.MOVED: lambda: self.canvas.has_moved_panes,
            When.IDLE_PHOTO: lambda: bool(self.controller.session.photos) and not self.controller.runner.is_busy,
            When.READY: lambda: self.controller.session.has_pair and not self.controller.runner.is_busy,
            When.PAIR: lambda: self.controller.session.has_pair,
            When.FAILED: lambda: self.controller.runner.last_failed is not None,
            When.SAVABLE: lambda: self.controller.saver.savable is not None,
            When.REFERENCE: lambda: self.controller.session.reference is not None,
            When.RUNNING: lambda: self.controller.runner.is_busy and not self.controller.runner.is_cancelling,
            When.RESULT: lambda: self.controller.session.shown_result is not None,
            When.TRACEABLE: lambda: self.controller.session.can_trace,
            When.SAVED: self._has_saved,
            When.FOLDER: lambda: bool(self.controller.folder.pairs),
            When.UNDO: lambda: self.controller.history.stack.canUndo() and not self.controller.runner.is_busy,
            When.REDO: lambda: self.controller.history.stack.canRedo() and not self.controller.runner.is_busy,
            When.LAST: lambda: self.controller.keeper.last is not None and self.controller.keeper.last.is_there,
            When.SAMPLE: lambda: all(resource_path(name).is_file() for name in SAMPLE),
        }
        return answers[when]()

    def _has_saved(self) -> bool:
        fused = self.controller.session.shown_result
        return fused is not None and fused.saved_to is not None

    @property
    def _is_writing(self) -> bool:
        return self.controller.saver.is_busy or self.controller.sheets.is_busy

    def _refresh_actions(self) -> None:
        for name, action in self.actions_by_id.items():
            action.setEnabled(self.can(SPECS[name].when))
        refresh_ticks(self, self.actions_by_id)
        stack = self.controller.history.stack
        for name, part in (("undo", stack.undoText()), ("redo", stack.redoText())):
            plain = tr(SPECS[name].text)
            self.actions_by_id[name].setText(tr("{0}: {1}").format(plain, part) if part else plain)

    def _refresh(self) -> None:
        """Show what the controller's state asks for."""
        self._refresh_actions()
        session = self.controller.session
        self.setWindowTitle(_title(session))
        waiting = self.empty if self.controller.previewer.image is None else self.preview
        page = self.canvas if session.photos else waiting
        if page is not self._stack.currentWidget():
            self._stack.setCurrentWidget(page)
            page.setFocus()
        self.view_bar.setVisible(bool(session.photos))
        self.canvas.show_hint(_hint(self.controller))
        pair = (session.photos[Role.SHORT].path, session.photos[Role.LONG].path) if session.has_pair else None
        self.strip.mark(pair)
        if not session.has_pair and self.sheet_bar.isVisible():
            self.hide_sheet_bar()
        if self._closes_when_saved and not self._is_writing:
            self.close()

    def _show_scale(self) -> None:
        transform = self.canvas.transform
        self.view_bar.show_scale(transform.scale if transform else None)
        size = text.dimensions(int(transform.image.width), int(transform.image.height)) if transform else ""
        self.status.show_picture(size)

    # ---- putting together ----

    def _lay_out(self) -> None:
        for page in (self.empty, self.preview, self.canvas):
            self._stack.addWidget(page)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.view_bar)
        left.addWidget(self.banner)
        left.addWidget(self.sheet_bar)
        left.addWidget(self._stack, 1)
        left.addWidget(self.strip)
        upper = QHBoxLayout()
        upper.setSpacing(0)
        upper.addLayout(left, 1)
        upper.addWidget(self.side)
        centre = QWidget()
        whole = QVBoxLayout(centre)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(upper, 1)
        whole.addWidget(self.status)
        self.setCentralWidget(centre)

    def _connect(self) -> None:
        controller = self.controller
        controller.changed.connect(self._refresh)
        controller.herald.noticed.connect(self.banner.show_notice)
        controller.herald.settled.connect(self.banner.hide)
        self.canvas.view_changed.connect(self._show_scale)
        self.canvas.look_changed.connect(self._refresh_actions)
        self.canvas.pointed.connect(self.status.show_pixel)
        self.side.pair.dropped.connect(self._open_for)
        self.side.pair.wanted.connect(self._choose_for)
        self.sheet_bar.view_wanted.connect(self.add_seen_crop)
        self.sheet_bar.save_wanted.connect(self.save_sheet_dialog)
        self.sheet_bar.closed.connect(self.hide_sheet_bar)
        self.crop_overlay.placed.connect(controller.sheets.add_crop)
        controller.sheets.changed.connect(lambda: self.crop_overlay.show_crops(controller.sheets.crops))
        self.strip.chosen.connect(controller.open_as)
        self.strip.batch_wanted.connect(self.batch_folder)
        controller.settings.changed.connect(self._follow_setting)
        self._show_colours()

    def _follow_setting(self, setting: Setting[Any]) -> None:
        if setting in (declared.DISPLAY, declared.DISPLAY_FILE):
            self._show_colours()

    def _show_colours(self) -> None:
        self.canvas.show_colours_of(screen_space(self.controller.settings))

    def _open_for(self, role: Role, path: Path) -> None:
        if role is Role.SHORT:
            self.controller.open_as(short=path)
        else:
            self.controller.open_as(long=path)

    def _choose_for(self, role: Role) -> None:
        if not self.controller.session.photos:
            self.open_dialog()
        else:
            ask_photos(self, self._last_folder(), lambda paths: self._open_for(role, paths[0]), single=True)

    def _last_folder(self) -> str:
        pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        return self.controller.settings.get(declared.LAST_FOLDER) or pictures

    def _restore_geometry(self) -> None:
        self.resize(1280, 800)
        stored = self.controller.settings.get(declared.GEOMETRY)
        if stored:
            self.restoreGeometry(stored)

    # ---- events ----

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that nothing else wanted: those that compare work wherever the focus is."""
        if not self.canvas.take_key(event, pressed=True):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self.canvas.take_key(event, pressed=False):
            super().keyReleaseEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_paths(event.mimeData()):
            self.empty.set_target(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.empty.set_target(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.empty.set_target(False)
        event.acceptProposedAction()
        self.controller.open_dropped(local_paths(event.mimeData()))

    def closeEvent(self, event: QCloseEvent) -> None:
        """A file that is being written is written to its end first."""
        if self._is_writing:
            self._closes_when_saved = True
            self.controller.herald.said.emit(tr("Saving, then closing…"))
            event.ignore()
            return
        self.controller.settings.put(declared.GEOMETRY, bytes(self.saveGeometry().data()))
        self.controller.settings.flush()
        event.accept()


def _title(session: Session) -> str:
    """The names of the open photos, for the window's frame and the task bar."""
    names = [session.photos[role].path.name for role in Role if role in session.photos]
    return " + ".join(names) + " - LSD2" if names else "LSD2"


def _hint(controller: Controller) -> str:
    """The line in the picture: only while something is missing or on its way."""
    session = controller.session
    if controller.opener.is_busy:
        return tr("Opening…")
    if session.missing_role is not None:
        which = tr("short") if session.missing_role is Role.SHORT else tr("long")
        return tr("Now drop the {0} exposure of the same scene").format(which)
    return ""
