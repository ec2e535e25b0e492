"""Runs an image-to-image network over a photo of any size: tiles, memory, edges."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np

from lsd2.errors import DeviceError
from lsd2.imaging.tiling import ReadTile, TilePlan, choose_tile, plan_tiles, run_tiled
from lsd2.networks.engine import Engine
from lsd2.options import MIN_TILE, ProcessOptions
from lsd2.photo import FloatImage
from lsd2.progress import Progress
from lsd2.system import release_freed_memory, reuse_memory

PICTURE_BYTES = 110
"""Per tile pixel: the network's input and output in float32, and their copies in other layouts."""
LARGEST_TILE = 2304
"""Beyond this a tile costs memory, cancel gets sluggish, and less than 4 % of time is won."""


@dataclass(frozen=True, slots=True)
class Footprint:
    """What a network needs of its tiles.

    Attributes
    ----------
    grid : tiles start at multiples of it, and are extended to multiples of it, pixels.
    overlap : pixels that neighbouring tiles share.
    guard : pixels at a tile's inner edges that are thrown away.
    maps : feature values per tile pixel that are in memory at the peak.
    """

    grid: int
    overlap: int
    guard: int
    maps: float


@dataclass(frozen=True, slots=True)
class Predictor:
    """A network in its engine, and what it needs of its tiles."""

    engine: Engine
    footprint: Footprint

    def predict(
        self, read: ReadTile, size: tuple[int, int], options: ProcessOptions, progress: Progress
    ) -> tuple[FloatImage, TilePlan]:
        """Run the network over a photo of `size` (height, width).

        When memory runs out, the tiles are halved, down to the smallest allowed, and the photo is begun again.

        Parameters
        ----------
        read : gives the network's input for a tile: float32 HWC in [0, 1].

        Returns
        -------
        A display image (H, W, 3), clipped to [0, 1], and the tiles that were used.

        Raises
        ------
        DeviceError
            When even the smallest tile does not fit into memory, or the network's output is not a number.
        """
        tile = options.tile or self._fitting_tile(options.memory_budget_gb)
        reuse_memory()
        while True:
            plan = plan_tiles(*size, tile, self.footprint.overlap, self.footprint.grid, self.footprint.guard)
            try:
                return run_tiled(read, self._run, plan, progress), plan
            except MemoryError as error:
                tile = self._smaller(tile, error)
            finally:
                release_freed_memory()

    def _fitting_tile(self, budget_gb: float) -> int:
        per_pixel = self.footprint.maps * self.engine.value_bytes + PICTURE_BYTES
        return choose_tile(int(budget_gb * 1e9), per_pixel, self.footprint.grid, MIN_TILE, LARGEST_TILE)

    def _run(self, tile: FloatImage) -> FloatImage:
        return run_tile(self.engine, tile, self.footprint.grid)

    def _smaller(self, tile: int, error: Exception) -> int:
        smaller = max(tile // 2, MIN_TILE)
        if smaller >= tile:
            raise DeviceError(
                f"there is too little memory on {self.engine.device} even for tiles of {tile} pixels; "
                "close other programs"
            ) from error
        self.engine.free_memory()
        return smaller


def run_tile(engine: Engine, tile: FloatImage, grid: int) -> FloatImage:
    """One tile of any size through a network, float32 HWC in and out, clipped to [0, 1].

    Raises
    ------
    DeviceError
        When the network's output is not a number.
    """
    height, width = tile.shape[:2]
    pixels = engine.run(_extended(tile, grid))[:height, :width]
    if not np.isfinite(pixels).all():
        raise DeviceError(f"the network gave no valid picture on {engine.device}; choose the device 'cpu'")
    return np.clip(pixels, 0, 1, out=pixels)


def _extended(tile: FloatImage, grid: int) -> FloatImage:
    """The tile with its last row and column repeated up to a multiple of `grid`.

    Engines then never meet a size at which a network would have to cut or fill between its levels.
    """
    down, right = -tile.shape[0] % grid, -tile.shape[1] % grid
    return np.pad(tile, ((0, down), (0, right), (0, 0)), mode="edge") if down or right else tile


def stacked(*images: FloatImage) -> Callable[[int, int, int, int], FloatImage]:
    """A `ReadTile` of several images (H, W, C) stacked along the channels, without ever stacking the whole photo."""

    channels = sum(image.shape[2] for image in images)
    in_order = [index for channel in range(channels) for index in (channel, channel)]

    def read(top: int, left: int, height: int, width: int) -> FloatImage:
        window = (slice(top, top + height), slice(left, left + width))
        tile = np.empty((height, width, channels), np.float32)
        # numpy copies such short runs of channels one by one, at twice the time
        cv2.mixChannels([image[window] for image in images], [tile], in_order)
        return tile

    return read
