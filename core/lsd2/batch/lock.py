"""Keeps two batches from writing into one folder; the system lets go of the lock when the process ends, however."""

from __future__ import annotations

import sys
from typing import BinaryIO

_FAR_AWAY = 1 << 40
"""Windows locks bytes, and keeps others from reading them: one that the file does not have."""


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
