"""Angular velocity of a hand-held camera: read from recordings, or simulated."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lsd2.errors import TrainingError

SIMULATED_RATE_HZ = 400.0
SIMULATED_SECONDS = 20.0
LARGEST_GAP_SECONDS = 0.05
"""A recording is cut where samples are missing for longer; a blur must not be interpolated across such a gap."""


@dataclass(frozen=True, slots=True)
class GyroTrack:
    """Readings of a gyroscope: `times` (N,) in s, ascending; `rates` (N, 3) in rad/s about x, y, z."""

    times: NDArray[np.float64] = field(repr=False)
    rates: NDArray[np.float64] = field(repr=False)

    @property
    def seconds(self) -> float:
        return float(self.times[-1] - self.times[0])


def read_gyro_csv(path: Path) -> list[GyroTrack]:
    """Read a CSV with a header line and columns t_s, wx, wy, wz; cut at gaps, and keep pieces longer than a second.

    Raises
    ------
    TrainingError
        When the file cannot be read as such, or no piece is long enough.
    """
    try:
        if not path.read_text(encoding="utf-8").strip():
            raise ValueError("it is empty")
        table = np.loadtxt(path, delimiter=",", skiprows=1, usecols=(0, 1, 2, 3), dtype=np.float64, ndmin=2)
    except (OSError, ValueError) as error:
        raise TrainingError(f"{path} is not a gyroscope recording (t_s,wx,wy,wz per line): {error}") from error
    cuts = np.flatnonzero(np.diff(table[:, 0]) > LARGEST_GAP_SECONDS) + 1
    pieces = [GyroTrack(piece[:, 0], piece[:, 1:]) for piece in np.split(table, cuts) if len(piece) > 1]
    long_enough = [piece for piece in pieces if piece.seconds > 1]
    if not long_enough:
        raise TrainingError(f"{path} holds no second of uninterrupted gyroscope readings")
    return long_enough


def simulate_gyro(rng: np.random.Generator, level: float = 1.0) -> GyroTrack:
    """Shake of a hand holding a camera still: slow sway plus physiological tremor.

    The sway is an Ornstein-Uhlenbeck process (correlation time 0.25 s); the tremor is noise passed through a resonance
    at 8-12 Hz, the band of physiological hand tremor.  At level 1 the median rate of turn is about 0.05 rad/s.

    Parameters
    ----------
    level : factor on the rates.
    """
    count = int(SIMULATED_RATE_HZ * SIMULATED_SECONDS)
    sway = _ornstein_uhlenbeck(rng, count, seconds=0.25) * 0.035
    tremor = _resonance(rng.standard_normal((count, 3)), rng.uniform(8, 12)) * 0.015
    times = np.arange(count) / SIMULATED_RATE_HZ
    return GyroTrack(times, level * (sway + tremor))


def _ornstein_uhlenbeck(rng: np.random.Generator, count: int, seconds: float) -> NDArray[np.float64]:
    """Unit-variance OU process (count, 3)."""
    decay = np.exp(-1 / (SIMULATED_RATE_HZ * seconds))
    steps = rng.standard_normal((count, 3)) * np.sqrt(1 - decay**2)
    state = rng.standard_normal(3)
    out = np.empty((count, 3))
    for i in range(count):
        state = decay * state + steps[i]
        out[i] = state
    return out


def _resonance(noise: NDArray[np.float64], centre_hz: float) -> NDArray[np.float64]:
    """Band-pass `noise` (count, 3) around `centre_hz` in the frequency domain; the result has unit variance."""
    frequencies = np.fft.rfftfreq(len(noise), 1 / SIMULATED_RATE_HZ)
    gain = np.exp(-0.5 * ((frequencies - centre_hz) / 1.5) ** 2)
    shaped = np.fft.irfft(np.fft.rfft(noise, axis=0) * gain[:, None], n=len(noise), axis=0)
    return np.asarray(shaped / shaped.std())
