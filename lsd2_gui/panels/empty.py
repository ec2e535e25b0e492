"""What the window shows before a photo is open: where to drop, and what kind of photos."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from lsd2_gui.panels.drawing import PairDrawing
from lsd2_gui.panels.widgets import label, push_button
from lsd2_gui.text import tr
from lsd2_gui.theme import COLOURS, icon

_ZONE = QSize(720, 420)
"""Size of the dashed frame where the window has room for it."""


class EmptyPage(QWidget):
    """The drop zone; the window around it takes the drop."""

    def __init__(self, actions: dict[str, QAction]) -> None:
        super().__init__()
        self.setObjectName("empty")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._is_target = False
        open_button = push_button(actions["open"], tr("Open photos…"), "primary")
        open_button.setIcon(icon("open", "on-accent"))
        sample_button = push_button(actions["open_sample"], tr("Try the sample pair"), "plain")
        sample_button.setVisible(actions["open_sample"].isEnabled())
        for button in (open_button, sample_button):
            button.setMinimumHeight(40)
            button.setIconSize(QSize(20, 20))
        self._lay_out(open_button, sample_button)

    def set_target(self, on: bool) -> None:
        """Light up while files are dragged over the window."""
        self._is_target = on
        self.update()

    def _lay_out(self, *buttons: QWidget) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(1)
        column.addWidget(PairDrawing(), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(16)
        for words, kind in (
            (tr("Drop a short and a long exposure"), "title"),
            (
                tr("Two photos of the same dark scene: one short, sharp but noisy; one long, clean but blurred."),
                "muted",
            ),
            (tr("Camera raw, JPEG, PNG, TIFF, HEIC, AVIF or WebP. Your photos never leave this computer."), "faint"),
        ):
            line = label(words, kind)
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(line)
        column.addSpacing(16)
        column.addLayout(row)
        column.addStretch(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(COLOURS["canvas"]))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(COLOURS["accent" if self._is_target else "faint"]), 2 if self._is_target else 1.5)
        pen.setDashPattern([6, 5])
        painter.setPen(pen)
        size = _ZONE.boundedTo(self.size() - QSize(32, 32))
        frame = QRectF(0, 0, size.width(), size.height())
        frame.moveCenter(QRectF(self.rect()).center())
        painter.drawRoundedRect(frame, 16, 16)
        painter.end()
