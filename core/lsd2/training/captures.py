"""A user's own tripod captures as training data (Section 3.2.1 of the paper).

On a tripod the long frame is as sharp as the short one, and is what the network should give.  It is blurred with
synthetic shake and, since blur averages its noise away, gets noise of its own level again; the short frame is used as
the camera made it.  So the network learns this camera's noise, colours and processing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.utils.data import IterableDataset

from lsd2.errors import TrainingError
from lsd2.imaging.align import MIN_CONFIDENCE, estimate_alignment, warp_long
from lsd2.imaging.noise import estimate_noise
from lsd2.io.naming import shown
from lsd2.io.pairing import check_pair
from lsd2.io.read_pair import read_pair
from lsd2.io.suffixes import RAW_SUFFIXES
from lsd2.progress import Silent
from lsd2.training.pool import drawn, stream_rng
from lsd2.training.shake import Shaker, read_recordings
from lsd2.training.synthesis import exposure
from lsd2.training.synthesis.pair import REALISTIC, make_scene, to_u8

BESIDE_PHOTOS = {".json", ".xmp", ".txt", ".csv", ".aae"}
"""Files that cameras and programs leave beside photos, under the same names."""
MOST_SHIFT = 8.0
"""Movement between the frames, pixels, beyond which they were not taken on a tripod."""
_NUMBER = r"([ _-]?\d+)?"
"""Behind the names of long frames, where a scene has several."""


@dataclass(frozen=True, slots=True)
class Capture:
    """One scene on a tripod: the short frame and a sharp long one."""

    short: Path
    long: Path


@dataclass(frozen=True, slots=True)
class CaptureConfig:
    """What the stream is made of; see `StreamConfig`.

    `per_photo` sub-images are cut whenever a capture is decoded.
    """

    crop: int = 128
    scene: int = 224
    pool: int = 256
    uses: int = 3
    per_photo: int = 24
    recorded: float = 0.6

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """The config that a checkpoint holds."""
        return cls(**values)


@dataclass(frozen=True, slots=True)
class _Part:
    """A sub-image: short and sharp frame uint8, the blurred long one float16 linear, and its noise (of 1, encoded)."""

    short: NDArray[np.uint8] = field(repr=False)
    sharp: NDArray[np.uint8] = field(repr=False)
    blurred: NDArray[np.float16] = field(repr=False)
    sigma: float


def find_captures(folder: Path) -> list[Capture]:
    """Every `<name>_short` with `<name>_long`, `<name>_long2`... beside it: several long exposures of one scene.

    Raw files go with raw files, others with others: a camera develops its own in another way.

    Raises
    ------
    TrainingError
        When there is none.
    """
    if not folder.is_dir():
        raise TrainingError(f"{shown(folder)} is not a folder; give a folder of <name>_short and <name>_long photos")
    photos = [path for path in sorted(folder.iterdir()) if path.is_file() and not path.name.startswith(".")]
    photos = [path for path in photos if path.suffix.lower() not in BESIDE_PHOTOS]
    captures = [
        Capture(short, long)
        for short in photos
        if short.stem.endswith("_short")
        for long in photos
        if _belong_together(short, long)
    ]
    if not captures:
        raise TrainingError(f"{shown(folder)} holds no captures; name them <name>_short and <name>_long, _long2, ...")
    return captures


def _belong_together(short: Path, long: Path) -> bool:
    scene = re.escape(short.stem.removesuffix("short"))
    named_alike = re.fullmatch(f"{scene}long{_NUMBER}", long.stem) is not None
    return named_alike and _is_raw(short) == _is_raw(long)


def _is_raw(path: Path) -> bool:
    return path.suffix.lower() in RAW_SUFFIXES


class CaptureStream(IterableDataset[Tensor]):
    """Yields uint8 tensors (9, crop, crop): [long RGB, short RGB, sharp RGB], gamma-encoded, as `TripletStream`."""

    def __init__(self, captures: list[Capture], gyro: tuple[Path, ...], config: CaptureConfig, seed: int) -> None:
        super().__init__()
        self._captures, self._gyro, self._config, self._seed = captures, gyro, config, seed

    def __iter__(self) -> Iterator[Tensor]:
        rng, config = stream_rng(self._seed), self._config
        source = self._parts(Shaker(read_recordings(self._gyro), config.recorded), rng)
        for part in drawn(source, config.pool, config.uses, rng, first=config.per_photo):
            yield _exposed(part, config.crop, rng)

    def _parts(self, shaker: Shaker, rng: np.random.Generator) -> Iterator[_Part]:
        while True:
            capture = self._captures[int(rng.integers(len(self._captures)))]
            short, sharp = read_capture(capture, self._config.scene)
            sigma = estimate_noise(sharp, Silent()).sigma / 255
            for _ in range(self._config.per_photo):
                yield _part(short, sharp, sigma, self._config.scene, shaker, rng)


def read_capture(capture: Capture, least: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The short and the long frame, display images (H, W, 3), the long one registered to the short one.

    Parameters
    ----------
    least : pixels that the shorter side must have.

    Raises
    ------
    TrainingError
        When the photos are too small, do not match, or were not taken on a tripod.
    PhotoReadError, PairError
        When one cannot be read, or they make no pair.
    """
    pair = read_pair(capture.short, capture.long)
    check_pair(pair.short, pair.long)
    short, long = pair.short.pixels, pair.long.pixels
    if min(short.shape[:2]) < least:
        raise TrainingError(f"{shown(capture.short)} is smaller than {least} pixels; give whole photos")
    report = estimate_alignment(short, long)
    if report.confidence < MIN_CONFIDENCE:
        raise TrainingError(
            f"{shown(capture.long)} has too little in common with {shown(Path(capture.short.name))} to be sure that "
            "both show one scene; take both on one tripod"
        )
    if report.shift_px > MOST_SHIFT:
        raise TrainingError(
            f"{shown(capture.long)} is {report.shift_px:.0f} pixels off {capture.short.name}; take both on one tripod"
        )
    return short, warp_long(short, long, report, Silent())


def _part(
    short: NDArray[np.float32],
    sharp: NDArray[np.float32],
    sigma: float,
    size: int,
    shaker: Shaker,
    rng: np.random.Generator,
) -> _Part:
    """A random sub-image, flipped at random, its long frame shaken."""
    top, left = (int(rng.integers(0, side - size + 1)) for side in short.shape[:2])
    both = np.concatenate([short[top : top + size, left : left + size], sharp[top : top + size, left : left + size]], 2)
    turned = np.rot90(both, int(rng.integers(4)))
    both = np.ascontiguousarray(turned[:, ::-1] if rng.random() < 0.5 else turned)
    scene = make_scene(both[..., 3:], shaker.draw(rng), REALISTIC, rng)
    return _Part(to_u8(both[..., :3]), to_u8(both[..., 3:]), scene.blurred.astype(np.float16), sigma)


def _exposed(part: _Part, size: int, rng: np.random.Generator) -> Tensor:
    """A crop with the long frame's noise renewed."""
    top, left = (int(rng.integers(0, side - size + 1)) for side in part.short.shape[:2])
    window = (slice(top, top + size), slice(left, left + size))
    long = exposure.to_display(part.blurred[window].astype(np.float32))
    long += np.float32(part.sigma) * rng.standard_normal(long.shape, dtype=np.float32)
    planes = np.concatenate([to_u8(np.clip(long, 0, 1)), part.short[window], part.sharp[window]], axis=2)
    return torch.from_numpy(np.ascontiguousarray(planes.transpose(2, 0, 1)))
