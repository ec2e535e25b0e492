"""What a method is: it turns a prepared pair into a display image."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, Protocol, TypeVar, cast

from lsd2.imaging.photometry import PhotometryReport, fit_to_long
from lsd2.options import ProcessOptions
from lsd2.parts import sample_windows
from lsd2.photo import Crop, FloatImage, ModelIdentity, ShareMap
from lsd2.progress import Progress

Measured = TypeVar("Measured")


@dataclass(frozen=True, slots=True)
class PreparedPair:
    """The pixels every method gets: equal sizes, the long frame registered to the short one.

    Both are display images (H, W, 3): float32, RGB, gamma-encoded sRGB in [0, 1].  Where they are a part of the photos,
    `scene` has what is to be measured on all of them.

    `blur_px` is how much more the long frame is blurred, as the sigma of a Gaussian, pixels; 0 where it is not known.

    `kept` is the part that is looked at of what a method makes, None all of it; beyond, anything may stand.

    `at` says which part of the photos these pixels are; None is all of them.
    """

    short: FloatImage = field(repr=False)
    long: FloatImage = field(repr=False)
    scene: Scene | None = field(default=None, repr=False)
    blur_px: float = 0.0
    kept: Crop | None = None
    at: Crop | None = None

    @property
    def whole(self) -> PreparedPair | Scene:
        return self.scene or self

    @property
    def brightness(self) -> PhotometryReport:
        """How the whole short frame is matched to the whole long one."""
        return self.scene.brightness if self.scene else fit_to_long(self.short, self.long)

    @property
    def place(self) -> Crop:
        """Where in the photos these pixels lie."""
        return self.at or Crop(0, 0, self.short.shape[1], self.short.shape[0])

    def long_at(self, part: Crop) -> FloatImage:
        """A part of the long frame, (H, W, 3)."""
        return self.long[part.rows, part.columns]

    def remember(self, key: Hashable, measure: Callable[[], Measured]) -> Measured:
        """What `measure` gives; of a part of the photos, what it gave for any part of them."""
        return self.scene.remember(key, measure) if self.scene else measure()

    @property
    def samples(self) -> tuple[PreparedPair, ...]:
        """Samples of the whole frames, registered, from all over them; see `parts.sample_windows`."""
        return self.scene.samples if self.scene else _samples(self.short, self.long_at)


Registered = Callable[[Crop, Callable[[], PhotometryReport]], FloatImage]


class Scene:
    """The whole photos of a pair, and what is measured on all of them: when first wanted, and once.

    Attributes
    ----------
    short, long : display images (H, W, 3); the long one is not registered.
    """

    def __init__(self, short: FloatImage, long: FloatImage, registered: Registered) -> None:
        """`registered` gives a part of the long frame as it lies on the short one; it may ask for `brightness`."""
        self.short, self.long, self._registered = short, long, registered
        self._measured: dict[Hashable, Any] = {}

    def long_at(self, part: Crop) -> FloatImage:
        """A part of the long frame as it lies on the short one, (H, W, 3)."""
        return self._registered(part, lambda: self.brightness)

    def remember(self, key: Hashable, measure: Callable[[], Measured]) -> Measured:
        """What `measure` gave when it was first asked for."""
        if key not in self._measured:
            self._measured[key] = measure()
        return cast(Measured, self._measured[key])

    @cached_property
    def brightness(self) -> PhotometryReport:
        """As `PreparedPair.brightness`."""
        return fit_to_long(self.short, self.long)

    @cached_property
    def samples(self) -> tuple[PreparedPair, ...]:
        """As `PreparedPair.samples`."""
        return _samples(self.short, self.long_at)


def _samples(short: FloatImage, long_at: Callable[[Crop], FloatImage]) -> tuple[PreparedPair, ...]:
    windows = sample_windows(short.shape[0], short.shape[1])
    return tuple(PreparedPair(short[at.rows, at.columns], long_at(at)) for at in windows)


class Kind(StrEnum):
    """What a method works on."""

    PAIR = "pair"
    """Both frames together."""
    DENOISER = "denoiser"
    """One noisy picture; of a pair, the short frame."""
    REFERENCE = "reference"
    """Nothing: a row of a comparison that shows an input as it is."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a pixel of a result depends on its surroundings, so that a part can be processed like the whole.

    Attributes
    ----------
    context : pixels around a part that the method needs beside it.
    grid : a part must begin at a multiple of it, pixels.
    """

    context: int
    grid: int

    def halved(self, levels: int) -> Reach:
        """The same of a method that works on copies of the photo that are halved so many times."""
        return Reach(self.context << levels, self.grid << levels)


@dataclass(frozen=True, slots=True)
class MethodInfo:
    """How a method is named: `name` in commands and files, `label` for people, `summary` one sentence.

    `reach` is None for methods in which every pixel depends on the whole photo; `trained` methods need weights;
    `coarse_first` ones begin with small copies of a pair that is much blurred; `has_efforts`: `options.effort` matters.
    `fuses_exposures`: the result has what either frame shows well, so that no finishing step can add to it.
    `caveat`: why its results are for comparison alone and not for keeps, one sentence; empty of all other methods.
    """

    name: str
    label: str
    summary: str
    kind: Kind = Kind.PAIR
    reach: Reach | None = None
    trained: bool = False
    coarse_first: bool = False
    has_efforts: bool = False
    fuses_exposures: bool = False
    caveat: str = ""

    @property
    def can_be_finished(self) -> bool:
        """Whether exposure fusion may follow."""
        return self.kind is not Kind.REFERENCE and not self.fuses_exposures


@dataclass(frozen=True, slots=True)
class MethodOutput:
    """What a method gives back; the pipeline adds time, alignment and memory to make a `Result`."""

    pixels: FloatImage = field(repr=False)
    parameters: Mapping[str, Any] = field(default_factory=dict)
    model: ModelIdentity | None = None
    device: str = "cpu"
    notes: tuple[str, ...] = ()
    short_share: ShareMap | None = field(default=None, repr=False)


class Method(Protocol):
    """One way to make a photo from a pair."""

    @property
    def info(self) -> MethodInfo: ...

    def run(self, pair: PreparedPair, options: ProcessOptions, progress: Progress) -> MethodOutput:
        """Process the pair.

        Raises
        ------
        Cancelled
            When `progress` says so.
        Lsd2Error
            When the method cannot run, for a reason a user can read.
        """


class Denoiser(Protocol):
    """One way to take the noise out of a single picture; `methods.denoising` makes a `Method` of it."""

    def denoise(self, image: FloatImage, sigma: float, options: ProcessOptions, progress: Progress) -> MethodOutput:
        """Remove white Gaussian noise.

        Parameters
        ----------
        image : display image (H, W, 3); its noise may go beyond [0, 1].
        sigma : standard deviation of the noise, on the 0-255 scale of gamma-encoded values.
        options : device, tiles, memory and model; not its sigma.

        Raises
        ------
        Cancelled, Lsd2Error
            As `Method.run`.
        """
