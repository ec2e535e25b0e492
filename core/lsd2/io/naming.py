"""Names of files: as shown in messages, and free ones for results."""

from __future__ import annotations

from pathlib import Path


def shown(path: Path) -> str:
    """The path on one line, printable on any terminal: control characters and undecodable bytes are escaped."""
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in str(path))


def one_line(error: BaseException, limit: int = 100) -> str:
    """The text of a foreign error, cut down to one short printable line; it may quote bytes of a damaged file."""
    printable = "".join(sign if sign.isprintable() else " " for sign in str(error))
    text = " ".join(printable.split()) or type(error).__name__
    return text if len(text) <= limit else text[: limit - 3] + "..."


def unique_path(folder: Path, stem: str, suffix: str, beside: str = "") -> Path:
    """The first of `stem.jpg`, `stem-2.jpg`, `stem-3.jpg`... in `folder` that is free now.

    The answer may be taken by another program a moment later; the writers never overwrite unasked, so nothing is lost.

    Parameters
    ----------
    folder : where the file is to be.
    stem : name without its suffix.
    suffix : with its dot.
    beside : what is put to the name for a second file, which is to be beside the first and must be free, too.
    """
    candidate = folder / f"{stem}{suffix}"
    number = 2
    while any(_is_taken(candidate.with_name(candidate.name + more)) for more in {"", beside}):
        candidate = folder / f"{stem}-{number}{suffix}"
        number += 1
    return candidate


def _is_taken(path: Path) -> bool:
    return path.exists() or path.is_symlink()
