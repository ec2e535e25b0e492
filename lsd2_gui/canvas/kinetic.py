"""Panning that goes on after the hand has let go.  No Qt: positions and times in, movements out."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

WINDOW_MS = 80
"""Only movement this close to the release counts: whoever stops first does not throw."""
FEWEST_SAMPLES = 3
TIME_CONSTANT_MS = 220.0
"""In this time the speed falls to 1/e."""
SLOWEST, FASTEST = 0.04, 6.0
"""Logical pixels for a millisecond: below, the picture stands; above, nobody can follow."""


@dataclass
class DragSpeed:
    """Collects the pointer's places while it drags."""

    samples: list[tuple[float, float, float]] = field(default_factory=list)

    def add(self, time_ms: float, x: float, y: float) -> None:
        self.samples = [sample for sample in self.samples if time_ms - sample[0] <= WINDOW_MS]
        self.samples.append((time_ms, x, y))

    def speed(self, time_ms: float) -> tuple[float, float]:
        """Logical pixels for a millisecond when let go at `time_ms`; (0, 0) if the pointer had come to rest."""
        recent = [sample for sample in self.samples if time_ms - sample[0] <= WINDOW_MS]
        if len(recent) < FEWEST_SAMPLES:
            return 0.0, 0.0
        (t0, x0, y0), (t1, x1, y1) = recent[0], recent[-1]
        span = max(t1 - t0, 1.0)
        vx, vy = (x1 - x0) / span, (y1 - y0) / span
        factor = min(1.0, FASTEST / max(math.hypot(vx, vy), 1e-9))
        return vx * factor, vy * factor


@dataclass
class Glide:
    """A movement that slows down; `step` gives the way of each frame until `is_over`."""

    vx: float
    vy: float

    @property
    def is_over(self) -> bool:
        return math.hypot(self.vx, self.vy) < SLOWEST

    def step(self, elapsed_ms: float) -> tuple[float, float]:
        """The way in logical pixels during `elapsed_ms`: the integral of a speed that decays exponentially."""
        decay = math.exp(-elapsed_ms / TIME_CONSTANT_MS)
        way = TIME_CONSTANT_MS * (1.0 - decay)
        dx, dy = self.vx * way, self.vy * way
        self.vx, self.vy = self.vx * decay, self.vy * decay
        return dx, dy
