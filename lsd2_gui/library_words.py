"""The library's lines in the user's language.

The library and the worker speak English: their words also go into reports, metadata and scripts.  A line is found again
by its pattern ("{0} is empty: copy it again"), and what fills the gaps is translated in turn, as it may be a line of
its own.  A line that no pattern fits is shown as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache, partial

from PySide6.QtCore import QCoreApplication, QLocale

from lsd2.resources import resource_path

CONTEXT = "library"
PATTERNS = "translations/library.txt"
_GAP = re.compile(r"\{\d+\}")
_MEASURE = re.compile(r"(?P<sign>f/|[-+])?(?P<whole>\d+)(?:\.(?P<part>\d+))?(?P<unit>%| [A-Za-z]{1,2})?")
"""A number as the library writes it, with its unit; what has more to it may be a name, and stays as it is."""


def translated(line: str) -> str:
    """A line of the library in the user's language."""
    known = _translate(line)
    if known != line:
        return known
    fitting = [pattern for pattern in _patterns() if all(part in line for part in pattern.parts)]
    for start in ("", "(?P<before>.+)"):
        for pattern in fitting:
            matched = re.fullmatch(start + pattern.expression, line)
            if matched and (not start or pattern.may_follow(matched["before"])):
                gaps = [translated(gap) for gap in matched.groups()[bool(start) :]]
                return _before(matched) + _GAP.sub(partial(_filling, gaps), _translate(pattern.text))
    return _measured(line)


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A text with gaps, and the words between them: few lines hold the words of a pattern that they do not fit."""

    text: str
    parts: tuple[str, ...]

    @property
    def expression(self) -> str:
        return "(.+?)".join(re.escape(part) for part in self.parts)

    def may_follow(self, before: str) -> bool:
        """Whether this goes on after a file's name, or after another line: `; the rest was filled`."""
        return before.endswith(" ") or self.text.startswith(";")


def _before(matched: re.Match[str]) -> str:
    """What stands before the pattern, which may be a line, too."""
    before = matched.groupdict().get("before", "")
    words = before.rstrip()
    return translated(words) + before[len(words) :] if words else ""


def _filling(gaps: list[str], place: re.Match[str]) -> str:
    """What belongs at `{1}`; other braces, as of templates for names, stay."""
    return gaps[int(place[0][1:-1])]


def _measured(words: str) -> str:
    """A number with the decimal sign of the user's language; other words as they are."""
    found = _MEASURE.fullmatch(words)
    if not found:
        return words
    sign, whole, part, unit = (found[name] or "" for name in ("sign", "whole", "part", "unit"))
    number = sign + whole + (QLocale().decimalPoint() + part if part else "")
    if unit == "%":
        return QCoreApplication.translate("lsd2", "{0} %").format(number)
    return number + unit


def _translate(text: str) -> str:
    return QCoreApplication.translate(CONTEXT, text)


@lru_cache(maxsize=1)
def _patterns() -> tuple[_Pattern, ...]:
    """All patterns; those with the most words of their own come first.

    Before a pattern may stand the name of a file, as in `PhotoReadError(f"{path} {problem}")`.
    """
    lines = resource_path(PATTERNS).read_text(encoding="utf-8").splitlines()
    found = (_Pattern(line, tuple(_GAP.split(line))) for line in lines)
    return tuple(sorted(found, key=lambda pattern: -sum(map(len, pattern.parts))))
