"""Progress of one job, sent to the window at a rate that a window can take."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from lsd2.photo import Crop
from lsd2.progress import CancelToken, Stage
from lsd2.worker.outbox import Outbox
from lsd2.worker.protocol import Progressed, ResultStarted, SharedImage, TileDone
from lsd2.worker.shared import SharedPixels

MIN_INTERVAL_SECONDS = 1 / 30


class Watched:
    """A `Progress` that tells nobody, but heeds a cancel."""

    def __init__(self, token: CancelToken) -> None:
        self._token = token

    def report(self, stage: Stage, done: int, total: int) -> None:
        self._token.raise_if_cancelled()

    def tile(self, left: int, top: int, pixels: NDArray[np.float32]) -> None:
        self._token.raise_if_cancelled()


class Reporter:
    """A `Progress` that writes tiles to shared memory and sends at most 30 `Progressed` a second.

    What is held back is sent by the next call that is due, by `flush` (another thread calls it every so often), or by
    `finish`; so the last report always arrives.  Tiles that continue a held tile to the right are sent as one
    rectangle.
    """

    def __init__(
        self,
        job: int,
        token: CancelToken,
        outbox: Outbox,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._job = job
        self._size = (0, 0)
        self._crop = Crop(0, 0, 0, 0)
        self._token = token
        self._outbox = outbox
        self._clock = clock
        self._lock = threading.Lock()
        self._picture: SharedPixels | None = None
        self._progressed: Progressed | None = None
        self._tile: TileDone | None = None
        self._sent_at = -float("inf")

    def expect(self, height: int, width: int, crop: Crop | None = None) -> None:
        """The size of the photo and the part of it that is made, before its first tile."""
        self._size = (height, width)
        self._crop = crop or Crop(0, 0, width, height)

    def report(self, stage: Stage, done: int, total: int) -> None:
        self._token.raise_if_cancelled()
        with self._lock:
            self._progressed = Progressed(self._job, stage, done, total)
            self._send_if_due()

    def tile(self, left: int, top: int, pixels: NDArray[np.float32]) -> None:
        self._token.raise_if_cancelled()
        with self._lock:
            left, top = left + self._crop.x, top + self._crop.y
            self._start().write(left, top, pixels)
            height, width = pixels.shape[:2]
            self._add_tile(TileDone(self._job, left, top, width, height))
            self._send_if_due()

    def flush(self) -> None:
        """Send what has been held back for long enough; never waits for a job that is writing a tile."""
        if self._lock.acquire(blocking=False):
            try:
                self._send_if_due()
            finally:
                self._lock.release()

    def finish(self, pixels: NDArray[np.float32]) -> SharedImage:
        """Write all that was made and send everything held back; the picture to name in `ResultReady`."""
        with self._lock:
            if pixels.shape[:2] != (self._crop.height, self._crop.width):
                raise ValueError(f"the result is {pixels.shape}, but {self._crop} was expected")
            picture = self._start()
            picture.write(self._crop.x, self._crop.y, pixels)
            self._send()
            return picture.image

    def end(self) -> None:
        """Send nothing more."""
        with self._lock:
            self._progressed = self._tile = None

    def _start(self) -> SharedPixels:
        if self._picture is None:
            self._picture = self._outbox.give(self._size, lambda image: ResultStarted(self._job, image))
        return self._picture

    def _add_tile(self, tile: TileDone) -> None:
        held = self._tile
        if held and (held.top, held.height, held.left + held.width) == (tile.top, tile.height, tile.left):
            tile = TileDone(tile.job, held.left, tile.top, held.width + tile.width, tile.height)
        elif held:
            self._outbox.send(held)
        self._tile = tile

    def _send_if_due(self) -> None:
        if self._clock() - self._sent_at >= MIN_INTERVAL_SECONDS:
            self._send()

    def _send(self) -> None:
        if self._progressed is None and self._tile is None:
            return
        for reply in (self._tile, self._progressed):
            if reply is not None:
                self._outbox.send(reply)
        self._progressed = self._tile = None
        self._sent_at = self._clock()


class Stepper(Reporter):
    """Tells of the steps of a job whose pictures nobody watches."""

    def tile(self, left: int, top: int, pixels: NDArray[np.float32]) -> None:
        self._token.raise_if_cancelled()
