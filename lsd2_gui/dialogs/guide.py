"""The user guide inside the program: it needs no browser and no network."""

from __future__ import annotations

from pathlib import PurePosixPath

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QWidget

from lsd2.resources import shipped_page
from lsd2_gui.dialogs.about import read_page
from lsd2_gui.dialogs.page import Page
from lsd2_gui.dialogs.parts import Sheet
from lsd2_gui.text import tr

GUIDE = "docs/guide.md"


def guide_page() -> str:
    """The guide in the user's language where there is one: `docs/guide.de.md`."""
    code = QLocale().name().split("_")[0]
    own = PurePosixPath(GUIDE).with_suffix(f".{code}.md").as_posix()
    return own if shipped_page(own).is_file() else GUIDE


class GuideDialog(Sheet):
    """The guide with its pictures."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("User guide"), parent)
        self.resize(860, 720)
        self.text = Page(read_page(guide_page()), tr("User guide"), shipped_page(GUIDE).parent)
        self.column.addWidget(self.text, 1)
