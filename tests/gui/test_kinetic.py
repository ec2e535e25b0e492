from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsd2_gui.canvas.kinetic import FASTEST, TIME_CONSTANT_MS, WINDOW_MS, DragSpeed, Glide


def test_speed_is_way_over_time() -> None:
    drag = DragSpeed()
    for time in (0, 10, 20, 30):
        drag.add(time, 2.0 * time, -1.0 * time)
    assert drag.speed(30) == pytest.approx((2.0, -1.0))


def test_whoever_stops_first_does_not_throw() -> None:
    drag = DragSpeed()
    for time in (0, 10, 20):
        drag.add(time, 5.0 * time, 0)
    assert drag.speed(20 + WINDOW_MS + 1) == (0.0, 0.0)


def test_a_jump_is_no_throw_and_speed_has_a_limit() -> None:
    drag = DragSpeed()
    drag.add(0, 0, 0)
    drag.add(1, 500, 0)
    assert drag.speed(1) == (0.0, 0.0)
    drag.add(2, 1000, 0)
    assert math.hypot(*drag.speed(2)) == pytest.approx(FASTEST)


@given(st.floats(0.1, 6), st.lists(st.floats(1, 40), min_size=1, max_size=30))
def test_the_way_does_not_depend_on_the_frames(speed: float, frames: list[float]) -> None:
    """v(t) = v0 exp(-t / T), so that the way after t is v0 T (1 - exp(-t / T))."""
    glide = Glide(speed, 0.0)
    way = sum(glide.step(frame)[0] for frame in frames)
    assert way == pytest.approx(speed * TIME_CONSTANT_MS * (1 - math.exp(-sum(frames) / TIME_CONSTANT_MS)))


def test_a_glide_ends() -> None:
    glide = Glide(FASTEST, 0.0)
    steps = 0
    while not glide.is_over:
        glide.step(16)
        steps += 1
    assert steps < 100
