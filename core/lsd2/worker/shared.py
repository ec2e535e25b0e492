"""Pictures in shared memory: uint16, HWC, RGB, gamma-encoded sRGB, 0..65535 for [0, 1].

Ownership.  The worker creates a block and gives it away with the reply that names it; from there the window owns it
and unlinks it exactly once.  Until then the worker does.  Both processes share one resource tracker (the window's,
inherited by spawn), whose book is a set of names: every create or attach enters the name, the one unlink strikes it
out, so that nothing is reported as leaked, and blocks of a window that was killed are removed by the tracker.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing import resource_tracker
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from lsd2.errors import Lsd2Error
from lsd2.photo import FloatImage
from lsd2.worker.protocol import SharedImage

LEVELS = 65535
_STRIP_PIXELS = 1 << 18
_MOUNT = Path("/dev/shm")
"""Where Linux shows POSIX shared memory as files; other systems back it with their swap and have no such limit."""

_lingering: list[SharedPixels] = []
_lingering_lock = threading.Lock()


class _Block(SharedMemory):
    def __del__(self) -> None:
        # An array may outlive us at interpreter exit; the mapping then goes with the array.
        with suppress(BufferError, OSError):
            self.close()


class SharedPixels:
    """One block, mapped into this process.  Made by `create` or `attach`, never directly."""

    def __init__(self, memory: _Block, image: SharedImage) -> None:
        self._memory = memory
        self.image = image

    @classmethod
    def create(cls, name: str, height: int, width: int) -> Self:
        """A new black picture, its memory reserved.

        Raises
        ------
        Lsd2Error
            When the system has too little shared memory.
        """
        sweep()
        size = height * width * 6
        _check_room(size, _MOUNT)
        try:
            memory = _Block(name, create=True, size=size)
        except OSError as error:
            raise _too_little(size) from error
        try:
            _reserve(_MOUNT / name, size)
        except OSError as error:
            memory.close()
            memory.unlink()
            raise _too_little(size) from error
        return cls(memory, SharedImage(name, height, width))

    @classmethod
    def attach(cls, image: SharedImage) -> Self:
        """The picture that another process made.

        Raises
        ------
        Lsd2Error
            When it is there no more.
        """
        sweep()
        try:
            return cls(_Block(image.block), image)
        except (OSError, ValueError) as error:
            raise Lsd2Error("the picture is no longer in memory; run its job again") from error

    @property
    def pixels(self) -> NDArray[np.uint16]:
        """A view (H, W, 3), uint16, of the block; it keeps the memory mapped for as long as it lives."""
        shape = (self.image.height, self.image.width, 3)
        buffer = self._memory.buf
        assert buffer is not None, "pixels of a closed block"
        return np.frombuffer(buffer, np.uint16, count=shape[0] * shape[1] * 3).reshape(shape)

    def write(self, left: int, top: int, pixels: FloatImage) -> None:
        """Put a display image (h, w, 3) at (left, top); values outside [0, 1] are clipped, NaN is black."""
        height, width = pixels.shape[:2]
        if left < 0 or top < 0 or top + height > self.image.height or left + width > self.image.width:
            raise ValueError(f"a tile at ({left}, {top}) of {width}x{height} lies outside of {self.image}")
        target = self.pixels[top : top + height, left : left + width]
        for rows in _strips(height, width):
            target[rows] = to_uint16(pixels[rows])

    def to_float(self) -> FloatImage:
        """The picture as a display image (H, W, 3), float32, in [0, 1]; `write` gives back the same levels."""
        source = self.pixels
        image = np.empty(source.shape, np.float32)
        for rows in _strips(self.image.height, self.image.width):
            np.divide(source[rows], np.float32(LEVELS), out=image[rows], dtype=np.float32)
        return image

    def levels(self) -> NDArray[np.uint16]:
        """A copy of the picture as it is."""
        return self.pixels.copy()

    def close(self) -> None:
        """Unmap the block, or have that done later if views of it are still alive."""
        try:
            self._memory.close()
        except BufferError:
            with _lingering_lock:
                _lingering.append(self)

    def unlink(self) -> None:
        """Free the block once nobody maps it any more; only its owner calls this, once."""
        try:
            self._memory.unlink()
        except FileNotFoundError:  # removed from outside; strike it out of the tracker's book all the same
            resource_tracker.unregister(f"/{self.image.block}", "shared_memory")


def sweep() -> None:
    """Unmap the closed blocks whose last view has died since."""
    with _lingering_lock:
        waiting = _lingering[:]
        _lingering.clear()
    for block in waiting:
        block.close()


def to_uint16(image: FloatImage) -> NDArray[np.uint16]:
    """A display image as rounded uint16 levels; clips to [0, 1], NaN is 0."""
    levels = np.fmax(image, np.float32(0))  # of a value and no number, the value
    np.fmin(levels, np.float32(1), out=levels)
    levels *= LEVELS
    return np.rint(levels, out=levels).astype(np.uint16)


def _strips(height: int, width: int) -> Iterator[slice]:
    step = max(1, _STRIP_PIXELS // max(1, width))
    return (slice(top, top + step) for top in range(0, height, step))


def _check_room(size: int, mount: Path) -> None:
    if mount.is_dir() and hasattr(os, "statvfs"):
        status = os.statvfs(mount)
        if status.f_bavail * status.f_frsize < size:
            raise _too_little(size)


def _reserve(file: Path, size: int) -> None:
    """Take the memory now: an untaken page of a full tmpfs kills its writer with SIGBUS."""
    if hasattr(os, "posix_fallocate") and file.exists():
        with file.open("r+b") as block:
            os.posix_fallocate(block.fileno(), 0, size)


def _too_little(size: int) -> Lsd2Error:
    return Lsd2Error(
        f"too little shared memory: the picture needs {size / 1e6:.0f} MB; "
        "close other pictures or programs, or enlarge /dev/shm"
    )
