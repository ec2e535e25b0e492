"""The photos of a folder, by their headers."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from lsd2.errors import PairError, PhotoReadError
from lsd2.io.decoders import decoder_for
from lsd2.io.exif_block import BrokenExifError, first_directory
from lsd2.io.exif_carry import SOFTWARE
from lsd2.io.glance import glance
from lsd2.io.naming import shown
from lsd2.io.suffixes import PHOTO_SUFFIXES, RAW_SUFFIXES
from lsd2.pairing.model import Shot, Unpaired
from lsd2.pairing.numbering import numbered
from lsd2.progress import Progress, Silent, Stage

_SOFTWARE = 0x0131
_MAGIC_BYTES = 64
_READERS = 4
"""Threads: on cards and network drives most of the time is spent waiting."""

_Key = tuple[Path, int, int]


@dataclass(frozen=True, slots=True)
class FolderShots:
    """The photos of a folder, those that cannot be read, and how many other files there are."""

    shots: tuple[Shot, ...]
    unreadable: tuple[Unpaired, ...]
    other_files: int


class ShotReader:
    """Reads headers, each file's once for as long as the file does not change."""

    def __init__(self) -> None:
        self._known: dict[_Key, Shot | Unpaired | None] = {}

    def read_folder(
        self,
        folder: Path,
        *,
        recursive: bool = False,
        skip: Collection[Path] = (),
        is_ready: Callable[[Path], bool] = lambda path: True,
        progress: Progress | None = None,
    ) -> FolderShots:
        """The photos in a folder.

        Parameters
        ----------
        folder : where to look.
        recursive : also in its sub-folders, links to folders excepted.
        skip : folders and files that are left out, as if they were not there.
        is_ready : files for which it says no are left out, too.

        Raises
        ------
        PairError
            When the folder cannot be read.
        Cancelled
            When `progress` says so.
        """
        progress = progress or Silent()
        paths = [path for path in list_files(folder, recursive, skip) if is_ready(path)]
        found: list[Shot | Unpaired | None] = []
        with ThreadPoolExecutor(_READERS) as pool:
            try:
                for done, answer in enumerate(pool.map(self.read, paths)):
                    progress.report(Stage.READ, done, len(paths))
                    found.append(answer)
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        return FolderShots(
            tuple(answer for answer in found if isinstance(answer, Shot)),
            tuple(answer for answer in found if isinstance(answer, Unpaired)),
            found.count(None),
        )

    def read(self, path: Path) -> Shot | Unpaired | None:
        """A photo, why it cannot be read, or None for a file that is no photo."""
        try:
            status = path.stat()
        except OSError:
            return Unpaired(path, "it is there no more")
        if stat.S_ISDIR(status.st_mode):
            return Unpaired(path, "this folder cannot be read: check its permissions")
        key = (path, status.st_mtime_ns, status.st_size)
        if key not in self._known:
            self._known[key] = _read(path, status.st_size)
        return self._known[key]


def list_files(folder: Path, recursive: bool, skip: Collection[Path] = ()) -> list[Path]:
    """The files of a folder in the order of their names, hidden ones left out; PairError if it cannot be read."""
    try:
        if not folder.is_dir():
            what = "is not a folder" if folder.exists() else "is not there"
            raise PairError(f"{shown(folder)} {what}: choose a folder of photos")
        left_out = {path.resolve() for path in skip}
        return sorted(_walk(folder, recursive, left_out))
    except OSError as error:
        raise PairError(f"{shown(folder)} cannot be read ({error.strerror}): check its permissions") from error


def _walk(folder: Path, recursive: bool, skip: Collection[Path]) -> Iterator[Path]:
    with os.scandir(folder) as entries:
        for entry in entries:
            path = folder / entry.name
            if entry.name.startswith(".") or (skip and path.resolve() in skip):
                continue
            if entry.is_file():
                yield path
            elif recursive and entry.is_dir(follow_symlinks=False):
                yield from _walk_into(path, skip)


def _walk_into(folder: Path, skip: Collection[Path]) -> Iterator[Path]:
    """A sub-folder's files; the folder itself if it cannot be read, so that it is told of and stops nothing."""
    try:
        yield from list(_walk(folder, True, skip))
    except OSError:
        yield folder


def _read(path: Path, file_bytes: int) -> Shot | Unpaired | None:
    if path.suffix.lower() not in PHOTO_SUFFIXES | RAW_SUFFIXES and not _is_photo(path):
        return None
    try:
        info = glance(path)
    except PhotoReadError as error:
        return Unpaired(path, str(error).removeprefix(f"{shown(path)} "))
    if min(info.upright_size) < 1:
        return Unpaired(path, "it has no pixels")
    if _is_result(info.metadata.exif):
        return Unpaired(path, "it is a result of this program")
    return Shot(path, info.upright_size, replace(info.metadata, exif=None), file_bytes, numbered(path.stem))


def _is_result(block: bytes | None) -> bool:
    """Whether an EXIF block names this program, of any version, as what made the photo."""
    try:
        entry = None if block is None else first_directory(block).find(_SOFTWARE)
    except BrokenExifError:
        return False
    program = SOFTWARE.split()[0].encode() + b" "
    return block is not None and entry is not None and block[entry.start : entry.end].startswith(program)


def _is_photo(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return decoder_for(file.read(_MAGIC_BYTES)) is not None
    except OSError:
        return False
