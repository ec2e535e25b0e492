"""Where the camera shake of a synthetic exposure comes from."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from lsd2.training.synthesis.gyro import GyroTrack, read_gyro_csv, simulate_gyro
from lsd2.training.synthesis.motion import Rotations, integrate

SIMULATED_KEPT = 32
"""Simulated tracks of 20 s that are kept and drawn from again; each holds hundreds of different exposures."""


def read_recordings(files: tuple[Path, ...]) -> list[GyroTrack]:
    """All uninterrupted tracks of the recordings."""
    return [track for path in files for track in read_gyro_csv(path)]


class Shaker:
    """Gives the rotations of one hand-held exposure: from recordings, or simulated.

    Parameters
    ----------
    recorded : share of exposures that are shaken by the recordings, where there are any.
    """

    def __init__(self, recordings: list[GyroTrack], recorded: float) -> None:
        self._recorded = [integrate(track) for track in recordings]
        self._share = recorded if recordings else 0.0
        self._simulated: list[Rotations] = []

    def draw(self, rng: np.random.Generator) -> Rotations:
        """Rotations long enough for any exposure of the recipes."""
        if rng.random() < self._share:
            return self._recorded[int(rng.integers(len(self._recorded)))]
        if len(self._simulated) < SIMULATED_KEPT:
            self._simulated.append(integrate(simulate_gyro(rng, level=float(np.exp(rng.uniform(-0.7, 0.9))))))
            return self._simulated[-1]
        return self._simulated[int(rng.integers(len(self._simulated)))]
