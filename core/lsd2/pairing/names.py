"""Pairs that say so in their names: night_short.jpg and night_long.jpg."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lsd2.pairing.model import FoundPair, PairSource, Shot, Unpaired
from lsd2.pairing.sequence import grouped
from lsd2.pairing.words import describe_pair, doubts
from lsd2.progress import Progress

_NAMED = re.compile(r"(?:(?P<scene>.+)[ _.-])?(?P<role>short|long)", re.IGNORECASE)


def pairs_by_name(shots: Iterable[Shot], progress: Progress) -> tuple[list[FoundPair], list[Unpaired]]:
    """One short and one long photo of one scene's name in one folder; nothing to be waited for."""
    found: list[FoundPair] = []
    for group in grouped((shot for shot in shots if _role(shot)), _scene).values():
        by_role = grouped(group, _role)
        if len(group) == 2 and len(by_role) == 2:
            short, long = by_role["short"][0], by_role["long"][0]
            if short.size == long.size:
                found.append(describe_pair(short, long, PairSource.NAMES, "their names say so", doubts(short, long)))
    return found, []


def _scene(shot: Shot) -> tuple[object, str]:
    match = _NAMED.fullmatch(shot.path.stem)
    return shot.path.parent, (match["scene"] or "").casefold() if match else ""


def _role(shot: Shot) -> str:
    match = _NAMED.fullmatch(shot.path.stem)
    return match["role"].casefold() if match else ""
