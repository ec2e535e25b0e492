"""What the cameras wrote down about the two photos, side by side."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from lsd2.metadata import shutter_text
from lsd2_gui.library_words import translated
from lsd2_gui.panels.widgets import label, set_kind
from lsd2_gui.pictures import OpenedPhoto, Role
from lsd2_gui.session import Session
from lsd2_gui.text import significant, tr


def _time(photo: OpenedPhoto) -> str:
    taken = photo.metadata.taken_at
    return taken.strftime("%Y-%m-%d %H:%M:%S") if taken else ""


def _shutter(photo: OpenedPhoto) -> str:
    seconds = photo.metadata.exposure_seconds
    return translated(shutter_text(seconds)) if seconds else ""


def _size(photo: OpenedPhoto) -> str:
    return f"{photo.picture.width} \N{MULTIPLICATION SIGN} {photo.picture.height}"


def _format(photo: OpenedPhoto) -> str:
    return tr("{0}, {1} bit").format(photo.metadata.file_format or photo.path.suffix, photo.metadata.bit_depth)


def lines() -> list[tuple[str, Callable[[OpenedPhoto], str]]]:
    """Caption, and how it reads for a photo; empty where the camera did not say."""
    return [
        (tr("Shutter"), _shutter),
        (tr("Sensitivity"), lambda photo: f"ISO {photo.metadata.iso}" if photo.metadata.iso else ""),
        (tr("Aperture"), _aperture),
        (tr("Focal length"), _focal_length),
        (tr("Taken"), _time),
        (tr("Camera"), lambda photo: photo.metadata.camera or ""),
        (tr("Lens"), lambda photo: photo.metadata.lens or ""),
        (tr("Size"), _size),
        (tr("File"), _format),
    ]


class FactsPanel(QWidget):
    """A table in which what differs between the photos stands out."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._captions: list[QLabel] = []
        self._cells: dict[tuple[int, Role], QLabel] = {}
        self._lay_out()
        session.pair_changed.connect(self.refresh)
        self.refresh()

    @property
    def table(self) -> list[tuple[str, str, str]]:
        """Caption, short, long; only of lines that say something."""
        rows = []
        for index, (caption, _) in enumerate(lines()):
            short, long = (self._cells[index, role].text() for role in Role)
            if short.strip("\N{EN DASH}") or long.strip("\N{EN DASH}"):
                rows.append((caption, short, long))
        return rows

    def refresh(self) -> None:
        """Show the session's photos."""
        self.setVisible(bool(self._session.photos))
        for index, (_, read) in enumerate(lines()):
            words = {role: read(photo) for role, photo in self._session.photos.items()}
            differs = len(words) == len(Role) and len(set(words.values())) > 1
            is_known = any(words.values())
            self._captions[index].setVisible(is_known)
            for role in Role:
                cell = self._cells[index, role]
                cell.setVisible(is_known)
                cell.setText(words.get(role) or "\N{EN DASH}")
                set_kind(cell, "name" if differs else "faint")

    def _lay_out(self) -> None:
        for column, words in enumerate((tr("Short"), tr("Long")), start=1):
            self._grid.addWidget(label(words.upper(), "caption"), 0, column)
        for index, (caption, _) in enumerate(lines()):
            self._captions.append(label(caption, "muted"))
            self._grid.addWidget(self._captions[-1], index + 1, 0)
            for column, role in enumerate(Role, start=1):
                self._cells[index, role] = cell = label(kind="faint", wrap=True)
                self._grid.addWidget(cell, index + 1, column)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)


def _aperture(photo: OpenedPhoto) -> str:
    number = photo.metadata.f_number
    return f"f/{significant(number, 2)}" if number else ""


def _focal_length(photo: OpenedPhoto) -> str:
    length = photo.metadata.focal_length_mm
    return f"{significant(length, 6)} mm" if length else ""
