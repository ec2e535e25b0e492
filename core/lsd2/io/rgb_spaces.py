"""RGB colour spaces that are told by name or by numbers, as ICC profiles of our own making.

A matrix of the primaries and a curve, version 4, always the same bytes.

References
----------
ICC.1:2022, sections 7.2, 8.3, 10.18 (parametric curves) and annex E (chromatic adaptation).
SMPTE EG 432-1 and CSS Color 4 for Display P3; Adobe RGB (1998) Color Image Encoding, version 2005-05; ITU-R BT.2020.
K. M. Lam, Metamerism and Colour Constancy, 1985, for the adaptation by Bradford's cones.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

_BRADFORD = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
_D50 = np.array([0xF6D6, 0x10000, 0xD32D]) / 65536
"""As ICC profiles round it."""
_D65 = (0.3127, 0.3290)
_SRGB_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
"""Exponent, and a, b, c, d of a parametric curve of type 3."""
_CREATED = (1999, 10, 18, 0, 0, 0)
_HEADER = struct.Struct(">I4s4s4s4s4s6H4s4sIIIQI3i4s")
_HEADER_SIZE = 128


@dataclass(frozen=True, slots=True)
class RgbSpace:
    """Primaries as chromaticities (x, y), a white of D65, and a curve: an exponent, or the parameters of sRGB's."""

    name: str
    red: tuple[float, float]
    green: tuple[float, float]
    blue: tuple[float, float]
    curve: tuple[float, ...] = _SRGB_CURVE

    def colorants(self) -> NDArray[np.float64]:
        """3x3: the columns are XYZ of red, green and blue, adapted to D50; their sum is white."""
        columns = np.array([_xyz(point) for point in (self.red, self.green, self.blue)]).T
        white = _xyz(_D65)
        return np.asarray(_adaptation(white) @ (columns * np.linalg.solve(columns, white)))


DISPLAY_P3 = RgbSpace("Display P3", (0.680, 0.320), (0.265, 0.690), (0.150, 0.060))
ADOBE_RGB = RgbSpace("Adobe RGB compatible", (0.64, 0.33), (0.21, 0.71), (0.15, 0.06), (563 / 256,))
REC_2020 = RgbSpace("Rec. 2020 primaries, sRGB curve", (0.708, 0.292), (0.170, 0.797), (0.131, 0.046))


def _xyz(point: tuple[float, float]) -> NDArray[np.float64]:
    x, y = point
    return np.array([x / y, 1.0, (1 - x - y) / y])


def _adaptation(white: NDArray[np.float64]) -> NDArray[np.float64]:
    """Matrix that takes XYZ under this white to XYZ under D50."""
    cones = np.diag((_BRADFORD @ _D50) / (_BRADFORD @ white))
    return np.asarray(np.linalg.inv(_BRADFORD) @ cones @ _BRADFORD)


@lru_cache(maxsize=8)
def profile_of(space: RgbSpace) -> bytes:
    """The ICC profile of a space."""
    colorants = np.rint(space.colorants() * 65536).astype(int)
    # What rounding leaves goes to the largest, so that equal numbers are exactly grey.
    colorants[range(3), colorants.argmax(axis=1)] += np.rint(_D50 * 65536).astype(int) - colorants.sum(axis=1)
    curve = _curve(space.curve)
    tags = [
        (b"desc", _text(space.name)),
        (b"cprt", _text("No copyright, use freely")),
        (b"wtpt", _numbers(b"XYZ ", np.rint(_D50 * 65536))),
        (b"chad", _numbers(b"sf32", np.rint(_adaptation(_xyz(_D65)) * 65536).ravel())),
        *(
            (name, _numbers(b"XYZ ", column))
            for name, column in zip((b"rXYZ", b"gXYZ", b"bXYZ"), colorants.T, strict=True)
        ),
        (b"rTRC", curve),
        (b"gTRC", curve),
        (b"bTRC", curve),
    ]
    return _assembled(tags)


def _assembled(tags: list[tuple[bytes, bytes]]) -> bytes:
    table, data = b"", b""
    start = _HEADER_SIZE + 4 + 12 * len(tags)
    places: dict[bytes, int] = {}
    for name, value in tags:
        if value not in places:
            places[value] = start + len(data)
            data += value + bytes(-len(value) % 4)
        table += name + struct.pack(">II", places[value], len(value))
    size = start + len(data)
    white = [round(float(value) * 65536) for value in _D50]
    kinds = (bytes(4), b"\4\x40\0\0", b"mntr", b"RGB ", b"XYZ ")
    # Platform, flags, maker, model, attributes and intent are all open.
    header = _HEADER.pack(size, *kinds, *_CREATED, b"acsp", bytes(4), 0, 0, 0, 0, 0, *white, bytes(4))
    return header.ljust(_HEADER_SIZE, b"\0") + struct.pack(">I", len(tags)) + table + data


def _text(text: str) -> bytes:
    """One string of a multi-localised text, in American English."""
    coded = text.encode("utf-16-be")
    return b"mluc" + struct.pack(">IIIHHII", 0, 1, 12, 0x656E, 0x5553, len(coded), 28) + coded


def _numbers(kind: bytes, values: NDArray[np.float64] | NDArray[np.int_]) -> bytes:
    return kind + struct.pack(f">I{len(values)}i", 0, *(int(value) for value in values))


def _curve(parameters: tuple[float, ...]) -> bytes:
    fixed = [round(value * 65536) for value in parameters]
    return b"para" + struct.pack(f">IHH{len(fixed)}i", 0, 3 if len(fixed) > 1 else 0, 0, *fixed)
