"""The window: its frame, painted before anything else is loaded, and what happens to it from outside.

What belongs in the frame is loaded and put there by `furnishing`, in steps.  This module and all that it imports must
stay light: no array library, no worker, no panel that is not seen at once; `tests/gui/test_start.py` holds that.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from lsd2_gui import settings as declared
from lsd2_gui.actions import add_menus, early_actions
from lsd2_gui.panels.drops import local_paths
from lsd2_gui.panels.empty import EmptyPage
from lsd2_gui.panels.widgets import SIDE_WIDTH, STATUS_HEIGHT
from lsd2_gui.sample import has_sample
from lsd2_gui.settings import Settings
from lsd2_gui.text import tr

if TYPE_CHECKING:
    from lsd2_gui.canvas.canvas import Canvas
    from lsd2_gui.canvas.crops import CropOverlay
    from lsd2_gui.controller import Controller
    from lsd2_gui.panels.banner import Banner
    from lsd2_gui.panels.histogram import HistogramPanel
    from lsd2_gui.panels.preview import PreviewPage
    from lsd2_gui.panels.sheet_bar import SheetBar
    from lsd2_gui.panels.side import SidePanel
    from lsd2_gui.panels.status import StatusLine
    from lsd2_gui.panels.strip import FolderStrip
    from lsd2_gui.panels.view_bar import ViewBar
    from lsd2_gui.program import Program
    from lsd2_gui.recent import RecentMenu
    from lsd2_gui.viewer import Viewer
    from lsd2_gui.window_commands import WindowCommands

PROGRAM = "LSD2"


class MainWindow(QMainWindow):
    """Everything a user sees; what it does is the controller's.

    Signal: `painted`, once, when the frame has been painted for the first time.
    """

    painted = Signal()

    # Put in by `furnishing`; until then the window is not ready.
    controller: Controller
    commands: WindowCommands
    program: Program
    canvas: Canvas
    viewer: Viewer
    banner: Banner
    view_bar: ViewBar
    preview: PreviewPage
    sheet_bar: SheetBar
    crop_overlay: CropOverlay
    recent: RecentMenu
    side: SidePanel
    histogram: HistogramPanel
    strip: FolderStrip
    status: StatusLine

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self._waiting: list[Callable[[], object]] = []
        self._is_ready = self._was_painted = self._closes_when_saved = False
        self.setWindowTitle(PROGRAM)
        self.setAcceptDrops(True)
        self.actions_by_id = early_actions(self)
        self.actions_by_id["open_sample"].setEnabled(has_sample())
        self.menus = add_menus(self.menuBar())
        self.empty = EmptyPage(self.actions_by_id)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.left, self.upper, self.whole = QVBoxLayout(), QHBoxLayout(), QVBoxLayout()
        self.side_place, self.status_place = _place("side", width=SIDE_WIDTH), _place("status", height=STATUS_HEIGHT)
        self._lay_out()
        self._restore_geometry()
        self.empty.setFocus()  # or the first button would have it, and a ring around it

    # ---- from frame to window ----

    @property
    def is_ready(self) -> bool:
        """Whether everything is in its place."""
        return self._is_ready

    def when_ready(self, call: Callable[[], object]) -> None:
        """Call at once, or as soon as everything is in its place."""
        if self._is_ready:
            call()
        else:
            self._waiting.append(call)

    def be_ready(self) -> None:
        """Everything is in its place: do what was asked for meanwhile."""
        self._is_ready = True
        waiting, self._waiting = self._waiting, []
        for call in waiting:
            call()

    def open_files(self, paths: list[Path]) -> None:
        """Files were dropped, or handed over by the system."""
        self.when_ready(lambda: self.controller.open_dropped(paths))

    # ---- slots of the table of actions ----

    def toggle_panel(self) -> None:
        self.side.setVisible(self.side.isHidden())

    def toggle_full_screen(self) -> None:
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    # ---- state ----

    def show_page(self, page: QWidget) -> None:
        """Bring a page of the middle to the front."""
        if page is not self.stack.currentWidget():
            self.stack.setCurrentWidget(page)
            page.setFocus()

    def stay_open(self) -> None:
        """What was to be written before closing was not: the user must know, and may save it elsewhere."""
        self._closes_when_saved = False

    def go_on_closing(self) -> None:
        """Close if that was asked for while a file was being written, and it is written now."""
        if self._closes_when_saved and not self._is_writing:
            self.close()

    @property
    def _is_writing(self) -> bool:
        return self._is_ready and (self.controller.saver.is_busy or self.controller.sheets.is_busy)

    def _lay_out(self) -> None:
        self.left.setSpacing(0)
        self.left.addWidget(self.stack, 1)
        self.upper.setSpacing(0)
        self.upper.addLayout(self.left, 1)
        self.upper.addWidget(self.side_place)
        centre = QWidget()
        self.whole.setContentsMargins(0, 0, 0, 0)
        self.whole.setSpacing(0)
        self.whole.addLayout(self.upper, 1)
        self.whole.addWidget(self.status_place)
        centre.setLayout(self.whole)
        self.setCentralWidget(centre)

    def _restore_geometry(self) -> None:
        self.resize(1280, 800)
        stored = self.settings.get(declared.GEOMETRY)
        if stored:
            self.restoreGeometry(stored)

    # ---- events ----

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that nothing else wanted: those that compare work wherever the focus is."""
        if not (self._is_ready and self.canvas.take_key(event, pressed=True)):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not (self._is_ready and self.canvas.take_key(event, pressed=False)):
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
        self.open_files(local_paths(event.mimeData()))

    def closeEvent(self, event: QCloseEvent) -> None:
        """A file that is being written is written to its end first; what it waits for makes way."""
        if self._is_writing:
            self._closes_when_saved = True
            self.controller.runner.cancel_all()
            self.controller.batch.cancel()
            self.controller.herald.said.emit(tr("Saving, then closing…"))
            event.ignore()
            return
        self.settings.put(declared.GEOMETRY, bytes(self.saveGeometry().data()))
        self.settings.flush()
        event.accept()


def _place(name: str, width: int | None = None, height: int | None = None) -> QFrame:
    """An empty frame with the looks and the size of the part that comes to its place."""
    made = QFrame()
    made.setObjectName(name)
    if width is not None:
        made.setFixedWidth(width)
    if height is not None:
        made.setFixedHeight(height)
    return made
