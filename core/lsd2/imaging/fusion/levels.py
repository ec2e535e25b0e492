"""Black and white point of a finished picture."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from lsd2.photo import FloatImage

WHITEST = 0.999
"""Share of the pixels that are darker than what is taken for a picture's white."""
LEAST_WHITE = 0.9
"""An automatic white point goes no lower, so that highlights that came back are not pushed out again."""
UNTOUCHED = 0.3
"""Share of the white point below which a level is not lifted: shadows keep their brightness."""
SAMPLES = 250_000
STRIP_ROWS = 256


@dataclass(frozen=True, slots=True)
class Levels:
    """Gamma-encoded levels that become 0 and 1; 0 and 1 change nothing."""

    black: float = 0.0
    white: float = 1.0


def brightness(image: FloatImage) -> float:
    """The level of the highlights of a display image (H, W, 3): 0.1 % of the brightest channel's values are above."""
    step = max(1, int(sqrt(image.shape[0] * image.shape[1] / SAMPLES)))
    return float(np.quantile(image[::step, ::step].max(axis=2), WHITEST))


def as_white_as(image: FloatImage, before: float) -> float:
    """The white point that gives a display image highlights of the level `before` again; 1 if it has them."""
    now = brightness(image)
    return min(max(now / before, LEAST_WHITE), 1.0) if before > 0 else 1.0


def apply_levels(image: FloatImage, levels: Levels) -> None:
    """Set black and white of an image (H, W, 3) in place, and clip it to [0, 1].

    The black point is subtracted; the white point lifts highlights by a smooth curve and leaves shadows as they are.
    """
    white = (levels.white - levels.black) / (1 - levels.black)
    for top in range(0, image.shape[0], STRIP_ROWS):
        rows = image[top : top + STRIP_ROWS]
        if levels.black > 0:
            rows -= np.float32(levels.black)
            rows /= np.float32(1 - levels.black)
        if white < 1:
            lift = np.clip((rows / np.float32(white) - UNTOUCHED) / np.float32(1 - UNTOUCHED), 0, 1)
            rows *= 1 + np.float32(1 / white - 1) * lift * lift * (3 - 2 * lift)
        np.clip(rows, 0, 1, out=rows)
