"""Keep the catalogues of the window's languages: `python packaging/translations.py`, or `make translations`.

Collects every text that the program can show, puts what is new into `resources/translations/lsd2_*.ts` as unfinished,
drops what is no more, tells what is left to translate, and compiles the catalogues.

Texts of the window are the literals given to `tr()` and `mark()`, and the texts of its tables of actions and settings.
The library speaks English alone, because its words
also go into reports and scripts; the window translates its lines by their patterns (`lsd2_gui.library_words`), which
are found here: every literal of several words in the parts of the library that the window uses.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "translations"
PATTERNS = FOLDER / "library.txt"
WINDOW, LIBRARY = "lsd2", "library"
"""Contexts of the catalogue."""
SILENT = ("cli", "training", "evaluation", "comparison")
"""Parts of the library whose words never reach the window."""
_TEXT_ARGUMENTS = {
    "tr": {0: "text"},
    "mark": {0: "text"},
    "ActionSpec": {1: "text", 7: "tip"},
    "ChoiceField": {1: "label", 2: "tip"},
    "NumberField": {1: "label", 2: "tip", -1: "unit"},
    "FlagField": {1: "label", 2: "tip"},
    "TextField": {1: "label", 2: "tip", -1: "hint"},
    "FileField": {1: "label", 2: "tip", -1: "pattern"},
}
"""Which arguments of which calls are texts: by position and by name."""
_LIBRARY_ARGUMENTS = {"MethodInfo": {1: "label", 2: "summary"}}
_LOGS = {"debug", "info", "warning", "error", "exception", "critical", "log"}
_PLACEHOLDER = re.compile(r"\{(\d*)\}")


@dataclass(frozen=True, slots=True)
class Entry:
    """A text and its translation, empty where it is still to be made."""

    source: str
    translation: str = ""


def window_texts() -> set[str]:
    """Literals given to `tr()` and `mark()` in the window."""
    return {text for path in (ROOT / "lsd2_gui").rglob("*.py") for text in _arguments(_tree(path), _TEXT_ARGUMENTS)}


def library_texts() -> set[str]:
    """Patterns of what the library may say, with `{0}`, `{1}`... for what is filled in."""
    found = set()
    for path in (ROOT / "core" / "lsd2").rglob("*.py"):
        if path.relative_to(ROOT / "core" / "lsd2").parts[0] not in SILENT:
            tree = _tree(path)
            found |= {text for text in _sentences(tree) if text}
            found |= {text for text in _arguments(tree, _LIBRARY_ARGUMENTS) if " " in text}
            found |= set(_labels(tree))
    return found


def placeholders(text: str) -> list[str]:
    """The numbers of the gaps in a text, in order."""
    return sorted(_PLACEHOLDER.findall(text))


def catalogues() -> list[Path]:
    return sorted(FOLDER.glob("lsd2_*.ts"))


def read(path: Path) -> dict[str, dict[str, Entry]]:
    """Entries of a catalogue by context and text."""
    found: dict[str, dict[str, Entry]] = {WINDOW: {}, LIBRARY: {}}
    for context in ElementTree.parse(path).getroot().iter("context"):
        entries = found[context.findtext("name", "")]
        for message in context.iter("message"):
            source, node = message.findtext("source", ""), message.find("translation")
            unfinished = node is None or node.get("type") == "unfinished"
            entries[source] = Entry(source, "" if unfinished or node is None else node.text or "")
    return found


def texts() -> dict[str, set[str]]:
    """Every text of the program by context."""
    return {WINDOW: window_texts(), LIBRARY: library_texts()}


def missing(path: Path) -> list[str]:
    """Texts of the program that a catalogue does not translate."""
    entries = read(path)
    return sorted(
        text
        for context, wanted in texts().items()
        for text in wanted
        if not entries[context].get(text, Entry(text)).translation
    )


def update(path: Path) -> None:
    """Bring a catalogue to the texts that there are now, keeping what is translated."""
    known = read(path)
    root = ElementTree.Element("TS", version="2.1", language=path.stem.removeprefix("lsd2_"), sourcelanguage="en")
    for context, wanted in texts().items():
        node = ElementTree.SubElement(root, "context")
        ElementTree.SubElement(node, "name").text = context
        for text in sorted(wanted):
            _add(node, known[context].get(text, Entry(text)))
    ElementTree.indent(root, "")
    body = ElementTree.tostring(root, encoding="unicode")
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', encoding="utf-8")


def compile_catalogue(path: Path, target: Path) -> None:
    """Write the .qm that Qt reads, by the tool that comes with PySide6."""
    import PySide6

    tool = Path(PySide6.__file__).parent / ("lrelease.exe" if sys.platform == "win32" else "lrelease")
    subprocess.run([str(tool), "-silent", str(path), "-qm", str(target)], check=True)


def _add(parent: ElementTree.Element, entry: Entry) -> None:
    message = ElementTree.SubElement(parent, "message")
    ElementTree.SubElement(message, "source").text = entry.source
    translation = ElementTree.SubElement(message, "translation")
    if entry.translation:
        translation.text = entry.translation
    else:
        translation.set("type", "unfinished")


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _arguments(tree: ast.Module, calls: dict[str, dict[int, str]]) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            wanted = calls.get(_name(node.func), {})
            given = [value for place, value in enumerate(node.args) if place in wanted]
            given += [keyword.value for keyword in node.keywords if keyword.arg in wanted.values()]
            yield from (value.value for value in given if isinstance(value, ast.Constant) and value.value)


def _labels(tree: ast.Module) -> Iterator[str]:
    """Constants whose names end in LABEL: patterns of a few words."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            if any(name.endswith("LABEL") for name in names):
                yield str(node.value.value)


def _sentences(tree: ast.Module) -> Iterator[str]:
    """Literals of several words that are neither documentation, nor names of types, nor for the log."""
    stack: list[ast.AST] = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _LOGS:
            continue
        if isinstance(node, ast.JoinedStr | ast.Constant):
            yield _pattern(node)
        if isinstance(node, ast.JoinedStr):
            stack.extend(part.value for part in node.values if isinstance(part, ast.FormattedValue))
        else:
            stack.extend(ast.iter_child_nodes(node))


def _pattern(node: ast.JoinedStr | ast.Constant) -> str:
    """The literal with numbered gaps; empty if it is no line for people."""
    if isinstance(node, ast.Constant):
        text, words = (node.value, node.value) if isinstance(node.value, str) else ("", "")
    else:
        parts = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
        gaps = iter(range(len(parts)))
        text = "".join(f"{{{next(gaps)}}}" if part is None else str(part) for part in parts)
        words = "".join("" if part is None else str(part) for part in parts)
    is_line = (
        len(re.findall(r"[A-Za-z]{2,}", words)) >= 3 and " " in words.strip() and "\n" not in text and "(?" not in text
    )
    return text if is_line else ""


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def main() -> int:
    """Update and compile every catalogue; 1 if something is left to translate."""
    PATTERNS.write_text("\n".join(sorted(library_texts())) + "\n", encoding="utf-8")
    left = 0
    for path in catalogues():
        update(path)
        compile_catalogue(path, path.with_suffix(".qm"))
        for text in missing(path):
            print(f"{path.name}: to be translated: {text}")
            left += 1
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
