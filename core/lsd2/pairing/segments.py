"""The best way of cutting a series of shots into pairs, brackets and single photos.

Every way has a price: seconds between the photos put together, something for every group, more for every photo left
alone.  The cheapest is taken; where another one is nearly as cheap, the photos do not say which it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lsd2.pairing.exposure import BRACKET_SIZES, MIN_SHUTTER_STOPS, is_bracket, same_focal_length, shutter_stops
from lsd2.pairing.look import ALIKE, OTHER_SCENE, quick_likeness
from lsd2.pairing.model import Shot
from lsd2.pairing.sequence import NEAR_SECONDS, gap

_ALONE = 5.0
_GROUP = 1.0
_FULL_SECONDS = 5.0
_FAR_RATE = 1 / 20
"""What is far apart is dearer, but never so dear that two photos that go together are left alone for it."""
CLEAR_MARGIN = 2.0
"""Seconds by which the next best way must be dearer for the best to be beyond doubt."""

PairTest = Callable[[Shot, Shot], bool]


@dataclass(frozen=True, slots=True)
class Segment:
    """Shots `start` to `end` (not included) of a series: one photo, a pair, or a bracket."""

    start: int
    end: int
    price: float

    @property
    def is_group(self) -> bool:
        return self.end - self.start > 1

    def overlaps(self, other: Segment) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Choice:
    """A chosen group of a series.

    Attributes
    ----------
    segment : what is put together.
    rival : another group with some of its shots that is nearly as cheap.
    is_far : its shots were not taken right after one another.
    """

    segment: Segment
    rival: Segment | None
    is_far: bool


def fits(one: Shot, two: Shot) -> bool:
    """Whether two neighbours' headers are those of a short and a long frame of one scene."""
    stops = shutter_stops(one, two)
    exposed = stops is not None and abs(stops) >= MIN_SHUTTER_STOPS
    return exposed and one.size == two.size and same_focal_length(one, two)


def may_be_pair(one: Shot, two: Shot) -> bool:
    """Whether two neighbours are exposed as a short and a long frame of one scene would be.

    Small pictures of them must not show different scenes; if they were not taken right after one another, they must
    show the same.
    """
    if not fits(one, two):
        return False
    alike = quick_likeness(one, two)
    if (gap(one, two) or 0.0) > NEAR_SECONDS:
        return alike is not None and alike >= ALIKE
    return alike is None or alike >= OTHER_SCENE


def cut(shots: Sequence[Shot], is_pair: PairTest = may_be_pair) -> list[Choice]:
    """The cheapest way, in order, single photos left out."""
    segments = _segments(shots, is_pair)
    before, after = _cheapest(segments, len(shots))
    chosen, position = [], 0
    while position < len(shots):
        starting = [segment for segment in segments if segment.start == position]
        best = min(starting, key=lambda segment: segment.price + after[segment.end])
        position = best.end
        if best.is_group:
            chosen.append(_judged(best, _is_far(shots[best.start : best.end]), segments, before, after))
    return chosen


def _segments(shots: Sequence[Shot], is_pair: PairTest) -> list[Segment]:
    found = []
    for start, one in enumerate(shots):
        found.append(Segment(start, start + 1, _ALONE))
        if start + 1 < len(shots) and is_pair(one, shots[start + 1]):
            found.append(Segment(start, start + 2, _price(shots[start : start + 2])))
        for size in BRACKET_SIZES:
            part = shots[start : start + size]
            if len(part) == size and is_bracket(part):
                found.append(Segment(start, start + size, _price(part)))
    return found


def _is_far(shots: Sequence[Shot]) -> bool:
    return _longest_gap(shots) > NEAR_SECONDS


def _price(shots: Sequence[Shot]) -> float:
    longest = _longest_gap(shots)
    return _GROUP + min(longest, _FULL_SECONDS) + _FAR_RATE * max(0.0, longest - _FULL_SECONDS)


def _longest_gap(shots: Sequence[Shot]) -> float:
    return max(gap(one, two) or 0.0 for one, two in pairwise(shots))


def _cheapest(segments: Sequence[Segment], count: int) -> tuple[list[float], list[float]]:
    """Least price of everything before, and of everything from, every position."""
    infinite = float("inf")
    before, after = [0.0] + [infinite] * count, [infinite] * count + [0.0]
    for segment in segments:  # in the order of their starts
        before[segment.end] = min(before[segment.end], before[segment.start] + segment.price)
    for segment in reversed(segments):
        after[segment.start] = min(after[segment.start], segment.price + after[segment.end])
    return before, after


def _judged(
    best: Segment, is_far: bool, segments: Sequence[Segment], before: Sequence[float], after: Sequence[float]
) -> Choice:
    def total(segment: Segment) -> float:
        return before[segment.start] + segment.price + after[segment.end]

    limit = total(best) + CLEAR_MARGIN
    others = [other for other in segments if other.is_group and other != best and other.overlaps(best)]
    rival = min(others, key=total, default=None)
    return Choice(best, rival if rival is not None and total(rival) < limit else None, is_far)
