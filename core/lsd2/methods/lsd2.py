"""LSD2: joint denoising and deblurring by the network of Mustaniemi et al., BMVC 2020."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from lsd2.imaging.coarse import SECOND_LOOK_LEVELS, coarse_levels, doubled, halved, possible_levels, second_share
from lsd2.imaging.exposure_gap import exposure_gap
from lsd2.imaging.tiling import ReadTile
from lsd2.methods.base import MethodInfo, MethodOutput, PreparedPair
from lsd2.methods.network import run_network
from lsd2.networks.engine import Engine
from lsd2.networks.looks import Mirrored, TwoLooks
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
        gap = exposure_gap(pair.brightness)
        whole, fusing = pair.whole.short.shape, _Fusing(self.info.name, options, progress)
        levels = coarse_levels(pair.blur_px, whole[0], whole[1])
        share = 0.0
        if not levels and possible_levels(whole[0], whole[1]) >= SECOND_LOOK_LEVELS:
            share = fusing.second_share([(piece.long, gap.apply(piece.short)) for piece in pair.samples])
        short = gap.apply(pair.short)
        output = fusing.twice(pair.long, short, share) if share else fusing.once(pair.long, short, levels)
        made = {"coarse_levels": levels, "second_look": round(share, 3)}
        notes = (*output.notes, gap.note) if gap.note else output.notes
        return replace(output, parameters={**output.parameters, **made}, notes=notes)


@dataclass(frozen=True, slots=True)
class _Fusing:
    """One run; frames are display images (H, W, 3) of one size, the short one within the range that was trained."""

    method: str
    options: ProcessOptions
    progress: Progress

    def once(self, long: FloatImage, short: FloatImage, levels: int = 0, mirrored: bool = False) -> MethodOutput:
        """Fuse copies of half the size first, as often as `levels` says; see `imaging.coarse`."""
        if levels:
            long_tiles = self.stand_in(long, short, levels, mirrored)
            read = _beside(long_tiles, stacked(short))
        else:
            read = stacked(long, short)
        return self._network(read, short, Mirrored if mirrored else None)

    def twice(self, long: FloatImage, short: FloatImage, share: float) -> MethodOutput:
        """The mean of an ordinary look at the frames and one by way of copies of half the size."""
        read = _beside(stacked(long, short), self.stand_in(long, short, SECOND_LOOK_LEVELS, mirrored=True))
        return self._network(read, short, partial(TwoLooks, share=share))

    def stand_in(self, long: FloatImage, short: FloatImage, levels: int, mirrored: bool) -> ReadTile:
        """What takes the long frame's place after copies of half the size have been fused."""
        unseen = replace(self, progress=_Unseen(self.progress))
        return doubled(unseen.once(halved(long), halved(short), levels - 1, mirrored).pixels)

    def second_share(self, samples: list[tuple[FloatImage, FloatImage]]) -> float:
        """The share of the second look, judged by samples of the pair, (long, short)."""
        unseen = replace(self, progress=_Unseen(self.progress))
        looks = [
            (long, unseen.once(long, short).pixels, unseen.once(long, short, SECOND_LOOK_LEVELS, mirrored=True).pixels)
            for long, short in samples
        ]
        return second_share(*(np.concatenate(frames) for frames in zip(*looks, strict=True)))

    def _network(
        self, read: ReadTile, short: FloatImage, through: Callable[[Engine], Engine] | None = None
    ) -> MethodOutput:
        size = (short.shape[0], short.shape[1])
        return run_network(self.method, footprint, read, size, self.options, self.progress, through)


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
