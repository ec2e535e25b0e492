"""Triplets written to a folder, named as the paper's authors name theirs."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from lsd2.errors import PhotoWriteError
from lsd2.io.atomic import write_atomically
from lsd2.training.photos import find_photos, load_photo, random_crop, weigh
from lsd2.training.shake import Shaker, read_recordings
from lsd2.training.synthesis.pair import RECIPES, Triplet, make_scene, make_triplet


def write_triplets(
    images: Path, target: Path, number: int, seed: int, size: tuple[int, int], recipe: str, gyro: tuple[Path, ...]
) -> int:
    """Make `number` triplets of `size` (width, height); returns how many were written.

    Raises
    ------
    TrainingError
        When there are no photos.
    PhotoWriteError
        When the folder cannot be made, or holds such triplets already.
    """
    photos = weigh(find_photos(images))
    shaker = Shaker(read_recordings(gyro), recorded=1.0)
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PhotoWriteError(f"{target} cannot be made a folder ({error.strerror}); choose another one") from error
    for index in range(number):
        rng = np.random.default_rng([seed, index])
        crop = random_crop(load_photo(photos.draw(rng)), size[1], size[0], rng)
        scene = make_scene(crop, shaker.draw(rng), RECIPES[recipe], rng)
        _write(make_triplet(scene, RECIPES[recipe], rng), target, index)
    return number


def _write(triplet: Triplet, target: Path, index: int) -> None:
    for role in ("short", "long", "sharp"):
        pixels = cv2.cvtColor(getattr(triplet, role), cv2.COLOR_RGB2BGR)
        _, data = cv2.imencode(".png", pixels)
        write_atomically(target / f"{index:08d}_{role}.png", data.tobytes(), overwrite=False)
