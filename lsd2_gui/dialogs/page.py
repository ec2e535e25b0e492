"""A page of Markdown inside the program: quiet tables, pictures that fit, links that open in the browser."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QBrush,
    QColor,
    QImage,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser

from lsd2_gui.theme import COLOURS

_MARGIN = 16
_CELL_PADDING = 6
_HEADING_ROOM, _PARAGRAPH_ROOM, _LIST_ROOM, _LINE_HEIGHT = 20, 10, 3, 120
"""Pixels, and per cent."""
_PICTURE = "\N{OBJECT REPLACEMENT CHARACTER}"


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
        _give_room(self.document())


def _give_room(document: QTextDocument) -> None:
    """Room around headings, paragraphs and pictures, and between lines; tables have their own."""
    block = document.begin()
    while block.isValid():
        cursor = QTextCursor(block)
        if cursor.currentTable() is None:
            looks = block.blockFormat()
            is_heading, is_first = looks.headingLevel() > 0, block == document.begin()
            looks.setTopMargin(_HEADING_ROOM if is_heading and not is_first else 0)
            looks.setBottomMargin(_LIST_ROOM if block.textList() is not None else _PARAGRAPH_ROOM)
            if _PICTURE not in block.text():
                looks.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            cursor.setBlockFormat(looks)
        block = block.next()


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
