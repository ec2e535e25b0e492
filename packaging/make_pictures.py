"""Make the pictures of the README and of the guide from the bundled sample pair: `python packaging/make_pictures.py`.

Those of the window are taken from the real window (`window_pictures`); the crops come from the same pair.
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from window_pictures import take_pictures

from lsd2.imaging.photometry import match_to_long
from lsd2.io.read import read_photo
from lsd2.io.write import write_photo
from lsd2.options import ProcessOptions, WriteOptions
from lsd2.photo import ExposurePair, FloatImage
from lsd2.pipeline import process
from lsd2.resources import resource_path

TARGET = Path(__file__).resolve().parents[1] / "docs" / "images"
CROP = (slice(330, 510), slice(250, 570))
"""Rows and columns of the sample that the crops show, enlarged twice."""


def make_crops() -> None:
    """The short frame matched to the long one, the long frame, the result."""
    pair = ExposurePair(*(read_photo(resource_path(f"samples/street_{role}.jpg")) for role in ("short", "long")))
    result = process(pair, ProcessOptions())
    matched, _ = match_to_long(pair.short.pixels, pair.long.pixels)
    for name, pixels in (("short", matched), ("long", pair.long.pixels), ("lsd2", result.pixels)):
        write_photo(
            TARGET / f"crop_{name}.jpg", _enlarged(pixels[CROP]), overwrite=True, options=WriteOptions(quality=90)
        )


def _enlarged(pixels: FloatImage) -> FloatImage:
    return np.asarray(np.kron(pixels, np.ones((2, 2, 1), np.float32)), np.float32)


if __name__ == "__main__":
    cv2.setNumThreads(1)
    TARGET.mkdir(parents=True, exist_ok=True)
    make_crops()
    take_pictures(TARGET)
