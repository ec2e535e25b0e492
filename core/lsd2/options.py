"""What a user may choose for one run: enums and one frozen dataclass, checked where it is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Self

from lsd2.errors import OptionsError

DEFAULT_MEMORY_BUDGET_GB = 0.75
"""Working memory of one run beside the photos themselves: a 24-megapixel pair is then fused in under 2 GB in all."""
MIN_TILE = 192
"""Tiles share 96 pixels with their neighbours; smaller ones would be little but overlap."""
MAX_TILE = 8192
MAX_SIGMA = 75.0
MAX_FUSION_EXPONENT = 4.0


class Device(StrEnum):
    """Where the networks run."""

    AUTO = "auto"
    CPU = "cpu"
    CUDA = "cuda"
    MPS = "mps"


class OutputProfile(StrEnum):
    """Which numbers a written photo has for its colours."""

    SRGB = "srgb"
    DISPLAY_P3 = "p3"
    SOURCE = "source"
    """Those of the parent's own profile."""


class Role(StrEnum):
    """Which photo of a pair."""

    SHORT = "short"
    LONG = "long"


class Subsampling(StrEnum):
    """How finely a JPEG keeps colours beside brightness; AUTO is full from quality 90 on."""

    AUTO = "auto"
    FULL = "4:4:4"
    HALF = "4:2:2"
    QUARTER = "4:2:0"


@dataclass(frozen=True, slots=True)
class WriteOptions:
    """How a result is written.

    Attributes
    ----------
    profile : the colours that its numbers stand for.
    quality : of a JPEG, 1-100.
    subsampling : of a JPEG's colours.
    parent : whose metadata it carries on.
    gps : whether it may say where the photo was taken.

    Raises
    ------
    OptionsError
        When a value is out of its bounds.
    """

    profile: OutputProfile = OutputProfile.SRGB
    quality: int = 95
    subsampling: Subsampling = Subsampling.AUTO
    parent: Role = Role.LONG
    gps: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.quality <= 100:
            raise OptionsError(f"the quality of a JPEG must be 1 to 100, not {self.quality}")

    def to_dict(self) -> dict[str, Any]:
        """Plain values that `from_dict` and JSON take."""
        return _plain(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """The options that `to_dict` wrote; unknown names and bad values raise `OptionsError`."""
        enums = {"profile": OutputProfile, "subsampling": Subsampling, "parent": Role}
        return cls(**_checked(cls, values, enums))


class Effort(StrEnum):
    """How often LSD2 looks at a pair; its result is the mean of all looks."""

    QUICK = "quick"
    """Its network once."""
    NORMAL = "normal"
    """The network, and a classical look guided by its result."""
    BEST = "best"
    """The network four times, twice by way of a copy of half the size, and the classical look on what FDnCNN makes."""


class Fusion(StrEnum):
    """How highlights that the result clips are brought back from the short frame, after the method."""

    NONE = "none"
    MERTENS = "mertens"
    NETWORK = "network"


@dataclass(frozen=True, slots=True)
class FusionOptions:
    """The finishing step: exposure fusion of a method's result with the short frame.

    Attributes
    ----------
    kind : which one, if any.
    strength : 0 leaves the picture as it is, 0.5 is a natural look, 1 lets both exposures count alike.
    detail, colour, light : how much fine contrast, saturation and good exposure of a pixel count in choosing between
        the exposures, 0 to 4; 0 is not at all.
    black_point, white_point : gamma-encoded levels in [0, 1] that become black and white; a white point of None makes
        the picture's highlights as white as they were.
    model : weights of the network; None is its default.

    Raises
    ------
    OptionsError
        When a value is out of its bounds.
    """

    kind: Fusion = Fusion.NONE
    strength: float = 0.5
    detail: float = 1.0
    colour: float = 0.0
    light: float = 0.3
    black_point: float = 0.0
    white_point: float | None = None
    model: str | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.strength <= 1:
            raise OptionsError(f"the strength of exposure fusion must be 0 to 1, not {self.strength}")
        for name in ("detail", "colour", "light"):
            if not 0 <= getattr(self, name) <= MAX_FUSION_EXPONENT:
                raise OptionsError(f"{name} must be 0 to {MAX_FUSION_EXPONENT:g}, not {getattr(self, name)}")
        white = 1.0 if self.white_point is None else self.white_point
        if not 0 <= self.black_point < white <= 1:
            raise OptionsError(
                f"the black point must be 0 or more and below the white point, and that 1 at most, "
                f"not {self.black_point:.3g} and {white:.3g}"
            )

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """The options that `ProcessOptions.to_dict` wrote; unknown names and bad values raise `OptionsError`."""
        return cls(**_checked(cls, values, {"kind": Fusion}))


@dataclass(frozen=True, slots=True)
class ProcessOptions:
    """One request.

    Attributes
    ----------
    method : name of a registered method.
    model : name of the weights; None is the method's default.
    align : register the long frame to the short one first.
    effort : how often LSD2 looks at a pair.
    device : where networks run.
    tile : tile side in pixels; None is chosen from `memory_budget_gb`.
    memory_budget_gb : working memory in GB, beside the photos themselves.
    sigma : noise standard deviation on the 0-255 scale for the denoisers; None is estimated.
    fusion : the finishing step after the method.

    Raises
    ------
    OptionsError
        When a value is out of its bounds.
    """

    method: str = "lsd2"
    model: str | None = None
    align: bool = True
    effort: Effort = Effort.NORMAL
    device: Device = Device.AUTO
    tile: int | None = None
    memory_budget_gb: float = DEFAULT_MEMORY_BUDGET_GB
    sigma: float | None = None
    fusion: FusionOptions = FusionOptions()

    def __post_init__(self) -> None:
        if self.tile is not None and not MIN_TILE <= self.tile <= MAX_TILE:
            raise OptionsError(f"the tile size must be {MIN_TILE} to {MAX_TILE} pixels, not {self.tile}")
        if not 0.1 <= self.memory_budget_gb <= 1024:
            raise OptionsError(f"the memory budget must be 0.1 to 1024 GB, not {self.memory_budget_gb}")
        if self.sigma is not None and not 0 <= self.sigma <= MAX_SIGMA:
            raise OptionsError(f"sigma must be 0 to {MAX_SIGMA:g}, not {self.sigma}")

    def to_dict(self) -> dict[str, Any]:
        """Plain values that `from_dict` and JSON take."""
        return _plain(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """The options that `to_dict` wrote; unknown names and bad values raise `OptionsError`."""
        return cls(**_checked(cls, values, {"device": Device, "effort": Effort, "fusion": FusionOptions.from_dict}))


AnyOptions = WriteOptions | FusionOptions | ProcessOptions


def _plain(options: AnyOptions) -> dict[str, Any]:
    return {field.name: _plain_value(getattr(options, field.name)) for field in fields(options)}


def _plain_value(value: Any) -> Any:
    if isinstance(value, FusionOptions):
        return _plain(value)
    return str(value) if isinstance(value, StrEnum) else value


def _checked(
    kind: type[AnyOptions], values: Mapping[str, Any], readers: Mapping[str, Callable[[Any], Any]]
) -> dict[str, Any]:
    """The values, words made members of their enums by `readers`; unknown names and words raise `OptionsError`."""
    unknown = set(values) - {field.name for field in fields(kind)}
    if unknown:
        raise OptionsError(f"unknown option: {', '.join(sorted(unknown))}")
    try:
        return {name: readers[name](value) if name in readers else value for name, value in values.items()}
    except ValueError as error:
        raise OptionsError(str(error)) from error
