"""Everything in the window but its frame: made, put in its place and connected, in steps that are too short to feel."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from lsd2_gui import settings as declared
from lsd2_gui import text
from lsd2_gui.actions import SPECS, fill_menus, make_actions, refresh_ticks
from lsd2_gui.canvas.canvas import Canvas
from lsd2_gui.canvas.crops import CropOverlay
from lsd2_gui.controller import Controller
from lsd2_gui.display import screen_space
from lsd2_gui.library_words import translated
from lsd2_gui.main_window import MainWindow
from lsd2_gui.panels.banner import Banner
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
from lsd2_gui.window_commands import WindowCommands


def open_window(controller: Controller, log_file: Path) -> MainWindow:
    """The whole window, made at once."""
    window = MainWindow(controller.settings)
    for _ in furnish(window, controller, log_file):
        pass
    return window


def furnish(window: MainWindow, controller: Controller, log_file: Path) -> Iterator[None]:
    """Make a frame the whole window; may be left after any step."""
    _give_means(window, controller, log_file)
    yield
    for _ in make_actions(window):
        yield
    fill_menus(window.menus, window.actions_by_id)
    window.recent = RecentMenu(controller.settings, controller.open_as, window)
    window.menus["file"].insertMenu(window.actions_by_id["restore"], window.recent)
    yield
    _make_middle(window)
    yield
    translated("")  # learns all that the library may say, which takes as long as the panel itself
    yield
    window.side = SidePanel(controller, window.actions_by_id)
    _put_in(window.upper, window.side_place, window.side)
    yield from window.side.fill()
    _make_rest(window)
    yield
    _place_middle(window)
    yield
    _put_in(window.whole, window.status_place, window.status)
    yield
    Follower(window)
    window.be_ready()


def _give_means(window: MainWindow, controller: Controller, log_file: Path) -> None:
    """What the actions work on."""
    window.controller = controller
    window.program = Program(window, controller.settings, log_file)
    window.commands = WindowCommands(window)
    window.canvas = Canvas()
    window.viewer = Viewer(controller.settings, controller.session, controller.layers, window.canvas)


def _make_middle(window: MainWindow) -> None:
    controller, actions = window.controller, window.actions_by_id
    window.banner = Banner(actions)
    window.view_bar = ViewBar(controller.session, controller.layers, window.viewer, window.canvas, actions)
    window.preview = PreviewPage(controller.previewer, controller.settings)
    window.sheet_bar = SheetBar(controller.sheets, controller.session, controller.layers)
    window.crop_overlay = CropOverlay(window.canvas)


def _make_rest(window: MainWindow) -> None:
    controller = window.controller
    window.histogram = HistogramPanel(window.canvas, controller.background)
    window.side.column.insertWidget(0, window.histogram)
    window.histogram.appeared.connect(window.side.show_top)
    window.strip = FolderStrip(controller.folder)
    window.status = StatusLine(controller, window.actions_by_id)


def _place_middle(window: MainWindow) -> None:
    for page in (window.preview, window.canvas):
        window.stack.addWidget(page)
    for place, bar in enumerate((window.view_bar, window.banner, window.sheet_bar)):
        window.left.insertWidget(place, bar)
    window.left.addWidget(window.strip)


def _put_in(layout: QBoxLayout, place: QFrame, part: QWidget) -> None:
    """Put a part in its place, which was kept free for it."""
    layout.replaceWidget(place, part)
    place.hide()
    place.deleteLater()


class Follower(QObject):
    """Keeps the window showing the controller's state."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._controller = window, window.controller
        self._connect()
        self._show_colours()
        self.refresh()
        window.winId()  # there is a handle, which tells of other screens
        window.windowHandle().screenChanged.connect(self._show_colours)

    def _connect(self) -> None:
        window, controller, commands = self._window, self._controller, self._window.commands
        controller.changed.connect(self.refresh)
        controller.herald.noticed.connect(window.banner.show_notice)
        controller.herald.settled.connect(window.banner.hide)
        controller.settings.changed.connect(self._follow_setting)
        controller.sheets.changed.connect(self._show_crops)
        for writer in (controller.saver, controller.sheets):
            writer.failed.connect(window.stay_open)
        window.canvas.view_changed.connect(self._show_scale)
        window.canvas.look_changed.connect(self._refresh_actions)
        window.canvas.pointed.connect(window.status.show_pixel)
        window.side.pair.dropped.connect(commands.open_for)
        window.side.pair.wanted.connect(commands.choose_for)
        window.sheet_bar.view_wanted.connect(commands.add_seen_crop)
        window.sheet_bar.save_wanted.connect(commands.save_sheet_dialog)
        window.sheet_bar.closed.connect(commands.hide_sheet_bar)
        window.crop_overlay.placed.connect(controller.sheets.add_crop)
        window.crop_overlay.changed.connect(commands.change_crop)
        window.crop_overlay.removed.connect(controller.sheets.remove_crop)
        window.strip.chosen.connect(controller.open_as)
        window.strip.batch_wanted.connect(commands.batch_folder)

    def refresh(self) -> None:
        """Show what the controller's state asks for."""
        self._refresh_actions()
        window, session = self._window, self._controller.session
        window.setWindowTitle(_title(session))
        waiting = window.empty if self._controller.previewer.image is None else window.preview
        window.show_page(window.canvas if session.photos else waiting)
        window.view_bar.setVisible(bool(session.photos))
        window.canvas.show_hint(_hint(self._controller))
        pair = (session.photos[Role.SHORT].path, session.photos[Role.LONG].path) if session.has_pair else None
        window.strip.mark(pair, is_opening=self._controller.opener.is_busy)
        if not session.has_pair and window.sheet_bar.isVisible():
            window.commands.hide_sheet_bar()
        window.go_on_closing()

    def _refresh_actions(self) -> None:
        window = self._window
        for name, action in window.actions_by_id.items():
            action.setEnabled(window.commands.can(SPECS[name].when))
        refresh_ticks(window, window.actions_by_id)
        stack = self._controller.history.stack
        for name, part in (("undo", stack.undoText()), ("redo", stack.redoText())):
            plain = tr(SPECS[name].text)
            window.actions_by_id[name].setText(tr("{0}: {1}").format(plain, part) if part else plain)

    def _show_scale(self) -> None:
        transform = self._window.canvas.transform
        self._window.view_bar.show_scale(transform.scale if transform else None)
        size = text.dimensions(int(transform.image.width), int(transform.image.height)) if transform else ""
        self._window.status.show_picture(size)

    def _show_crops(self) -> None:
        self._window.crop_overlay.show_crops(self._controller.sheets.crops)

    def _follow_setting(self, setting: Setting[Any]) -> None:
        if setting in (declared.DISPLAY, declared.DISPLAY_FILE):
            self._show_colours()

    def _show_colours(self) -> None:
        screens = QGuiApplication.screens()
        here = self._window.screen()
        number = screens.index(here) if here in screens else 0
        self._window.canvas.show_colours_of(screen_space(self._controller.settings, number))


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
