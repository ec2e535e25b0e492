"""The two file dialogs.  Both stay open beside the running window and answer by a call."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from lsd2.io.on_disk import is_folder
from lsd2.io.suffixes import PHOTO_SUFFIXES, RAW_SUFFIXES
from lsd2_gui.text import mark, tr

SHEET_FILTERS = {".png": mark("Picture (*.png)"), ".pdf": mark("PDF (*.pdf)")}


def ask_photos(
    parent: QWidget, folder: str, take: Callable[[list[Path]], None], *, single: bool = False
) -> QFileDialog:
    """Let the user choose photos in `folder`; `take` gets them if there are any."""
    title = tr("Choose a photo") if single else tr("Choose a short and a long photo")
    dialog = QFileDialog(parent, title, folder, f"{photo_filter()};;{tr('All files (*)')}")
    mode = QFileDialog.FileMode.ExistingFile if single else QFileDialog.FileMode.ExistingFiles
    dialog.setFileMode(mode)
    dialog.filesSelected.connect(lambda names: take([Path(name) for name in names]))
    _open(dialog)
    return dialog


def nearest_folder(path: Path) -> Path:
    """The folder itself, or the nearest one around it that is there; the user's own if there is none."""
    return next((folder for folder in (path, *path.parents) if path.is_absolute() and is_folder(folder)), Path.home())


def photo_filter() -> str:
    """A file dialog's filter for photos, camera raw files included."""
    patterns = (f"*{suffix}" for suffix in sorted(PHOTO_SUFFIXES | RAW_SUFFIXES))
    return f"{tr('Photos')} ({' '.join(patterns)})"


def ask_folder(parent: QWidget, folder: str, take: Callable[[Path], None]) -> QFileDialog:
    """Let the user choose a folder, beginning in `folder`."""
    dialog = QFileDialog(parent, tr("Choose a folder of photos"), folder)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(lambda name: take(Path(name)))
    _open(dialog)
    return dialog


def ask_sheet_target(parent: QWidget, proposed: Path, take: Callable[[Path], None]) -> QFileDialog:
    """Let the user choose where a comparison sheet goes.  The dialog asks before it gives a file that is there."""
    dialog = QFileDialog(parent, tr("Save the comparison sheet"), str(proposed.parent))
    dialog.setNameFilters([tr(words) for words in SHEET_FILTERS.values()])
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.filterSelected.connect(lambda chosen: _follow_filter(dialog, chosen))
    dialog.setDefaultSuffix(proposed.suffix)
    dialog.selectFile(proposed.name)
    dialog.fileSelected.connect(lambda name: take(Path(name)))
    _open(dialog)
    return dialog


def _follow_filter(dialog: QFileDialog, chosen: str) -> None:
    """Another format gives the name another ending."""
    suffix = next(suffix for suffix, words in SHEET_FILTERS.items() if tr(words) == chosen)
    dialog.setDefaultSuffix(suffix)
    selected = dialog.selectedFiles()
    if selected:
        dialog.selectFile(Path(selected[0]).with_suffix(suffix).name)


def _open(dialog: QFileDialog) -> None:
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
