"""Denoisers measured on clean photos with noise of known strength."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np

from lsd2.errors import PhotoReadError
from lsd2.evaluation.figures import ByMethod, Report, measure, measure_all
from lsd2.io.read import read_photo
from lsd2.methods.denoising import denoise
from lsd2.methods.network import make_ready
from lsd2.methods.registry import get_denoiser, method_info
from lsd2.options import ProcessOptions
from lsd2.photo import FloatImage
from lsd2.progress import Progress


class NoiseKind(StrEnum):
    """What becomes of noisy values."""

    GAUSSIAN = "gaussian"
    """They stay as they are, beyond [0, 1] too: the noise of published tables."""
    CLIPPED = "clipped"
    """They are clipped to [0, 1] and rounded to 8 bit, as in a file."""


@dataclass(frozen=True, slots=True)
class NoiseRecipe:
    """Noise to add: `sigma` on the 0-255 scale, and a seed that is mixed with each image's name."""

    sigma: float
    kind: NoiseKind = NoiseKind.GAUSSIAN
    seed: int = 0


def add_noise(clean: FloatImage, recipe: NoiseRecipe, name: str) -> FloatImage:
    """A noisy copy of a display image (H, W, 3), the same for the same recipe and name."""
    rng = np.random.default_rng([recipe.seed, zlib.crc32(name.encode())])
    noisy = clean + np.float32(recipe.sigma / 255) * rng.standard_normal(clean.shape, np.float32)
    if recipe.kind is NoiseKind.CLIPPED:
        noisy = np.rint(noisy.clip(0, 1) * np.float32(255)) / np.float32(255)
    return np.asarray(noisy, np.float32)


def find_photos(folder: Path) -> dict[str, Path]:
    """The photos of a folder by file name, in order; hidden files are no photos.

    Raises
    ------
    PhotoReadError
        When there is none.
    """
    if not folder.is_dir():
        raise PhotoReadError(f"{folder} is not a folder; give a folder of clean photos")
    found = {path.name: path for path in sorted(folder.iterdir()) if path.is_file() and not path.name.startswith(".")}
    if not found:
        raise PhotoReadError(f"{folder} holds no photos; give a folder of clean photos")
    return found


def evaluate_photo(
    name: str, path: Path, recipe: NoiseRecipe, requests: list[ProcessOptions], progress: Progress
) -> ByMethod:
    """Figures of every requested denoiser on one photo, all on the same noisy pixels."""
    clean = read_photo(path).pixels
    noisy = add_noise(clean, recipe, name)
    figures: ByMethod = {}
    for options in requests:
        denoiser = get_denoiser(options.method)
        make_ready(method_info(options.method), options, progress)
        started = time.perf_counter()
        output = denoise(denoiser, noisy, options, progress)
        seconds = time.perf_counter() - started
        figures[options.method] = {**measure(output.pixels, clean), "seconds": seconds}
    return figures


def evaluate_denoising(
    photos: dict[str, Path],
    recipe: NoiseRecipe,
    requests: list[ProcessOptions],
    show: Callable[[str, ByMethod], None],
    progress: Progress,
) -> Report:
    """Figures per photo and their means; see `measure_all` for `show` and errors."""
    return measure_all(
        photos, lambda name: evaluate_photo(name, photos[name], recipe, requests, progress), show, "photo"
    )
