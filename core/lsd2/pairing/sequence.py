"""Photos in the order in which they were taken, and how far apart neighbours are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from lsd2.pairing.model import Shot

NEAR_SECONDS = 10.0
"""From the end of one exposure to the begin of the next: what was taken right after one another."""
MAX_GAP_SECONDS = 60.0
"""Who sets the second exposure by hand needs half a minute; so far apart, photos must look alike, too."""
MAX_NUMBER_STEP = 3
"""Two files may be missing between a pair's numbers: deleted, or videos."""
SECONDS_PER_NUMBER = 2.0
"""What a missing number, or an unknown time, counts for where gaps are compared."""
_COUNTER_LEAP = 5000
_CLOCK_SLACK_SECONDS = 2.0
"""Whole seconds, rounded either way, may let a photo seem to be taken before the one before it."""

Key = TypeVar("Key", bound=Hashable)
T = TypeVar("T")


def grouped(items: Iterable[T], key: Callable[[T], Key]) -> dict[Key, list[T]]:
    """The items by key, in the order in which they come."""
    groups: dict[Key, list[T]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return dict(groups)


def in_order(shots: Iterable[Shot]) -> list[Shot]:
    """As the camera counted them where it did, else by its clock: a clock may be set or stand still, counters do not.

    All shots must be of one lane, see `lane`.
    """
    listed = sorted(shots, key=lambda shot: (_number(shot), _clock(shot), shot.name))
    leaps = [i for i in range(1, len(listed)) if _number(listed[i]) - _number(listed[i - 1]) > _COUNTER_LEAP]
    # A counter that ran over: 9998, 9999, 1, 2.  Where it did not, nothing is lost: a leap is never in succession.
    return listed[leaps[-1] :] + listed[: leaps[-1]] if leaps else listed


def by_clock(shots: Iterable[Shot]) -> list[Shot]:
    """By the camera's clock; what it tells alike, by name."""
    return sorted(shots, key=lambda shot: (_clock(shot), shot.name))


def lane(shot: Shot) -> tuple[object, ...]:
    """Photos of one lane are compared: one folder, one camera, one way of naming."""
    prefix = shot.numbered.prefix if shot.numbered else None
    return shot.path.parent, shot.metadata.camera, prefix


def camera(shot: Shot) -> tuple[object, ...]:
    """Photos of one camera in one folder, however they are named."""
    return shot.path.parent, shot.metadata.camera


def number_step(one: Shot, two: Shot) -> int | None:
    """By how much the second's number is higher; None if either has none of the same kind."""
    return None if one.numbered is None or two.numbered is None else one.numbered.distance(two.numbered)


def seconds_between(one: Shot, two: Shot) -> float | None:
    """From the end of the first exposure to the begin of the second; None where a clock is unknown."""
    start, end = one.metadata.taken_at, two.metadata.taken_at
    if start is None or end is None:
        return None
    return (end - start).total_seconds() - float(one.metadata.exposure_seconds or 0)


def gap(one: Shot, two: Shot) -> float | None:
    """How far apart neighbours of one lane are, in seconds or what stands for them; None if not in succession."""
    step, seconds = number_step(one, two), seconds_between(one, two)
    if step is not None and not 1 <= step <= MAX_NUMBER_STEP:
        return None
    if seconds is None:
        return None if step is None else SECONDS_PER_NUMBER * step
    exposure = float(one.metadata.exposure_seconds or 0)
    if not -_CLOCK_SLACK_SECONDS - exposure <= seconds <= MAX_GAP_SECONDS:
        return None
    return max(seconds, 0.0) + (SECONDS_PER_NUMBER * (step - 1) if step else 0.0)


def series(shots: Sequence[Shot]) -> list[list[Shot]]:
    """Cut a lane where shots are not in succession."""
    runs: list[list[Shot]] = []
    for shot in shots:
        if runs and gap(runs[-1][-1], shot) is not None:
            runs[-1].append(shot)
        else:
            runs.append([shot])
    return runs


def _clock(shot: Shot) -> datetime:
    return shot.metadata.taken_at or datetime.min  # noqa: DTZ901 - EXIF times have no zone


def _number(shot: Shot) -> int:
    return shot.numbered.number if shot.numbered else 0
