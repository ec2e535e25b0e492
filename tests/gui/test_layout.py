from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lsd2_gui.canvas.layout import Rect, place_label, single, split
from lsd2_gui.canvas.wheel import WheelSteps


@given(st.integers(1, 4000), st.integers(1, 3000), st.floats(-0.5, 1.5))
def test_a_wipe_covers_the_pane_exactly_once(width: int, height: int, divider: float) -> None:
    left, right = split(width, height, divider)
    assert left.frame == right.frame == Rect(0, 0, width, height)
    assert left.clip.left == 0
    assert left.clip.right == right.clip.left
    assert right.clip.right == width
    assert (left.layer, right.layer) == (0, 1)


def test_a_single_pane_is_everything() -> None:
    (pane,) = single(300, 200)
    assert pane.clip == pane.frame == Rect(0, 0, 300, 200)


@given(
    st.floats(0, 500), st.floats(0, 500), st.floats(0, 900), st.floats(0, 300), st.floats(1, 400), st.floats(10, 40),
    st.booleans(),
)  # fmt: skip
def test_a_label_never_leaves_its_pane(
    left: float, top: float, width: float, height: float, text_width: float, text_height: float, right: bool
) -> None:
    clip = Rect(left, top, width, height)
    box = place_label(clip, text_width, text_height, 12, right=right)
    if box is not None:
        assert box.left >= clip.left
        assert box.right <= clip.right + 1e-6
        assert box.top >= clip.top
        assert box.bottom <= clip.bottom + 1e-6


def test_a_label_sits_in_its_corner_and_vanishes_where_it_cannot_be_read() -> None:
    clip = Rect(100, 0, 400, 300)
    assert place_label(clip, 80, 24, 12, right=False) == Rect(112, 12, 80, 24)
    assert place_label(clip, 80, 24, 12, right=True) == Rect(408, 12, 80, 24)
    assert place_label(Rect(0, 0, 50, 300), 80, 24, 12, right=False) is None
    assert place_label(Rect(0, 0, 400, 40), 80, 24, 12, right=False) is None


def test_parts_of_a_notch_add_up_and_a_change_of_direction_starts_anew() -> None:
    wheel = WheelSteps()
    assert [wheel.add(40) for _ in range(6)] == [0, 0, 1, 0, 0, 1]
    assert wheel.add(100) == 0
    assert wheel.add(-100) == 0
    assert wheel.add(-20) == -1
    assert wheel.add(360) == 3


@given(st.lists(st.integers(1, 500), max_size=50))
def test_no_part_of_a_turn_is_lost(deltas: list[int]) -> None:
    wheel = WheelSteps()
    assert sum(wheel.add(delta) for delta in deltas) == sum(deltas) // 120
