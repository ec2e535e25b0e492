"""The catalogues of the window's languages are whole: `make translations` tells what is missing and compiles them."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QTranslator

from lsd2_gui import language

ROOT = Path(__file__).resolve().parents[2]


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations", ROOT / "packaging" / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["translations"] = module
    spec.loader.exec_module(module)
    return module


script = _script()
CATALOGUES: list[Path] = script.catalogues()
OF_CATALOGUE = pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)


def test_every_language_has_a_catalogue_and_every_catalogue_a_language() -> None:
    codes = {path.stem.removeprefix("lsd2_") for path in CATALOGUES}
    assert codes == {one.code for one in language.LANGUAGES} - {language.SOURCE}


@OF_CATALOGUE
def test_nothing_is_left_to_translate(path: Path) -> None:
    left = script.missing(path)
    if left:
        lines = "\n  ".join(left)
        pytest.fail(
            f"{path.name} does not translate {len(left)} texts.  Run `make translations`, fill in what is marked "
            f"unfinished in {path.relative_to(ROOT)}, and run it again:\n  {lines}",
            pytrace=False,
        )


@OF_CATALOGUE
def test_nothing_is_translated_that_is_no_more(path: Path) -> None:
    wanted = script.texts()
    entries = script.read(path)
    gone = [source for context, known in entries.items() for source in known if source not in wanted[context]]
    assert gone == [], "run `make translations`"


def test_the_librarys_patterns_are_those_of_its_source() -> None:
    listed = script.PATTERNS.read_text(encoding="utf-8").splitlines()
    assert listed == sorted(script.library_texts()), "run `make translations`"


@OF_CATALOGUE
def test_translations_keep_the_gaps_and_the_marks_of_their_texts(path: Path) -> None:
    for entries in script.read(path).values():
        for entry in entries.values():
            if entry.translation:
                assert script.placeholders(entry.translation) == script.placeholders(entry.source), entry
                assert entry.translation.count("&") == entry.source.count("&"), entry
                assert entry.translation.count("\n") == entry.source.count("\n"), entry
                assert entry.translation.endswith("…") == entry.source.endswith("…"), entry
                for edge in (0, -1):
                    assert (entry.translation[edge] == " ") == (entry.source[edge] == " "), entry


@OF_CATALOGUE
def test_the_compiled_catalogue_says_what_the_source_says(path: Path) -> None:
    compiled = QTranslator()
    assert compiled.load(str(path.with_suffix(".qm")))
    for context, entries in script.read(path).items():
        for entry in entries.values():
            assert compiled.translate(context, entry.source) == entry.translation, "run `make translations`"
