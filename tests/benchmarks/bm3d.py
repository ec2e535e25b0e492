"""How well and how fast BM3D removes seeded, unclipped Gaussian noise from a folder of clean images.

    python tests/benchmarks/bm3d.py FOLDER [--sigma 15 25 50] [--images N] [--workers N] [--grey]

Prints PSNR per noise level, processor and wall seconds per megapixel, and the peak memory of the process.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from lsd2.imaging.bm3d import denoise_bm3d
from lsd2.photo import FloatImage
from lsd2.progress import Silent
from lsd2.system import peak_rss_mb

SEED = 0
SUFFIXES = {".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff"}


@dataclass(frozen=True)
class Figures:
    """One image at one noise level: PSNR in dB, seconds per megapixel."""

    psnr: float
    cpu_seconds: float
    wall_seconds: float


def clean_images(folder: Path, limit: int | None, grey: bool) -> Iterator[tuple[str, FloatImage]]:
    """Names and pixels, (H, W, 3) RGB or (H, W), in [0, 1]."""
    mode = cv2.IMREAD_GRAYSCALE if grey else cv2.IMREAD_COLOR_RGB
    for path in sorted(each for each in folder.iterdir() if each.suffix.lower() in SUFFIXES)[:limit]:
        yield path.name, cv2.imread(str(path), mode).astype(np.float32) / 255


def measure(clean: FloatImage, sigma: float, workers: int | None) -> Figures:
    """Denoise one image to which noise was added."""
    noise = np.random.default_rng(SEED).standard_normal(clean.shape, dtype=np.float32)
    noisy = clean + noise * np.float32(sigma / 255)
    cpu, wall = time.process_time(), time.perf_counter()
    denoised = denoise_bm3d(noisy, sigma, Silent(), workers=workers)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    megapixels = clean.shape[0] * clean.shape[1] / 1e6
    error = float(np.square(denoised.astype(np.float64) - clean).mean())
    return Figures(-10 * float(np.log10(error)), cpu / megapixels, wall / megapixels)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sigma", type=float, nargs="+", default=[15.0, 25.0, 50.0])
    parser.add_argument("--images", type=int)
    parser.add_argument("--workers", type=int)
    parser.add_argument("--grey", action="store_true")
    arguments = parser.parse_args()
    for sigma in arguments.sigma:
        rows = []
        for name, clean in clean_images(arguments.folder, arguments.images, arguments.grey):
            rows.append(measure(clean, sigma, arguments.workers))
            print(f"{name:24s} sigma {sigma:g}  {rows[-1].psnr:6.2f} dB  {rows[-1].cpu_seconds:6.2f} s/MP", flush=True)
        psnr, cpu, wall = np.mean([(row.psnr, row.cpu_seconds, row.wall_seconds) for row in rows], axis=0)
        print(f"mean of {len(rows)}, sigma {sigma:g}: {psnr:.3f} dB, {cpu:.2f} CPU s/MP, {wall:.2f} s/MP")
    print(f"peak memory {peak_rss_mb():.0f} MB")


if __name__ == "__main__":
    main()
