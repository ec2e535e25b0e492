"""An endless stream of exposure pairs for the fusion network.

They are made of clean photos; and of real pairs of exposures where the folder holds them, as <name>_under and
<name>_over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.utils.data import IterableDataset

from lsd2.imaging.fusion.highlights import Transfer, fit_transfer, to_linear
from lsd2.training.photos import PhotoSet, flip, load_photo, random_crop
from lsd2.training.pool import drawn, stream_rng
from lsd2.training.shake import Shaker, read_recordings
from lsd2.training.synthesis.exposures import Exposed, FusionExample, expose, make_example

UNDER, OVER = "_under", "_over"
DARKEST = 250.0
"""Real pairs whose exposures lie further apart than this factor are no example of a short and a long frame."""


@dataclass(frozen=True, slots=True)
class ExposureConfig:
    """What the stream is made of.

    Attributes
    ----------
    crop : side of a training crop, pixels.
    scene : side of what is fused at a time, pixels: blending looks further than a crop.
    pool : crops kept, from which batches are drawn, so that no batch is of one photo.
    uses : how many crops are drawn for every one that is replaced.
    scenes_per_photo : scenes cut from a photo each time it is decoded.
    crops_per_scene : crops cut from each.
    shaken : share of scenes whose result LSD2 makes of a shaken pair.
    recorded : share of those shaken by the recordings, where there are any.
    """

    crop: int = 96
    scene: int = 168
    pool: int = 1024
    uses: int = 8
    scenes_per_photo: int = 3
    crops_per_scene: int = 2
    shaken: float = 0.55
    recorded: float = 0.6

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """The config that a checkpoint holds."""
        return cls(**values)


class ExposureStream(IterableDataset[Tensor]):
    """Yields uint8 tensors (12, crop, crop): [blend RGB, picture RGB, short RGB, target RGB], gamma-encoded."""

    def __init__(self, photos: PhotoSet, gyro_files: tuple[Path, ...], config: ExposureConfig, seed: int) -> None:
        super().__init__()
        self._photos, self._gyro_files, self._config, self._seed = photos, gyro_files, config, seed

    def __iter__(self) -> Iterator[Tensor]:
        rng = stream_rng(self._seed)
        for one in drawn(self._crops(rng), self._config.pool, self._config.uses, rng):
            crop = flip(one, rng)
            yield torch.from_numpy(np.ascontiguousarray(crop.transpose(2, 0, 1)))

    def _crops(self, rng: np.random.Generator) -> Iterator[NDArray[np.uint8]]:
        shaker = Shaker(read_recordings(self._gyro_files), self._config.recorded)
        while True:
            path = self._photos.draw(rng)
            pair = real_pair(path)
            image = None if pair else load_photo(path)
            for _ in range(self._config.scenes_per_photo):
                if pair:
                    exposed = _cut_pair(pair, self._config.scene, rng)
                elif image is not None:
                    rotations = shaker.draw(rng) if rng.random() < self._config.shaken else None
                    scene = random_crop(image, self._config.scene, self._config.scene, rng)
                    exposed = expose(scene, rng, rotations)
                planes = _stacked(make_example(exposed, rng))
                for _ in range(self._config.crops_per_scene):
                    yield _cut(planes, self._config.crop, rng)


def real_pair(path: Path) -> Exposed | None:
    """The real exposures that a photo belongs to, whole; None for other photos, and for pairs too far apart."""
    for own, other in ((UNDER, OVER), (OVER, UNDER)):
        if not path.stem.endswith(own):
            continue
        partner = path.with_name(path.stem.removesuffix(own) + other + path.suffix)
        if partner.is_file():
            dark, bright = (load_photo(file) for file in ((path, partner) if own == UNDER else (partner, path)))
            return _as_exposed(bright, dark)
    return None


def _as_exposed(bright: NDArray[np.float32], dark: NDArray[np.float32]) -> Exposed | None:
    transfer = fit_transfer(bright, dark) if bright.shape == dark.shape else None
    if transfer is None or 1 / transfer.gains.min() > DARKEST:
        return None
    return Exposed(bright, dark, Transfer(transfer.gains, transfer.offsets, 0.0), to_linear(dark))


def _cut_pair(pair: Exposed, size: int, rng: np.random.Generator) -> Exposed:
    """A part of a real pair, no larger than it is; flipped at random."""
    planes = np.concatenate([pair.bright, pair.dark, pair.radiance], axis=2)
    part = flip(_cut(planes, min(size, *planes.shape[:2]), rng), rng)
    bright, dark, radiance = (np.ascontiguousarray(part[..., first : first + 3]) for first in (0, 3, 6))
    return Exposed(bright, dark, pair.transfer, radiance)


def _stacked(example: FusionExample) -> NDArray[np.uint8]:
    return np.concatenate([example.blend, example.picture, example.short, example.target], axis=2)


def _cut(planes: NDArray[Any], size: int, rng: np.random.Generator) -> NDArray[Any]:
    top, left = (int(rng.integers(0, side - size + 1)) for side in planes.shape[:2])
    return planes[top : top + size, left : left + size]
