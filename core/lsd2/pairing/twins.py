"""Several files of one shot: a raw file and the camera's JPEG of it, copies, versions saved by other programs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from lsd2.pairing.model import Shot, Unpaired
from lsd2.pairing.sequence import grouped

_LESSER_FORMATS = ("TIFF", "PNG", "HEIC", "AVIF", "JPEG", "WebP")
"""From more to fewer levels; formats that are not here are raw ones and come first."""


def without_twins(shots: Iterable[Shot]) -> tuple[list[Shot], list[Unpaired]]:
    """One file of every shot, and the others with the reason."""
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
    shots: list[list[Shot]] = []
    for file in files:
        known = next((shot for shot in shots if any(_same_shot(file, other) for other in shot)), None)
        if known is None:
            shots.append([file])
        else:
            known.append(file)
    return shots


def _same_shot(one: Shot, two: Shot) -> bool:
    """Of two files with equal metadata: alike in name, in the fraction of the second, or in every byte."""
    stems = sorted((one.path.stem.casefold(), two.path.stem.casefold()), key=len)
    taken = one.metadata.taken_at
    if stems[0] == stems[1] or (taken is not None and (taken.microsecond or _is_version_of(*stems))):
        return True
    return one.file_bytes == two.file_bytes and _digest(one) == _digest(two)


def _is_version_of(original: str, name: str) -> bool:
    """Whether a name is that of an original with something added: "img_1 (1)", "img_1-edited", not "img_12"."""
    return name.startswith(original) and not name[len(original)].isalnum()


def _digest(shot: Shot) -> bytes:
    try:
        with shot.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    except OSError:
        return str(shot.path).encode()


def _worth(shot: Shot) -> tuple[int, int, str]:
    """The least is used: the original before its versions (results of this program are among them), raw before JPEG."""
    file_format = shot.metadata.file_format
    rank = 1 + _LESSER_FORMATS.index(file_format) if file_format in _LESSER_FORMATS else 0
    return len(shot.path.stem), rank, shot.name
