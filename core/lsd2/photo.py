"""The things the library works on: a photo, a pair of them, and a result.  All are frozen.

Pixels are always float32, HWC, RGB, display-referred gamma-encoded sRGB in [0, 1] - called a *display image* below.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lsd2.metadata import Metadata as Metadata
from lsd2.metadata import Position as Position

FloatImage = NDArray[np.float32]
ShareMap = NDArray[np.uint8]
"""(H, W): how much of every pixel comes from the short frame; 0 nothing, 255 everything."""


@dataclass(frozen=True, slots=True)
class Development:
    """How a camera raw file becomes a display image; two frames with the same one are developed alike.

    Attributes
    ----------
    white_balance : multipliers of the sensor's R, G, B; the least is 1.
    span : levels of the sensor between black and saturation that stand for an exposure of 1.
    baseline_ev : stops by which the camera wants its raw files brightened (DNG's BaselineExposure).
    camera : whose sensor these numbers are of.
    """

    white_balance: tuple[float, float, float]
    span: float
    baseline_ev: float = 0.0
    camera: str | None = None


@dataclass(frozen=True, slots=True)
class Photo:
    """An upright photo: a display image (H, W, 3) and what is known about it.

    `icc_profile` is the profile found in the file, from which the pixels were converted; `notes` say in plain words
    what was changed or lost in reading; `development` says how a camera raw file was developed, and is None for others.
    """

    pixels: FloatImage = field(repr=False)
    metadata: Metadata = field(default_factory=Metadata)
    path: Path | None = None
    icc_profile: bytes | None = field(default=None, repr=False)
    notes: tuple[str, ...] = ()
    development: Development | None = None

    @property
    def width(self) -> int:
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        return int(self.pixels.shape[0])

    def without_pixels(self) -> Photo:
        """What is known about the photo, for the metadata of a result, without holding its memory."""
        return replace(self, pixels=np.empty((0, 0, 3), np.float32))

    @property
    def name(self) -> str:
        return self.path.name if self.path else "(unsaved photo)"


@dataclass(frozen=True, slots=True)
class Crop:
    """A rectangle of a picture, pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def rows(self) -> slice:
        return slice(self.y, self.y + self.height)

    @property
    def columns(self) -> slice:
        return slice(self.x, self.x + self.width)

    def fits(self, width: int, height: int) -> bool:
        """Whether it lies inside a picture of that size."""
        return 0 <= self.x <= width - self.width and 0 <= self.y <= height - self.height

    def seen_from(self, other: Crop) -> Crop:
        """The same rectangle in the coordinates of one that holds it."""
        return Crop(self.x - other.x, self.y - other.y, self.width, self.height)


@dataclass(frozen=True, slots=True)
class ExposurePair:
    """A short (sharp, noisy, dark) and a long (bright, blurred) exposure of one scene."""

    short: Photo
    long: Photo


@dataclass(frozen=True, slots=True)
class AlignmentReport:
    """How the long frame was registered to the short one.

    Attributes
    ----------
    applied : whether the long frame was warped.
    matrix : 3x3 homography taking short-frame pixel coordinates (x, y, 1) to long-frame ones; identity if not applied.
    shift_px : length of the displacement that the matrix gives the image centre, pixels.
    confidence : 0-1; below the module's threshold an alignment is refused.
    reason : one line for the user.
    blur_px : how much more the long frame is blurred, as the sigma of a Gaussian, pixels; 0 where it was not measured.
    """

    applied: bool
    matrix: tuple[tuple[float, float, float], ...]
    shift_px: float
    confidence: float
    reason: str
    blur_px: float = 0.0

    @classmethod
    def unaligned(cls, reason: str) -> AlignmentReport:
        """A report that the long frame was left as it is."""
        return cls(False, ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)), 0.0, 0.0, reason)


@dataclass(frozen=True, slots=True)
class ModelIdentity:
    """Which weights made a result."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Result:
    """What a method made of a pair, and how.

    Attributes
    ----------
    pixels : display image (H, W, 3) in the short frame's geometry.
    method, label : the method's registered name, and its name for people.
    parameters : every value that is needed to make the result again; JSON-compatible.
    model : the weights used, None for methods without any.
    seconds : wall time of the method and what follows it, without reading and alignment.
    device : "cpu", "cuda:0"...
    alignment : how the pair was registered.
    notes : what was degraded or guessed, in plain words.
    peak_rss_mb : peak resident memory of the process when the result was ready, in 10^6 bytes.
    crop : the part of the short frame that `pixels` shows; None is all of it.
    short_share : where the picture comes from, of methods and finishing steps that mix the frames pixel by pixel.
    """

    pixels: FloatImage = field(repr=False)
    method: str
    label: str
    parameters: Mapping[str, Any]
    model: ModelIdentity | None
    seconds: float
    device: str
    alignment: AlignmentReport
    notes: tuple[str, ...] = ()
    peak_rss_mb: float = 0.0
    crop: Crop | None = None
    short_share: ShareMap | None = field(default=None, repr=False)
