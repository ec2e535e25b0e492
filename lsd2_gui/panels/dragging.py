"""Dragging a result out of the window, as a file."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from lsd2_gui.exporting import Exporter
from lsd2_gui.notices import Herald
from lsd2_gui.pictures import Fused
from lsd2_gui.qimage import thumbnail
from lsd2_gui.text import tr

_PREVIEW = (96, 64)


def drag_out(source: QWidget, fused: Fused, exporter: Exporter, herald: Herald) -> None:
    """Drag the result's file; written first if there is none, as long as the button stays down."""
    if not fused.is_settled:
        herald.said.emit(tr("The short photo is being matched for this strength: drag the result again then."))
        return
    path = exporter.file_of(fused)
    if path is not None:
        start_drag(source, fused, path)
        return
    herald.said.emit(tr("Preparing the file: keep the button pressed…"))
    exporter.prepare(fused, partial(_start_if_held, source, fused, herald))


def start_drag(source: QWidget, fused: Fused, path: Path) -> None:
    """Begin to drag a file."""
    drag = QDrag(source)
    drag.setMimeData(dragged_data(path))
    drag.setPixmap(QPixmap.fromImage(thumbnail(fused.shown.pixels, *_PREVIEW)))
    drag.exec(Qt.DropAction.CopyAction)


def dragged_data(path: Path) -> QMimeData:
    """What other programs are given."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    return data


def _start_if_held(source: QWidget, fused: Fused, herald: Herald, path: Path) -> None:
    if QApplication.mouseButtons() & Qt.MouseButton.LeftButton:
        herald.said.emit("")
        start_drag(source, fused, path)
    else:
        herald.said.emit(tr("The file is ready now: drag the result again."))
