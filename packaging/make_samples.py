"""Render the sample pair that ships with the program: `python packaging/make_samples.py [--output FOLDER]`.

A street at night is rendered, exposed long with a shaking hand and short with a noisy sensor, and written as
street_long.jpg, street_short.jpg and street_sharp.jpg.  Everything is seeded: with the same library versions the files
come out the same, bit for bit.
"""

from __future__ import annotations

import argparse
from datetime import datetime, timedelta
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image
from PIL.TiffImagePlugin import IFDRational

from lsd2.io.atomic import write_atomically
from lsd2.training.synthesis.colour import ColourDistortion
from lsd2.training.synthesis.gyro import simulate_gyro
from lsd2.training.synthesis.motion import Camera, Exposure, Rotations, blur, displacements, integrate, trail_length
from lsd2.training.synthesis.night.scene import render_night_scene
from lsd2.training.synthesis.noise import NoiseModel
from lsd2.training.synthesis.pair import Recipe, Scene, make_triplet

SIZE = (1600, 1200)
SEED = 8
LONG_SECONDS, LONG_ISO = Fraction(1, 4), 640
SHORT_SECONDS, SHORT_ISO = Fraction(1, 200), 1600
GAIN = float(SHORT_SECONDS * SHORT_ISO / (LONG_SECONDS * LONG_ISO))
"""Linear brightness of the short frame relative to the long one: what the two exposures say, 1/20."""
TRAIL_PIXELS = (20.0, 25.0)
"""Length of the trails in the middle of the frame."""
CURVED = 1.3
"""A trail's length over the distance of its ends, at least."""
GAP_SHIFT = (2.4, -1.6)
"""Movement of the camera between the two frames, pixels."""
JPEG_QUALITY = 92
TAKEN_AT = datetime(2025, 11, 14, 21, 40, 12, 200_000)  # noqa: DTZ001 - EXIF holds local time without a zone
BETWEEN_FRAMES = timedelta(seconds=0.3)
RECIPE = Recipe(
    scale=(1.1, 1.1),
    colour=ColourDistortion(
        (GAIN, GAIN), ((1.30, 1.30), (0.86, 0.86)), ((0.0003, 0.0003), (0.0, 0.0), (0.0005, 0.0005))
    ),
    noise=NoiseModel(level=(0.0009, 0.0009), ratio=(SHORT_ISO / LONG_ISO, SHORT_ISO / LONG_ISO), textured=1.0),
    frame_width=(SIZE[0], SIZE[0]),
)


def find_exposure(rotations: Rotations, camera: Camera) -> Exposure:
    """The first moment of the shake that draws curved trails of the wanted length."""
    middle = np.array([camera.width / 2]), np.array([camera.height / 2])
    for start in np.arange(0.0, float(rotations.times[-1]) - 1, 0.05):
        exposure = Exposure(float(start), float(LONG_SECONDS))
        moves = displacements(rotations, camera, exposure, np.linspace(0, 1, 33), *middle)
        length, reach = trail_length(moves), float(np.linalg.norm(moves[-1] - moves[0]))
        if TRAIL_PIXELS[0] < length < TRAIL_PIXELS[1] and length > CURVED * reach:
            return exposure
    raise SystemExit("this seed's shake never draws such trails; choose another seed")


def make_frames() -> dict[str, NDArray[np.uint8]]:
    """The short, long and sharp frame: uint8 HWC RGB, gamma-encoded."""
    rng = np.random.default_rng(SEED)
    sharp = render_night_scene(*SIZE, SEED)
    rotations, camera = integrate(simulate_gyro(rng, level=1.7)), Camera.nvidia_shield(*SIZE)
    blurred = blur(sharp, rotations, camera, find_exposure(rotations, camera), offset=GAP_SHIFT)
    triplet = make_triplet(Scene(sharp, blurred), RECIPE, rng)
    return {"short": triplet.short, "long": triplet.long, "sharp": triplet.sharp}


def exif_block(seconds: Fraction, iso: int, taken_at: datetime) -> Image.Exif:
    """What a camera would have written about a frame; make and model say that there was none."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "LSD2"
    exif[ExifTags.Base.Model] = "Rendered scene"
    exif[ExifTags.Base.Software] = "packaging/make_samples.py"
    exif[ExifTags.Base.DateTime] = taken_at.strftime("%Y:%m:%d %H:%M:%S")
    details = exif.get_ifd(ExifTags.IFD.Exif)
    details[ExifTags.Base.ExposureTime] = IFDRational(seconds.numerator, seconds.denominator)
    details[ExifTags.Base.ISOSpeedRatings] = iso
    details[ExifTags.Base.DateTimeOriginal] = taken_at.strftime("%Y:%m:%d %H:%M:%S")
    details[ExifTags.Base.SubsecTimeOriginal] = f"{taken_at.microsecond // 1000:03d}"
    return exif


def encode(pixels: NDArray[np.uint8], exif: Image.Exif | None) -> bytes:
    """JPEG file of uint8 HWC RGB pixels."""
    target = BytesIO()
    Image.fromarray(pixels).save(target, "JPEG", quality=JPEG_QUALITY, optimize=True, exif=exif or Image.Exif())
    return target.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(description="Render the sample pair that ships with the program.")
    default = Path(__file__).resolve().parents[1] / "resources" / "samples"
    parser.add_argument("-o", "--output", type=Path, default=default, help="folder for the photos (resources/samples)")
    folder: Path = parser.parse_args().output
    cv2.setNumThreads(1)
    blocks = {
        "short": exif_block(SHORT_SECONDS, SHORT_ISO, TAKEN_AT),
        "long": exif_block(LONG_SECONDS, LONG_ISO, TAKEN_AT + BETWEEN_FRAMES),
        "sharp": None,
    }
    for role, pixels in make_frames().items():
        data = encode(pixels, blocks[role])
        write_atomically(folder / f"street_{role}.jpg", data, overwrite=True)
        print(f"{folder / f'street_{role}.jpg'}: {len(data) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
