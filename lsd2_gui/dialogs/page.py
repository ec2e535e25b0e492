"""A page of Markdown inside the program: quiet tables, pictures that fit, links that open in the browser."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import (
    QBrush,
    QColor,
    QImage,
    QImageReader,
    QResizeEvent,
    QShowEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextImageFormat,
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
    """Shows `markdown`; its pictures are looked for in `folder`.  `name` is for those who hear the window.

    The text comes right after the page is on the screen, so that a dialog opens at once.
    """

    def __init__(self, markdown: str, name: str, folder: Path | None = None) -> None:
        super().__init__()
        self._markdown, self._folder = markdown, folder
        self._width = 0
        self._shown: QTextDocument | None = None
        self.setOpenExternalLinks(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # the width is known before the text

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """A picture in the pixels of the screen that it covers.  It is asked for when it comes into sight."""
        url = QUrl(name) if isinstance(name, str) else name
        if kind != QTextDocument.ResourceType.ImageResource.value or self._folder is None:
            return super().loadResource(kind, url)
        image = QImage(str(self._folder / url.path()))
        if image.isNull():
            return image
        ratio = self.devicePixelRatioF()
        width = round(self._shown_width(image.width()) * ratio)
        if image.width() != width:
            image = image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        image.setDevicePixelRatio(ratio)
        return image

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._shown is None:
            QTimer.singleShot(0, self, self._fill)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._shown is not None and self._folder is not None and self.viewport().width() != self._width:
            place = self.verticalScrollBar().value() / max(1, self.verticalScrollBar().maximum())
            self._fill()
            self.verticalScrollBar().setValue(round(place * self.verticalScrollBar().maximum()))

    def _room(self) -> float:
        return max(200.0, self.viewport().width() - 2.0 * _MARGIN)

    def _shown_width(self, width: int) -> float:
        """Of a picture of that width, logical pixels: as wide as the page at most."""
        return min(float(width), self._room())

    def _fill(self) -> None:
        """Lay the page out anew, in a document of its own: a shown one would be laid out after every step."""
        self._width = self.viewport().width()
        old, document = self._shown, QTextDocument(self)
        document.setDefaultFont(self.font())
        document.setDocumentMargin(_MARGIN)
        document.setMarkdown(self._markdown)
        for frame in document.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                _calm(frame)
        _give_room(document)
        if self._folder is not None:
            self._size_pictures(document, self._folder)
        self.setDocument(document)
        self._shown = document
        if old is not None:
            old.deleteLater()

    def _size_pictures(self, document: QTextDocument, folder: Path) -> None:
        """Say how large each picture is to be: or the page would read them all to find its own height."""
        for place, looks in picture_places(document):
            size = QImageReader(str(folder / looks.name())).size()
            if not size.isValid():
                continue
            width = self._shown_width(size.width())
            looks.setWidth(width)
            looks.setHeight(width * size.height() / size.width())
            cursor = QTextCursor(document)
            cursor.setPosition(place)
            cursor.setPosition(place + 1, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(looks)


def picture_places(document: QTextDocument) -> list[tuple[int, QTextImageFormat]]:
    """Where each picture of a page stands, and its looks."""
    found = []
    block = document.begin()
    while block.isValid():
        iterator = block.begin()
        while not iterator.atEnd():
            fragment = iterator.fragment()
            if fragment.charFormat().isImageFormat():
                looks = fragment.charFormat().toImageFormat()
                found += [(fragment.position() + index, looks) for index in range(fragment.length())]
            iterator += 1
        block = block.next()
    return found


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
