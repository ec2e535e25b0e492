"""The worker's end of the pipe, and the pictures that it has given away."""

from __future__ import annotations

import threading
from collections.abc import Callable
from multiprocessing.connection import Connection

from lsd2.photo import FloatImage
from lsd2.worker.protocol import PhotoOpened, PreviewOpened, Reply, ResultStarted, SharedImage
from lsd2.worker.shared import SharedPixels


def block_name(prefix: str, number: int) -> str:
    """The name of the `number`-th picture that a worker gives away.

    Counted, so that the window can find the one block that a killed worker had made but not yet given away.  macOS
    allows 30 characters.
    """
    return f"{prefix}_{number}"


class Outbox:
    """Sends replies, from any thread; makes pictures, one at a time, and gives them away."""

    def __init__(self, connection: Connection, block_prefix: str) -> None:
        self._connection = connection
        self._prefix = block_prefix
        self._lock = threading.Lock()
        self._given: dict[str, SharedPixels] = {}
        self._count = 0

    def send(self, reply: Reply) -> None:
        """Raises OSError when the window is gone."""
        with self._lock:
            self._connection.send(reply)

    def give(
        self,
        size: tuple[int, int],
        reply: Callable[[SharedImage], PhotoOpened | PreviewOpened | ResultStarted],
        pixels: FloatImage | None = None,
    ) -> SharedPixels:
        """Make a picture of (height, width), black or with the given pixels, and send the reply that names it.

        Raises
        ------
        Lsd2Error
            When there is too little shared memory; nothing was made or sent.
        """
        picture = SharedPixels.create(block_name(self._prefix, self._count), *size)
        try:
            if pixels is not None:
                picture.write(0, 0, pixels)
            self.send(reply(picture.image))
        except BaseException:
            picture.unlink()
            picture.close()
            raise
        self._count += 1
        self._given[picture.image.block] = picture
        return picture

    def taken(self, block: str) -> None:
        """The window has mapped the block: let go of it."""
        picture = self._given.pop(block, None)
        if picture is not None:
            picture.close()
