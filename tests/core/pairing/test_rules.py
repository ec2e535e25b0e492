"""The rules of pairing one by one, on shots that are made of their metadata alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsd2.pairing import segments
from lsd2.pairing.exposure import ends_of_bracket, is_bracket
from lsd2.pairing.look import Look, likeness
from lsd2.pairing.model import FoundPair, Shot
from lsd2.pairing.numbering import Numbered, numbered
from lsd2.pairing.sequence import gap, in_order
from lsd2.pairing.succession import pairs_by_exposure, pairs_by_time
from lsd2.photo import Metadata
from lsd2.progress import Silent
from tests.core.pairing.shooting import scene

NINE = datetime.fromisoformat("2024-05-01T21:00:00")


def shot(name: str, seconds: str | None = "1/100", at: float | None = 0, **more) -> Shot:
    facts = {"iso": 800, "f_number": 2.8, "camera": "Acme One", "focal_length_mm": 35.0, **more}
    size = facts.pop("size", (6000, 4000))
    taken = None if at is None else NINE + timedelta(seconds=at)
    data = Metadata(exposure_seconds=None if seconds is None else Fraction(seconds), taken_at=taken, **facts)
    path = Path("/nowhere") / name
    return Shot(path, size, data, 1000, numbered(path.stem))


def names(pairs: list[FoundPair]) -> list[tuple[str, str]]:
    return [(pair.short.path.stem, pair.long.path.stem) for pair in pairs]


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("IMG_1234", Numbered("img_", 1234)),
        ("DSC01234", Numbered("dsc", 1234)),
        ("P1010123", Numbered("p101", 123)),
        ("IMG-20240501-WA0007", Numbered("img-20240501-wa", 7)),
        ("20240501_210304", None),
        ("PXL_20240501_210304123", None),
        ("IMG_1234 (1)", None),
        ("night", None),
        ("1", Numbered("", 1)),
    ],
)
def test_numbers_in_names(stem: str, expected: Numbered | None) -> None:
    assert numbered(stem) == expected


def test_a_counter_that_ran_over_goes_on() -> None:
    last, first = Numbered("img_", 9999), Numbered("img_", 1)
    assert last.distance(first) == 1
    assert first.distance(last) == -1
    assert last.distance(Numbered("dsc", 1)) is None
    order = in_order([shot("IMG_0002"), shot("IMG_9998"), shot("IMG_0001"), shot("IMG_9999")])
    assert [one.path.stem for one in order] == ["IMG_9998", "IMG_9999", "IMG_0001", "IMG_0002"]


def test_the_gap_is_counted_from_the_end_of_the_exposure() -> None:
    assert gap(shot("IMG_1", "8", 0), shot("IMG_2", "1/100", 9)) == pytest.approx(1)
    assert gap(shot("IMG_1", at=0), shot("IMG_2", at=61)) is None
    assert gap(shot("IMG_1", at=None), shot("IMG_3", at=None)) == pytest.approx(4), "two seconds a number"
    assert gap(shot("a", at=None), shot("b", at=None)) is None
    assert gap(shot("IMG_1"), shot("IMG_5")) is None, "three photos between them"


def test_a_pair_is_explained() -> None:
    pairs, _ = pairs_by_exposure([shot("IMG_1", "1/100", 0, iso=3200), shot("IMG_2", "1/4", 2, iso=100)], Silent())
    assert names(pairs) == [("IMG_1", "IMG_2")]
    assert pairs[0].reason == (
        "taken 2 s apart by the camera Acme One; 1/100 s, ISO 3200 and 1/4 s, ISO 100: exposed 25 times longer"
    )
    assert pairs[0].warnings == ()
    assert pairs[0].ev_gap == pytest.approx(np.log2(25) - 5)


@pytest.mark.parametrize(
    "other",
    [
        {"seconds": "1/60"},
        {"seconds": "1/4", "size": (4000, 6000)},
        {"seconds": "1/4", "focal_length_mm": 50.0},
        {"seconds": "1/4", "camera": "Bolt"},
        {"seconds": "1/4", "at": 70},
    ],
)
def test_what_is_no_pair(other: dict) -> None:
    assert pairs_by_exposure([shot("IMG_1"), shot("IMG_2", **{"at": 1, **other})], Silent())[0] == []


@pytest.mark.parametrize(
    ("second", "words"),
    [
        ({"seconds": "1/25"}, "only 4.0 times longer"),
        ({"seconds": "4"}, "may hold little but noise"),
        ({"seconds": "1/4", "f_number": 11.0}, "apertures differ"),
        ({"seconds": "1/4", "iso": 50, "f_number": 11.0}, "darker"),
    ],
)
def test_doubts_are_told(second: dict, words: str) -> None:
    pairs, _ = pairs_by_exposure([shot("IMG_1"), shot("IMG_2", **{"at": 1, **second})], Silent())
    assert any(words in warning for warning in pairs[0].warnings)


def test_the_nearer_neighbour_is_chosen() -> None:
    row = [shot("IMG_1", "1/4", 0), shot("IMG_2", "1/100", 8), shot("IMG_3", "1/4", 9)]
    pairs, _ = pairs_by_exposure(row, Silent())
    assert names(pairs) == [("IMG_2", "IMG_3")]
    assert pairs[0].warnings == ()


def test_a_choice_between_equals_is_told() -> None:
    row = [shot("IMG_1", "1/4", 0), shot("IMG_2", "1/100", 2), shot("IMG_3", "1/4", 4)]
    pairs, _ = pairs_by_exposure(row, Silent())
    assert len(pairs) == 1
    assert any("nearly as well" in warning for warning in pairs[0].warnings)


def test_pairs_without_a_rest_between_them() -> None:
    row = [shot(f"IMG_{i}", "1/100" if i % 2 else "1/4", 1.5 * i) for i in range(1, 9)]
    assert names(pairs_by_exposure(row, Silent())[0]) == [
        ("IMG_1", "IMG_2"),
        ("IMG_3", "IMG_4"),
        ("IMG_5", "IMG_6"),
        ("IMG_7", "IMG_8"),
    ]


@pytest.mark.parametrize(
    ("times", "short", "long"),
    [
        (["1/60", "1/240", "1/15"], 1, 2),
        (["1/60", "1/120", "1/30", "1/240", "1/15"], 3, 4),
        (["1/60", "1/240", "1/15", "1/960", "1/4"], 0, 4),
    ],
)
def test_of_a_bracket_two_are_used_and_it_is_told(times: list[str], short: int, long: int) -> None:
    row = [shot(f"IMG_{i}", time, 0.4 * i) for i, time in enumerate(times)]
    assert is_bracket(row)
    assert ends_of_bracket(row) == (row[short], row[long])
    pairs, rest = pairs_by_exposure(row, Silent())
    assert names(pairs) == [(f"IMG_{short}", f"IMG_{long}")]
    assert "chosen from a bracket" in pairs[0].warnings[0]
    assert len(rest) == len(times) - 2
    assert all(f"IMG_{short}.jpg"[:-4] in unpaired.reason for unpaired in rest)


def test_a_bracket_keeps_everything_but_the_time() -> None:
    times = ["1/60", "1/240", "1/15"]
    assert not is_bracket([shot(f"IMG_{i}", time, iso=100 * 4**i) for i, time in enumerate(times)])
    assert not is_bracket([shot(f"IMG_{i}", time) for i, time in enumerate(["1/60", "1/240", "1/2"])])
    assert not is_bracket([shot(f"IMG_{i}", time) for i, time in enumerate(["1/60", "1/240"])])


def test_renamed_photos_are_found_by_time_with_a_warning() -> None:
    row = [shot("noisy_1", "1/100", 0), shot("blurred_1", "1/4", 2)]
    assert pairs_by_exposure(row, Silent())[0] == []
    pairs, _ = pairs_by_time(row, Silent())
    assert names(pairs) == [("noisy_1", "blurred_1")]
    assert "names" in pairs[0].warnings[0]


@given(
    st.lists(st.tuples(st.sampled_from(["1/200", "1/100", "1/60", "1/15", "1/4", "2"]), st.floats(0, 12)), max_size=14)
)
def test_no_photo_is_used_twice_and_the_way_is_the_cheapest(taken: list[tuple[str, float]]) -> None:
    at, row = 0.0, []
    for number, (seconds, pause) in enumerate(taken):
        row.append(shot(f"IMG_{number}", seconds, at))
        at += float(Fraction(seconds)) + pause
    if any(gap(one, two) is None for one, two in pairwise(row)):
        return
    chosen = [choice.segment for choice in segments.cut(row)]
    covered = [index for segment in chosen for index in range(segment.start, segment.end)]
    assert len(covered) == len(set(covered))
    price = sum(segment.price for segment in chosen) + 5.0 * (len(row) - len(covered))
    assert price == pytest.approx(_cheapest(row, 0, {}))


def _cheapest(row: list[Shot], start: int, known: dict[int, float]) -> float:
    """The least price of a row from `start`, by trying everything."""
    if start == len(row):
        return 0.0
    if start not in known:
        options = [5.0 + _cheapest(row, start + 1, known)]
        for end in (start + 2, start + 3, start + 5, start + 7, start + 9):
            part = row[start:end]
            if len(part) == end - start and (is_bracket(part) or (len(part) == 2 and segments.may_be_pair(*part))):
                longest = max(gap(one, two) for one, two in pairwise(part))
                price = 1.0 + min(longest, 5.0) + max(0.0, longest - 5.0) / 20
                options.append(price + _cheapest(row, end, known))
        known[start] = min(options)
    return known[start]


def test_likeness_sees_the_scene_through_exposure_noise_and_a_shift() -> None:
    rng = np.random.default_rng(0)
    gray = scene(1, (128, 96)).mean(axis=2).astype(np.float32)
    dark = 0.3 * np.roll(gray, (3, -4), (0, 1)) + rng.normal(0, 0.03, gray.shape).astype(np.float32)
    other = scene(2, (128, 96)).mean(axis=2).astype(np.float32)
    assert likeness(Look(gray, 0.5), Look(dark, 0.2)) > 0.7
    assert likeness(Look(gray, 0.5), Look(other, 0.5)) < 0.5
    assert likeness(Look(gray, 0.5), Look(np.zeros_like(gray), 0.0)) is None
