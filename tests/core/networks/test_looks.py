"""Engines made of an engine."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest

from lsd2.networks.looks import MIRRORED, UPRIGHT, Turned, TwoLooks
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
FROM_LEFT, FROM_RIGHT = (np.roll(TILE, step, axis=1) for step in (1, -1))


@pytest.mark.parametrize("down", [1, -1])
@pytest.mark.parametrize(("across", "expected"), [(1, FROM_LEFT), (-1, FROM_RIGHT)])
def test_what_is_turned_over_is_turned_back(down: int, across: int, expected: FloatImage) -> None:
    engine = Left()
    np.testing.assert_array_equal(Turned(engine, ((down, across),)).run(TILE), expected[..., :3])
    np.testing.assert_array_equal(engine.seen[0], TILE[::down, ::across])


def test_the_mean_of_all_turns_is_taken() -> None:
    expected = (FROM_LEFT + FROM_RIGHT)[..., :3] / 2
    for turns in (UPRIGHT, MIRRORED):
        np.testing.assert_allclose(Turned(Left(), turns).run(TILE), expected, atol=1e-6)


def test_two_looks_are_weighed() -> None:
    first, second = ((FROM_LEFT + FROM_RIGHT)[..., channels] / 2 for channels in (slice(3), slice(6, 9)))
    np.testing.assert_allclose(TwoLooks(Left(), 0.3).run(TILE), 0.7 * first + 0.3 * second, atol=1e-6)


def test_both_looks_see_the_short_frame_after_the_long_one() -> None:
    engine = Left()
    TwoLooks(engine, 0.5).run(TILE)
    upright, half_turn, mirrored, upside_down = engine.seen
    np.testing.assert_array_equal(upright, TILE[..., :6])
    np.testing.assert_array_equal(half_turn[::-1, ::-1], TILE[..., :6])
    np.testing.assert_array_equal(mirrored[:, ::-1], TILE[..., [6, 7, 8, 3, 4, 5]])
    np.testing.assert_array_equal(upside_down[::-1], TILE[..., [6, 7, 8, 3, 4, 5]])
    assert all(tile.flags.c_contiguous for tile in engine.seen)


@pytest.mark.parametrize("wrap", [lambda engine: Turned(engine, MIRRORED), lambda engine: TwoLooks(engine, 0.5)])
def test_everything_else_is_the_engines_own(wrap: type[TwoLooks]) -> None:
    engine = Left()
    through = wrap(engine)
    through.free_memory()
    assert (through.name, through.device, through.precision, through.value_bytes) == ("left", "cpu", "float32", 4)
    assert engine.freed == 1
