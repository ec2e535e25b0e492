from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsd2_gui.canvas.layout import (
    Rect,
    best_columns,
    grid,
    label_room,
    place_foot,
    place_label,
    place_loupe,
    single,
    split,
    with_margin,
)
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


@given(st.integers(1, 4000), st.integers(1, 3000), st.floats(-0.5, 1.5))
def test_a_level_divider_covers_the_pane_exactly_once(width: int, height: int, divider: float) -> None:
    above, below = split(width, height, divider, across=True)
    assert above.frame == below.frame == Rect(0, 0, width, height)
    assert (above.clip.top, above.clip.bottom, below.clip.bottom) == (0, below.clip.top, height)
    assert above.clip.width == below.clip.width == width


@given(st.integers(60, 4000), st.integers(60, 3000), st.integers(1, 9), st.integers(1, 9))
def test_panes_of_a_grid_are_alike_on_whole_pixels_and_do_not_overlap(
    width: int, height: int, count: int, columns: int
) -> None:
    panes = grid(width, height, count, min(columns, count))
    assert [pane.layer for pane in panes] == list(range(count))
    assert len({(pane.frame.width, pane.frame.height) for pane in panes}) == 1
    for pane in panes:
        assert pane.clip == pane.frame
        assert all(side == int(side) for side in (pane.frame.left, pane.frame.top, pane.frame.width))
        assert pane.frame.intersected(Rect(0, 0, width, height)) == pane.frame
    for index, one in enumerate(panes):
        for other in panes[index + 1 :]:
            assert one.frame.intersected(other.frame).is_empty


@pytest.mark.parametrize(
    ("size", "count", "aspect", "columns"),
    [((1200, 800), 4, 1.5, 2), ((1200, 400), 3, 1.0, 3), ((400, 1200), 3, 1.0, 1), ((1200, 800), 9, 1.5, 3)],
)
def test_a_grid_makes_its_pictures_as_large_as_it_can(
    size: tuple[int, int], count: int, aspect: float, columns: int
) -> None:
    assert best_columns(*size, count, aspect) == columns


def test_a_margin_leaves_room_all_around() -> None:
    left, right = (with_margin(pane) for pane in split(1000, 500, 0.25))
    assert left.frame == right.frame == Rect(30, 30, 940, 440)
    assert left.clip == Rect(30, 30, 220, 440)
    assert right.clip == Rect(250, 30, 720, 440)


@given(st.floats(0, 900), st.floats(0, 700), st.floats(20, 500), st.floats(20, 400))
def test_the_loupe_stays_on_the_canvas_and_off_the_pointer(x: float, y: float, width: float, height: float) -> None:
    view = Rect(0, 0, 900, 700)
    box = place_loupe(view, x, y, width, height, 28)
    assert box.left >= 0
    assert box.top >= 0
    assert box.right <= 900 + 1e-6
    assert box.bottom <= 700 + 1e-6
    if width < 400 and height < 300:
        assert not box.contains(x, y)


def test_pixel_values_sit_at_the_foot_and_vanish_before_they_cover_the_label() -> None:
    clip = Rect(100, 0, 400, 300)
    assert place_foot(clip, 160, 40, 12, right=False) == Rect(112, 248, 160, 40)
    assert place_foot(clip, 160, 40, 12, right=True) == Rect(328, 248, 160, 40)
    assert place_foot(Rect(0, 0, 170, 300), 160, 40, 12, right=False) is None
    assert place_foot(Rect(0, 0, 400, 100), 160, 40, 12, right=False) is None


@given(
    st.integers(20, 900), st.integers(20, 600), st.integers(-900, 900), st.integers(-600, 600), st.integers(1, 1500),
    st.integers(1, 1200), st.integers(30, 300), st.booleans(),
)  # fmt: skip
def test_a_label_is_as_near_to_its_picture_as_its_pane_allows(
    clip_width: int, clip_height: int, left: int, top: int, width: int, height: int, text: int, right: bool
) -> None:
    clip, picture = Rect(50, 40, clip_width, clip_height), Rect(left, top, width, height)
    room = label_room(clip, picture, text, 24, 12, right=right)
    assert room.intersected(clip) == room
    whole = place_label(clip, text, 24, 12, right=right)
    placed = place_label(room, text, 24, 12, right=right)
    assert (placed is None) == (whole is None)
    if placed is not None:
        assert (placed.width, placed.height) == (whole.width, whole.height)
        wanted = picture.right - 12 - text if right else picture.left + 12
        low, high = clip.left + 12, clip.right - 12 - text
        if low <= high:
            assert placed.left == min(max(wanted, low), high)
