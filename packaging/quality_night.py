"""The panel of night scenes: rendered streets with lamps and signs, shot short and long by cameras that shake."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from quality_store import Store, source_of
from quality_tables import Row, Subject, say, with_reference

from lsd2.comparison.compose import Scene as Shown
from lsd2.comparison.compose import pick_crops
from lsd2.comparison.page import Page
from lsd2.comparison.raster import paint
from lsd2.comparison.rows import Compared
from lsd2.photo import Crop, ExposurePair, Photo
from lsd2.training.synthesis.gyro import simulate_gyro
from lsd2.training.synthesis.motion import Camera, Exposure, blur, integrate
from lsd2.training.synthesis.night.scene import render_night_scene
from lsd2.training.synthesis.pair import REALISTIC, Scene, Triplet, make_triplet

SIZE = (1600, 1200)
FIRST_SEED = 101
METHODS = ("short", "long", "bm3d", "fdncnn", "lsd2")
"""Each with its first network: the panel has one column for each."""
RECIPE = replace(REALISTIC, scale=(0.9, 1.3), dark=(0.0, (1.0, 1.0)), noise_free=0.0)
"""The cameras of the training, with exposures that suit a lit street."""
SHAKE, SECONDS, MOVED = (0.8, 1.8), (0.1, 0.33), 4.0
"""Ranges of the level of shake and of the long exposure, s; standard deviation of the movement in between, pixels."""
OBJECTS = "lsd2.training.synthesis.pair", "lsd2.training.synthesis.night.scene"
THUMBNAIL, SIDE, GAP, LINE = (200, 150), 144, 6, 26
QUALITY = 66
LETTERS = 17
WHITE = 250
PART = """## Night scenes

{number} streets at night with signs and with lamps far beyond white, rendered by `training/synthesis/night` at
{width}x{height}, each exposed long by a shaking hand and short with a camera's noise (`packaging/quality_night.py`). No
network was trained on them.
{tables}
![All night scenes by all methods](images/quality_night.jpg)

At 100 %: for every method the place where the methods differ most, and the brightest lamp.

![Parts of the night scenes at 100 %](images/quality_night_crops.jpg)
"""


def make_night(seed: int) -> Triplet:
    """The short, long and sharp frame of one street."""
    rng = np.random.default_rng([41, seed])
    sharp = render_night_scene(*SIZE, seed)
    rotations, camera = integrate(simulate_gyro(rng, level=float(rng.uniform(*SHAKE)))), Camera.nvidia_shield(*SIZE)
    seconds = float(rng.uniform(*SECONDS))
    start = float(rng.uniform(rotations.times[0], rotations.times[-1] - seconds - camera.readout))
    moved = rng.normal(0, MOVED, 2)
    offset = float(moved[0]), float(moved[1])
    blurred = blur(sharp, rotations, camera, Exposure(start, seconds), offset=offset)
    return make_triplet(Scene(sharp, blurred), RECIPE, rng)


def night_part(rows: Sequence[Row], number: int, store: Store) -> tuple[str, dict[str, bytes]]:
    """The section of the page, and its pictures by name."""
    chosen = [next(row for row in rows if row.options.method == name) for name in METHODS if _has(rows, name)]
    results, panel = [], _Panel([row.label.split(" (")[0] for row in chosen])
    for seed in range(FIRST_SEED, FIRST_SEED + number):
        say(f"night scene {seed}")
        recipe = ["night", seed, SIZE, RECIPE, SHAKE, SECONDS, MOVED]
        triplet = store.get(recipe, source_of(*OBJECTS), lambda seed=seed: make_night(seed))
        short, long, sharp = (Photo(_display(getattr(triplet, role))) for role in ("short", "long", "sharp"))
        subject = Subject(recipe, lambda short=short, long=long: ExposurePair(short, long), lambda sharp=sharp: sharp)
        results.append(subject.measured(chosen, store))
        panel.add(Shown(short, long, subject.prepared.pair.short, subject.prepared.pair.long, sharp), results[-1])
    names = [f"street {seed}" for seed in range(FIRST_SEED, FIRST_SEED + number)]
    text = PART.format(
        number=number, width=SIZE[0], height=SIZE[1], tables="\n" + with_reference(names, chosen, results)
    )
    return text, {"quality_night.jpg": panel.overview(), "quality_night_crops.jpg": panel.details()}


def _has(rows: Sequence[Row], name: str) -> bool:
    return any(row.options.method == name for row in rows)


def _display(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    return pixels.astype(np.float32) / np.float32(255)


class _Panel:
    """One line per scene, one column per method and one for the truth."""

    def __init__(self, labels: list[str]) -> None:
        self._labels = [*labels, "Sharp"]
        self._thumbnails: list[list[NDArray[np.uint8]]] = []
        self._crops: list[list[NDArray[np.uint8]]] = []

    def add(self, scene: Shown, rows: Sequence[Compared]) -> None:
        assert scene.reference is not None
        pictures = [_eight_bit(row.as_display()) for row in rows] + [_eight_bit(scene.reference.pixels)]
        self._thumbnails.append([cv2.resize(each, THUMBNAIL, interpolation=cv2.INTER_AREA) for each in pictures])
        places = [_around(pick_crops(scene, rows)[0], scene), brightest_lamp(pictures[-1])]
        self._crops.append(
            [np.concatenate([each[place.rows, place.columns] for place in places], axis=1) for each in pictures]
        )

    def overview(self) -> bytes:
        """All scenes, small."""
        return _encode(self._labels, self._thumbnails)

    def details(self) -> bytes:
        """Parts of all scenes, pixel by pixel."""
        return _encode(self._labels, self._crops)


def _around(crop: Crop, scene: Shown) -> Crop:
    """The middle of a crop, in this panel's size."""
    height, width = scene.prepared_short.shape[:2]
    x, y = (int(start + (length - SIDE) // 2) for start, length in ((crop.x, crop.width), (crop.y, crop.height)))
    return Crop(min(max(x, 0), width - SIDE), min(max(y, 0), height - SIDE), SIDE, SIDE)


def brightest_lamp(sharp: NDArray[np.uint8]) -> Crop:
    """Where clipped pixels are closest together, the lamp in the middle; `sharp` is (H, W, 3)."""
    clipped = (sharp.min(axis=2) >= WHITE).astype(np.float32)
    density = cv2.GaussianBlur(clipped, (0, 0), SIDE / 10)
    half = SIDE // 2
    y, x = np.unravel_index(int(density[half:-half, half:-half].argmax()), density[half:-half, half:-half].shape)
    return Crop(int(x), int(y), SIDE, SIDE)


def _eight_bit(display: NDArray[np.float32]) -> NDArray[np.uint8]:
    return np.asarray(np.rint(display * 255), np.uint8)


def _encode(labels: Sequence[str], lines: Sequence[Sequence[NDArray[np.uint8]]]) -> bytes:
    height, width = lines[0][0].shape[:2]
    page = Page(len(labels) * (width + GAP) - GAP)
    for column, label in enumerate(labels):
        page.text(column * (width + GAP), 2, label, LETTERS, width)
        for row, pictures in enumerate(lines):
            page.picture(column * (width + GAP), LINE + row * (height + GAP), width, height, pictures[column])
    page.height = LINE + len(lines) * (height + GAP) - GAP
    buffer = BytesIO()
    paint(page).save(buffer, "JPEG", quality=QUALITY, optimize=True)
    Image.open(buffer).verify()
    return buffer.getvalue()
