"""The list by which a user says what belongs together: `lsd2-pairs.csv` beside the photos, or one named on the command.

A line names the short and the long photo: `IMG_1.JPG,IMG_2.JPG`, relative to the list's folder.  A line with one name
keeps that photo alone.  Lines that begin with # and a first line `short,long` are left out: `./#1.jpg` is a name.
Photos that the list does not name are paired as without it.  It is in UTF-8; names that are not stay as they are.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lsd2.errors import PairError
from lsd2.io.naming import one_line, shown
from lsd2.io.on_disk import is_file
from lsd2.pairing.model import FolderPairs

LIST_NAME = "lsd2-pairs.csv"
_HEADING = ["short", "long"]
_MAX_BYTES = 10_000_000
_UNDECODABLE = "surrogateescape"
"""As Python does with names of files that are not UTF-8."""


@dataclass(frozen=True, slots=True)
class PairList:
    """What a user decided: pairs of (short, long), and photos that stay alone."""

    pairs: tuple[tuple[Path, Path], ...] = ()
    alone: tuple[Path, ...] = ()

    def __add__(self, other: PairList) -> PairList:
        return PairList(self.pairs + other.pairs, self.alone + other.alone)

    @property
    def paths(self) -> list[Path]:
        return [path for pair in self.pairs for path in pair] + list(self.alone)

    def less(self, other: PairList) -> PairList:
        """Without what another list decides otherwise, or alike."""
        decided = {path.resolve() for path in other.paths}
        pairs = tuple(pair for pair in self.pairs if not {path.resolve() for path in pair} & decided)
        return PairList(pairs, tuple(path for path in self.alone if path.resolve() not in decided))


def read_list(path: Path, *, may_come: bool = False) -> PairList:
    """The list in a file; its photos `may_come` later.

    Raises
    ------
    PairError
        When it cannot be read, a photo it names is not there or is named twice, or a line has more than two names.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise PairError(f"{shown(path)} cannot be read ({one_line(error)}): save it as CSV in UTF-8") from error
    if len(data) > _MAX_BYTES:
        raise PairError(f"{shown(path)} is too long to be a list of pairs: choose another file")
    pairs, alone = [], []
    for line, names in _lines(data.decode("utf-8-sig", _UNDECODABLE)):
        paths = [_named(path, line, name, may_come) for name in names]
        if len(paths) > 2:
            raise PairError(f"{shown(path)}, line {line}: {len(paths)} names; a line has a short and a long photo")
        if len(paths) == 2:
            pairs.append((paths[0], paths[1]))
        else:
            alone += paths
    return checked(PairList(tuple(pairs), tuple(alone)), shown(path))


def checked(listed: PairList, source: str) -> PairList:
    """The list, if it names no photo twice."""
    seen: set[Path] = set()
    for path in listed.paths:
        resolved = path.resolve()
        if resolved in seen:
            raise PairError(f"{source} names {shown(path)} twice: a photo belongs to one pair")
        seen.add(resolved)
    return listed


def check_present(listed: PairList, source: str) -> None:
    """Raise PairError if a photo of the list is not there; `source` is where its name can be corrected."""
    for path in listed.paths:
        if not is_file(path):
            raise PairError(f"{shown(path)} is not there: correct its name in {source}")


def as_list(found: FolderPairs) -> bytes:
    """What was found in a folder, as a list to be corrected by hand; doubts and reasons are comments."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_HEADING)
    for pair in found.pairs:
        for warning in pair.warnings:
            text.write(_remark(f"check: {warning}"))
        writer.writerow([_cell(found.folder, path) for path in (pair.short.path, pair.long.path)])
    for unpaired in found.alone:
        text.write(_remark(f"alone: {_relative(found.folder, unpaired.path)}: {unpaired.reason}"))
    return text.getvalue().encode("utf-8", _UNDECODABLE)


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    lines: Iterable[str] = ("" if line.lstrip().startswith("#") else line for line in io.StringIO(text, newline=None))
    for number, cells in enumerate(csv.reader(lines), 1):
        names = [cell.strip() for cell in cells if cell.strip()]
        if names and not (number == 1 and [name.casefold() for name in names] == _HEADING):
            yield number, names


def _named(list_path: Path, line: int, name: str, may_come: bool) -> Path:
    path = list_path.parent / name
    if is_file(path) or (may_come and name.isprintable()):
        return path
    told = shown(Path(name))
    if not name.isprintable():
        raise PairError(f"{shown(list_path)}, line {line}: {told} is not there: save the list as CSV in UTF-8")
    raise PairError(f"{shown(list_path)}, line {line}: {told} is not there: correct the name")


def _remark(words: str) -> str:
    """A comment: one line, whatever names are in it."""
    return f"# {' '.join(words.split())}\n"


def _cell(folder: Path, path: Path) -> str:
    """The name, as one that is neither taken for a comment nor loses a space before it."""
    name = _relative(folder, path)
    return f"./{name}" if name.startswith(("#", " ")) else name


def _relative(folder: Path, path: Path) -> str:
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)
