"""The user guide inside the program: it needs no browser and no network."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QTextBrowser, QWidget

from lsd2.resources import shipped_page
from lsd2_gui.dialogs.about import read_page
from lsd2_gui.dialogs.parts import Sheet, page
from lsd2_gui.text import tr

GUIDE = "docs/guide.md"


class GuideDialog(Sheet):
    """`docs/guide.md` with its pictures."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("User guide"), parent)
        self.resize(860, 720)
        self.text: QTextBrowser = page("", tr("User guide"))
        self.text.setSearchPaths([str(shipped_page(GUIDE).parent)])
        self.text.document().setBaseUrl(QUrl.fromLocalFile(f"{shipped_page(GUIDE).parent}/"))
        self.text.setMarkdown(read_page(GUIDE))
        self.column.addWidget(self.text, 1)
