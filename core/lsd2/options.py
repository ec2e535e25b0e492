"""What a user may choose for one run: enums and one frozen dataclass, checked where it is made."""

from __future__ import annotations

from collections.abc import Mapping
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


class Device(StrEnum):
    """Where the networks run."""

    AUTO = "auto"
    CPU = "cpu"
    CUDA = "cuda"
    MPS = "mps"


@dataclass(frozen=True, slots=True)
class ProcessOptions:
    """One request.

    Attributes
    ----------
    method : name of a registered method.
    model : name of the weights; None is the method's default.
    align : register the long frame to the short one first.
    device : where networks run.
    tile : tile side in pixels; None is chosen from `memory_budget_gb`.
    memory_budget_gb : working memory in GB, beside the photos themselves.
    sigma : noise standard deviation on the 0-255 scale for the denoisers; None is estimated.

    Raises
    ------
    OptionsError
        When a value is out of its bounds.
    """

    method: str = "lsd2"
    model: str | None = None
    align: bool = True
    device: Device = Device.AUTO
    tile: int | None = None
    memory_budget_gb: float = DEFAULT_MEMORY_BUDGET_GB
    sigma: float | None = None

    def __post_init__(self) -> None:
        if self.tile is not None and not MIN_TILE <= self.tile <= MAX_TILE:
            raise OptionsError(f"the tile size must be {MIN_TILE} to {MAX_TILE} pixels, not {self.tile}")
        if not 0.1 <= self.memory_budget_gb <= 1024:
            raise OptionsError(f"the memory budget must be 0.1 to 1024 GB, not {self.memory_budget_gb}")
        if self.sigma is not None and not 0 <= self.sigma <= MAX_SIGMA:
            raise OptionsError(f"sigma must be 0 to {MAX_SIGMA:g}, not {self.sigma}")

    def to_dict(self) -> dict[str, Any]:
        """Plain values that `from_dict` and JSON take."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: str(value) if isinstance(value, StrEnum) else value for name, value in values.items()}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """The options that `to_dict` wrote; unknown names and bad values raise `OptionsError`."""
        unknown = set(values) - {field.name for field in fields(cls)}
        if unknown:
            raise OptionsError(f"unknown option: {', '.join(sorted(unknown))}")
        known = dict(values)
        try:
            if "device" in known:
                known["device"] = Device(known["device"])
        except ValueError as error:
            raise OptionsError(str(error)) from error
        return cls(**known)
