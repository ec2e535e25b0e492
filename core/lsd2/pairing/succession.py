"""Pairs by exposure data: shots that one camera took right after one another, one of them exposed much longer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lsd2.pairing.exposure import by_exposure, ends_of_bracket
from lsd2.pairing.listing import LIST_NAME
from lsd2.pairing.look import UNLIKE, quick_likeness
from lsd2.pairing.looking import with_pictures
from lsd2.pairing.model import FoundPair, PairSource, Shot, Unpaired
from lsd2.pairing.segments import Choice, cut, fits
from lsd2.pairing.sequence import by_clock, camera, grouped, in_order, lane, series
from lsd2.pairing.words import describe_pair, doubts, succession
from lsd2.progress import Progress

UNLIKE_WARNING = "on a small scale they do not look alike: check that both show the same scene"
_FAR_WARNING = "they were not taken right after one another: check that both show the same scene"
_TIME_ONLY_WARNING = "their names are of different kinds, so only their times say that they belong together"


def pairs_by_exposure(shots: Iterable[Shot], progress: Progress) -> tuple[list[FoundPair], list[Unpaired]]:
    """Pairs, and the photos of brackets that were not needed; only shots that tell their shutter times count."""
    told = [shot for shot in shots if shot.metadata.exposure_seconds is not None]
    rows = [in_order(members) for members in grouped(told, lane).values()]
    return _pairs_in(rows, (), progress)


def pairs_by_time(shots: Iterable[Shot], progress: Progress) -> tuple[list[FoundPair], list[Unpaired]]:
    """As `pairs_by_exposure`, for what it left: of renamed photos, only the camera's clock tells the order."""
    told = [shot for shot in shots if None not in (shot.metadata.exposure_seconds, shot.metadata.taken_at)]
    by_camera = grouped(told, camera)
    return _pairs_in([by_clock(members) for members in by_camera.values()], (_TIME_ONLY_WARNING,), progress)


def _pairs_in(
    rows: Iterable[Sequence[Shot]], warnings: tuple[str, ...], progress: Progress
) -> tuple[list[FoundPair], list[Unpaired]]:
    pairs: list[FoundPair] = []
    aside: list[Unpaired] = []
    for run in with_pictures([run for row in rows for run in series(row)], fits, progress):
        for choice in cut(run):
            found, left = _make(choice, run, warnings)
            pairs.append(found)
            aside += left
    return pairs, aside


def _make(choice: Choice, run: Sequence[Shot], warnings: tuple[str, ...]) -> tuple[FoundPair, list[Unpaired]]:
    group = run[choice.segment.start : choice.segment.end]
    if len(group) > 2:
        return _from_bracket(group, warnings)
    short, long = by_exposure(*group)
    found = (*warnings, *_choice_warnings(choice, run), *doubts(short, long), *_look_warning(short, long))
    return describe_pair(short, long, PairSource.EXPOSURE, succession(*group), found), []


def _from_bracket(group: Sequence[Shot], warnings: tuple[str, ...]) -> tuple[FoundPair, list[Unpaired]]:
    short, long = ends_of_bracket(group)
    what = f"a bracket of {len(group)} ({group[0].name} to {group[-1].name})"
    chosen = f"chosen from {what}: the two that come nearest to 16 times longer"
    found = (chosen, *warnings, *doubts(short, long), *_look_warning(short, long))
    pair = describe_pair(short, long, PairSource.EXPOSURE, succession(*group[:2]), found)
    rest = [shot for shot in group if shot not in (short, long)]
    why = f"one of {what}, of which {short.name} and {long.name} are used"
    return pair, [Unpaired(shot.path, why) for shot in rest]


def _choice_warnings(choice: Choice, run: Sequence[Shot]) -> tuple[str, ...]:
    rival = choice.rival
    if rival is not None:
        names = " and ".join(shot.name for shot in run[rival.start : rival.end])
        return (f"{names} would go together nearly as well: check, or say which in {LIST_NAME}",)
    return (_FAR_WARNING,) if choice.is_far else ()


def _look_warning(short: Shot, long: Shot) -> tuple[str, ...]:
    alike = quick_likeness(short, long)
    return (UNLIKE_WARNING,) if alike is not None and alike < UNLIKE else ()
