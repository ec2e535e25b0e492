"""What this program is: version, licences of all that it stands on, and what is known of its networks."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLocale, QSize, Qt, qVersion
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QTabWidget, QVBoxLayout, QWidget

import lsd2
from lsd2.finishing import FUSION_WEIGHTS
from lsd2.methods.joining import JOIN_WEIGHTS
from lsd2.methods.registry import processing_methods
from lsd2.networks.manifest import ModelEntry
from lsd2.resources import resource_path, shipped_page
from lsd2_gui.dialogs.page import Page
from lsd2_gui.dialogs.parts import Sheet, copy
from lsd2_gui.library_words import translated
from lsd2_gui.panels.widgets import label
from lsd2_gui.recipes import ModelShelf
from lsd2_gui.text import decimal, tr

APP_NAME = "LSD2"
_MARK = 64


class AboutDialog(Sheet):
    """Tabs with the licences and the model cards."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("About LSD2"), parent)
        self.resize(760, 620)
        self.column.addLayout(_head())
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        pages = (
            (tr("Networks"), f"{overview(ModelShelf().all)}\n\n{model_cards()}"),
            (tr("Licence"), _english_page("LICENSE")),
            (tr("What it stands on"), _english_page("THIRD_PARTY.md")),
        )
        for title, markdown in pages:
            self.tabs.addTab(Page(markdown, title), title)
        self.column.addWidget(self.tabs, 1)
        self.add_button(tr("Copy version details")).clicked.connect(lambda: copy(version_details()))


def version_details() -> str:
    """Program, Python, Qt and system, for a report."""
    lines = (
        f"LSD2 {lsd2.__version__}",
        f"Python {platform.python_version()}, Qt {qVersion()}",
        platform.platform(),
    )
    return "\n".join(lines)


def overview(models: Sequence[ModelEntry]) -> str:
    """What each network does, and its size, as a Markdown table in the user's language."""
    size = tr("{0} million parameters")
    rows = [
        f"| **{model.name}** | {_purpose(model.method)} | {size.format(decimal(model.parameters / 1e6))} |"
        for model in models
    ]
    return "\n".join(["| | | |", "|---|---|---|", *rows]) if rows else ""


def _purpose(method: str) -> str:
    if method == FUSION_WEIGHTS:
        return tr("Cleans and sharpens what exposure fusion brings back from the short photo.")
    if method == JOIN_WEIGHTS:
        return tr("Makes one picture of what LSD2's network and a classical look make of a pair.")
    known = {info.name: info for info in processing_methods()}
    return translated(known[method].caveat or known[method].summary) if method in known else ""


def _in_english(page: str) -> str:
    """A page that is not translated; where the program speaks another language, this is said first."""
    is_english = QLocale().language() in (QLocale.Language.English, QLocale.Language.C)
    return page if is_english else f"*{tr('What follows is in English.')}*\n\n{page}"


def model_cards() -> str:
    """All model cards that ship, as Markdown: those of the program's own method first."""
    folder = resource_path("weights")
    found = (path for path in folder.glob("*.md") if path.name != "README.md")
    cards = sorted(found, key=lambda path: (not path.name.startswith("lsd2"), path.name))
    words = "\n\n".join(path.read_text(encoding="utf-8") for path in cards)
    return _in_english(words) if words else tr("No model card is installed.")


def read_page(name: str) -> str:
    """A page of the program's own; says where it should be if it is not there."""
    path = shipped_page(name)
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return tr("{0} is missing: install the program again.").format(_escaped(path))


def _english_page(name: str) -> str:
    page = read_page(name)
    return _in_english(page) if shipped_page(name).is_file() else page


def _escaped(path: Path) -> str:
    return f"`{path}`"


def _head() -> QHBoxLayout:
    sign = QLabel()
    sign.setPixmap(QIcon(str(resource_path("icons/app.svg"))).pixmap(QSize(_MARK, _MARK)))
    words = QVBoxLayout()
    words.setSpacing(4)
    words.addWidget(label(APP_NAME, "title"))
    words.addWidget(label(tr("Version {0}").format(lsd2.__version__), "muted"))
    words.addWidget(
        label(
            tr("One sharp, clean photo from a short and a long exposure. Works offline; nothing is sent anywhere."),
            "muted",
            wrap=True,
        )
    )
    row = QHBoxLayout()
    row.setSpacing(16)
    row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(words, 1)
    return row
