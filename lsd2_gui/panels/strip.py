"""The strip below the picture: the pairs of a folder, two small pictures each; a click opens one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QToolButton,
    QVBoxLayout,
)

from lsd2.pairing.model import FoundPair
from lsd2_gui.folder import Folder
from lsd2_gui.library_words import translated
from lsd2_gui.panels.widgets import label
from lsd2_gui.text import sentence, tr
from lsd2_gui.theme import COLOURS, icon

PICTURE = QSize(72, 54)
GAP = 2
_PLACE = Qt.ItemDataRole.UserRole


class FolderStrip(QFrame):
    """Hidden while no folder is open.

    Signals: `chosen` (the paths of a short and a long photo), `batch_wanted` (the folder, for all its pairs).
    """

    chosen = Signal(object, object)
    batch_wanted = Signal(object)

    def __init__(self, folder: Folder) -> None:
        super().__init__()
        self.setObjectName("strip")
        self._folder = folder
        self._shown: tuple[FoundPair, ...] = ()
        self._open: tuple[Path, Path] | None = None
        self._is_opening = False
        self._asked: int | None = None
        """Where the pair is that was asked for last, until another one is open: that one cannot always be opened."""
        self._caption = label(kind="muted")
        self.batch_button = QPushButton(tr("Fuse all…"))
        self.batch_button.setProperty("kind", "quiet")
        self.batch_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.batch_button.setToolTip(tr("Do all pairs of this folder as a batch"))
        self.batch_button.clicked.connect(lambda: self.batch_wanted.emit(self._folder.path))
        self.list = QListWidget()
        self._lay_out(self._close_button())
        folder.changed.connect(self.refresh)
        folder.thumbnails.arrived.connect(self._show_picture)
        self.list.itemActivated.connect(self._choose)
        self.list.itemClicked.connect(self._choose)
        self.refresh()

    def refresh(self) -> None:
        """Show the folder's pairs."""
        self.setVisible(self._folder.path is not None)
        self._caption.setText(_caption(self._folder))
        if self._folder.pairs != self._shown:
            self._shown, self._asked = self._folder.pairs, None
            self.list.clear()
            for place, pair in enumerate(self._shown):
                self.list.addItem(self._item(place, pair))
        self.list.setVisible(bool(self._shown))
        self.batch_button.setVisible(bool(self._shown))
        self._mark_open()

    def mark(self, pair: tuple[Path, Path] | None, *, is_opening: bool) -> None:
        """Show which pair is open; while photos are being opened, the one that was asked for stays marked."""
        is_another, self._open, self._is_opening = pair != self._open, pair, is_opening
        if is_another and not is_opening:
            self._asked = None
        self._mark_open()

    def _mark_open(self) -> None:
        if self._is_opening:
            return
        pair = self._open
        place = self._folder.place_of(*pair) if pair else None
        if place is None:
            self.list.clearSelection()
            self.list.setCurrentRow(-1)
        elif place != self.list.currentRow():
            self.list.setCurrentRow(place)

    def step(self, by: int) -> None:
        """Open the next pair (1) or the one before (-1), if there is one; past pairs that cannot be opened."""
        place = (self.list.currentRow() if self._asked is None else self._asked) + by
        if 0 <= place < len(self._shown):
            self.list.setCurrentRow(place)
            self._choose(self.list.item(place))

    def _item(self, place: int, pair: FoundPair) -> QListWidgetItem:
        item = QListWidgetItem(pair.short.path.stem)
        item.setData(_PLACE, place)
        item.setIcon(self._icon(pair))
        names = f"{pair.short.name} + {pair.long.name}"
        lines = [names, sentence(translated(pair.reason)), *(sentence(warning) for warning in pair.warnings)]
        item.setToolTip("\n".join(lines))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, names)
        if pair.warnings:
            item.setForeground(QColor(COLOURS["warning-text"]))
        return item

    def _icon(self, pair: FoundPair) -> QIcon:
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(QSize(2 * PICTURE.width() + GAP, PICTURE.height()) * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for index, shot in enumerate((pair.short, pair.long)):
            box = QRect(QPoint(index * (PICTURE.width() + GAP), 0), PICTURE)
            painter.fillRect(box, QColor(COLOURS["field"]))
            image = self._folder.thumbnails.get(shot.path)
            if image is not None:
                painter.drawImage(box, image, _filling(image, PICTURE))
        painter.end()
        made = QIcon()
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
            made.addPixmap(pixmap, mode)
        return made

    def _show_picture(self, path: Path) -> None:
        for place, pair in enumerate(self._shown):
            if path in (pair.short.path, pair.long.path):
                self.list.item(place).setIcon(self._icon(pair))

    def _choose(self, item: QListWidgetItem) -> None:
        self._asked = item.data(_PLACE)
        pair = self._shown[self._asked]
        self.chosen.emit(pair.short.path, pair.long.path)

    def _close_button(self) -> QToolButton:
        made = QToolButton()
        made.setIcon(icon("cancel", "muted"))
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setToolTip(tr("Close the folder"))
        made.setAccessibleName(tr("Close the folder"))
        made.clicked.connect(self._folder.close)
        return made

    def _lay_out(self, close: QToolButton) -> None:
        self.list.setAccessibleName(tr("Pairs of the folder"))
        self.list.setViewMode(QListView.ViewMode.IconMode)
        self.list.setFlow(QListView.Flow.LeftToRight)
        self.list.setWrapping(False)
        self.list.setMovement(QListView.Movement.Static)
        self.list.setUniformItemSizes(True)
        self.list.setIconSize(QSize(2 * PICTURE.width() + GAP, PICTURE.height()))
        self.list.setGridSize(QSize(2 * PICTURE.width() + GAP + 16, PICTURE.height() + 28))
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFixedHeight(PICTURE.height() + 48)
        head = QHBoxLayout()
        head.addWidget(self._caption, 1)
        head.addWidget(self.batch_button)
        head.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 8, 4)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.list)


def _caption(folder: Folder) -> str:
    if folder.path is None:
        return ""
    name = folder.path.name or str(folder.path)
    if folder.is_searching:
        return tr("Looking for pairs in {0}…").format(name)
    count = len(folder.pairs)
    if not count:
        return tr("No pairs were found in {0}: a short and a long photo, shot one right after the other.").format(name)
    return tr("One pair in {0}").format(name) if count == 1 else tr("{0} pairs in {1}").format(count, name)


def _filling(image: QImage, box: QSize) -> QRect:
    """The middle part of a picture that fills a box."""
    part = box.scaled(image.size(), Qt.AspectRatioMode.KeepAspectRatio)
    return QRect(QPoint((image.width() - part.width()) // 2, (image.height() - part.height()) // 2), part)
