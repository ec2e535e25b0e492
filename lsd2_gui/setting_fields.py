"""How a setting is shown in the preferences: on which page, in what words, by what kind of field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from lsd2_gui.text import mark


class Page(StrEnum):
    """The preferences' pages, in order."""

    GENERAL = "general"
    PROCESSING = "processing"
    SAVING = "saving"
    DISPLAY = "display"


PAGE_TITLES = {
    Page.GENERAL: mark("General"),
    Page.PROCESSING: mark("Processing"),
    Page.SAVING: mark("Saving"),
    Page.DISPLAY: mark("Display"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """`label` stands before the field; `tip` says what it means; `at_start`: a change takes a new start to show."""

    page: Page
    label: str
    tip: str = ""
    at_start: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceField(Field):
    """One of some values, each with its words."""

    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberField(Field):
    low: float
    high: float
    step: float
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagField(Field):
    """On or off; the label is the words beside the tick."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextField(Field):
    """A line of text; `hint` is shown while it is empty, and below it what `example` makes of it.

    `example` raises `Lsd2Error` for what cannot be used.
    """

    hint: str = ""
    example: Callable[[str], str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileField(Field):
    """A file to choose; `pattern` is a file dialog's filter."""

    pattern: str
