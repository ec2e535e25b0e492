"""The looks: one table of colours, the palette and the style sheet made from it, and the icons.

Neutral greys, because a coloured surround shifts how a photo is seen; one accent colour, for what to do next.
"""

from __future__ import annotations

import re
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QStyleFactory

from lsd2.resources import resource_path

COLOURS = {
    "window": "#2b2b2b",
    "panel": "#333333",
    "card": "#3d3d3d",
    "raised": "#4a4a4a",
    "raised-hover": "#565656",
    "field": "#282828",
    "line": "#242424",
    "edge": "#555555",
    "canvas": "#505050",
    "text": "#ececec",
    "muted": "#b4b4b4",
    "faint": "#8c8c8c",
    "faint-text": "#a0a0a0",
    "accent": "#e9a23b",
    "accent-hover": "#f3b356",
    "accent-pressed": "#cf8d2c",
    "on-accent": "#1c1406",
    "info": "#3f4a52",
    "warning": "#57492a",
    "error": "#5c3330",
    "error-text": "#ff9a8c",
    "warning-text": "#f0c674",
}


def apply_theme(app: QApplication) -> None:
    """Give the application its style, palette and sheet."""
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setPalette(_palette())
    app.setStyleSheet(style_sheet())


def style_sheet() -> str:
    """The sheet with its `@names` replaced: colours, and `@icons` for the folder of icons."""
    text = resource_path("styles/dark.qss").read_text(encoding="utf-8")
    words = {**COLOURS, "icons": resource_path("icons").as_posix()}
    return re.sub(r"@([a-z-]+)", lambda match: words[match.group(1)], text)


@lru_cache(maxsize=256)
def icon(name: str, colour: str = "text") -> QIcon:
    """An icon of `resources/icons` in one of the theme's colours, greyed where it is disabled.

    `currentColor` in the file becomes the colour.
    """
    source = resource_path(f"icons/{name}.svg").read_text(encoding="utf-8")
    return QIcon(_Drawing(source, COLOURS[colour], COLOURS["faint"], {}))


class _Drawing(QIconEngine):
    """Draws an icon when it is first shown in a size, and keeps that: most icons are in menus that few people open."""

    def __init__(self, source: str, colour: str, disabled: str, drawn: dict[object, QPixmap]) -> None:
        super().__init__()
        self._source, self._colour, self._disabled, self._drawn = source, colour, disabled, drawn

    def clone(self) -> QIconEngine:
        return _Drawing(self._source, self._colour, self._disabled, self._drawn)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        scale = painter.device().devicePixelRatioF()
        painter.drawPixmap(rect.topLeft(), self.scaledPixmap(rect.size(), mode, state, scale))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        if size.isEmpty():
            return QPixmap()  # a button may be painted before it has its place
        colour = self._disabled if mode is QIcon.Mode.Disabled else self._colour
        key = (size.width(), size.height(), scale, colour)
        if key not in self._drawn:
            self._drawn[key] = _draw(self._source.replace("currentColor", colour), size, scale)
        return self._drawn[key]


def _draw(source: str, size: QSize, scale: float) -> QPixmap:
    """An SVG at a size in logical pixels."""
    picture = QPixmap(round(size.width() * scale), round(size.height() * scale))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(scale)
    return picture


def _palette() -> QPalette:
    roles = {
        QPalette.ColorRole.Window: "window",
        QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.Base: "field",
        QPalette.ColorRole.AlternateBase: "panel",
        QPalette.ColorRole.Text: "text",
        QPalette.ColorRole.PlaceholderText: "faint",
        QPalette.ColorRole.Button: "raised",
        QPalette.ColorRole.ButtonText: "text",
        QPalette.ColorRole.BrightText: "error-text",
        QPalette.ColorRole.ToolTipBase: "field",
        QPalette.ColorRole.ToolTipText: "text",
        QPalette.ColorRole.Highlight: "accent",
        QPalette.ColorRole.HighlightedText: "on-accent",
        QPalette.ColorRole.Link: "accent",
        QPalette.ColorRole.Accent: "accent",
    }
    palette = QPalette()
    for role, name in roles.items():
        palette.setColor(role, QColor(COLOURS[name]))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(COLOURS["faint"]))
    return palette
