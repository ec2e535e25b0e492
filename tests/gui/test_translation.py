"""Every text that the program shows goes through the catalogues."""

from __future__ import annotations

import ast
import logging
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lsd2.metadata import Metadata
from lsd2_gui import language, text
from lsd2_gui.canvas.readout import pixel_rows
from lsd2_gui.dialogs.save import SaveDialog
from lsd2_gui.library_words import translated
from lsd2_gui.main_window import MainWindow
from lsd2_gui.qimage import MipChain, display_table
from tests.gui.fake_engine import FakeEngine

ROOT = Path(__file__).resolve().parents[2]
SINKS = {
    "setText", "setWindowTitle", "setToolTip", "setStatusTip", "setWhatsThis", "setAccessibleName",
    "setAccessibleDescription", "setPlaceholderText", "setSuffix", "setPrefix", "setTitle", "setLabelText", "addItem",
    "addTab", "addMenu", "addAction", "addRow", "setHeaderLabels", "setHorizontalHeaderLabels", "QLabel", "QPushButton",
    "QToolButton", "QCheckBox", "QRadioButton", "QGroupBox", "label", "say", "show_hint",
}  # fmt: skip
"""Calls whose first argument is shown to the user."""


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    before, installed = QLocale(), QTranslator()
    assert installed.load(str(language.catalogue("de")))
    qapp.installTranslator(installed)
    QLocale.setDefault(QLocale("de"))
    yield
    qapp.removeTranslator(installed)
    QLocale.setDefault(before)


# ---- the source ----


def _calls() -> Iterator[tuple[Path, ast.Call, str]]:
    for path in sorted((ROOT / "lsd2_gui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                function = node.func
                name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
                yield path, node, name


def _has_words(node: ast.expr) -> bool:
    """Whether a literal says something: two letters in a row outside of what is filled in."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    said = "".join(part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str))
    return any(one.isalpha() and two.isalpha() for one, two in pairwise(said))


def test_no_literal_reaches_the_user_untranslated() -> None:
    raw = [
        f"{path.relative_to(ROOT)}:{node.lineno} {name}({ast.unparse(node.args[0])})"
        for path, node, name in _calls()
        if name in SINKS and node.args and isinstance(node.args[0], ast.Constant | ast.JoinedStr)
        if _has_words(node.args[0])
    ]
    assert raw == [], "wrap these in tr(), or in mark() where they are in a table"


def test_what_is_translated_is_a_literal_or_comes_from_a_table() -> None:
    filled = [
        f"{path.relative_to(ROOT)}:{node.lineno} {ast.unparse(node)}"
        for path, node, name in _calls()
        if name in ("tr", "mark") and isinstance(node.args[0], ast.JoinedStr | ast.BinOp | ast.Call)
    ]
    assert filled == [], "fill gaps after translating: tr('{0} ...').format(value)"


# ---- at work ----


def test_a_language_is_chosen_or_the_systems() -> None:
    assert language.resolve("de") == "de"
    assert language.resolve("auto", ["fr-FR", "de-AT", "en-US"]) == "de"
    assert language.resolve("auto", ["en-US", "de-DE"]) == "en"
    assert language.resolve("auto", ["fr-FR"]) == "en"
    assert language.resolve("klingon", ["de"]) == "de"


def test_texts_and_numbers_are_german(german: None) -> None:
    assert text.tr("&File") == "&Datei"
    assert text.duration(0.42) == "0,4 s"
    assert text.stops(8.0) == "3,0 EV"


def test_numbers_of_the_library_are_written_as_germans_do_and_names_stay(german: None) -> None:
    assert text.exposure(Metadata(exposure_seconds=Fraction(4, 10), f_number=2.8, iso=800)) == "0,4 s  f/2,8  ISO 800"
    assert translated("by shutter time: 1/100 s and 0.5 s") == "an der Belichtungszeit: 1/100 s und 0,5 s"
    assert [translated(words) for words in ("24.1", "-0.5", "f/2.8", "12%", "1.5 GB")] == [
        "24,1", "-0,5", "f/2,8", "12 %", "1,5 GB"
    ]  # fmt: skip
    assert [translated(words) for words in ("1.0.2", "IMG_1.5.jpg", "v2.5", "1/30 s")] == [
        "1.0.2", "IMG_1.5.jpg", "v2.5", "1/30 s"
    ]  # fmt: skip


def test_values_of_pixels_are_written_as_germans_do(german: None) -> None:
    pixels = np.full((1, 1, 3), 65535 // 2, np.uint16)
    layer = SimpleNamespace(share=None, gain=1.0, pixels=pixels, chain=MipChain.from_u16(pixels, display_table()))
    assert pixel_rows(layer, 0, 0)[-1].values == ("0,214",) * 3


def test_a_line_of_the_library_is_found_by_its_pattern(german: None) -> None:
    assert translated("IMG_1.jpg is empty: copy it again from the camera or card").startswith("IMG_1.jpg ist leer")
    assert translated("by shutter time: 1/100 s and 2 s") == "an der Belichtungszeit: 1/100 s und 2 s"
    nested = "by brightness, as the files do not tell both shutter times"
    assert translated(nested) == "an der Helligkeit, da die Dateien nicht beide Belichtungszeiten nennen"
    assert translated("nothing that we know") == "nothing that we know"


def test_lines_that_the_library_puts_together_are_translated_one_by_one(german: None) -> None:
    line = "the long photo was moved by 12.1 px at the centre (shift and rotation) to match the short one"
    more = "; 1.2% that it does not show was filled from the short one"
    assert translated(line + more) == (
        "das lange Foto wurde in der Mitte um 12,1 px verschoben (Verschiebung und Drehung), um auf das kurze zu passen"
        "; 1,2 % davon, die es nicht zeigt, wurden aus dem kurzen gefüllt"
    )


def test_what_followed_a_method_is_translated_with_its_name(german: None) -> None:
    assert translated("LSD2, paper's recipe + exposure fusion") == "LSD2 (Artikel) + Belichtungsfusion"


def test_braces_of_the_library_are_not_gaps(german: None) -> None:
    line = "the name 'a{b' has a brace without its other half: write {stem}"
    assert translated(line) == "dem Namen 'a{b' fehlt die andere Hälfte einer Klammer: schreiben Sie {stem}"


def test_the_saving_dialog_names_the_method_in_the_users_language(
    german: None, paired: MainWindow, engine: FakeEngine, qtbot: QtBot
) -> None:
    paired.controller.runner.run(["mertens"])
    engine.finish()
    saver = paired.controller.saver
    qtbot.waitUntil(lambda: saver.savable is not None)
    assert saver.savable is not None
    dialog = SaveDialog(paired, saver, saver.savable, saver.save)
    qtbot.addWidget(dialog)
    assert dialog.which.itemText(0) == "Das gezeigte Ergebnis: Nur Belichtungsfusion"


def test_without_a_catalogue_lines_stay_as_they_are(qapp: QApplication) -> None:
    for line in ("IMG_1.jpg is empty: copy it again from the camera or card", "quite another line"):
        assert translated(line) == line


def test_a_language_is_used_with_qts_own_words(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    installed: list[QTranslator] = []
    before = QLocale()
    monkeypatch.setattr(qapp, "installTranslator", installed.append, raising=False)
    try:
        assert language.use_language(qapp, "de") == "de"
        assert len(installed) == 2
        assert QLocale().toString(1234.5, "f", 1) == "1234,5"
        assert language.use_language(qapp, "en") == "en"
        assert len(installed) == 2
    finally:
        QLocale.setDefault(before)
    monkeypatch.setattr(language, "resource_path", lambda name: Path("/nowhere") / name)
    language._install(qapp, language.catalogue("de"))
    assert "cannot be read" in caplog.text
    assert QCoreApplication.translate("lsd2", "&File") == "&File"


def test_a_broken_catalogue_leaves_the_words_english(
    qapp: QApplication, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    broken = tmp_path / "lsd2_de.qm"
    broken.write_bytes(b"no catalogue")
    with caplog.at_level(logging.WARNING):
        language._install(qapp, broken)
    assert str(broken) in caplog.text
