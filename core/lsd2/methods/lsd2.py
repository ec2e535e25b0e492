"""LSD2: joint denoising and deblurring by the network of Mustaniemi et al., BMVC 2020."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from lsd2.imaging.coarse import (
    SECOND_LOOK_LEVELS,
    behind,
    coarse_levels,
    doubled,
    halved,
    possible_levels,
    second_share,
)
from lsd2.imaging.exposure_gap import Gap, exposure_gap
from lsd2.imaging.moved import NOWHERE, MovedAreas, find_moved
from lsd2.imaging.tiling import ReadTile
from lsd2.methods.base import MethodInfo, MethodOutput, PreparedPair
from lsd2.methods.classical_look import ClassicalLook, Sample, judge
from lsd2.methods.denoised_base import better_base, denoised, denoiser_told
from lsd2.methods.joining import Frames, HalfImage, Joiner, around_part, look_again, ready_joiner
from lsd2.methods.network import run_network, unet_footprint
from lsd2.networks.engine import Engine
from lsd2.networks.looks import MIRRORED, Turn, Turned, TwoLooks
from lsd2.networks.predictor import stacked
from lsd2.options import Effort, ProcessOptions
from lsd2.parts import Moved, part_around
from lsd2.photo import Crop, FloatImage
from lsd2.progress import Portion, Progress, Stage, Unseen

FUSING = 0.4
"""Share of the whole time that the network's looks take, about, where a classical one follows."""
WITH_DENOISER = 0.15, 0.8
"""The same where FDnCNN is run before that; and at which share that ends."""
HALF_TURN: tuple[Turn, ...] = ((-1, -1),)


class Lsd2:
    """The method behind the protocol of `methods.base`."""

    def __init__(self, info: MethodInfo) -> None:
        self.info = info

    def run(self, pair: PreparedPair, options: ProcessOptions, progress: Progress) -> MethodOutput:
        """Fuse a prepared pair into a picture with the long frame's exposure and the short frame's geometry."""
        if not self.info.has_efforts:
            options = replace(options, effort=Effort.QUICK)
        gap = exposure_gap(pair.brightness)
        whole = pair.whole.short.shape
        levels = coarse_levels(pair.blur_px, whole[0], whole[1])
        looks = Looks(levels)
        if options.effort is not Effort.QUICK:
            key = ("looks", options.model, options.device, options.effort)
            judging = _Fusing(self.info, options, Unseen(progress))
            looks = pair.remember(key, lambda: judging.judged(pair, gap, levels))
        moved = self._moved(pair, progress)
        short, long = gap.apply(pair.short), moved.filled(pair.long, pair.whole.short, pair.place)
        classical, (fusing, denoising) = looks.classical, looks.ends
        kept = around_part(pair.kept, short) if classical else pair.kept
        output = _Fusing(self.info, options, Portion(progress, 0.0, fusing)).fused(long, short, looks, kept)
        if classical:
            base: FloatImage | HalfImage = short
            if classical.removed:
                part = Portion(progress, fusing, denoising)
                base = denoised(short, classical.removed, options, part, kept).astype(np.float16)
            frames = Frames(long, short, base, moved.seen_from(pair.place))
            last = Portion(progress, denoising, 1.0)
            look_again(output.pixels, frames, classical, looks.joiner, options, last, kept)
        parameters = {**output.parameters, **looks.to_dict(), "moved": round(moved.share, 4)}
        notes = (note for note in (gap.note, *looks.notes, moved.note) if note)
        return replace(output, parameters=parameters, notes=(*output.notes, *notes))

    def _moved(self, pair: PreparedPair, progress: Progress) -> MovedAreas:
        """Where something moved; the paper's own network is shown as it deals with that."""
        if not self.info.has_efforts:
            return NOWHERE
        told = partial(progress.report, Stage.PROCESS, 0, 1)
        return pair.remember("moved", lambda: find_moved(pair.whole.short, pair.whole.long_at, pair.blur_px, told))


@dataclass(frozen=True, slots=True)
class Looks:
    """How a pair is looked at, judged by samples of it.

    Attributes
    ----------
    levels : copies of half the size that are fused first.
    mirrored : share of a mirrored look, by way of such a copy, in the mean with the plain one; in [0, 0.5].
    classical : what the classical look needs; None where it is no gain.
    joiner : the network that makes one picture of both; None where the mean is taken.
    notes : for the user, of what could not be had.
    """

    levels: int = 0
    mirrored: float = 0.0
    classical: ClassicalLook | None = None
    joiner: Joiner | None = None
    notes: tuple[str, ...] = ()

    @property
    def ends(self) -> tuple[float, float]:
        """Shares of the whole time at which the network's looks end, and what FDnCNN does after them."""
        if self.classical is None:
            return 1.0, 1.0
        return WITH_DENOISER if self.classical.removed else (FUSING, FUSING)

    def to_dict(self) -> dict[str, Any]:
        """Plain values for the result's parameters."""
        share, removed = (self.classical.share, self.classical.removed) if self.classical else (0.0, 0.0)
        shares = {"mirrored_look": round(self.mirrored, 3), "classical_look": round(share, 3)}
        told: dict[str, Any] = {"coarse_levels": self.levels, **shares, "denoised_sigma": round(255 * removed, 2)}
        if removed:
            told["denoiser"] = denoiser_told()
        if self.joiner:
            told["joiner"] = asdict(self.joiner.model)
        return told


@dataclass(frozen=True, slots=True)
class _Fusing:
    """One run; frames are display images (H, W, 3) of one size, the short one within the range that was trained.

    Of what it makes only the part `kept` is looked at; the network sees no more around that than it needs.
    """

    info: MethodInfo
    options: ProcessOptions
    progress: Progress

    def fused(self, long: FloatImage, short: FloatImage, looks: Looks, kept: Crop | None) -> MethodOutput:
        """By the network."""
        if looks.mirrored:
            return self.twice(long, short, looks.mirrored, kept)
        return self.once(long, short, looks.levels, kept=kept)

    def once(
        self,
        long: FloatImage,
        short: FloatImage,
        levels: int = 0,
        turns: tuple[Turn, ...] = (),
        kept: Crop | None = None,
    ) -> MethodOutput:
        """Fuse copies of half the size first, as often as `levels` says; see `imaging.coarse`.

        The network sees them turned over as `turns` say, or once as they are.
        """
        area = self._around(kept, short)
        if levels:
            long_tiles = self.stand_in(long, short, levels, turns, area)
            read = _beside(long_tiles, stacked(short))
        else:
            read = stacked(long, short)
        return self._network(read, short, area, partial(Turned, turns=turns) if turns else None)

    def twice(self, long: FloatImage, short: FloatImage, share: float, kept: Crop | None) -> MethodOutput:
        """The mean of ordinary looks at the frames and mirrored ones by way of copies of half the size."""
        area = self._around(kept, short)
        read = _beside(stacked(long, short), self.stand_in(long, short, SECOND_LOOK_LEVELS, MIRRORED, area))
        return self._network(read, short, area, partial(TwoLooks, share=share))

    def stand_in(
        self, long: FloatImage, short: FloatImage, levels: int, turns: tuple[Turn, ...], area: Crop | None
    ) -> ReadTile:
        """What takes the long frame's place in an area after copies of half the size have been fused."""
        unseen, long, short = replace(self, progress=Unseen(self.progress)), halved(long), halved(short)
        kept = behind(area, short.shape[0], short.shape[1]) if area else None
        return doubled(unseen.once(long, short, levels - 1, turns, kept).pixels)

    def judged(self, pair: PreparedPair, gap: Gap, levels: int) -> Looks:
        """How to look at a pair: its samples are looked at in every way.

        One that is fused from coarse to fine has no mirrored look, which comes by such a way itself.
        """
        frames = [(sample.long, gap.apply(sample.short)) for sample in pair.samples]
        fused = [self.once(long, short, levels).pixels for long, short in frames]
        size, mirrored, best = pair.whole.short.shape, 0.0, self.options.effort is Effort.BEST
        if best and not levels and possible_levels(size[0], size[1]):
            mirrored, fused = self._judged_mirrored(frames, fused)
        samples = [Sample(long, short, one) for (long, short), one in zip(frames, fused, strict=True)]
        look, joiner, notes = judge(samples, pair.blur_px), None, []
        if look:
            joiner, note = ready_joiner(self.options)
            notes.append(note)
        if look and (mirrored or (best and levels)):
            look, note = better_base(samples, pair.blur_px, look, self.options, self.progress)
            notes.append(note)
        return Looks(levels, mirrored, look, joiner, tuple(note for note in notes if note))

    def _judged_mirrored(
        self, frames: list[tuple[FloatImage, FloatImage]], fused: list[FloatImage]
    ) -> tuple[float, list[FloatImage]]:
        """Of samples (long, short) and what is fused of them: the mirrored look's share, and what `twice` makes."""
        others = [self.once(long, short, SECOND_LOOK_LEVELS, MIRRORED).pixels for long, short in frames]
        long = np.concatenate([long for long, _ in frames])
        share = second_share(long, np.concatenate(fused), np.concatenate(others))
        if not share:
            return share, fused
        turned = [self.once(long, short, turns=HALF_TURN).pixels for long, short in frames]
        half, weight = np.float32(0.5), np.float32(share)
        means = [half * (one + other) for one, other in zip(fused, turned, strict=True)]
        return share, [np.asarray(a + weight * (b - a), np.float32) for a, b in zip(means, others, strict=True)]

    def _around(self, kept: Crop | None, short: FloatImage) -> Crop | None:
        """What the network has to see."""
        reach = self.info.reach
        return part_around(kept, reach.context, reach.grid, short.shape[1], short.shape[0]) if kept and reach else None

    def _network(
        self,
        read: ReadTile,
        short: FloatImage,
        area: Crop | None,
        through: Callable[[Engine], Engine] | None,
    ) -> MethodOutput:
        """The network's picture; black outside the area."""
        area = area or Crop(0, 0, short.shape[1], short.shape[0])
        there, told = _moved(read, area), Moved(self.progress, area)
        size = area.height, area.width
        output = run_network(self.info.name, unet_footprint, there, size, self.options, told, through)
        if output.pixels.shape == short.shape:
            return output
        pixels = np.zeros_like(short)
        pixels[area.rows, area.columns] = output.pixels
        return replace(output, pixels=pixels)


def _moved(read: ReadTile, area: Crop) -> ReadTile:
    """A `ReadTile` of an area of what another one reads."""
    return lambda top, left, height, width: read(top + area.y, left + area.x, height, width)


def _beside(*reads: ReadTile) -> ReadTile:
    """A `ReadTile` of several, stacked along the channels."""

    def read(top: int, left: int, height: int, width: int) -> FloatImage:
        return np.concatenate([one(top, left, height, width) for one in reads], axis=2)

    return read
