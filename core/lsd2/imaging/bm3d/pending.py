"""Rows of an image that some threads make and others wait for."""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Self

from lsd2.progress import Cancelled


class PendingRows:
    """How many rows from the top are there; whoever leaves the context lets go all who wait."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._count, self._given_up = 0, False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._changed:
            self._given_up = True
            self._changed.notify_all()

    def finish(self, count: int) -> None:
        """The first `count` rows will not change any more."""
        with self._changed:
            self._count = count
            self._changed.notify_all()

    def wait_for(self, count: int) -> None:
        """Return when the first `count` rows are there.

        Raises
        ------
        Cancelled
            When nobody will make them.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._given_up or self._count >= count)
            if self._count < count:
                raise Cancelled
