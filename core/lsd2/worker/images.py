"""The shared-memory pictures that the window owns."""

from __future__ import annotations

import threading
from collections import Counter
from contextlib import suppress

import numpy as np
from numpy.typing import NDArray

from lsd2.errors import Lsd2Error
from lsd2.worker.protocol import SharedImage
from lsd2.worker.shared import SharedPixels, sweep


class OwnedImages:
    """Every block given to the window, mapped until it is released; usable from any thread.

    The mapping is made at once, because Windows frees a block with its last handle.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._blocks: dict[str, SharedPixels] = {}
        self._holds: Counter[str] = Counter()
        self._released: set[str] = set()

    def adopt(self, image: SharedImage) -> bool:
        """Take over a block; False if it was taken over before.  Lsd2Error if it is gone."""
        with self._lock:
            if image.block in self._blocks:
                return False
            self._blocks[image.block] = SharedPixels.attach(image)
            return True

    def discard(self, image: SharedImage) -> None:
        """Free a block that nobody wants, if it exists."""
        with suppress(Lsd2Error):
            self.adopt(image)
        self.release(image.block)

    def pixels(self, image: SharedImage) -> NDArray[np.uint16]:
        """A read-only view (H, W, 3), uint16.  KeyError if it was released."""
        with self._lock:
            if image.block in self._released:
                raise KeyError(image.block)
            view = self._blocks[image.block].pixels
        view.flags.writeable = False
        return view

    def hold(self, block: str) -> None:
        """Keep a block over its release, until `unhold`."""
        with self._lock:
            self._holds[block] += 1

    def unhold(self, block: str) -> None:
        with self._lock:
            self._holds[block] -= 1
            if self._holds[block] <= 0:
                del self._holds[block]
                if block in self._released:
                    self._free(block)

    def release(self, block: str) -> None:
        """Free a block now, or at the end of its last hold; harmless when repeated."""
        with self._lock:
            if self._holds[block] > 0:
                self._released.add(block)
            else:
                self._free(block)
        sweep()

    def release_all(self) -> None:
        with self._lock:
            self._holds.clear()
            for block in list(self._blocks):
                self._free(block)
        sweep()

    def _free(self, block: str) -> None:
        self._released.discard(block)
        pixels = self._blocks.pop(block, None)
        if pixels is not None:
            pixels.unlink()
            pixels.close()
