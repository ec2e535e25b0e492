"""Where a result comes from, small enough for the pipe: how much of every pixel is the short frame's.

Such a map is seldom looked at, and mostly all or nothing: packed it takes a few megabytes where a picture takes
hundreds, and is unpacked when the window shows it.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

import numpy as np

from lsd2.photo import ShareMap

_LEVEL = 1
"""Of compression; higher ones take ten times as long for a tenth less."""


@dataclass(frozen=True, slots=True)
class PackedShare:
    """A map uint8 (height, width), 255 being all of the pixel; `mean` is that of the whole, in [0, 1]."""

    height: int
    width: int
    mean: float
    data: bytes = field(repr=False)


def pack(share: ShareMap) -> PackedShare:
    """Pack a map."""
    height, width = share.shape
    return PackedShare(height, width, float(share.mean()) / 255, zlib.compress(share.tobytes(), _LEVEL))


def unpack(packed: PackedShare) -> ShareMap:
    """The map that was packed."""
    return np.frombuffer(zlib.decompress(packed.data), np.uint8).reshape(packed.height, packed.width)
