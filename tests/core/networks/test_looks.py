"""Engines made of an engine."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest

from lsd2.networks.looks import Mirrored, TwoLooks
from lsd2.photo import FloatImage


@dataclass
class Left:
    """Gives the first three channels, each pixel from its left neighbour; an engine that knows left from right."""

    name: str = "left"
    device: str = "cpu"
    precision: str = "float32"
    value_bytes: int = 4
    freed: int = 0
    seen: list[FloatImage] = field(default_factory=list)

    def run(self, tile: FloatImage) -> FloatImage:
        self.seen.append(tile)
        return np.roll(tile[..., :3], 1, axis=1)

    def free_memory(self) -> None:
        self.freed += 1


TILE = np.random.default_rng(0).random((4, 6, 9), dtype=np.float32)


def test_a_mirrored_engine_takes_the_right_neighbour() -> None:
    np.testing.assert_array_equal(Mirrored(Left()).run(TILE), np.roll(TILE[..., :3], -1, axis=1))


def test_two_looks_are_weighed() -> None:
    expected = 0.7 * np.roll(TILE[..., :3], 1, axis=1) + 0.3 * np.roll(TILE[..., 6:], -1, axis=1)
    np.testing.assert_allclose(TwoLooks(Left(), 0.3).run(TILE), expected, atol=1e-6)


def test_both_looks_see_the_short_frame_after_the_long_one() -> None:
    engine = Left()
    TwoLooks(engine, 0.5).run(TILE)
    first, second = engine.seen
    np.testing.assert_array_equal(first, TILE[..., :6])
    np.testing.assert_array_equal(second[:, ::-1], TILE[..., [6, 7, 8, 3, 4, 5]])
    assert all(tile.flags.c_contiguous for tile in engine.seen)


@pytest.mark.parametrize("wrap", [Mirrored, lambda engine: TwoLooks(engine, 0.5)])
def test_everything_else_is_the_engines_own(wrap: type[Mirrored]) -> None:
    engine = Left()
    through = wrap(engine)
    through.free_memory()
    assert (through.name, through.device, through.precision, through.value_bytes) == ("left", "cpu", "float32", 4)
    assert engine.freed == 1
