"""Why a photo stays alone, told by the photo next to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from lsd2.pairing.exposure import MIN_SHUTTER_STOPS, same_focal_length, shutter_stops
from lsd2.pairing.look import ALIKE, quick_likeness
from lsd2.pairing.model import FoundPair, Shot, Unpaired
from lsd2.pairing.sequence import (
    MAX_GAP_SECONDS,
    by_clock,
    camera,
    gap,
    grouped,
    in_order,
    lane,
    number_step,
    seconds_between,
)
from lsd2.pairing.words import duration, focal_text, in_time_order, size_text


def reasons(left: Iterable[Shot], shots: Iterable[Shot], pairs: Iterable[FoundPair]) -> list[Unpaired]:
    """A reason for every photo that is left of all shots once the pairs are taken out."""
    partners = {shot.path: other for p in pairs for shot, other in ((p.short, p.long), (p.long, p.short))}
    listed = list(shots)
    lanes = {key: _Row(in_order(members)) for key, members in grouped(listed, lane).items()}
    cameras = {key: _Row(by_clock(members)) for key, members in grouped(listed, camera).items()}
    return [Unpaired(shot.path, _reason(shot, (lanes[lane(shot)], cameras[camera(shot)]), partners)) for shot in left]


class _Row:
    """Shots in an order, and where each is."""

    def __init__(self, shots: Sequence[Shot]) -> None:
        self._shots = shots
        self._places = {shot.path: place for place, shot in enumerate(shots)}

    def beside(self, shot: Shot) -> list[Shot]:
        """The neighbours on both sides."""
        at = self._places[shot.path]
        return [*self._shots[max(0, at - 1) : at], *self._shots[at + 1 : at + 2]]


def _reason(shot: Shot, rows: Iterable[_Row], partners: dict[Path, Shot]) -> str:
    other = _nearest(shot, rows)
    if other is None:
        by = f"by {shot.metadata.camera}" if shot.metadata.camera else "without a camera's name"
        return f"no other photo here is {by}"
    if _seconds(shot, other) is None and number_step(shot, other) is None:
        return "neither a time nor a number says what belongs to it"
    in_succession = _gap(shot, other) is not None
    return (in_succession and _why_not_by_settings(shot, other, partners)) or _why_apart(shot, other, in_succession)


def _nearest(shot: Shot, rows: Iterable[_Row]) -> Shot | None:
    """The neighbour in the rows that is nearest by time, where both tell it."""
    beside = [other for row in rows for other in row.beside(shot)]

    def distance(other: Shot) -> tuple[bool, float]:
        seconds = _seconds(shot, other)
        return _gap(shot, other) is None, abs(number_step(shot, other) or 0) if seconds is None else seconds

    return min(beside, key=distance, default=None)


def _why_not_by_settings(shot: Shot, other: Shot, partners: dict[Path, Shot]) -> str | None:
    stops = shutter_stops(shot, other)
    if shot.size != other.size:
        return f"{other.name} beside it has another size ({size_text(other)}, not {size_text(shot)})"
    if not same_focal_length(shot, other):
        return f"{other.name} beside it has another focal length ({focal_text(other)}, not {focal_text(shot)})"
    if stops is not None and abs(stops) < MIN_SHUTTER_STOPS:
        return f"{other.name} beside it was exposed nearly as long ({shot.exposure} and {other.exposure})"
    if other.path in partners:
        return f"{other.name} beside it goes better with {partners[other.path].name}"
    if stops is not None and (quick_likeness(shot, other) or 0.0) < ALIKE:
        away = duration(_seconds(shot, other) or 0.0)
        return f"{other.name} beside it, {away} away, seems to show something else"
    if stops is None:
        return f"it or {other.name} beside it tells no shutter time, and their pixels do not tell it either"
    return None


def _why_apart(shot: Shot, other: Shot, in_succession: bool) -> str:
    seconds = _seconds(shot, other)
    if seconds is not None and seconds > MAX_GAP_SECONDS:
        limit = f"{MAX_GAP_SECONDS:.0f} s"
        return f"nothing was taken within {limit} of it; the nearest is {other.name}, {duration(seconds)} away"
    if in_succession:
        return f"{other.name} is the nearest, but too far away to go with it"
    return f"{other.name}, the nearest by time, is not next to it by its number"


def _seconds(shot: Shot, other: Shot) -> float | None:
    seconds = seconds_between(*in_time_order(shot, other))
    return None if seconds is None else max(seconds, 0.0)


def _gap(shot: Shot, other: Shot) -> float | None:
    """Between neighbours, whichever comes first in their row."""
    forward = gap(shot, other)
    return forward if forward is not None else gap(other, shot)
