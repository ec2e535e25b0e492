"""Engines made of an engine: one that sees tiles mirrored, and one that takes the mean of two looks at a scene."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lsd2.networks.engine import Engine
from lsd2.photo import FloatImage


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


class Mirrored(_Through):
    """Sees every tile mirrored, left to right; what it gives is mirrored back.

    A network errs otherwise in a mirrored scene, so that the mean of both has less of either's errors.
    """

    __slots__ = ()

    def run(self, tile: FloatImage) -> FloatImage:
        """As `Engine.run`."""
        return np.ascontiguousarray(self.engine.run(np.ascontiguousarray(tile[:, ::-1]))[:, ::-1])


@dataclass(frozen=True, slots=True)
class TwoLooks(_Through):
    """The mean of two looks: the engine's at the long and the short frame, and its mirrored one at a stand-in.

    Tiles are (H, W, 9): the long frame, the short one, and what stands in for the long one in the second look.

    Attributes
    ----------
    share : of the second look in the mean, in [0, 1].
    """

    share: float

    def run(self, tile: FloatImage) -> FloatImage:
        """As `Engine.run`."""
        first = self.engine.run(np.ascontiguousarray(tile[..., :6]))
        second = Mirrored(self.engine).run(np.concatenate([tile[..., 6:], tile[..., 3:6]], axis=2))
        return np.asarray(first + np.float32(self.share) * (second - first), np.float32)
