"""Ctrl+C for commands that end in an orderly way."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from lsd2.progress import CancelToken

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def cancel_on_interrupt(token: CancelToken) -> Iterator[None]:
    """The first Ctrl+C (or SIGTERM) cancels, a second one interrupts at once."""

    def cancel(number: int, frame: FrameType | None) -> None:
        if token.is_cancelled:
            raise KeyboardInterrupt
        token.cancel()

    before = [signal.signal(number, cancel) for number in _SIGNALS]
    try:
        yield
    finally:
        for number, handler in zip(_SIGNALS, before, strict=True):
            signal.signal(number, handler)
