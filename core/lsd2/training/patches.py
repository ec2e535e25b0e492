"""An endless stream of clean patches, to which the training step adds noise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import IterableDataset

from lsd2.training.photos import PhotoSet, load_photo, random_crop
from lsd2.training.pool import stream_rng
from lsd2.training.synthesis.pair import to_u8


@dataclass(frozen=True, slots=True)
class PatchConfig:
    """What the stream is made of.

    Attributes
    ----------
    crop : side of a patch, pixels.
    pool : patches kept, from which batches are drawn, so that no batch is of one photo.
    per_photo : patches cut each time a photo is decoded.
    """

    crop: int = 64
    pool: int = 512
    per_photo: int = 8

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """The config that a checkpoint holds."""
        return cls(**values)


class PatchStream(IterableDataset[Tensor]):
    """Yields uint8 tensors (3, crop, crop): clean RGB, gamma-encoded."""

    def __init__(self, photos: PhotoSet, config: PatchConfig, seed: int) -> None:
        super().__init__()
        self._photos, self._config, self._seed = photos, config, seed

    def __iter__(self) -> Iterator[Tensor]:
        rng = stream_rng(self._seed)
        source = self._patches(rng)
        pool = [next(source) for _ in range(max(1, self._config.pool // 8))]
        while True:
            index = int(rng.integers(len(pool)))
            yield torch.from_numpy(np.ascontiguousarray(pool[index].transpose(2, 0, 1)))
            pool[index] = next(source)
            if len(pool) < self._config.pool:
                pool.append(next(source))

    def _patches(self, rng: np.random.Generator) -> Iterator[np.ndarray[Any, np.dtype[np.uint8]]]:
        size = self._config.crop
        while True:
            image = load_photo(self._photos.draw(rng))
            for _ in range(self._config.per_photo):
                yield to_u8(random_crop(image, size, size, rng))
