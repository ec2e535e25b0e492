"""How the exposures of photos compare, in stops (EV)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from lsd2.pairing.model import Shot

MIN_SHUTTER_STOPS = 1.5
"""Less than three times longer is no long exposure: what a meter does between two views of a street."""
USUAL_SHUTTER_STOPS = (2.5, 8.0)
"""6 to 250 times longer; outside of it a pair is possible but deserves a look."""
MAX_FOCAL_STEP = 0.03
"""Relative; zooms report a little different lengths for one setting."""
BRACKET_SIZES = (3, 5, 7, 9)
BRACKET_STOPS = 4.0
"""Of a bracket the two exposures are taken that come nearest to 16 times longer: the paper asks for 10 to 30."""
_STEP_SLACK = 0.4
_MIN_STEP = 0.6
_SAME_STOPS = 0.4


def shutter_stops(first: Shot, second: Shot) -> float | None:
    """By how many stops the second was exposed longer; None if either does not tell."""
    one, two = first.metadata.exposure_seconds, second.metadata.exposure_seconds
    return None if one is None or two is None else math.log2(two) - math.log2(one)


def by_exposure(one: Shot, two: Shot) -> tuple[Shot, Shot]:
    """(short, long) of two shots that tell their shutter times."""
    return (one, two) if (shutter_stops(one, two) or 0.0) >= 0 else (two, one)


def same_focal_length(one: Shot, two: Shot) -> bool:
    """True also where either does not tell."""
    a, b = one.metadata.focal_length_mm, two.metadata.focal_length_mm
    return a is None or b is None or abs(a - b) <= MAX_FOCAL_STEP * max(a, b)


def is_bracket(shots: Sequence[Shot]) -> bool:
    """Whether the shots are one automatic bracket: shutter times in equal steps, everything else the same."""
    if len(shots) not in BRACKET_SIZES:
        return False
    times = sorted(shutter_stops(shots[0], shot) or 0.0 for shot in shots)
    steps = [high - low for low, high in pairwise(times)]
    typical = sum(steps) / len(steps)
    uniform = typical >= _MIN_STEP and all(abs(step - typical) <= _STEP_SLACK for step in steps)
    return uniform and all(_like_but_for_time(shots[0], shot) for shot in shots[1:])


def ends_of_bracket(shots: Sequence[Shot]) -> tuple[Shot, Shot]:
    """(short, long): the two of a bracket nearest to `BRACKET_STOPS` apart; of equals the longer exposed ones."""
    rising = sorted(shots, key=lambda shot: shutter_stops(shots[0], shot) or 0.0, reverse=True)
    candidates = [(short, long) for i, long in enumerate(rising) for short in rising[i + 1 :]]
    return min(candidates, key=_off_target)


def _off_target(pair: tuple[Shot, Shot]) -> int:
    """In half stops, for cameras write rounded times."""
    return round(2 * abs((shutter_stops(*pair) or 0.0) - BRACKET_STOPS))


def _like_but_for_time(one: Shot, two: Shot) -> bool:
    a, b = one.metadata, two.metadata
    settings = ((a.iso, b.iso), (a.f_number, b.f_number))
    alike = all(p is None or q is None or abs(math.log2(p / q)) <= _SAME_STOPS for p, q in settings)
    return alike and one.size == two.size and same_focal_length(one, two)
