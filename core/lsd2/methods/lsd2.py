"""LSD2: joint denoising and deblurring by the network of Mustaniemi et al., BMVC 2020."""

from __future__ import annotations

from dataclasses import replace

from lsd2.imaging.exposure_gap import measure_gap
from lsd2.methods.base import MethodInfo, MethodOutput, PreparedPair
from lsd2.methods.network import run_network
from lsd2.networks.manifest import ModelEntry
from lsd2.networks.predictor import Footprint, stacked
from lsd2.networks.unet_config import UNetConfig
from lsd2.options import ProcessOptions
from lsd2.progress import Progress

OVERLAP = 96
GUARD = 32
"""Measured with trained weights: so the tiled result is within 1/255 of the untiled one; with 64 and 24 it is not."""


class Lsd2:
    """The method behind the protocol of `methods.base`."""

    def __init__(self, info: MethodInfo) -> None:
        self.info = info

    def run(self, pair: PreparedPair, options: ProcessOptions, progress: Progress) -> MethodOutput:
        """Fuse a prepared pair into a picture with the long frame's exposure and the short frame's geometry."""
        gap = measure_gap(pair.whole.short, pair.whole.long)
        short = gap.apply(pair.short)
        size = (short.shape[0], short.shape[1])
        output = run_network(self.info.name, footprint, stacked(pair.long, short), size, options, progress)
        return replace(output, notes=(*output.notes, gap.note)) if gap.note else output


def footprint(entry: ModelEntry) -> Footprint:
    """Tile needs of a member of the network's family.

    The peak is in the last decoder block: its input of two stacks of maps, its output, and what the convolution library
    rearranges; eight stacks in all with what the allocator keeps for reuse, as measured on the fast network.
    """
    config = UNetConfig.from_dict(entry.config)
    maps = 8 * config.widths[0] / config.shuffle**2
    return Footprint(config.grid, OVERLAP, GUARD, maps)
