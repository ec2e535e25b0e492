"""An endless stream of training crops.

Motion blur is the costly step.  Blurred scenes are therefore kept in a pool; each is exposed several times, with
another crop, exposure, colour distortion and noise every time, before it is replaced.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import IterableDataset

from lsd2.training.config import MIXES
from lsd2.training.photos import PhotoSet, load_photo, random_crop
from lsd2.training.pool import drawn, stream_rng
from lsd2.training.shake import Shaker, read_recordings
from lsd2.training.synthesis.pair import RECIPES, Recipe, Scene, Triplet, make_scene, make_triplet


@dataclass(frozen=True, slots=True)
class StreamConfig:
    """What the stream is made of.

    Attributes
    ----------
    mix : name of a recipe and its share, for each recipe used.
    crop : side of a training crop, pixels.
    scene : side of a blurred scene, pixels; crops are cut from it.
    pool : number of scenes kept.
    uses : how often a scene is exposed before it is replaced.
    scenes_per_photo : scenes cut from a photo each time it is decoded.
    recorded : share of scenes shaken by the recordings rather than by the simulator, where there are recordings.
    """

    mix: tuple[tuple[str, float], ...] = MIXES["mixed"]
    crop: int = 128
    scene: int = 192
    pool: int = 384
    uses: int = 4
    scenes_per_photo: int = 2
    recorded: float = 0.6

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """The config that a checkpoint holds; its mix may have become lists."""
        return cls(**{**values, "mix": tuple((str(name), float(share)) for name, share in values["mix"])})


class TripletStream(IterableDataset[Tensor]):
    """Yields uint8 tensors (9, crop, crop): [long RGB, short RGB, sharp RGB], gamma-encoded."""

    def __init__(self, photos: PhotoSet, gyro_files: tuple[Path, ...], config: StreamConfig, seed: int) -> None:
        super().__init__()
        self._photos, self._gyro_files, self._config, self._seed = photos, gyro_files, config, seed

    def __iter__(self) -> Iterator[Tensor]:
        rng = stream_rng(self._seed)
        for triplet in triplets(self._photos, self._gyro_files, self._config, rng):
            planes = np.concatenate([triplet.long, triplet.short, triplet.sharp], axis=2)
            yield torch.from_numpy(np.ascontiguousarray(planes.transpose(2, 0, 1)))


def triplets(
    photos: PhotoSet, gyro_files: tuple[Path, ...], config: StreamConfig, rng: np.random.Generator
) -> Iterator[Triplet]:
    """The endless stream, as arrays."""
    source = _scenes(photos, Shaker(read_recordings(gyro_files), config.recorded), config, rng)
    for recipe, scene in drawn(source, config.pool, config.uses, rng):
        yield make_triplet(_cut(scene, config.crop, rng), recipe, rng)


def _scenes(
    photos: PhotoSet, shaker: Shaker, config: StreamConfig, rng: np.random.Generator
) -> Iterator[tuple[Recipe, Scene]]:
    names, shares = zip(*config.mix, strict=True)
    probabilities = np.asarray(shares) / np.sum(shares)
    while True:
        image = load_photo(photos.draw(rng))
        for _ in range(config.scenes_per_photo):
            recipe = RECIPES[names[int(rng.choice(len(names), p=probabilities))]]
            crop = random_crop(image, config.scene, config.scene, rng)
            scene = make_scene(crop, shaker.draw(rng), recipe, rng)
            yield recipe, Scene(scene.sharp.astype(np.float16), scene.blurred.astype(np.float16))


def _cut(scene: Scene, size: int, rng: np.random.Generator) -> Scene:
    top, left = (int(rng.integers(0, side - size + 1)) for side in scene.sharp.shape[:2])
    window = (slice(top, top + size), slice(left, left + size))
    return Scene(scene.sharp[window].astype(np.float32), scene.blurred[window].astype(np.float32))
