"""The batch dialog: a folder, its pairs in a table, and what is made of them.  It stays open beside the window."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from lsd2.batch.model import BatchItem
from lsd2.io.on_disk import is_folder
from lsd2_gui.batching import Batch
from lsd2_gui.dialogs.batch_choices import BatchChoices
from lsd2_gui.dialogs.batch_foot import BatchFoot
from lsd2_gui.dialogs.batch_table import LONG, PICTURE, ROW_HEIGHT, SHORT, STATE, WHY, BatchModel, StateDelegate
from lsd2_gui.library_words import translated
from lsd2_gui.panels.drops import local_paths
from lsd2_gui.panels.widgets import ICON_GAP, label, set_kind
from lsd2_gui.settings import Settings
from lsd2_gui.text import tr
from lsd2_gui.theme import icon

SIZE = QSize(1120, 680)
_SIGN = QSize(48, 48)
_WIDTHS = {SHORT: 320, LONG: 296, STATE: 170}


class BatchDialog(QDialog):
    """Closing it leaves the batch going.

    Signals: `opened` (a pair to be shown in the window), `saving_wanted` (how files are written is to be changed).
    """

    opened = Signal(object)
    saving_wanted = Signal()

    def __init__(self, batch: Batch, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._batch = batch
        self.setWindowTitle(tr("Batch"))
        self.setAcceptDrops(True)
        self.resize(SIZE)
        self.choices, self.foot = BatchChoices(batch, settings), BatchFoot(batch)
        self.model = BatchModel(batch, self.devicePixelRatioF())
        self.table = QTableView()
        self.alone = QPlainTextEdit()
        self.empty = _Empty()
        self.pages = QStackedWidget()
        self.show_pairs, self.show_alone = QPushButton(), QPushButton()
        self._set_up_table()
        self._lay_out()
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Show how many pairs there are, and what stays alone; without any, what to do."""
        found = self._batch.found
        self.choices.setVisible(self._batch.folder is not None)
        self.foot.setVisible(self._batch.has_work)
        self.empty.show_for(self._batch)
        if self.empty.words and self.pages.currentWidget() is self.table:
            self._show_page(self.empty)
        elif not self.empty.words and self.pages.currentWidget() is self.empty:
            self._show_page(self.table)
        self.show_pairs.setText(tr("Pairs: {0}").format(len(found.pairs) if found else 0))
        self.show_alone.setText(tr("Alone: {0}").format(len(found.alone) if found else 0))
        for button in (self.show_pairs, self.show_alone):
            button.setVisible(found is not None)
        lines = [f"{one.path.name}: {translated(one.reason)}" for one in found.alone] if found else []
        if self.alone.toPlainText() != "\n".join(lines):
            self.alone.setPlainText("\n".join(lines))

    def _show_page(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        self.show_pairs.setChecked(page is not self.alone)
        self.show_alone.setChecked(page is self.alone)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self.model.item(index.row()))

    def _show_menu(self, at: QPoint) -> None:
        index = self.table.indexAt(at)
        if index.isValid():
            self.menu_for(self.model.item(index.row())).popup(self.table.viewport().mapToGlobal(at))

    def menu_for(self, item: BatchItem) -> QMenu:
        """What can be done with one pair."""
        menu = QMenu(self.table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Open in the window"), lambda: self.opened.emit(item))
        swap = menu.addAction(tr("Swap short and long"), lambda: self._batch.swap_roles(item))
        swap.setEnabled(not self._batch.is_busy and not self._batch.is_searching)
        return menu

    # ---- putting together ----

    def _set_up_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setItemDelegateForColumn(STATE, StateDelegate(table))
        table.setIconSize(PICTURE)
        table.setWordWrap(True)
        table.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # names of files end in what tells them apart
        table.setShowGrid(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.setAccessibleName(tr("Pairs of the folder"))
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = table.horizontalHeader()
        header.setSectionResizeMode(WHY, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in _WIDTHS.items():
            table.setColumnWidth(column, width)

    def _lay_out(self) -> None:
        self.alone.setReadOnly(True)
        self.alone.setAccessibleName(tr("Photos that stay alone, and why"))
        for page in (self.table, self.alone, self.empty):
            self.pages.addWidget(page)
        tabs = QHBoxLayout()
        tabs.setSpacing(4)
        for button in (self.show_pairs, self.show_alone):
            button.setProperty("kind", "quiet")
            button.setCheckable(True)
            button.setAutoDefault(False)
            tabs.addWidget(button)
        tabs.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.choices)
        column.addLayout(tabs)
        column.addWidget(self.pages, 1)
        column.addWidget(self.foot)
        self._show_page(self.table)

    def _connect(self) -> None:
        self._batch.changed.connect(self.refresh)
        self.choices.saving_wanted.connect(self.saving_wanted)
        self.show_pairs.clicked.connect(lambda: self._show_page(self.empty if self.empty.words else self.table))
        self.empty.chosen.connect(self.choices.ask_folder)
        self.show_alone.clicked.connect(lambda: self._show_page(self.alone))
        self.table.doubleClicked.connect(self._open)
        self.table.customContextMenuRequested.connect(self._show_menu)

    # ---- events ----

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(is_folder(path) for path in local_paths(event.mimeData())):
            set_kind(self.empty, "target")
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        set_kind(self.empty, "")

    def dropEvent(self, event: QDropEvent) -> None:
        set_kind(self.empty, "")
        event.acceptProposedAction()
        for folder in filter(is_folder, local_paths(event.mimeData())):
            self._batch.open_folder(folder)
            return


class _Empty(QFrame):
    """In place of the table while it has no row: what a batch is, and how to begin.  Signal: `chosen` (a folder is)."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("nothing")
        self._sign, self._title, self._text = QLabel(), label(kind="title"), label(kind="muted", wrap=True)
        self._sign.setPixmap(icon("batch", "muted").pixmap(_SIGN, self.devicePixelRatioF()))
        self._button = QPushButton(icon("folder", "on-accent"), "")
        self._button.setProperty("kind", "primary")
        self._button.setMinimumHeight(40)
        self._button.setAutoDefault(False)
        self._button.clicked.connect(self.chosen)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(1)
        for part in (self._sign, self._title, self._text):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(part)
        column.addSpacing(4)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    @property
    def words(self) -> str:
        """What it says; empty where there is a table to show."""
        return self._title.text()

    def show_for(self, batch: Batch) -> None:
        title, told = _emptiness(batch)
        self._title.setText(title)
        self._text.setText(told)
        again = batch.found is not None
        words = tr("Choose another folder…") if again else tr("Choose a folder…")
        self._button.setText(ICON_GAP + words)
        self._button.setAccessibleName(words)
        self._button.setVisible(not batch.is_searching)


def _emptiness(batch: Batch) -> tuple[str, str]:
    if batch.is_searching:
        return tr("Looking for pairs…"), ""
    if batch.found is None:
        told = tr("Its short and long photos are put together in pairs. You see them before anything runs.")
        return tr("Drop a folder of photos here"), told
    if not batch.found.pairs:
        told = tr("A pair is a short and a long photo of the same scene, shot one right after the other.")
        return tr("No pairs in this folder"), told
    return "", ""
