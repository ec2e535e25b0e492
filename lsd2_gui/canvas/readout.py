"""The values of one pixel in words."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from lsd2_gui.qimage import U8, U16, MipChain, decode_srgb
from lsd2_gui.text import decimal, share, tr


@dataclass(frozen=True, slots=True)
class PixelRow:
    """A heading and the values of R, G and B; a row of no values is a title."""

    heading: str
    values: tuple[str, ...]


class Sampled(Protocol):
    """What a readout needs of a layer."""

    @property
    def chain(self) -> MipChain: ...
    @property
    def pixels(self) -> U16: ...
    @property
    def gain(self) -> float: ...
    @property
    def share(self) -> U8 | None: ...


def pixel_at(layer: Sampled, x: float, y: float, width: float) -> tuple[int, int] | None:
    """Column and row of the layer's pixel at (x, y), which counts pixels of a picture of that `width`; None outside."""
    scale = layer.chain.width / width
    column, row = math.floor(x * scale), math.floor(y * scale)
    return (column, row) if 0 <= column < layer.chain.width and 0 <= row < layer.chain.height else None


def pixel_rows(layer: Sampled, column: int, row: int) -> tuple[PixelRow, ...]:
    """What the columns are, the 8-bit values as shown, and the linear light, both with the layer's gain.

    Linear light is not clipped: above 1 the gain has burnt out what the file still holds.  Where it is shown where the
    picture comes from, how much of the pixel is the short frame's.
    """
    if layer.share is not None:
        return (PixelRow(tr("short photo"), ("", "", share(float(layer.share[row, column]) / 255))),)
    blue, green, red = (int(value) for value in layer.chain.levels[0].pixels[row, column, :3])
    encoded = layer.pixels[row, column].astype(np.float64) / 65535
    linear = decode_srgb(encoded) * layer.gain
    return (
        PixelRow("", (tr("R"), tr("G"), tr("B"))),
        PixelRow(tr("8 bit"), (str(red), str(green), str(blue))),
        PixelRow(tr("linear"), tuple(decimal(value, 3) for value in linear)),
    )
