"""Camera raw files made by hand: a Bayer sensor that looks at a scene given in linear sRGB, saved as DNG."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.core.io.tiff_files import (
    ASCII,
    BYTE,
    EXIF_IFD,
    GPS_IFD,
    LONG,
    RATIONAL,
    SHORT,
    SRATIONAL,
    SUB_IFDS,
    UNDEFINED,
    Ifd,
    tiff,
)

SRGB_TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
BLACK, WHITE = 512, 15871
NEUTRAL = (0.5, 1.0, 0.7)
"""What a white thing gives in R, G, B of the sensor: white balance multiplies by the inverse."""


@dataclass(frozen=True)
class Shot:
    """How the camera was set; `gain` is the sensor's signal for a scene value of 1, as a share of saturation."""

    gain: float = 0.5
    seconds: Fraction = Fraction(1, 4)
    iso: int = 100
    as_shot: tuple[float, float, float] = NEUTRAL
    orientation: int = 1
    make: str = "Acme"
    model: str = "Acme One"
    date: str = "2024:05:01 21:03:04"
    noise: float = 0.0
    seed: int = 1
    tags: dict[int, tuple[int, Any]] = field(default_factory=dict)


def sensor(scene: NDArray[np.floating[Any]], shot: Shot) -> NDArray[np.uint16]:
    """Raw values (H, W) of an RGGB sensor; `scene` (H, W, 3) is linear sRGB, lit so that white gives `NEUTRAL`."""
    rng = np.random.default_rng(shot.seed)
    light = scene * np.array(NEUTRAL) * shot.gain
    mosaic = light[..., 1].copy()
    mosaic[0::2, 0::2] = light[0::2, 0::2, 0]
    mosaic[1::2, 1::2] = light[1::2, 1::2, 2]
    mosaic = mosaic + rng.normal(0, 1, mosaic.shape) * shot.noise
    return np.rint(BLACK + np.clip(mosaic, -0.03, 1) * (WHITE - BLACK)).astype(np.uint16)


def dng(scene: NDArray[np.floating[Any]], shot: Shot = Shot(), preview: bytes | None = None) -> bytes:
    """A DNG whose camera space is sRGB's primaries times `NEUTRAL`, with EXIF, GPS and perhaps a JPEG preview."""
    raw = sensor(scene, shot)
    height, width = raw.shape
    matrix = np.diag(NEUTRAL) @ np.linalg.inv(SRGB_TO_XYZ)
    tags: dict[int, tuple[int, Any]] = {
        254: (LONG, 0),
        256: (LONG, width),
        257: (LONG, height),
        258: (SHORT, 16),
        259: (SHORT, 1),
        262: (SHORT, 32803),
        271: (ASCII, shot.make),
        272: (ASCII, shot.model),
        274: (SHORT, shot.orientation),
        277: (SHORT, 1),
        278: (LONG, height),
        284: (SHORT, 1),
        33421: (SHORT, [2, 2]),
        33422: (BYTE, bytes([0, 1, 1, 2])),
        50706: (BYTE, bytes([1, 4, 0, 0])),
        50707: (BYTE, bytes([1, 1, 0, 0])),
        50708: (ASCII, shot.model),
        50714: (SHORT, BLACK),
        50717: (SHORT, WHITE),
        50721: (SRATIONAL, [float(value) for value in matrix.ravel()]),
        50728: (RATIONAL, list(shot.as_shot)),
        50778: (SHORT, 21),
        **shot.tags,
    }
    exif = Ifd(
        {
            33434: (RATIONAL, shot.seconds),
            33437: (RATIONAL, Fraction(28, 10)),
            34855: (SHORT, shot.iso),
            36867: (ASCII, shot.date),
            37521: (ASCII, "25"),
            37386: (RATIONAL, Fraction(35)),
            42036: (ASCII, "35mm F2.8"),
            37500: (UNDEFINED, b"maker's own data"),
        }
    )
    gps = Ifd(
        {
            1: (ASCII, "N"),
            2: (RATIONAL, [Fraction(47), Fraction(22), Fraction(3018, 100)]),
            3: (ASCII, "E"),
            4: (RATIONAL, [Fraction(8), Fraction(32), Fraction(3000, 100)]),
        }
    )
    subs = {EXIF_IFD: [exif], GPS_IFD: [gps]}
    if preview is not None:
        small = {254: (LONG, 1), 256: (LONG, 320), 257: (LONG, 240), 258: (SHORT, [8, 8, 8]), 259: (SHORT, 7)}
        small |= {262: (SHORT, 6), 277: (SHORT, 3), 278: (LONG, 240), 284: (SHORT, 1)}
        subs[SUB_IFDS] = [Ifd(small, data=preview)]
    return tiff(Ifd(tags, subs, raw.astype("<u2").tobytes()))
