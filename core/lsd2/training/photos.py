"""The clean photos that training data is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from lsd2.errors import TrainingError
from lsd2.io.naming import shown

Scalar = TypeVar("Scalar", bound=np.generic)
SUFFIXES = {".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".webp"}
DARK_BELOW = 60.0
"""Mean of 255 under which a photo counts as a night photo."""
DARK_WEIGHT = 4.0
"""How many times more often night photos are sampled: collections hold few of them."""
SMALLEST_SCALE = 0.4
"""Photos are shrunk at random down to this scale, so that the network sees fine and coarse detail."""


@dataclass(frozen=True, slots=True)
class PhotoSet:
    """Paths of clean photos, how often each is sampled (probabilities that sum to 1), and those that are unreadable."""

    paths: tuple[Path, ...]
    probabilities: NDArray[np.float64] = field(repr=False)
    left_out: tuple[Path, ...] = ()

    def draw(self, rng: np.random.Generator) -> Path:
        """A random photo's path."""
        return self.paths[int(rng.choice(len(self.paths), p=self.probabilities))]


def find_photos(folder: Path) -> list[Path]:
    """All photos in a folder and its subfolders, sorted, without hidden ones.

    Raises
    ------
    TrainingError
        When there are none.
    """
    found = sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in SUFFIXES and not _hidden(path.relative_to(folder)) and path.is_file()
    )
    if not found:
        raise TrainingError(f"{folder} holds no photos to learn from; give a folder of sharp JPEG, PNG or TIFF photos")
    return found


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def weigh(paths: list[Path]) -> PhotoSet:
    """Give night photos more weight, by the brightness of an eighth-size preview; leave out unreadable ones.

    Raises
    ------
    TrainingError
        When none can be read.
    """
    means = {path: _mean_brightness(path) for path in paths}
    readable = {path: mean for path, mean in means.items() if mean is not None}
    if not readable:
        raise TrainingError(f"none of the {len(paths)} photos can be read, {shown(paths[0])} for one; give others")
    weights = np.where(np.array(list(readable.values())) < DARK_BELOW, DARK_WEIGHT, 1.0)
    return PhotoSet(tuple(readable), weights / weights.sum(), tuple(path for path in paths if path not in readable))


def _mean_brightness(path: Path) -> float | None:
    preview = cv2.imread(str(path), cv2.IMREAD_REDUCED_GRAYSCALE_8)
    return None if preview is None else float(preview.mean())


def load_photo(path: Path) -> NDArray[np.float32]:
    """Display image (H, W, 3) float32 RGB in [0, 1].

    Raises
    ------
    TrainingError
        When the file cannot be decoded.
    """
    pixels = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if pixels is None:
        raise TrainingError(f"{path} cannot be read as a photo; remove it from the training folder")
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB), np.float32) / np.float32(255)


def random_crop(image: NDArray[np.float32], height: int, width: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """A crop at a random scale (never enlarged beyond what the crop needs), flipped at random."""
    least = max(height / image.shape[0], width / image.shape[1])
    scale = max(least, float(np.exp(rng.uniform(np.log(SMALLEST_SCALE), 0.0))))
    if scale < 0.95 or scale > 1:
        image = _resize(image, scale, (height, width))
    top = int(rng.integers(0, image.shape[0] - height + 1))
    left = int(rng.integers(0, image.shape[1] - width + 1))
    return flip(image[top : top + height, left : left + width], rng)


def _resize(image: NDArray[np.float32], scale: float, least: tuple[int, int]) -> NDArray[np.float32]:
    height, width = (max(low, round(side * scale)) for low, side in zip(least, image.shape[:2], strict=True))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.clip(cv2.resize(image, (width, height), interpolation=method), 0, 1)


def flip(image: NDArray[Scalar], rng: np.random.Generator) -> NDArray[Scalar]:
    """Flip horizontally, vertically and, if square, about the diagonal, each with probability 1/2."""
    if rng.random() < 0.5:
        image = image[:, ::-1]
    if rng.random() < 0.5:
        image = image[::-1]
    if image.shape[0] == image.shape[1] and rng.random() < 0.5:
        image = image.transpose(1, 0, 2)
    return np.ascontiguousarray(image)
