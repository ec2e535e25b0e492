"""One result in the list."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPixmap
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QVBoxLayout

from lsd2_gui.panels.elided import ElidedLabel
from lsd2_gui.panels.widgets import icon_button
from lsd2_gui.pictures import Fused
from lsd2_gui.text import tr


class ResultRow(QFrame):
    """A click or the Return key shows the result.  Signals: `chosen`, `removed`, `dragged` (out of the window)."""

    chosen = Signal(object)
    removed = Signal(object)
    dragged = Signal(object)

    SMALL = QSize(54, 38)
    """Of the small picture, logical pixels."""

    def __init__(self, fused: Fused) -> None:
        super().__init__()
        self.setObjectName("result")
        self.fused = fused
        self._pressed_at: QPoint | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.picture = QLabel()
        self.picture.setObjectName("thumbnail")
        self.picture.setFixedSize(self.SMALL)
        middle = Qt.TextElideMode.ElideMiddle
        self._title = ElidedLabel(kind="name", mode=middle)
        self._facts, self._note = ElidedLabel(kind="faint"), ElidedLabel(kind="faint", mode=middle)
        remove = icon_button("cancel", tr("Remove this result"), 14)
        remove.clicked.connect(lambda: self.removed.emit(fused))
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addStretch(1)
        for part in (self._title, self._facts, self._note):
            words.addWidget(part)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(5, 5, 4, 5)
        row.setSpacing(8)
        row.addWidget(self.picture)
        row.addLayout(words, 1)
        row.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)

    @property
    def words(self) -> str:
        return "\n".join(part.words for part in (self._title, self._facts, self._note))

    def show_picture(self, image: QImage) -> None:
        """Show what the result looks like; `image` is in device pixels."""
        shown = QPixmap.fromImage(image)
        shown.setDevicePixelRatio(image.width() / self.SMALL.width())
        self.picture.setPixmap(shown)

    def show_facts(self, title: str, facts: str, note: str, *, is_shown: bool) -> None:
        """What it is, what is known of it, what has become of it, and whether it is on the screen."""
        self._title.show_words(title)
        self._facts.show_words(facts)
        self._note.show_words(note)
        self._note.setVisible(bool(note))
        self.setAccessibleName(". ".join(words for words in (title, facts, note) if words))
        self.setToolTip(tr("{0}\nDrag it to another program or a folder to have it as a file.").format(title))
        if self.property("shown") is not is_shown:
            self.setProperty("shown", is_shown)
            self.style().unpolish(self)
            self.style().polish(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint() if event.button() == Qt.MouseButton.LeftButton else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        way = event.position().toPoint() - self._pressed_at if self._pressed_at is not None else QPoint()
        if way.manhattanLength() >= QApplication.startDragDistance():
            self._pressed_at = None
            self.dragged.emit(self.fused)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        was_pressed, self._pressed_at = self._pressed_at is not None, None
        if (
            was_pressed
            and event.button() == Qt.MouseButton.LeftButton
            and self.rect().contains(event.position().toPoint())
        ):
            self.chosen.emit(self.fused)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self.fused)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(self.fused)
        else:
            super().keyPressEvent(event)
