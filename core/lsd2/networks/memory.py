"""Running out of memory, however it is worded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch

_WORDS = ("out of memory", "can't allocate memory", "not enough memory")
"""In torch's messages: of graphics processors, and of its allocator on Linux and macOS, and on Windows."""


def is_out_of_memory(error: Exception) -> bool:
    """Whether an error means that memory ran out; on the CPU torch raises a plain RuntimeError then."""
    if isinstance(error, MemoryError | torch.OutOfMemoryError):
        return True
    return isinstance(error, RuntimeError) and any(words in str(error).lower() for words in _WORDS)


@contextmanager
def as_memory_error(what: str) -> Iterator[None]:
    """Raise `MemoryError` where torch says in its own way that there is no memory for `what`."""
    try:
        yield
    except RuntimeError as error:
        if is_out_of_memory(error):
            raise MemoryError(f"there is too little memory for {what}") from error
        raise
