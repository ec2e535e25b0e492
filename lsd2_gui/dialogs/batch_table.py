"""The table of a batch: its pairs, what speaks for them, and how far each is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from lsd2.batch.model import BatchItem, PairState
from lsd2.pairing.model import Shot
from lsd2_gui import text
from lsd2_gui.batching import Batch
from lsd2_gui.library_words import translated
from lsd2_gui.text import mark, tr
from lsd2_gui.theme import COLOURS

SHORT, LONG, WHY, STATE = range(4)
HEADINGS = (mark("Short"), mark("Long"), mark("Why they are a pair"), mark("State"))
PICTURE = QSize(96, 64)
ROW_HEIGHT = 84
SHARE = Qt.ItemDataRole.UserRole
"""How far the running pair is, 0 to 1; None where nothing runs."""

Index = QModelIndex | QPersistentModelIndex


class BatchModel(QAbstractTableModel):
    """A row for every pair of a batch; the tick in the first column says whether it is to be done."""

    def __init__(self, batch: Batch, scale: float) -> None:
        super().__init__()
        self._batch, self._scale = batch, scale
        self._items: list[BatchItem] = []
        self._states: list[object] = []
        batch.planned.connect(self._renew)
        batch.changed.connect(self._update)
        batch.stepped.connect(self._step)
        batch.thumbnails.arrived.connect(self._show_picture)
        self._renew()

    def item(self, row: int) -> BatchItem:
        return self._items[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        return 0 if parent.isValid() else len(self._items)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return tr(HEADINGS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        item = self._items[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == SHORT:
            return Qt.CheckState.Unchecked if self._state(item) is PairState.LEFT_OUT else Qt.CheckState.Checked
        if index.column() in (SHORT, LONG):
            return self._photo_data(item, index.column(), role)
        return self._why_data(item, role) if index.column() == WHY else self._state_data(item, role)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self._batch.leave_out(self._items[index.row()], Qt.CheckState(value) is Qt.CheckState.Unchecked)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == SHORT and self._state(self._items[index.row()]) in (PairState.WAITING, PairState.LEFT_OUT):
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    # ---- cells ----

    def _photo_data(self, item: BatchItem, column: int, role: int) -> object:
        path = item.short if column == SHORT else item.long
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{path.name}\n{self._exposure(item, column)}"
        if role == Qt.ItemDataRole.DecorationRole:
            return self._picture(path)
        return str(path) if role == Qt.ItemDataRole.ToolTipRole else None

    def _exposure(self, item: BatchItem, column: int) -> str:
        pair = self._batch.pair(item)
        shot: Shot | None = None if pair is None else (pair.short if column == SHORT else pair.long)
        return (shot and text.exposure(shot.metadata)) or tr("No exposure data")

    def _picture(self, path: Path) -> QPixmap:
        """The photo in the middle of a frame of one size, so that names stand below each other."""
        frame = QPixmap(PICTURE * self._scale)
        frame.setDevicePixelRatio(self._scale)
        image = self._batch.thumbnails.get(path)
        frame.fill(QColor(COLOURS["card"] if image is None else COLOURS["field"]))
        if image is not None:
            _paint_inside(frame, image, self._scale)
        return frame

    def _why_data(self, item: BatchItem, role: int) -> object:
        reasons = [translated(part) for part in item.reason.split("; ")]
        warnings = [tr("Check: {0}").format(translated(warning)) for warning in item.warnings]
        if role == Qt.ItemDataRole.DisplayRole:
            return "\n".join([*warnings, *reasons])
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join([*warnings, *reasons])
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(COLOURS["warning-text" if warnings else "muted"])
        return None

    def _state_data(self, item: BatchItem, role: int) -> object:
        state, outcome = self._state(item), self._batch.queue.outcome(item)
        words = self._state_words(item)
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == Qt.ItemDataRole.ToolTipRole:
            notes = [] if outcome is None else [text.sentence(note) for note in outcome.notes]
            whole = text.sentence(outcome.message) if outcome is not None and state is PairState.FAILED else words
            return "\n".join([whole, *([str(item.target)] if state is PairState.DONE else []), *notes])
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(COLOURS["error-text" if state is PairState.FAILED else "text"])
        return self._share() if role == SHARE and state is PairState.RUNNING else None

    def _state_words(self, item: BatchItem) -> str:
        state, outcome, step = self._state(item), self._batch.queue.outcome(item), self._batch.step
        if state is PairState.RUNNING:
            return text.stage(step.stage) if step else tr("Begins")
        if outcome is not None and state is PairState.FAILED:
            return text.sentence(_without_folder(outcome.message, item))
        if outcome is not None:
            return tr("Done before") if outcome.earlier else tr("Done in {0}").format(text.duration(outcome.seconds))
        return tr("Left out") if state is PairState.LEFT_OUT else tr("Waiting")

    def _share(self) -> float:
        step = self._batch.step
        return step.done / step.total if step and step.total else 0.0

    # ---- changes ----

    def _state(self, item: BatchItem) -> PairState:
        return self._batch.queue.state(item)

    def _renew(self) -> None:
        self.beginResetModel()
        self._items = self._batch.items
        self._states = [self._fingerprint(item) for item in self._items]
        self.endResetModel()

    def _fingerprint(self, item: BatchItem) -> object:
        return self._state(item), self._batch.queue.outcome(item)

    def _update(self) -> None:
        """Only the rows that differ: repainting thousands would be felt."""
        for row, item in enumerate(self._items):
            now = self._fingerprint(item)
            if now != self._states[row]:
                self._states[row] = now
                self.dataChanged.emit(self.index(row, SHORT), self.index(row, STATE))

    def _step(self) -> None:
        running = self._batch.queue.running
        if running in self._items:
            cell = self.index(self._items.index(running), STATE)
            self.dataChanged.emit(cell, cell)

    def _show_picture(self, path: Path) -> None:
        for row, item in enumerate(self._items):
            if path in (item.short, item.long):
                cell = self.index(row, SHORT if path == item.short else LONG)
                self.dataChanged.emit(cell, cell)


class StateDelegate(QStyledItemDelegate):
    """Draws a bar under the words of the running pair."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        share = index.data(SHARE)
        if share is None:
            return
        bar = QRect(option.rect.left() + 8, option.rect.bottom() - 20, option.rect.width() - 16, 6)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(COLOURS["raised"]))
        painter.drawRoundedRect(bar, 3, 3)
        painter.setBrush(QColor(COLOURS["accent"]))
        painter.drawRoundedRect(QRect(bar.topLeft(), QSize(round(bar.width() * share), bar.height())), 3, 3)
        painter.restore()


def _without_folder(message: str, item: BatchItem) -> str:
    """A message with the names of the pair's photos in place of their paths: the row has little room."""
    for path in (item.short, item.long):
        message = message.replace(str(path), path.name)
    return message


def _paint_inside(frame: QPixmap, image: QImage, scale: float) -> None:
    fitted = image.scaled(
        PICTURE * scale, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    fitted.setDevicePixelRatio(scale)
    left, top = (PICTURE.width() - fitted.width() / scale) / 2, (PICTURE.height() - fitted.height() / scale) / 2
    painter = QPainter(frame)
    painter.drawImage(round(left), round(top), fitted)
    painter.end()
