"""Pairs whose exposures are closer together, or farther apart, than those a network was trained on.

Such a pair is wrong use, or two photos with swapped roles.  A network that never saw the like gives garbage; so the
short frame is darkened or brightened, in linear light, until the gap is an ordinary one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lsd2.imaging.photometry import GAMMA, PhotometryReport
from lsd2.photo import FloatImage

TRAINED = (0.012, 0.32)
"""The short frame's exposure as a part of the long one's, in linear light of green, that training covers."""
ORDINARY = (0.03, 0.15)
"""What it is brought to when it lies below, and when it lies above."""
GREEN = 1


@dataclass(frozen=True, slots=True)
class Gap:
    """The short frame's exposure as a part of the long one's, and the factor on its linear light that makes it usual.

    `factor` is 1 where nothing need be done.
    """

    part: float
    factor: float

    @property
    def note(self) -> str | None:
        """For the user; None where nothing was done."""
        if self.factor == 1:
            return None
        if self.part > TRAINED[1]:
            return "the short photo is hardly darker than the long one; it was darkened to be fused"
        return "the short photo is very much darker than the long one; expect little detail from it"

    def apply(self, short: FloatImage) -> FloatImage:
        """A display image (H, W, 3) of the short frame with an ordinary exposure; itself where nothing need be done."""
        if self.factor == 1:
            return short
        return np.asarray(np.clip(short * np.float32(self.factor ** (1 / GAMMA)), 0, 1), np.float32)


def exposure_gap(brightness: PhotometryReport) -> Gap:
    """How far apart two frames are exposed, from how the short one is matched to the long one."""
    gain = brightness.channels[GREEN].gain
    part = 1 / gain if gain > 0 else 1.0
    if TRAINED[0] <= part <= TRAINED[1]:
        return Gap(part, 1.0)
    return Gap(part, (ORDINARY[0] if part < TRAINED[0] else ORDINARY[1]) / part)
