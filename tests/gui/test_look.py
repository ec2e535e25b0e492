from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsd2_gui.canvas.look import GAINS, LOUPE_SCALES, Channel, Difference, Ground, Look, Mode

looks = st.builds(
    Look,
    mode=st.sampled_from(Mode),
    across=st.booleans(),
    difference=st.sampled_from(Difference),
    gain=st.sampled_from(GAINS),
    ground=st.sampled_from(Ground),
    shadows=st.booleans(),
    loupe_scale=st.sampled_from(LOUPE_SCALES),
    histogram_channel=st.sampled_from(Channel),
)


@given(looks)
def test_a_look_survives_being_stored(look: Look) -> None:
    assert Look.from_dict(json.loads(json.dumps(look.to_dict()))) == look


names = st.sampled_from([*Look().to_dict(), "other"])
values = st.sampled_from([None, "", "grid", "x", -1, 0, 2, 8, True, 1.5, ()])


@given(st.dictionaries(names, values))
def test_what_cannot_be_used_is_as_at_first(stored: dict[str, Any]) -> None:
    look = Look.from_dict(stored)
    assert look.gain in GAINS
    assert look.loupe_scale in LOUPE_SCALES
    assert isinstance(look.mode, Mode)
    assert isinstance(look.across, bool)


@pytest.mark.parametrize("value", [True, 4.0, "4", 3, [], None])
def test_only_a_gain_of_the_table_is_taken(value: Any) -> None:
    assert Look.from_dict({"gain": value}).gain == Look().gain
    assert Look.from_dict({"gain": 16}).gain == 16


def test_cycles_come_round() -> None:
    look = Look()
    grounds, kinds, scales = [], [], []
    for _ in Ground:
        grounds.append(look.ground)
        look = look.next_ground()
    for _ in Difference:
        kinds.append(look.difference)
        look = look.next_difference()
    for _ in LOUPE_SCALES:
        scales.append(look.loupe_scale)
        look = look.next_loupe_scale()
    assert look == Look()
    assert (set(grounds), set(kinds), set(scales)) == (set(Ground), set(Difference), set(LOUPE_SCALES))


def test_gain_stops_at_both_ends() -> None:
    look = replace(Look(), gain=GAINS[-1])
    assert look.stepped_gain(1) == look
    assert look.stepped_gain(-1).gain == GAINS[-2]
    assert replace(look, gain=GAINS[0]).stepped_gain(-1).gain == GAINS[0]
