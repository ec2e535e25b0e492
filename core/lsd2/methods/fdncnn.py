"""FDnCNN, the denoising network that the paper compares with; see `lsd2.networks.fdncnn`."""

from __future__ import annotations

import numpy as np

from lsd2.methods.base import MethodOutput
from lsd2.methods.network import run_network
from lsd2.networks.fdncnn_config import FDnCNNConfig
from lsd2.networks.manifest import ModelEntry
from lsd2.networks.predictor import Footprint, stacked
from lsd2.options import ProcessOptions
from lsd2.photo import FloatImage
from lsd2.progress import Progress

MAPS = 3
"""Stacks of feature maps in memory at the peak: a layer's input, its output, and what the library rearranges."""


class Fdncnn:
    """The denoiser behind the protocol of `methods.base`."""

    def denoise(self, image: FloatImage, sigma: float, options: ProcessOptions, progress: Progress) -> MethodOutput:
        """Remove white Gaussian noise by the network, which is told its level."""
        level = np.broadcast_to(np.float32(sigma / 255), (*image.shape[:2], 1))  # takes no memory
        size = (image.shape[0], image.shape[1])
        return run_network("fdncnn", footprint, stacked(image, level), size, options, progress)


def footprint(entry: ModelEntry) -> Footprint:
    """Tile needs: what a tile's inner edge lacks of the receptive field is thrown away, so that tiling is exact."""
    config = FDnCNNConfig.from_dict(entry.config)
    return Footprint(grid=1, overlap=2 * config.reach, guard=config.reach, maps=MAPS * config.width)
