"""Wheel and trackpad deltas, made into zoom steps."""

from __future__ import annotations

NOTCH = 120
"""Qt's angle delta for one notch of an ordinary wheel; finer wheels send parts of it."""


class WheelSteps:
    """Adds up angle deltas until they make whole notches.  A change of direction starts anew."""

    def __init__(self) -> None:
        self._rest = 0

    def add(self, delta: int) -> int:
        """Whole notches reached with this delta; positive is away from the user."""
        if delta * self._rest < 0:
            self._rest = 0
        self._rest += delta
        steps = int(self._rest / NOTCH)
        self._rest -= steps * NOTCH
        return steps
