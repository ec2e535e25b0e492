"""Running out of memory, however it is worded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

_WORDS = (
    "out of memory",
    "can't allocate memory",
    "not enough memory",
    "insufficient memory",
    "bad_alloc",
    "failed to allocate memory",
)
"""In the messages of torch (graphics processors, and its allocator on each system), OpenCV and ONNX Runtime."""


def is_out_of_memory(error: Exception) -> bool:
    """Whether an error means that memory ran out; libraries raise errors of their own kinds then."""
    return isinstance(error, MemoryError) or any(words in str(error).lower() for words in _WORDS)


@contextmanager
def as_memory_error(what: str) -> Iterator[None]:
    """Raise `MemoryError` where a library says in its own way that there is no memory for `what`."""
    try:
        yield
    except MemoryError:
        raise
    except Exception as error:
        if is_out_of_memory(error):
            raise MemoryError(f"there is too little memory for {what}") from error
        raise
