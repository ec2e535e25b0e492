"""The pictures of a session: opened photos, results, and names for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lsd2.io.pairing import PhotoFacts, mean_brightness
from lsd2.photo import Crop, Metadata
from lsd2.worker.protocol import Blend, PhotoOpened, ResultReady, SharedImage
from lsd2_gui.recipes import FileStamp, Recipe


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
    stamp: FileStamp

    @classmethod
    def from_reply(cls, reply: PhotoOpened, pixels: NDArray[np.uint16]) -> OpenedPhoto:
        facts = PhotoFacts(reply.metadata, mean_brightness(pixels))
        return cls(
            reply.path, reply.metadata, reply.notes, Picture(reply.image, pixels), facts, FileStamp.of(reply.path)
        )


@dataclass(eq=False)
class Fused:
    """A finished result.

    Attributes
    ----------
    number : counts the results of a session from 1.
    recipe : what it was made from.
    figures : what was measured of it: "psnr", "ssim"...
    strength : share of the result in what is shown and saved; the rest is the matched short frame.
    mixed : what is shown where that share is less than 1, and ready; `base` is what it was mixed with.
    saved_to : the file it was last written to, as it is now.
    """

    number: int
    reply: ResultReady
    picture: Picture
    recipe: Recipe
    figures: Mapping[str, float] = field(default_factory=dict)
    strength: float = 1.0
    mixed: Picture | None = None
    base: SharedImage | None = None
    saved_to: Path | None = None

    @property
    def short(self) -> Path:
        return self.recipe.short.path

    @property
    def long(self) -> Path:
        return self.recipe.long.path

    @property
    def crop(self) -> Crop | None:
        """The part of the photo that was made; None is all of it."""
        return self.reply.crop

    @property
    def shown(self) -> Picture:
        return self.mixed or self.picture

    @property
    def is_settled(self) -> bool:
        """Whether it can be written at its strength: in full, or there is what it is mixed with."""
        return self.strength >= 1.0 or self.base is not None

    @property
    def blend(self) -> Blend | None:
        """How it is mixed wherever it is written."""
        return Blend(self.base, self.strength) if self.base is not None and self.strength < 1.0 else None


@dataclass(frozen=True, slots=True)
class ViewKey:
    """Names a picture that can be looked at: a role, a result by its number, or the sharp photo for measuring.

    `shows_share`: not the result itself, but where it comes from.
    """

    role: Role | None = None
    result: int | None = None
    is_reference: bool = False
    shows_share: bool = False


RUNNING = ViewKey()
"""The result in the making."""
REFERENCE = ViewKey(is_reference=True)
SHORT, LONG = ViewKey(role=Role.SHORT), ViewKey(role=Role.LONG)
