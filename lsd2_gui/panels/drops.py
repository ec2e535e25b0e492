"""Files that are dragged onto a widget."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData


def local_paths(data: QMimeData) -> list[Path]:
    """The local files and folders in what is being dragged; nothing from the web."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
