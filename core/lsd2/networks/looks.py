"""Engines made of an engine: one that sees tiles turned over, and one that takes the mean of two looks at a scene."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lsd2.networks.engine import Engine
from lsd2.photo import FloatImage

Turn = tuple[int, int]
"""Steps along the rows and columns of a tile, 1 or -1: how it is turned over."""
UPRIGHT: tuple[Turn, ...] = ((1, 1), (-1, -1))
MIRRORED: tuple[Turn, ...] = ((1, -1), (-1, 1))


@dataclass(frozen=True, slots=True)
class _Through:
    """An engine behind which another one works."""

    engine: Engine

    @property
    def name(self) -> str:
        return self.engine.name

    @property
    def device(self) -> str:
        return self.engine.device

    @property
    def precision(self) -> str:
        return self.engine.precision

    @property
    def value_bytes(self) -> int:
        return self.engine.value_bytes

    def free_memory(self) -> None:
        """As `Engine.free_memory`."""
        self.engine.free_memory()


@dataclass(frozen=True, slots=True)
class Turned(_Through):
    """Sees every tile turned over in some ways; what it gives is turned back, and the mean of all.

    A network errs otherwise in a scene that is turned over, so that the mean has less of its errors.
    """

    turns: tuple[Turn, ...]

    def run(self, tile: FloatImage) -> FloatImage:
        """As `Engine.run`."""
        total = self._once(tile, self.turns[0])
        for turn in self.turns[1:]:
            total += self._once(tile, turn)
        return np.multiply(total, np.float32(1 / len(self.turns)), out=total)

    def _once(self, tile: FloatImage, turn: Turn) -> FloatImage:
        """What it gives of one turn, as an array of its own."""
        down, across = turn
        seen = self.engine.run(np.ascontiguousarray(tile[::down, ::across]))
        return np.array(seen[::down, ::across], np.float32)


@dataclass(frozen=True, slots=True)
class TwoLooks(_Through):
    """The mean of two looks: the engine's at the long and the short frame, and its mirrored one at a stand-in.

    Either is itself the mean of two, one turned by half a circle.

    Tiles are (H, W, 9): the long frame, the short one, and what stands in for the long one in the second look.

    Attributes
    ----------
    share : of the second look in the mean, in [0, 1].
    """

    share: float

    def run(self, tile: FloatImage) -> FloatImage:
        """As `Engine.run`."""
        first = Turned(self.engine, UPRIGHT).run(tile[..., :6])
        second = Turned(self.engine, MIRRORED).run(np.concatenate([tile[..., 6:], tile[..., 3:6]], axis=2))
        return np.asarray(first + np.float32(self.share) * (second - first), np.float32)
