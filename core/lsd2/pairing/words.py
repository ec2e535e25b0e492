"""Why photos make a pair, what is doubtful about it, and why a photo stays alone: in words."""

from __future__ import annotations

import math

from lsd2.io.pairing import ev_gap
from lsd2.pairing.exposure import USUAL_SHUTTER_STOPS, same_focal_length, shutter_stops
from lsd2.pairing.model import FoundPair, PairSource, Shot
from lsd2.pairing.sequence import number_step, seconds_between

_DARKER_STOPS = -0.5
_APERTURE_STOPS = 0.5
_SECONDS_SHOWN_EXACTLY = 600


def describe_pair(
    short: Shot, long: Shot, source: PairSource, reason: str, warnings: tuple[str, ...] = ()
) -> FoundPair:
    """The pair with what its exposures add to the reason."""
    stops = shutter_stops(short, long)
    facts = [reason]
    if stops is not None:
        facts.append(f"{short.exposure} and {long.exposure}: exposed {_times(stops)} times longer")
    gap = ev_gap(short.metadata, long.metadata)
    return FoundPair(short, long, source, "; ".join(facts), warnings, gap)


def succession(one: Shot, two: Shot) -> str:
    """How two shots follow each other: "taken 2 s apart by the camera Canon EOS R5"."""
    seconds, camera = seconds_between(one, two), one.metadata.camera
    if seconds is None:
        return "next to each other by their numbers" if number_step(one, two) == 1 else "their numbers are close"
    apart = duration(max(seconds, 0.0))
    return f"taken {apart} apart by the camera {camera}" if camera else f"taken {apart} after one another"


def duration(seconds: float) -> str:
    """A time span as people say it."""
    if seconds < _SECONDS_SHOWN_EXACTLY:
        return f"{seconds:.0f} s" if seconds >= 1 else "less than a second"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.0f} h"


def doubts(short: Shot, long: Shot) -> tuple[str, ...]:
    """What the headers of a pair give reason to doubt, a line each."""
    found = (_size_doubt(short, long), _shutter_doubt(short, long), _light_doubt(short, long), _lens_doubt(short, long))
    return tuple(doubt for doubt in found if doubt is not None)


def _size_doubt(short: Shot, long: Shot) -> str | None:
    if short.size == long.size:
        return None
    return f"their sizes differ ({size_text(short)} and {size_text(long)}), so they cannot be fused"


def _shutter_doubt(short: Shot, long: Shot) -> str | None:
    stops = shutter_stops(short, long)
    least, most = USUAL_SHUTTER_STOPS
    if stops is None or least <= stops <= most:
        return None
    if stops < 0:
        return f"the roles look swapped: {short.name} has the longer shutter time"
    if stops < least:
        return f"the long one was exposed only {_times(stops)} times longer: is this a short and a long exposure?"
    return f"the long one was exposed {_times(stops)} times longer: the short one may hold little but noise"


def _light_doubt(short: Shot, long: Shot) -> str | None:
    gap = ev_gap(short.metadata, long.metadata)
    if gap is None or gap >= _DARKER_STOPS:
        return None
    return f"by ISO and aperture the long one is {-gap:.1f} EV darker than the short one"


def _lens_doubt(short: Shot, long: Shot) -> str | None:
    a, b = short.metadata.f_number, long.metadata.f_number
    if not same_focal_length(short, long):
        return f"their focal lengths differ ({focal_text(short)} and {focal_text(long)})"
    if a is not None and b is not None and 2 * abs(math.log2(a / b)) > _APERTURE_STOPS:
        return f"their apertures differ (f/{a:g} and f/{b:g}), and with them what is in focus"
    return None


def in_time_order(one: Shot, two: Shot) -> tuple[Shot, Shot]:
    """By time, where both tell it."""
    a, b = one.metadata.taken_at, two.metadata.taken_at
    return (two, one) if a is not None and b is not None and b < a else (one, two)


def _times(stops: float) -> str:
    ratio = 2**stops
    return f"{ratio:.0f}" if ratio >= 9.5 else f"{ratio:.1f}"


def size_text(shot: Shot) -> str:
    return f"{shot.size[0]} x {shot.size[1]}"


def focal_text(shot: Shot) -> str:
    return f"{shot.metadata.focal_length_mm:g} mm"
