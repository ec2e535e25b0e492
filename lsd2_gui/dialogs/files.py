"""The two file dialogs.  Both stay open beside the running window and answer by a call."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from lsd2_gui.saving import SUFFIXES, format_of
from lsd2_gui.text import mark, tr

OPEN_FILTER = mark("Photos (*.jpg *.jpeg *.png *.tif *.tiff *.heic *.heif *.avif *.webp)")
SAVE_FILTERS = {
    "jpeg": mark("JPEG, 8 bit (*.jpg *.jpeg)"),
    "png": mark("PNG, 16 bit (*.png)"),
    "tiff": mark("TIFF, 16 bit (*.tif *.tiff)"),
}


def ask_photos(
    parent: QWidget, folder: str, take: Callable[[list[Path]], None], *, single: bool = False
) -> QFileDialog:
    """Let the user choose photos in `folder`; `take` gets them if there are any."""
    title = tr("Choose a photo") if single else tr("Choose a short and a long photo")
    dialog = QFileDialog(parent, title, folder, f"{tr(OPEN_FILTER)};;{tr('All files (*)')}")
    mode = QFileDialog.FileMode.ExistingFile if single else QFileDialog.FileMode.ExistingFiles
    dialog.setFileMode(mode)
    dialog.filesSelected.connect(lambda names: take([Path(name) for name in names]))
    _open(dialog)
    return dialog


def ask_folder(parent: QWidget, folder: str, take: Callable[[Path], None]) -> QFileDialog:
    """Let the user choose a folder, beginning in `folder`."""
    dialog = QFileDialog(parent, tr("Choose a folder of photos"), folder)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(lambda name: take(Path(name)))
    _open(dialog)
    return dialog


def ask_target(parent: QWidget, proposed: Path, take: Callable[[Path], None]) -> QFileDialog:
    """Let the user choose where to save.  The dialog asks before it gives a file that is there already."""
    filters = ";;".join(tr(words) for words in SAVE_FILTERS.values())
    dialog = QFileDialog(parent, tr("Save the result"), str(proposed.parent), filters)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.filterSelected.connect(lambda chosen: _follow_filter(dialog, chosen))
    current = format_of(proposed) or "jpeg"
    dialog.selectNameFilter(tr(SAVE_FILTERS[current]))
    dialog.setDefaultSuffix(SUFFIXES[current])
    dialog.selectFile(proposed.name)
    dialog.fileSelected.connect(lambda name: take(Path(name)))
    _open(dialog)
    return dialog


def _follow_filter(dialog: QFileDialog, chosen: str) -> None:
    """Another format gives the name another ending."""
    name = next(name for name, words in SAVE_FILTERS.items() if tr(words) == chosen)
    dialog.setDefaultSuffix(SUFFIXES[name])
    selected = dialog.selectedFiles()
    if selected:
        dialog.selectFile(Path(selected[0]).with_suffix(SUFFIXES[name]).name)


def _open(dialog: QFileDialog) -> None:
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
