"""The members of FDnCNN's family; read without torch, so that every engine can plan their tiles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

KERNEL = 3
"""Side of every convolution, pixels."""


@dataclass(frozen=True, slots=True)
class FDnCNNConfig:
    """A member of the network's family.

    Attributes
    ----------
    channels : of the picture: 3 for colour, 1 for grey.
    width : feature maps between the layers.
    depth : number of 3x3 convolutions.
    """

    channels: int = 3
    width: int = 64
    depth: int = 20

    @property
    def in_channels(self) -> int:
        """The picture's channels and the map of the noise level."""
        return self.channels + 1

    @property
    def grid(self) -> int:
        """Pixels after which the network treats positions alike."""
        return 1

    @property
    def reach(self) -> int:
        """Pixels around a pixel that decide on it."""
        return self.depth * (KERNEL // 2)

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """The config that `to_dict` wrote."""
        return cls(**values)


COLOUR = FDnCNNConfig()
"""The authors' colour network: 668,803 parameters."""
GREY = FDnCNNConfig(channels=1)
"""The authors' grey network: 666,497 parameters."""
CONFIGS = {"colour": COLOUR, "grey": GREY}
