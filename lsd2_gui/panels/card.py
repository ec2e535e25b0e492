"""The card of one photo of the pair: its role, thumbnail and exposure; also where a photo is dropped for that role."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPixmap,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from lsd2_gui import text
from lsd2_gui.panels.drops import local_paths
from lsd2_gui.panels.elided import ElidedLabel
from lsd2_gui.panels.widgets import label, set_kind
from lsd2_gui.pictures import OpenedPhoto, Role
from lsd2_gui.text import tr
from lsd2_gui.theme import icon

THUMBNAIL = QSize(72, 54)


class PhotoCard(QFrame):
    """Signals: `dropped` (a path), `clicked` (the user wants to choose a photo for it)."""

    dropped = Signal(object)
    clicked = Signal()

    def __init__(self, role: Role, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.role = role
        self.setObjectName("card")
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._title, self._hint = _words(role)
        self._picture = QLabel()
        self._picture.setObjectName("thumbnail")
        self._picture.setFixedSize(THUMBNAIL)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._name_label = ElidedLabel(kind="name", mode=Qt.TextElideMode.ElideMiddle)
        self._facts = ElidedLabel(kind="muted")
        self._lay_out()
        self.show_photo(None)

    def show_photo(self, photo: OpenedPhoto | None) -> None:
        """Show a photo's facts, or that one is wanted."""
        set_kind(self, "full" if photo else "empty")
        name = photo.path.name if photo else tr("Add a photo")
        self._name_label.show_words(name)
        self._facts.show_words(_facts(photo) if photo else self._hint)
        self.setToolTip(self._about(photo) if photo else tr("Click to choose a photo, or drop one here"))
        self.setAccessibleName(f"{self._title}: {name}")
        if photo is None:
            self._picture.setPixmap(icon("add", "faint").pixmap(QSize(24, 24), self.devicePixelRatioF()))

    def _about(self, photo: OpenedPhoto) -> str:
        """Where it is, how large, and what becomes of it."""
        if self.role is Role.SHORT:
            part = tr("Shown as bright as the long photo, so that the two can be compared; its file stays as it is.")
        else:
            part = tr("The result has its colours and its brightness.")
        return f"{photo.path}\n{text.dimensions(photo.picture.width, photo.picture.height)}\n{part}"

    def show_thumbnail(self, image: QImage) -> None:
        """Show a small picture of the photo; its size is in device pixels."""
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        self._picture.setPixmap(pixmap)

    def _lay_out(self) -> None:
        sign = QLabel()
        sign.setPixmap(icon(str(self.role), "muted").pixmap(QSize(16, 16), self.devicePixelRatioF()))
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(sign)
        head.addWidget(label(self._title.upper(), "caption"), 1)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addLayout(head)
        for line in (self._name_label, self._facts):
            words.addWidget(line)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 7, 8, 7)
        row.setSpacing(12)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if len(local_paths(event.mimeData())) == 1:
            self.setProperty("target", True)
            self._repolish()
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._leave()

    def dropEvent(self, event: QDropEvent) -> None:
        self._leave()
        event.acceptProposedAction()
        self.dropped.emit(local_paths(event.mimeData())[0])

    def _leave(self) -> None:
        self.setProperty("target", False)
        self._repolish()

    def _repolish(self) -> None:
        self.style().unpolish(self)
        self.style().polish(self)


def _facts(photo: OpenedPhoto) -> str:
    """The exposure; the size where the camera did not say."""
    return text.exposure(photo.metadata) or text.dimensions(photo.picture.width, photo.picture.height)


def _words(role: Role) -> tuple[str, str]:
    if role is Role.SHORT:
        return tr("Short"), tr("Sharp, but dark and noisy")
    return tr("Long"), tr("Bright, but blurred")
