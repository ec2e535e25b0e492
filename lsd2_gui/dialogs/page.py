"""A page of Markdown inside the program: quiet tables, pictures that fit, links that open in the browser."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QBrush, QColor, QImage, QResizeEvent, QTextDocument, QTextFrameFormat, QTextTable
from PySide6.QtWidgets import QTextBrowser

from lsd2_gui.theme import COLOURS

_MARGIN = 16
_CELL_PADDING = 6


class Page(QTextBrowser):
    """Shows `markdown`; its pictures are looked for in `folder`.  `name` is for those who hear the window."""

    def __init__(self, markdown: str, name: str, folder: Path | None = None) -> None:
        super().__init__()
        self._markdown, self._folder = markdown, folder
        self._width = 0
        self.setOpenExternalLinks(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fill()

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Pictures as wide as the page at most, sharp on every screen."""
        url = QUrl(name) if isinstance(name, str) else name
        if kind != QTextDocument.ResourceType.ImageResource.value or self._folder is None:
            return super().loadResource(kind, url)
        image = QImage(str(self._folder / url.path()))
        ratio = self.devicePixelRatioF()
        room = round(self._room() * ratio)
        if image.width() > room:
            image = image.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
        image.setDevicePixelRatio(ratio if image.width() >= room else 1.0)
        return image

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._folder is not None and self.viewport().width() != self._width:
            place = self.verticalScrollBar().value() / max(1, self.verticalScrollBar().maximum())
            self._fill()
            self.verticalScrollBar().setValue(round(place * self.verticalScrollBar().maximum()))

    def _room(self) -> float:
        return max(200.0, self.viewport().width() - 2.0 * _MARGIN)

    def _fill(self) -> None:
        self._width = self.viewport().width()
        self.document().clear()
        self.document().setDocumentMargin(_MARGIN)
        self.setMarkdown(self._markdown)
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                _calm(frame)


def _calm(table: QTextTable) -> None:
    if not any(table.cellAt(0, column).firstCursorPosition().block().text() for column in range(table.columns())):
        table.removeRows(0, 1)  # Markdown knows no table without a heading
    looks = table.format()
    looks.setBorderBrush(QBrush(QColor(COLOURS["edge"])))
    looks.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    looks.setBorderCollapse(True)
    looks.setCellPadding(_CELL_PADDING)
    looks.setTopMargin(_CELL_PADDING)
    looks.setBottomMargin(_CELL_PADDING)
    table.setFormat(looks)
