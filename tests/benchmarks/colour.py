"""What a round trip costs: a picture of all colours of sRGB, written in a profile and read again, in CIE DE2000.

python tests/benchmarks/colour.py
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import numpy as np
from skimage.color import deltaE_ciede2000, rgb2lab

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from lsd2.io.icc import srgb_profile
from lsd2.io.read import read_photo
from lsd2.io.write import write_photo
from lsd2.options import OutputProfile, WriteOptions
from lsd2.photo import FloatImage, Photo
from tests.core.io.test_colour import SPACES, matrix_profile


def colours() -> FloatImage:
    """Smooth colours all over sRGB: display image (96, 128, 3)."""
    y, x = np.mgrid[0:1:96j, 0:1:128j]
    return np.stack([x, y, 0.5 + 0.5 * np.sin(3 * (x + y))], axis=-1).astype(np.float32)


def main() -> None:
    original = colours()
    profiles = {"sRGB": srgb_profile(), **{name: matrix_profile(space) for name, space in SPACES.items()}}
    print("| profile | TIFF, PNG 16 bit: mean, worst | JPEG quality 98: mean, worst |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name, profile in profiles.items():
            cells = []
            for suffix in (".tif", ".jpg"):
                path = Path(folder) / f"{len(name)}{suffix}"
                options = WriteOptions(OutputProfile.SOURCE, quality=98)
                write_photo(
                    path, original, parent=Photo(original, icc_profile=profile), options=options, overwrite=True
                )
                found = deltaE_ciede2000(rgb2lab(read_photo(path).pixels), rgb2lab(original))
                cells.append(f"{found.mean():.4f}, {found.max():.4f}")
            print(f"| {name} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
