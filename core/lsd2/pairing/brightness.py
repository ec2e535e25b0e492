"""Pairs of photos that tell no shutter times: numbered in a row, alike to look at, of different brightness."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from lsd2.io.pairing import DISPLAY_GAMMA
from lsd2.pairing.listing import LIST_NAME
from lsd2.pairing.look import ALIKE, likeness, look
from lsd2.pairing.looking import with_pictures
from lsd2.pairing.model import FoundPair, PairSource, Shot, Unpaired
from lsd2.pairing.segments import Choice, cut
from lsd2.pairing.sequence import grouped, in_order, number_step, series
from lsd2.pairing.words import describe_pair, doubts, succession
from lsd2.progress import Progress

MIN_LIGHT_STOPS = 1.0
"""Difference in brightness below which nothing says which of two photos is the short one."""
_DARKEST = 1 / 255


def pairs_by_brightness(shots: Iterable[Shot], progress: Progress) -> tuple[list[FoundPair], list[Unpaired]]:
    """Pairs of which at least one photo tells no shutter time; each with a warning, for they are guesses."""
    numbered = (shot for shot in shots if shot.numbered is not None)
    rows = grouped(numbered, lambda shot: (shot.path.parent, shot.numbered and shot.numbered.prefix)).values()
    runs = [run for row in rows for run in series(in_order(row))]
    seen = with_pictures(runs, _fits, progress, thoroughly=True)
    return [_make(choice, run) for run in seen for choice in cut(run, _may_be_pair)], []


def _fits(one: Shot, two: Shot) -> bool:
    tells_both = one.metadata.exposure_seconds is not None and two.metadata.exposure_seconds is not None
    return not tells_both and one.size == two.size and number_step(one, two) == 1


def _may_be_pair(one: Shot, two: Shot) -> bool:
    if not _fits(one, two):
        return False
    looks = look(one, thoroughly=True), look(two, thoroughly=True)
    if looks[0] is None or looks[1] is None:
        return False
    alike = likeness(looks[0], looks[1])
    return alike is not None and alike >= ALIKE and abs(_light_stops(one, two)) >= MIN_LIGHT_STOPS


def _light_stops(one: Shot, two: Shot) -> float:
    """By how many stops of light the second is brighter."""
    values = [seen.brightness if (seen := look(shot, thoroughly=True)) else 0.0 for shot in (one, two)]
    low, high = (max(value, _DARKEST) for value in values)
    return DISPLAY_GAMMA * math.log2(high / low)


def _make(choice: Choice, run: Sequence[Shot]) -> FoundPair:
    one, two = run[choice.segment.start : choice.segment.end]
    stops = _light_stops(one, two)
    short, long = (one, two) if stops > 0 else (two, one)
    warnings = [f"guessed by brightness, for not both tell their shutter times: check, or say so in {LIST_NAME}"]
    if choice.rival is not None:
        names = " and ".join(shot.name for shot in run[choice.rival.start : choice.rival.end])
        warnings.append(f"{names} would go together nearly as well")
    reason = f"{succession(one, two)}, alike to look at, {short.name} being {abs(stops):.1f} EV darker"
    return describe_pair(short, long, PairSource.BRIGHTNESS, reason, (*warnings, *doubts(short, long)))
