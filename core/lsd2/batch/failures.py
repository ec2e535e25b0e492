"""How an exception in the middle of a batch is told: one line; and whether going on makes sense."""

from __future__ import annotations

import errno

from lsd2.errors import Lsd2Error, OptionsError, PhotoWriteError, WeightsError
from lsd2.io.naming import one_line
from lsd2.networks.memory import is_out_of_memory

_HOPELESS = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM)
_LONGEST = 300


def message_of(error: Exception) -> str:
    """One line for the user."""
    if isinstance(error, Lsd2Error):
        return " ".join(str(error).split())[:_LONGEST]
    if is_out_of_memory(error):
        return "there is too little memory; close other programs or give a smaller --memory"
    return f"unexpected problem ({type(error).__name__}: {one_line(error, _LONGEST)})"


def concerns_all(error: Exception) -> bool:
    """Whether every other pair would fail for this reason, too: nothing can be written, or there is no network."""
    if isinstance(error, PhotoWriteError):
        return isinstance(error.__cause__, OSError) and error.__cause__.errno in _HOPELESS
    return isinstance(error, OptionsError | WeightsError)
