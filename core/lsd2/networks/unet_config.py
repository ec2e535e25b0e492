"""The members of the LSD2 network's family; read without torch, so that every engine can plan their tiles.

References
----------
Mustaniemi et al., "LSD2 - Joint Denoising and Deblurring of Short and Long Exposure Images with CNNs", BMVC 2020,
Section 3.2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

OUT_CHANNELS = 3


@dataclass(frozen=True, slots=True)
class UNetConfig:
    """A member of the network's family.

    Attributes
    ----------
    widths : feature maps per level, the last one being the bottleneck.
    shuffle : the input is pixel-unshuffled by this factor, the output shuffled back (1: full resolution).
    residual : whether the input's first three channels are added to the output.
    in_channels : 6 for [long RGB, short RGB]; 9 for exposure fusion, [blend RGB, result RGB, short RGB]; 18 for joining
        two looks, see `methods.joining`.
    """

    widths: tuple[int, ...]
    shuffle: int = 1
    residual: bool = False
    in_channels: int = 6

    @property
    def grid(self) -> int:
        """Pixels after which the pooling grid repeats; tiles start at multiples of it."""
        return self.shuffle << (len(self.widths) - 1)

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self) | {"widths": list(self.widths)}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """The config that `to_dict` wrote."""
        return cls(**(dict(values) | {"widths": tuple(values["widths"])}))


PAPER = UNetConfig(widths=(64, 128, 256, 512, 1024))
"""The paper's network: 31,033,603 parameters, 0.737 TMAC per megapixel."""
FAST = UNetConfig(widths=(32, 64, 128, 256, 512), shuffle=2, residual=True)
"""Half the width on a 2x2 pixel-unshuffled input, with a global residual: 1/16 of the paper's cost."""
FUSION = UNetConfig(widths=(32, 48, 64, 96), shuffle=2, residual=True, in_channels=9)
"""For exposure fusion: what it learns beyond the blend it starts from is smooth.  A reconstruction, not the paper's."""
JOIN = UNetConfig(widths=(32, 64, 128, 256), shuffle=2, residual=True, in_channels=18)
"""Makes one picture of two looks at a pair and their mean, to which it adds: the upper levels of `FAST`.  Not the
paper's."""
CONFIGS = {"paper": PAPER, "fast": FAST, "fusion": FUSION, "join": JOIN}
