"""Files that are either there as a whole or not at all.

The data goes to a temporary file beside the target and is flushed to the drive; only then does the name appear: by a
hard link where an existing file must not be lost (it fails if the name was taken meanwhile), by a rename where it may.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from pathlib import Path

from lsd2.errors import PhotoWriteError
from lsd2.io.naming import one_line, shown

_REASONS = {
    errno.ENOSPC: "the drive is full: free some space or choose another folder",
    errno.EDQUOT: "your share of the drive is used up: free some space or choose another folder",
    errno.EROFS: "the drive cannot be written to: choose another folder",
    errno.EACCES: "you may not write there: choose another folder",
    errno.EPERM: "you may not write there: choose another folder",
    errno.ENAMETOOLONG: "the name is too long: choose a shorter one",
    errno.EFBIG: "the file is too large for this drive: choose another one",
    errno.EIO: "the drive reports an error: choose another one",
}


def write_atomically(target: Path, data: bytes, *, overwrite: bool = False) -> None:
    """Write a file as a whole.

    Parameters
    ----------
    target : the file; its folder must exist.
    data : its contents.
    overwrite : replace an existing file.

    Raises
    ------
    PhotoWriteError
        When it cannot be written, or exists and may not be replaced; the target is as it was, nothing is left behind.
    """
    check_target(target, overwrite=overwrite)
    temporary = target.parent / f".lsd2-{secrets.token_hex(8)}.part"
    try:
        _write_through(temporary, data)
        put_in_place(temporary, target, overwrite)
    except FileExistsError as error:
        raise _taken(target) from error
    except (OSError, ValueError) as error:
        raise PhotoWriteError(f"{shown(target)} was not written: {_reason(error)}") from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
    flush_folder(target.parent)


def check_target(target: Path, *, overwrite: bool = False) -> None:
    """Raise `PhotoWriteError` if the target cannot be written anyway, so that nobody computes for nothing."""
    folder = target.parent
    try:
        if not folder.is_dir():
            what = "is not a folder" if folder.exists() else "does not exist: make it first"
            raise PhotoWriteError(f"{shown(target)} was not written: the folder {shown(folder)} {what}")
        if target.is_dir():
            raise PhotoWriteError(f"{shown(target)} was not written: it is a folder; name a file in it")
        exists = target.exists() or target.is_symlink()
    except (OSError, ValueError) as error:
        raise PhotoWriteError(f"{shown(target)} was not written: {_reason(error)}") from error
    if exists and not overwrite:
        raise _taken(target)


def _taken(target: Path) -> PhotoWriteError:
    return PhotoWriteError(f"{shown(target)} exists already: choose another name, or use --force to replace it")


def _reason(error: OSError | ValueError) -> str:
    number = error.errno if isinstance(error, OSError) else None
    known = _REASONS.get(number) if number is not None else None
    return known or f"{getattr(error, 'strerror', None) or one_line(error)}; choose another name or folder"


def _write_through(path: Path, data: bytes) -> None:
    """Write a new file and wait until the drive has it; a full drive may say so only then."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def put_in_place(temporary: Path, target: Path, overwrite: bool) -> None:
    """Give a finished file on the same drive its name; FileExistsError if that is taken and may not be replaced."""
    if overwrite:
        temporary.replace(target)
        return
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise
    except OSError:
        _reserve_and_replace(temporary, target)


def _reserve_and_replace(temporary: Path, target: Path) -> None:
    """For drives without hard links (FAT cards, some network shares): take the name, then replace what holds it."""
    target.touch(exist_ok=False)
    try:
        temporary.replace(target)
    except OSError:
        target.unlink(missing_ok=True)
        raise


def flush_folder(folder: Path) -> None:
    """Make the new name survive a power cut, on systems where folders can be flushed."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
