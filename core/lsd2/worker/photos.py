"""The worker's last decoded photos."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from lsd2.photo import Development, Photo

MAX_PHOTOS = 4
MAX_BYTES = 800_000_000
"""Two 24-megapixel photos in float32 are 576 MB; the pair at hand is kept whatever its size."""
_PAIR = 2

_File = tuple[Path, int, int]
_Key = tuple[_File, Development | None]


class PhotoCache:
    """Photos by path, modification time and size of the file, raw ones also by how they were to be developed.

    The least recently used go first.
    """

    def __init__(self, decode: Callable[[Path, Development | None], Photo]) -> None:
        self._decode = decode
        self._photos: OrderedDict[_Key, Photo] = OrderedDict()

    def get(self, path: Path, like: Development | None = None) -> Photo:
        """The photo, decoded if it is new or its file has changed; raises what decoding raises.

        A photo whose file went away, on a card that was pulled out, is still given.
        """
        file = _file(path) or next((known for known, _ in reversed(self._photos) if known[0] == path), None)
        if file is None:
            return self._decode(path, like)
        key = self._known(file, like) or (file, like)
        if key not in self._photos:
            self._photos[key] = self._decode(path, like)
        self._photos.move_to_end(key)
        self._shrink()
        return self._photos[key]

    def forget(self) -> None:
        """Let go of all photos; what is asked for again is decoded again."""
        self._photos.clear()

    def _known(self, file: _File, like: Development | None) -> _Key | None:
        """What is at hand and looks as asked: developed so, or not developed at all."""
        for (known, wanted), photo in self._photos.items():
            if known == file and (wanted == like or photo.development in (None, like)):
                return known, wanted
        return None

    def _shrink(self) -> None:
        while len(self._photos) > MAX_PHOTOS or (len(self._photos) > _PAIR and self._bytes() > MAX_BYTES):
            self._photos.popitem(last=False)

    def _bytes(self) -> int:
        return sum(photo.pixels.nbytes for photo in self._photos.values())


def _file(path: Path) -> _File | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return path, status.st_mtime_ns, status.st_size
