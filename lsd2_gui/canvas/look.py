"""How the pictures are looked at: the arrangement, and what is laid over them.  Plain values, no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

E = TypeVar("E", bound=StrEnum)


class Mode(StrEnum):
    """How the pictures share the canvas."""

    SPLIT = "split"
    SIDE = "side"
    GRID = "grid"
    DIFFERENCE = "difference"


class Difference(StrEnum):
    """What is shown of right minus left."""

    ABSOLUTE = "absolute"
    SIGNED = "signed"
    LUMINANCE = "luminance"


class Ground(StrEnum):
    """What lies behind the pictures.  ASSESS is middle grey with a margin and a thin white frame (ISO 12646)."""

    GREY = "grey"
    LIGHT = "light"
    ASSESS = "assess"
    BLACK = "black"
    WHITE = "white"
    CHECKER = "checker"


class Channel(StrEnum):
    """Which curves a histogram shows."""

    RGB = "rgb"
    RED = "red"
    GREEN = "green"
    BLUE = "blue"
    LUMINANCE = "luminance"


GAINS = (1, 2, 4, 8, 16, 32)
"""Factors by which a difference is made visible."""
LOUPE_SCALES = (1, 2, 4, 8)
"""Device pixels for one image pixel under the loupe."""


@dataclass(frozen=True, slots=True)
class Look:
    """Everything about the view that is kept when the program ends; `across` lays the divider level.

    `histogram_log` counts logarithmically; `histogram_visible` counts only what is seen.
    """

    mode: Mode = Mode.SPLIT
    across: bool = False
    difference: Difference = Difference.ABSOLUTE
    gain: int = 4
    ground: Ground = Ground.GREY
    shadows: bool = False
    highlights: bool = False
    values: bool = True
    loupe: bool = False
    loupe_scale: int = 4
    minimap: bool = True
    histogram: bool = False
    histogram_log: bool = False
    histogram_visible: bool = False
    histogram_channel: Channel = Channel.RGB

    def stepped_gain(self, steps: int) -> Look:
        """The next larger (1) or smaller (-1) gain, as far as there is one."""
        index = GAINS.index(self.gain) + steps
        return replace(self, gain=GAINS[min(max(index, 0), len(GAINS) - 1)])

    def next_difference(self) -> Look:
        return replace(self, difference=_next(self.difference))

    def next_ground(self) -> Look:
        return replace(self, ground=_next(self.ground))

    def next_loupe_scale(self) -> Look:
        index = LOUPE_SCALES.index(self.loupe_scale) + 1
        return replace(self, loupe_scale=LOUPE_SCALES[index % len(LOUPE_SCALES)])

    def to_dict(self) -> dict[str, Any]:
        """For a settings file: plain words, numbers and truth values."""
        return {name: str(value) if isinstance(value, StrEnum) else value for name, value in asdict(self).items()}

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Look:
        """From what `to_dict` made; whatever is unknown or cannot be used is as it is at first."""
        look = cls()
        for name, value in stored.items():
            if name in cls.__dataclass_fields__:
                look = _with(look, name, value)
        return look


def _with(look: Look, name: str, value: Any) -> Look:
    kind = type(getattr(look, name))
    allowed = {"gain": GAINS, "loupe_scale": LOUPE_SCALES}.get(name)
    try:
        usable = value in tuple(kind) if issubclass(kind, StrEnum) else type(value) is kind
    except TypeError:
        usable = False
    if not usable or (allowed and value not in allowed):
        return look
    return replace(look, **{name: kind(value)})


def _next(value: E) -> E:
    members = list(type(value))
    return members[(members.index(value) + 1) % len(members)]
