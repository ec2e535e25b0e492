"""The worker's last decoded photos."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from lsd2.photo import Photo

MAX_PHOTOS = 4
MAX_BYTES = 800_000_000
"""Two 24-megapixel photos in float32 are 576 MB; the pair at hand is kept whatever its size."""
_PAIR = 2

_Key = tuple[Path, int, int]


class PhotoCache:
    """Photos by path, modification time and size of the file; the least recently used go first."""

    def __init__(self, decode: Callable[[Path], Photo]) -> None:
        self._decode = decode
        self._photos: OrderedDict[_Key, Photo] = OrderedDict()

    def get(self, path: Path) -> Photo:
        """The photo, decoded if it is new or its file has changed; raises what decoding raises.

        A photo whose file went away, on a card that was pulled out, is still given.
        """
        key = _key(path) or next((known for known in reversed(self._photos) if known[0] == path), None)
        if key is None:
            return self._decode(path)
        if key not in self._photos:
            self._photos[key] = self._decode(path)
        self._photos.move_to_end(key)
        self._shrink()
        return self._photos[key]

    def _shrink(self) -> None:
        while len(self._photos) > MAX_PHOTOS or (len(self._photos) > _PAIR and self._bytes() > MAX_BYTES):
            self._photos.popitem(last=False)

    def _bytes(self) -> int:
        return sum(photo.pixels.nbytes for photo in self._photos.values())


def _key(path: Path) -> _Key | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return path, status.st_mtime_ns, status.st_size
