"""What a comparison keeps of every method."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from lsd2.io.encode import to_integers
from lsd2.photo import FloatImage, Result

MAXIMUM = 65535


@dataclass(frozen=True, slots=True)
class Compared:
    """One method's row.

    Attributes
    ----------
    result : what the method says of itself; its pixels are in `pixels` only.
    pixels : (H, W, 3) uint16, gamma-encoded sRGB, 65535 is 1: as they are written and shown, in half the memory.
    figures : "sharpness" and "noise" of `imaging.no_reference`; "psnr" and "ssim" with a reference only.
    """

    result: Result
    pixels: NDArray[np.uint16] = field(repr=False)
    figures: Mapping[str, float]

    @classmethod
    def of(cls, result: Result, figures: Mapping[str, float]) -> Compared:
        """The row of a finished result."""
        kept = replace(result, pixels=np.empty((0, 0, 3), np.float32))
        return cls(kept, to_integers(result.pixels, MAXIMUM), figures)

    def as_display(self) -> FloatImage:
        """A display image (H, W, 3)."""
        return np.divide(self.pixels, np.float32(MAXIMUM), dtype=np.float32)
