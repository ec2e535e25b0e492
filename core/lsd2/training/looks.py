"""An endless stream of pairs that have been looked at, for the network that joins two looks.

The pairs are those that LSD2 learns from; they are fused by the weights that the program has, and looked at again in
the classical way.  That takes much longer than a crop takes to learn from, so every scene serves several times.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from torch import Tensor
from torch.utils.data import IterableDataset

from lsd2.imaging.align import measure_blur
from lsd2.methods.base import PreparedPair
from lsd2.methods.classical_look import Sample, judge
from lsd2.methods.joining import planes
from lsd2.methods.registry import get_method
from lsd2.networks.manifest import find_model
from lsd2.networks.unet import UNet
from lsd2.networks.unet_config import FAST
from lsd2.options import Effort, ProcessOptions
from lsd2.photo import FloatImage
from lsd2.progress import Silent
from lsd2.training.config import MIXES
from lsd2.training.dataset import StreamConfig, triplets
from lsd2.training.photos import PhotoSet, flip
from lsd2.training.pool import drawn, stream_rng
from lsd2.training.synthesis.pair import Triplet, to_u8


@dataclass(frozen=True, slots=True)
class LookConfig:
    """What the stream is made of.

    Attributes
    ----------
    mix : name of a recipe and its share, for each recipe used.
    crop : side of a training crop, pixels.
    scene : side of what is looked at as a whole, pixels: a kernel wants to be seen from several edges.
    pool : number of scenes kept.
    uses : how many crops are served for every scene that is replaced.
    """

    mix: tuple[tuple[str, float], ...] = MIXES["mixed"]
    crop: int = 128
    scene: int = 288
    pool: int = 512
    uses: int = 12

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """The config that a checkpoint holds; its mix may have become lists."""
        return cls(**{**values, "mix": tuple((str(name), float(share)) for name, share in values["mix"])})


class LookStream(IterableDataset[Tensor]):
    """Yields uint8 tensors (21, crop, crop): the planes of `methods.joining` and the sharp frame, gamma-encoded."""

    def __init__(self, photos: PhotoSet, gyro_files: tuple[Path, ...], config: LookConfig, seed: int) -> None:
        super().__init__()
        self._photos, self._gyro_files, self._config, self._seed = photos, gyro_files, config, seed

    def __iter__(self) -> Iterator[Tensor]:
        rng = stream_rng(self._seed)
        for scene in drawn(self._scenes(rng), self._config.pool, self._config.uses, rng):
            crop = flip(_cut(scene, self._config.crop, rng), rng)
            yield torch.from_numpy(np.ascontiguousarray(crop.transpose(2, 0, 1)))

    def _scenes(self, rng: np.random.Generator) -> Iterator[NDArray[np.uint8]]:
        side = self._config.scene
        pairs = StreamConfig(mix=self._config.mix, crop=side, scene=side, pool=8, uses=1)
        for triplet in triplets(self._photos, self._gyro_files, pairs, rng):
            seen = looked_at(triplet)
            if seen is not None:
                yield seen


@torch.no_grad()
def start_as_lsd2(network: UNet) -> None:
    """Let an untrained joining network begin with what LSD2's own has learnt, as far down as it goes.

    It then sees a pair as that one does, with the mean of both looks in the long frame's place, and none of the rest.
    """
    known = load_file(find_model("lsd2", None).path)
    deeper = len(FAST.widths) - len(network.config.widths)
    for name, weight in network.state_dict().items():
        part, place, *rest = name.split(".")
        upwards = part in ("up", "decoder")
        theirs = known[".".join((part, str(int(place) + deeper), *rest)) if upwards else name]
        if name == "encoder.0.0.weight":
            frame = theirs.shape[1] // 2
            weight.zero_()
            weight[:, :frame], weight[:, -frame:] = theirs[:, :frame], theirs[:, frame:]
        else:
            weight.copy_(theirs)


def looked_at(triplet: Triplet) -> NDArray[np.uint8] | None:
    """The stream's planes (H, W, 21) of a pair; None where the program would take no classical look."""
    long, short = (_display(frame) for frame in (triplet.long, triplet.short))
    blur = measure_blur(short, long, lambda: None)
    pair = PreparedPair(short, long, blur_px=blur)
    fused = get_method("lsd2").run(pair, ProcessOptions(effort=Effort.QUICK), Silent()).pixels
    look = judge([Sample(long, short, fused)], blur)
    if look is None:
        return None
    views = look.views(long, short, fused, np.zeros((*long.shape[:2], 1), np.float32))
    return np.concatenate([to_u8(np.clip(planes(views, fused, long, short), 0, 1)), triplet.sharp], axis=2)


def _display(frame: NDArray[np.uint8]) -> FloatImage:
    return frame.astype(np.float32) / np.float32(255)


def _cut(planes: NDArray[np.uint8], size: int, rng: np.random.Generator) -> NDArray[np.uint8]:
    top, left = (int(rng.integers(0, side - size + 1)) for side in planes.shape[:2])
    return planes[top : top + size, left : left + size]
