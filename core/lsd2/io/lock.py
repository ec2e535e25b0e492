"""Keeps processes from writing to one file or folder at once; the system lets go of a lock when its process ends."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

_FAR_AWAY = 1 << 40
"""Windows locks bytes, and keeps others from reading them: one that the file does not have."""
_PAUSE_S = 0.02


def try_lock(file: BinaryIO) -> bool:
    """Lock an open file for as long as it is open; False if another process has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(_FAR_AWAY)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextmanager
def one_at_a_time(path: Path, patience_s: float = 10.0) -> Iterator[None]:
    """Hold the lock file `path`, which is there only meanwhile; wait while another process or thread holds it.

    After `patience_s` seconds it goes on without: on a drive without locks, or where the file cannot be made, that is
    better than never.
    """
    file = _locked(path, time.monotonic() + patience_s)
    try:
        yield
    finally:
        if file is not None:
            with suppress(OSError):  # Windows keeps what is open
                path.unlink()
            file.close()


def _locked(path: Path, deadline: float) -> BinaryIO | None:
    """The open lock file; None if it cannot be had."""
    while time.monotonic() < deadline:
        try:
            file = path.open("ab")
        except OSError:
            return None
        if try_lock(file) and _is_still(file, path):
            return file
        file.close()
        time.sleep(_PAUSE_S)
    return None


def _is_still(file: BinaryIO, path: Path) -> bool:
    """Whether the file has its name yet: who held it before may have removed it."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except OSError:
        return False
