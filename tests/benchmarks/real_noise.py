"""Triplets of real camera noise: what networks that learnt from synthetic noise make of it.

    python tests/benchmarks/real_noise.py FOLDER OUT
    lsd2 evaluate OUT --methods long,bm3d,fdncnn,lsd2-synth,lsd2 --effort quick

FOLDER holds <name>_real and <name>_mean photos of a scene that stands still: one exposure, and the mean of many.  The
one is the short frame; the long one is the mean, blurred by a simulated shake of a hand, and the mean is the truth.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from lsd2.io.read import read_photo
from lsd2.training.synthesis import exposure
from lsd2.training.synthesis.gyro import simulate_gyro
from lsd2.training.synthesis.motion import Camera, Exposure, blur, integrate
from lsd2.training.synthesis.pair import to_u8

SECONDS = (0.1, 0.3)
SHAKE = (0.8, 1.8)
FRAME = (1920, 1080)


def shaken(mean: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32]:
    """A display image (H, W, 3) as a shaking camera shows it in the middle of its frame."""
    rotations, camera = integrate(simulate_gyro(rng, level=float(rng.uniform(*SHAKE)))), Camera.nvidia_shield(*FRAME)
    seconds = float(rng.uniform(*SECONDS))
    start = float(rng.uniform(rotations.times[0], rotations.times[-1] - seconds - camera.readout))
    origin = (FRAME[0] - mean.shape[1]) // 2, (FRAME[1] - mean.shape[0]) // 2
    light = blur(exposure.to_linear(mean), rotations, camera, Exposure(start, seconds), origin)
    return exposure.to_display(light)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every Nth scene")
    parsed = parser.parse_args()
    parsed.out.mkdir(parents=True)
    for index, real in enumerate(sorted(parsed.folder.glob("*_real.*"))[:: parsed.every]):
        mean = read_photo(next(parsed.folder.glob(f"{real.stem.removesuffix('_real')}_mean.*"))).pixels
        long = shaken(mean, np.random.default_rng([7, index]))
        frames = {"short": read_photo(real).pixels, "long": long, "sharp": mean}
        for role, pixels in frames.items():
            Image.fromarray(to_u8(pixels)).save(parsed.out / f"{index:03d}_{role}.png")


if __name__ == "__main__":
    main()
