"""Names for results from a template such as `{stem}_{method}`; a window shows the path as it is typed.

Nothing here touches a photo: the module imports no decoder.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from lsd2.errors import OptionsError
from lsd2.io.naming import unique_path
from lsd2.metadata import Metadata, shutter_text

if TYPE_CHECKING:
    from datetime import datetime

DEFAULT_TEMPLATE = "{stem}_{method}"
_MOST_BYTES = 180
"""Of a name; file systems end at 255 bytes, and a suffix and a number may follow."""
_FORBIDDEN = re.compile(r'[/\\:*?"<>|]')
"""What one of Windows, macOS and Linux does not allow in a name."""
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NameFacts:
    """What a name can be made of.

    Attributes
    ----------
    short, long : paths of the pair.
    method : name of the method.
    model : name of the weights, if there are any.
    metadata : of the photo whose metadata the result carries on.
    """

    short: Path
    long: Path
    method: str
    model: str | None = None
    metadata: Metadata = field(default_factory=Metadata)


def _time(form: str) -> Callable[[NameFacts], str]:
    def told(facts: NameFacts) -> str:
        taken: datetime | None = facts.metadata.taken_at
        return "" if taken is None else taken.strftime(form)

    return told


def _shutter(facts: NameFacts) -> str:
    seconds = facts.metadata.exposure_seconds
    return shutter_text(seconds).replace("/", "-").replace(" ", "") if seconds else ""


FIELDS: Mapping[str, tuple[str, Callable[[NameFacts], str]]] = {
    "stem": ("name of the short photo without its suffix", lambda facts: facts.short.stem),
    "short": ("the same", lambda facts: facts.short.stem),
    "long": ("name of the long photo without its suffix", lambda facts: facts.long.stem),
    "folder": ("name of the folder of the short photo", lambda facts: facts.short.absolute().parent.name),
    "method": ("method, such as lsd2", lambda facts: facts.method),
    "model": ("name of the weights", lambda facts: facts.model or ""),
    "date": ("day on which it was taken, 2024-05-01", _time("%Y-%m-%d")),
    "time": ("time at which it was taken, 21-03-04", _time("%H-%M-%S")),
    "camera": ("camera", lambda facts: facts.metadata.camera or ""),
    "lens": ("lens", lambda facts: facts.metadata.lens or ""),
    "iso": ("sensitivity", lambda facts: str(facts.metadata.iso or "")),
    "shutter": ("shutter time, 1-4s", _shutter),
}
"""Field: (what it is, how it is found).  What a photo does not tell is empty."""


def check_template(template: str) -> None:
    """Raise `OptionsError` unless every field in the template is known, in words for a user."""
    _parts(template)


def render_name(template: str, facts: NameFacts) -> str:
    """The name, without a suffix, that a template gives: allowed on every system, never empty.

    Raises
    ------
    OptionsError
        When the template is damaged or has an unknown field.
    """
    text = "".join(literal + (FIELDS[part][1](facts) if part else "") for literal, part in _parts(template))
    return _allowed(text) or "result"


def result_path(folder: Path, template: str, facts: NameFacts, suffix: str, beside: str = "") -> Path:
    """Where a result of this name goes: a path that is free now.

    Parameters
    ----------
    folder : where results go.
    suffix : with its dot.
    beside : as in `unique_path`.
    """
    return unique_path(folder, render_name(template, facts), suffix, beside)


def _parts(template: str) -> list[tuple[str, str | None]]:
    """(literal text, name of the field after it) in turn."""
    try:
        parsed = list(string.Formatter().parse(template))
    except ValueError as error:
        raise OptionsError(f"the name '{template}' has a brace without its other half: write {{stem}}") from error
    for _, part, form, conversion in parsed:
        if part is not None and (part not in FIELDS or form or conversion):
            known = ", ".join(f"{{{name}}}" for name in FIELDS)
            raise OptionsError(f"the name '{template}' has an unknown part {{{part}}}: use {known}")
    return [(literal, part) for literal, part, _, _ in parsed]


def _allowed(text: str) -> str:
    printable = "".join(sign if sign.isprintable() else " " for sign in text)
    name = re.sub(r"\s+", " ", _FORBIDDEN.sub("-", printable))
    # Where a field was empty, one separator is enough, and none at the ends.
    name = re.sub(r"([_\- ])[_\- ]*(?=[_\- ])", r"", name).strip(" _-.")
    name = f"_{name}" if _RESERVED.fullmatch(name) else name
    return name.encode("utf-8")[:_MOST_BYTES].decode("utf-8", "ignore").rstrip(" .")
