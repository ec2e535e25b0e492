"""The fusion network: makes the blend of a result and the short frame cleaner and sharper.

The paper describes a second network for exposure fusion in its Section 4.3, which is not available to us.  This one is
a reconstruction: its input, data and loss are our own (see `lsd2.training.synthesis.exposures`).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from lsd2.finishing import FUSION_WEIGHTS
from lsd2.finishing.blend import SEEN_FROM
from lsd2.imaging.tiling import ReadTile
from lsd2.methods.base import MethodOutput
from lsd2.methods.network import run_network, unet_footprint
from lsd2.networks.predictor import stacked
from lsd2.options import ProcessOptions
from lsd2.photo import FloatImage
from lsd2.progress import Progress, Stage

PACKED_WHITE = 65535
CLEAN, NOISY = 0.5 * SEEN_FROM, 1.5 * SEEN_FROM
"""Noise of the short frame up to which the blend is left as it is, and from which on the network's is taken whole."""
TILE_MEMORY_GB = 0.22
"""The small network gains nothing from larger tiles, and with the blend at hand less memory is left."""


def network_share(sigma: float) -> float:
    """How much of the network's picture is taken, in [0, 1].

    It has learnt to clean; of a pair that has nothing to be cleaned it could only take texture for noise.

    Parameters
    ----------
    sigma : of the short frame's noise, as `Transfer` has it.
    """
    return min(max((sigma - CLEAN) / (NOISY - CLEAN), 0.0), 1.0)


def pack(blend: FloatImage) -> NDArray[np.uint16]:
    """A blend (H, W, 3), clipped to [0, 1] in place, as 16-bit integers: half the memory while the network runs."""
    np.clip(blend, 0, 1, out=blend)
    packed = np.empty(blend.shape, np.uint16)
    for row, values in enumerate(blend):
        packed[row] = values * np.float32(PACKED_WHITE) + np.float32(0.5)
    return packed


def refine(
    packed: NDArray[np.uint16],
    picture: FloatImage,
    short: FloatImage,
    share: float,
    options: ProcessOptions,
    progress: Progress,
) -> MethodOutput:
    """Run the network on [blend, picture, short], (H, W, 3) each; gives a display image in [0, 1].

    `share` of it is the network's, the rest the blend's.

    Raises
    ------
    Cancelled, WeightsError, DeviceError
        As `Method.run`.
    """
    chosen = replace(
        options, model=options.fusion.model, memory_budget_gb=min(options.memory_budget_gb, TILE_MEMORY_GB)
    )
    size = (picture.shape[0], picture.shape[1])
    read = _reader(packed, stacked(picture, short))
    refined = run_network(FUSION_WEIGHTS, unet_footprint, read, size, chosen, _Finishing(progress))
    if share < 1:
        pixels = refined.pixels
        for row, blended in enumerate(packed):
            pixels[row] *= np.float32(share)
            pixels[row] += blended * np.float32((1 - share) / PACKED_WHITE)
    return refined


def _reader(packed: NDArray[np.uint16], frames: ReadTile) -> ReadTile:
    def read(top: int, left: int, height: int, width: int) -> FloatImage:
        part = packed[top : top + height, left : left + width] * np.float32(1 / PACKED_WHITE)
        return np.concatenate([part, frames(top, left, height, width)], axis=2)

    return read


class _Finishing:
    """Passes on reports as those of the finishing step."""

    def __init__(self, told: Progress) -> None:
        self._told = told

    def report(self, stage: Stage, done: int, total: int) -> None:
        self._told.report(Stage.FINISH if stage is Stage.PROCESS else stage, done, total)

    def tile(self, left: int, top: int, pixels: NDArray[np.float32]) -> None:
        self._told.tile(left, top, pixels)
