"""Several files of one shot: a raw file and the camera's JPEG of it, copies, versions saved by other programs."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from lsd2.pairing.model import Shot, Unpaired
from lsd2.pairing.sequence import grouped

_LESSER_FORMATS = ("TIFF", "PNG", "HEIC", "AVIF", "JPEG", "WebP")
"""From more to fewer levels; formats that are not here are raw ones and come first."""


def without_twins(shots: Iterable[Shot]) -> tuple[list[Shot], list[Unpaired]]:
    """One file of every shot, and the others with the reason."""
    _digest.cache_clear()  # the files may have changed since
    kept: list[Shot] = []
    aside: list[Unpaired] = []
    for files in grouped(shots, _moment).values():
        for twins in _sorted_by_shot(files):
            best, *others = sorted(twins, key=_worth)
            kept.append(best)
            aside += [Unpaired(other.path, f"it is the same shot as {best.name}, which is used") for other in others]
    return kept, aside


def _moment(shot: Shot) -> tuple[object, ...]:
    """Equal for all files of one shot, though not only for those."""
    data = shot.metadata
    return shot.path.parent, data.camera, data.taken_at, data.exposure_seconds, data.iso


def _sorted_by_shot(files: Sequence[Shot]) -> list[list[Shot]]:
    """Files of one moment, put together that are of one shot."""
    shots: list[list[Shot]] = []
    sizes = Counter(file.file_bytes for file in files)
    by_clue: dict[object, list[list[Shot]]] = defaultdict(list)
    for file in files:
        clues = _clues(file, sizes[file.file_bytes] > 1)
        likely = (shot for clue in clues for shot in by_clue[clue])
        known = next((shot for shot in likely if any(_same_shot(file, other) for other in shot)), None)
        if known is None:
            known = []
            shots.append(known)
        known.append(file)
        for clue in clues:
            by_clue[clue].append(known)
    return shots


def _clues(file: Shot, may_be_copy: bool) -> tuple[object, ...]:
    """Two files of one shot have one of these in common; without a time, thousands of files may be of one moment."""
    if file.metadata.taken_at is not None:
        return ("any",)
    return (file.path.stem.casefold(), *((_digest(file.path),) if may_be_copy else ()))


def _same_shot(one: Shot, two: Shot) -> bool:
    """Of two files with equal metadata: alike in name, in the fraction of the second, or in every byte."""
    stems = sorted((one.path.stem.casefold(), two.path.stem.casefold()), key=len)
    taken = one.metadata.taken_at
    if stems[0] == stems[1] or (taken is not None and (taken.microsecond or _is_version_of(*stems))):
        return True
    return one.file_bytes == two.file_bytes and _digest(one.path) == _digest(two.path)


def _is_version_of(original: str, name: str) -> bool:
    """Whether a name is that of an original with something added: "img_1 (1)", "img_1-edited", not "img_12"."""
    return name.startswith(original) and not name[len(original)].isalnum()


@lru_cache(maxsize=4096)
def _digest(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    except OSError:
        return str(path).encode()


def _worth(shot: Shot) -> tuple[int, int, str]:
    """The least is used: the original before its versions (results of this program are among them), raw before JPEG."""
    file_format = shot.metadata.file_format
    rank = 1 + _LESSER_FORMATS.index(file_format) if file_format in _LESSER_FORMATS else 0
    return len(shot.path.stem), rank, shot.name
