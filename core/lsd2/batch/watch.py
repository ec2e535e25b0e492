"""A folder that photos are still coming into: which files are whole, and which pairs will not change any more."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from lsd2.errors import PhotoReadError
from lsd2.io.decoders.base import INCOMPLETE
from lsd2.io.glance import glance
from lsd2.pairing.model import FoundPair

SETTLE_SECONDS = 4.0
"""A file that did not change for so long, as seen from here, is whole if its format does not say otherwise."""
PATIENCE_SECONDS = 60.0
"""What is not whole after this, or still waited for, is taken as it is."""


@dataclass(slots=True)
class _Seen:
    """A file's size and time of change, since when they are the same, and whether it was found whole since."""

    state: tuple[int, int]
    since: float
    is_whole: bool = False


class Arrivals:
    """Remembers files from one look to the next.

    Times of change are only compared, never trusted: copying programs give a file its old time while they write it.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen: dict[Path, _Seen] = {}

    def is_ready(self, path: Path) -> bool:
        """Whether a file is there as a whole."""
        try:
            status = path.stat()
        except OSError:
            self._seen.pop(path, None)
            return False
        now, state = self._clock(), (status.st_size, status.st_mtime_ns)
        seen = self._seen.get(path)
        if seen is None or seen.state != state:
            self._seen[path] = _Seen(state, now)
            return False
        if not seen.is_whole and now - seen.since >= SETTLE_SECONDS:
            seen.is_whole = now - seen.since >= PATIENCE_SECONDS or (status.st_size > 0 and not _is_cut_off(path))
        return seen.is_whole

    def settled(self, pairs: Iterable[FoundPair]) -> list[FoundPair]:
        """Pairs that no file that is still arriving may break up: another one of a bracket, a better partner."""
        arriving = {path.parent for path, seen in self._seen.items() if not seen.is_whole}
        return [pair for pair in pairs if pair.short.path.parent not in arriving or self._waited_long(pair)]

    def _waited_long(self, pair: FoundPair) -> bool:
        since = max(self._since(path) for path in (pair.short.path, pair.long.path))
        return self._clock() - since >= PATIENCE_SECONDS

    def _since(self, path: Path) -> float:
        seen = self._seen.get(path)
        return self._clock() if seen is None else seen.since


def _is_cut_off(path: Path) -> bool:
    try:
        return any(INCOMPLETE in note for note in glance(path).notes)
    except PhotoReadError as error:
        return INCOMPLETE in str(error)
