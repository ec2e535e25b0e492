"""What `lsd2 finetune` gains on a camera whose noise the network was not trained on.

    python tests/benchmarks/finetune_gain.py PHOTOS -o FOLDER [--gyro CSV] [--minutes 10] [--also TRIPLETS] [--rate R]

A camera is simulated whose noise differs from all of training: strong read noise, rows that are offset as a whole,
and colour noise in blotches that the channels share with opposite signs.  With it, tripod captures are made of some
of PHOTOS and hand-held triplets of others.  `lsd2 finetune` learns from the captures; the gain is measured on the
triplets, and on those of other cameras (`--also`), which the network should not forget.  Everything is left in FOLDER;
what is there already is not made again, so that another run only measures what is new.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from lsd2.evaluation.triplets import evaluate_triplet, find_triplets
from lsd2.networks.manifest import find_model
from lsd2.options import ProcessOptions
from lsd2.progress import Silent
from lsd2.training.photos import find_photos, load_photo
from lsd2.training.shake import Shaker, read_recordings
from lsd2.training.synthesis import exposure
from lsd2.training.synthesis.motion import Camera as Geometry
from lsd2.training.synthesis.motion import Exposure, blur
from lsd2.training.synthesis.noise import jpeg_round_trip
from lsd2.training.synthesis.pair import LONG_SECONDS, to_u8

NAME = "simulated"
FRAME_WIDTH = (1200.0, 3000.0)
"""Range of the width of the frames that held-out crops are cut from, pixels: trails of 5 to 30 pixels or so."""
TRIPOD_BRIGHTNESS = (0.8, 1.6)
"""Brightness of the two long exposures of a capture, of the photo's."""
LEAST_SIDE = 320
"""Photos smaller than this are left out: captures are whole photos."""

Image = NDArray[np.float32]


@dataclass(frozen=True)
class Camera:
    """A camera that no recipe of the training describes; all levels in linear light, white is 1.

    Attributes
    ----------
    dimming : how much less light the short frame gets.
    tint : of the short frame per channel (R, G, B): white balance measured anew in bad light.
    gain : variance of shot noise per unit of light of the short frame; the long one has an eighth.
    read : standard deviation of the read noise of one pixel.
    rows : standard deviation of the offset of a whole row.
    blotches : standard deviation of the colour noise, and `blotch_radius` (Gaussian sigma, pixels) of its blotches.
    """

    dimming: float = 0.1
    tint: tuple[float, float, float] = (1.25, 1.0, 0.8)
    gain: float = 0.004
    read: float = 0.006
    rows: float = 0.004
    blotches: float = 0.01
    blotch_radius: float = 3.0
    quality: int = 92

    def short(self, scene: Image, rng: np.random.Generator) -> NDArray[np.uint8]:
        """The short frame of a scene in linear light, (H, W, 3)."""
        seen = scene * np.float32(self.dimming) * np.array(self.tint, np.float32)
        return self._file(seen + self._noise(seen, 1.0, rng))

    def long(self, scene: Image, rng: np.random.Generator) -> NDArray[np.uint8]:
        """The long frame of a scene in linear light, sharp or blurred already."""
        return self._file(scene + self._noise(scene, 1 / 8, rng))

    def _noise(self, light: Image, share: float, rng: np.random.Generator) -> Image:
        """Noise of which all variances are `share` of the short frame's."""
        height, width = light.shape[:2]
        shot = np.sqrt(self.gain * np.maximum(light, 0)) * rng.standard_normal(light.shape, np.float32)
        read = self.read * rng.standard_normal(light.shape, np.float32)
        rows = self.rows * rng.standard_normal((height, 1, 1), np.float32)
        white = rng.standard_normal((height, width), np.float32)
        smooth = np.asarray(cv2.GaussianBlur(white, (0, 0), self.blotch_radius), np.float32)
        colour = smooth / smooth.std() * np.float32(self.blotches)
        blotches = colour[..., None] * np.array([1.0, -0.5, 1.0], np.float32)
        return np.asarray(np.sqrt(share) * (shot + read + rows + blotches), np.float32)

    def _file(self, light: Image) -> NDArray[np.uint8]:
        return jpeg_round_trip(to_u8(exposure.to_display(light)), self.quality)


def make_captures(photos: list[Path], folder: Path, camera: Camera) -> None:
    """A short and two sharp long exposures of every photo."""
    folder.mkdir(parents=True)
    for index, path in enumerate(photos):
        rng = np.random.default_rng([1, index])
        scene = exposure.to_linear(load_photo(path))
        write(folder / f"{index:02d}_short.png", camera.short(scene, rng))
        for number, brightness in enumerate(TRIPOD_BRIGHTNESS):
            write(folder / f"{index:02d}_long{number}.png", camera.long(scene * np.float32(brightness), rng))


def make_triplets(photos: list[Path], folder: Path, camera: Camera, gyro: tuple[Path, ...]) -> None:
    """A hand-held pair of every photo, and what the long frame would be without shake and noise."""
    folder.mkdir(parents=True)
    shaker = Shaker(read_recordings(gyro), recorded=1.0)
    for index, path in enumerate(photos):
        rng = np.random.default_rng([2, index])
        scene = exposure.to_linear(load_photo(path)) * np.float32(rng.uniform(*TRIPOD_BRIGHTNESS))
        write(folder / f"{index:02d}_short.png", camera.short(scene, rng))
        write(folder / f"{index:02d}_long.png", camera.long(shaken(scene, shaker, rng), rng))
        write(folder / f"{index:02d}_sharp.png", to_u8(exposure.to_display(scene)))


def shaken(scene: Image, shaker: Shaker, rng: np.random.Generator) -> Image:
    """A long exposure by hand, somewhere in a larger frame."""
    height, width = scene.shape[:2]
    side = max(int(rng.uniform(*FRAME_WIDTH)), width)
    geometry = Geometry.nvidia_shield(side, max(side * 9 // 16, height))
    rotations, seconds = shaker.draw(rng), float(rng.uniform(*LONG_SECONDS))
    start = float(rng.uniform(rotations.times[0], rotations.times[-1] - seconds - geometry.readout))
    origin = int(rng.integers(geometry.width - width + 1)), int(rng.integers(geometry.height - height + 1))
    return blur(scene, rotations, geometry, Exposure(start, seconds), origin)


def write(path: Path, pixels: NDArray[np.uint8]) -> None:
    if not cv2.imwrite(str(path), cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR)):
        raise SystemExit(f"{path} cannot be written")


def finetune(captures: Path, target: Path, args: argparse.Namespace) -> None:
    """As a user would, into a home of its own; the log goes beside the weights."""
    command = [sys.executable, "-m", "lsd2.cli.main", "finetune", str(captures), "-o", str(target), "--name", NAME]
    command += ["--minutes", str(args.minutes), "--threads", "1", "--seed", "0"]
    command += [word for file in args.gyro for word in ("--gyro", str(file))]
    command += ["--rate", str(args.rate)] if args.rate else []
    with target.with_suffix(".log").open("w") as log:
        subprocess.run(command, check=True, stdout=log)


def measured(folder: Path, models: list[str]) -> dict[str, tuple[float, float]]:
    """Mean PSNR and SSIM on all triplets, of the long frame and of every model."""
    triplets, _ = find_triplets(folder)
    means = {}
    for label, options in [("long", ProcessOptions("long")), *((m, ProcessOptions("lsd2", model=m)) for m in models)]:
        each = [evaluate_triplet(files, [options], Silent())[options.method] for files in triplets]
        means[label] = fmean(one["psnr"] for one in each), fmean(one["ssim"] for one in each)
    return means


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path, help="clean photos, best such that the network was not trained on")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--gyro", type=Path, action="append", default=[], metavar="CSV")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--rate", type=float)
    parser.add_argument("--captures", type=int, default=12)
    parser.add_argument("--held-out", type=int, default=8)
    parser.add_argument("--also", type=Path, action="append", default=[], metavar="TRIPLETS")
    args = parser.parse_args()
    torch.set_num_threads(1)
    os.environ["XDG_DATA_HOME"] = str(args.output.resolve() / "home")
    photos = [path for path in find_photos(args.photos) if min(load_photo(path).shape[:2]) >= LEAST_SIDE]
    if len(photos) < args.captures + args.held_out:
        parser.error(f"{args.photos} holds {len(photos)} photos of {LEAST_SIDE} pixels or more; more are needed")
    captures, triplets, camera = args.output / "captures", args.output / "held_out", Camera()
    if not captures.exists():
        make_captures(photos[: args.captures], captures, camera)
    if not triplets.exists():
        make_triplets(photos[-args.held_out :], triplets, camera, tuple(args.gyro))
    target = args.output / f"{NAME}.safetensors"
    if not target.exists():
        finetune(captures, target, args)
    shipped = find_model("lsd2", None).name
    for folder in [triplets, *args.also]:
        means = measured(folder, [shipped, NAME])
        for label, (psnr, ssim) in means.items():
            print(f"{folder.name:20} {label:12} {psnr:6.2f} dB  SSIM {ssim:.3f}", flush=True)
        print(f"{folder.name:20} gain {means[NAME][0] - means[shipped][0]:+.2f} dB", flush=True)


if __name__ == "__main__":
    main()
