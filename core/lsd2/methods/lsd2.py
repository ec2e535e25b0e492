"""LSD2: joint denoising and deblurring by the network of Mustaniemi et al., BMVC 2020."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lsd2.imaging.coarse import coarse_levels, doubled, halved
from lsd2.imaging.exposure_gap import measure_gap
from lsd2.imaging.tiling import ReadTile
from lsd2.methods.base import MethodInfo, MethodOutput, PreparedPair
from lsd2.methods.network import run_network
from lsd2.networks.manifest import ModelEntry
from lsd2.networks.predictor import Footprint, stacked
from lsd2.networks.unet_config import UNetConfig
from lsd2.options import ProcessOptions
from lsd2.photo import FloatImage
from lsd2.progress import Progress, Stage

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
        levels = coarse_levels(pair.blur_px, pair.whole.short.shape[0], pair.whole.short.shape[1])
        output = self._fuse(pair.long, gap.apply(pair.short), levels, options, progress)
        notes = (*output.notes, gap.note) if gap.note else output.notes
        return replace(output, parameters={**output.parameters, "coarse_levels": levels}, notes=notes)

    def _fuse(
        self, long: FloatImage, short: FloatImage, levels: int, options: ProcessOptions, progress: Progress
    ) -> MethodOutput:
        """Fuse copies of half the size first, as often as `levels` says; see `imaging.coarse`."""
        read = stacked(long, short)
        if levels:
            coarse = self._fuse(halved(long), halved(short), levels - 1, options, _Unseen(progress))
            read = _beside(doubled(coarse.pixels), stacked(short))
        size = (short.shape[0], short.shape[1])
        return run_network(self.info.name, footprint, read, size, options, progress)


class _Unseen:
    """Passes on reports, for a cancel, but not the tiles of a small copy."""

    def __init__(self, told: Progress) -> None:
        self._told = told

    def report(self, stage: Stage, done: int, total: int) -> None:
        self._told.report(Stage.LOAD_MODEL if stage is Stage.LOAD_MODEL else Stage.PROCESS, 0, 1)

    def tile(self, left: int, top: int, pixels: FloatImage) -> None:
        """Of another size than the photo."""


def _beside(*reads: ReadTile) -> ReadTile:
    """A `ReadTile` of several, stacked along the channels."""

    def read(top: int, left: int, height: int, width: int) -> FloatImage:
        return np.concatenate([one(top, left, height, width) for one in reads], axis=2)

    return read


def footprint(entry: ModelEntry) -> Footprint:
    """Tile needs of a member of the network's family.

    The peak is in the last decoder block: its input of two stacks of maps, its output, and what the convolution library
    rearranges; eight stacks in all with what the allocator keeps for reuse, as measured on the fast network.
    """
    config = UNetConfig.from_dict(entry.config)
    maps = 8 * config.widths[0] / config.shuffle**2
    return Footprint(config.grid, OVERLAP, GUARD, maps)
