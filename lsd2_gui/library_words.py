"""The library's lines in the user's language.

The library and the worker speak English: their words also go into reports, metadata and scripts.  A line is found again
by its pattern ("{0} is empty: copy it again"), and what fills the gaps is translated in turn, as it may be a line of
its own.  A line that no pattern fits is shown as it is.
"""

from __future__ import annotations

import re
from functools import lru_cache, partial

from PySide6.QtCore import QCoreApplication

from lsd2.resources import resource_path

CONTEXT = "library"
PATTERNS = "translations/library.txt"
_GAP = re.compile(r"\{\d+\}")


def translated(line: str) -> str:
    """A line of the library in the user's language."""
    known = _translate(line)
    if known != line:
        return known
    for start in ("", "(?P<before>.+ )"):
        for pattern, expression in _patterns(start):
            matched = expression.fullmatch(line)
            if matched:
                gaps = [translated(gap) for gap in matched.groups()[bool(start) :]]
                return matched.groupdict().get("before", "") + _GAP.sub(partial(_filling, gaps), _translate(pattern))
    return line


def _filling(gaps: list[str], place: re.Match[str]) -> str:
    """What belongs at `{1}`; other braces, as of templates for names, stay."""
    return gaps[int(place[0][1:-1])]


def _translate(text: str) -> str:
    return QCoreApplication.translate(CONTEXT, text)


@lru_cache(maxsize=2)
def _patterns(start: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Patterns and their expressions; those with the most words of their own come first.

    `start` is what may stand before the pattern: a file's name, as in `PhotoReadError(f"{path} {problem}")`.
    """
    lines = resource_path(PATTERNS).read_text(encoding="utf-8").splitlines()
    by_words = sorted(lines, key=lambda line: -len(_GAP.sub("", line)))
    return tuple((line, re.compile(start + _expression(line))) for line in by_words)


def _expression(pattern: str) -> str:
    return "(.+?)".join(re.escape(part) for part in _GAP.split(pattern))
