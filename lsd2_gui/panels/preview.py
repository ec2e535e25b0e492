"""What the window shows while photos are on their way in: the first small picture of them."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from lsd2_gui.display import for_screen, screen_space
from lsd2_gui.previewing import Previewer
from lsd2_gui.settings import Settings
from lsd2_gui.text import tr
from lsd2_gui.theme import COLOURS


class PreviewPage(QWidget):
    """Paints the picture as large as it fits, as the canvas will."""

    def __init__(self, previewer: Previewer, settings: Settings) -> None:
        super().__init__()
        self._previewer, self._settings = previewer, settings
        self.setAccessibleName(tr("Preview of the photos being opened"))
        previewer.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(COLOURS["canvas"]))
        image = self._previewer.image
        if image is not None:
            space = screen_space(self._settings)
            shown = image if space is None else for_screen(image.copy(), space)
            size = image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            box = QRect(0, 0, size.width(), size.height())
            box.moveCenter(self.rect().center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(box, shown)
        painter.end()
