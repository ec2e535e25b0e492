"""The pictures of a session: opened photos, results, and names for them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lsd2.io.pairing import PhotoFacts, mean_brightness
from lsd2.photo import Metadata
from lsd2.worker.protocol import PhotoOpened, ResultReady, SharedImage


class Role(StrEnum):
    SHORT = "short"
    LONG = "long"

    @property
    def other(self) -> Role:
        return Role.LONG if self is Role.SHORT else Role.SHORT


@dataclass(frozen=True, eq=False)
class Picture:
    """Pixels in shared memory: uint16 (H, W, 3), RGB, gamma-encoded sRGB."""

    image: SharedImage
    pixels: NDArray[np.uint16]

    @property
    def width(self) -> int:
        return self.image.width

    @property
    def height(self) -> int:
        return self.image.height


@dataclass(frozen=True, eq=False)
class OpenedPhoto:
    """A photo as the worker decoded it."""

    path: Path
    metadata: Metadata
    notes: tuple[str, ...]
    picture: Picture
    facts: PhotoFacts

    @classmethod
    def from_reply(cls, reply: PhotoOpened, pixels: NDArray[np.uint16]) -> OpenedPhoto:
        facts = PhotoFacts(reply.metadata, mean_brightness(pixels))
        return cls(reply.path, reply.metadata, reply.notes, Picture(reply.image, pixels), facts)


@dataclass(eq=False)
class Fused:
    """A finished result; `short` and `long` are the files it was made from."""

    number: int
    reply: ResultReady
    picture: Picture
    short: Path
    long: Path
    saved_to: Path | None = None


@dataclass(frozen=True, slots=True)
class ViewKey:
    """Names a picture that can be looked at: a role, or a result by its number."""

    role: Role | None = None
    result: int | None = None


RUNNING = ViewKey()
"""The result in the making."""
SHORT, LONG = ViewKey(role=Role.SHORT), ViewKey(role=Role.LONG)
