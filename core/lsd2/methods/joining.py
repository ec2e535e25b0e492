"""One picture of two looks at a pair: their mean, or what a small network makes of both.

Where the network's look and the classical one differ, their mean has half the errors of both.  Which of the two is to
be believed can be seen: rings beside edges are the deconvolution's, smeared texture is the network's.  A network that
is given both, what they began with, and the frames, learns to tell.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lsd2.errors import WeightsError
from lsd2.imaging import pilot
from lsd2.imaging.tiling import choose_tile, plan_tiles, run_tiled
from lsd2.imaging.yuan import quick
from lsd2.methods.classical_look import ClassicalLook, Views
from lsd2.networks.engine import Engine, ready_engine
from lsd2.networks.looks import MIRRORED, UPRIGHT, Turned
from lsd2.networks.manifest import find_model
from lsd2.networks.predictor import run_tile
from lsd2.networks.unet_config import UNetConfig
from lsd2.options import MIN_TILE, Effort, ProcessOptions
from lsd2.parts import Moved, part_around
from lsd2.photo import Crop, FloatImage, ModelIdentity
from lsd2.progress import Progress
from lsd2.system import release_freed_memory

HalfImage = NDArray[np.float16]
"""As `FloatImage`, in half precision."""
JOIN_WEIGHTS = "join"
"""What manifests call the use of these weights."""
SHARE = 0.6
"""Of the network's picture, the rest is the mean of both looks.  On pairs with cameras' noise the network alone is
0.4 dB worse than the mean, and this 0.1; on published triplets this is 0.2 dB better than the mean."""
LARGEST_TILE, LARGEST_PART = 768, 1280
"""Side of a tile of all of a photo, pixels; and of a part that is waited for, which one tile serves best."""
LARGEST_BESIDE_BASE = 512
"""The same of a photo whose denoised short frame is in memory, too."""
BYTES_PER_PIXEL = pilot.BYTES_PER_PIXEL + quick.BYTES_PER_PIXEL
"""Of a classical look; the network needs less, and comes after it."""
OVERLAP, GUARD = 2 * quick.REACH, quick.REACH // 2
CONTEXT = 64
"""Pixels around a part that decide on it visibly, as beyond the guard of a tile; parts begin at multiples of them."""


@dataclass(frozen=True, slots=True)
class Joiner:
    """The network that joins two looks.

    Attributes
    ----------
    engine : that runs it.
    grid : of its tiles, pixels.
    model : which weights these are.
    """

    engine: Engine
    grid: int
    model: ModelIdentity

    def joined(self, given: FloatImage, free: FloatImage) -> FloatImage:
        """One picture of a part, (H, W, 3), of its `planes`; `free`, (H, W, 1), says how far the fusion may be left."""
        picture = run_tile(self.engine, given, self.grid)
        mean, fused = given[..., :3], given[..., 3:6]
        picture = mean + np.float32(SHARE) * (picture - mean)
        return np.asarray(fused + free * (picture - fused), np.float32)


def planes(views: Views, fused: FloatImage, long: FloatImage, short: FloatImage) -> FloatImage:
    """What the network is given: [mean, fusion, classical picture, cleaned short frame, long frame, short frame].

    Display images (H, W, 3), together (H, W, 18); all but the short frame in the fusion's brightness.
    """
    return np.concatenate([views.mean, fused, views.picture, views.cleaned, long, short], axis=2)


def ready_joiner(options: ProcessOptions) -> tuple[Joiner | None, str | None]:
    """The network, or a note for the user why it cannot be had.

    At the best effort it sees every tile turned over in four ways.

    Raises
    ------
    DeviceError, MemoryError
        As `ready_engine`.
    """
    try:
        entry = find_model(JOIN_WEIGHTS, None)
        engine: Engine = ready_engine(entry, options.device)
    except WeightsError as error:
        return None, f"the two looks at the pair were averaged, not joined: {error}"
    if options.effort is Effort.BEST:
        engine = Turned(engine, UPRIGHT + MIRRORED)
    return Joiner(engine, UNetConfig.from_dict(entry.config).grid, ModelIdentity(entry.name, entry.sha256)), None


def around_part(kept: Crop | None, image: FloatImage) -> Crop | None:
    """What a classical look has to see for a part; None is all of the image (H, W, 3)."""
    return part_around(kept, CONTEXT, CONTEXT, image.shape[1], image.shape[0]) if kept else None


@dataclass(frozen=True, slots=True)
class Frames:
    """What is looked at again; display images (H, W, 3), the frames registered.

    Attributes
    ----------
    long, short : the short one as the fusion saw it.
    base : the short frame as the classical look wants it; a denoised one is kept in half the memory, to 0.06 of 255.
    moved : tells of a part how far the fusion has to stay as it is, (H, W, 1) in [0, 1].
    """

    long: FloatImage
    short: FloatImage
    base: FloatImage | HalfImage
    moved: Callable[[Crop], FloatImage]

    def read(self, at: Crop, fused: FloatImage) -> FloatImage:
        """A part of everything and of the fusion, (H, W, 13)."""
        frames = (frame[at.rows, at.columns] for frame in (self.long, self.base, fused, self.short))
        return np.concatenate([*frames, self.moved(at)], axis=2, dtype=np.float32)


def look_again(
    fused: FloatImage,
    frames: Frames,
    look: ClassicalLook,
    joiner: Joiner | None,
    options: ProcessOptions,
    progress: Progress,
    part: Crop | None,
) -> None:
    """Make a fusion one picture of itself and the classical look, tile by tile, in a part or all over.

    `fused` is a display image (H, W, 3); without a network, the mean is taken.
    """
    area = part or Crop(0, 0, fused.shape[1], fused.shape[0])

    def read(top: int, left: int, height: int, width: int) -> FloatImage:
        return frames.read(Crop(area.x + left, area.y + top, width, height), fused)

    def one_picture(tile: FloatImage) -> FloatImage:
        long, base, fusion, short = (np.ascontiguousarray(tile[..., first : first + 3]) for first in (0, 3, 6, 9))
        views = look.views(long, base, fusion, tile[..., 12:])
        if joiner is None:
            return views.mean
        given, free = planes(views, fusion, long, short), views.free
        del long, base, fusion, short, views
        release_freed_memory()
        return joiner.joined(given, free)

    size = area.height, area.width
    largest = LARGEST_BESIDE_BASE if look.removed else LARGEST_TILE
    if size != fused.shape[:2]:
        largest = LARGEST_PART
    grid = joiner.grid if joiner else pilot.BLOCK
    tile = choose_tile(int(options.memory_budget_gb * 1e9), BYTES_PER_PIXEL, grid, MIN_TILE, largest)
    plan = plan_tiles(*size, max(tile, 2 * OVERLAP), OVERLAP, grid, GUARD)
    fused[area.rows, area.columns] = run_tiled(read, one_picture, plan, Moved(progress, area))
    release_freed_memory()
