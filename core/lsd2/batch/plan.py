"""From pairs to what is to be written, and what of it is done already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from lsd2.batch.journal import Entry, Event, is_complete
from lsd2.batch.model import BatchItem, BatchRequest, Outcome, PairState, key_of
from lsd2.io.name_template import NameFacts, render_name
from lsd2.options import Role
from lsd2.pairing.model import FoundPair


def plan(
    pairs: Iterable[FoundPair], request: BatchRequest, entries: Mapping[str, Entry], queued: Iterable[BatchItem] = ()
) -> list[BatchItem]:
    """An item for every pair, in their order; pairs whose files are gone meanwhile are left out.

    A pair that is queued or that the journal knows keeps its target, unless it failed before anything was written.
    Others get the name that the template gives, in the folder of the output that corresponds to theirs, with a number
    behind it where two pairs would get one name.

    Raises
    ------
    OptionsError
        When the template is wrong, or the weights that it is to name are unknown.
    """
    keyed = [(pair, key) for pair in pairs if (key := _key(pair, request)) is not None]
    queued = tuple(queued)
    kept = _kept(entries, queued, request.output)
    replaced = kept.keys() - _of_this_batch(keyed, queued) if request.overwrite else set()
    taken = {_folded(target) for key, target in kept.items() if key not in replaced}
    items = []
    for pair, key in keyed:
        target = kept[key] if key in kept else _free_name(pair, request, taken)
        taken.add(_folded(target))
        path = request.output / target
        items.append(BatchItem(key, pair.short.path, pair.long.path, path, pair.reason, pair.warnings))
    return items


def _key(pair: FoundPair, request: BatchRequest) -> str | None:
    try:
        return key_of(pair.short.path, pair.long.path, request)
    except OSError:
        return None


def _kept(entries: Mapping[str, Entry], queued: Iterable[BatchItem], output: Path) -> dict[str, str]:
    """The targets that stay, by key; a pair that failed before anything was written has none."""
    known = {
        key: entry.target for key, entry in entries.items() if entry.event is not Event.FAILED or entry.was_announced
    }
    return known | {item.key: item.target.relative_to(output).as_posix() for item in queued}


def _of_this_batch(keyed: Iterable[tuple[FoundPair, str]], queued: Iterable[BatchItem]) -> set[str]:
    """Keys whose targets hold what this batch makes; not those of queued pairs whose photos changed since."""
    keys = {(pair.short.path, pair.long.path): key for pair, key in keyed}
    return {*keys.values(), *(item.key for item in queued if (item.short, item.long) not in keys)}


def done_earlier(items: Iterable[BatchItem], entries: Mapping[str, Entry], output: Path) -> dict[str, Outcome]:
    """The outcomes of the items that earlier runs finished, by key."""
    outcomes = {}
    for item in items:
        entry = entries.get(item.key)
        if entry is not None and is_complete(entry, output):
            seconds, notes = float(entry.facts.get("seconds", 0.0)), tuple(entry.facts.get("notes", ()))
            outcomes[item.key] = Outcome(PairState.DONE, seconds=seconds, notes=notes, earlier=True)
    return outcomes


def failed_earlier(items: Iterable[BatchItem], entries: Mapping[str, Entry]) -> dict[str, Outcome]:
    """The outcomes of the items that failed in the last run that tried them, by key."""
    known = {item.key: entries[item.key] for item in items if item.key in entries}
    return {
        key: Outcome(PairState.FAILED, str(entry.facts.get("message", "")), earlier=True)
        for key, entry in known.items()
        if entry.event is Event.FAILED
    }


def in_order_of_trust(items: Iterable[BatchItem], entries: Mapping[str, Entry]) -> list[BatchItem]:
    """Pairs in the middle of which the program ended come last: if they ended it, they do so after all others."""
    return sorted(items, key=lambda item: entries[item.key].interruptions if item.key in entries else 0)


def _free_name(pair: FoundPair, request: BatchRequest, taken: set[str]) -> str:
    short = pair.short.path
    inside = short.is_relative_to(request.source)
    folder = short.parent.relative_to(request.source) if inside else Path()
    stem = render_name(request.template, _facts(pair, request))
    number = 1
    while _folded(name := (folder / f"{stem}{f'-{number}' * (number > 1)}{request.suffix}").as_posix()) in taken:
        number += 1
    return name


def _facts(pair: FoundPair, request: BatchRequest) -> NameFacts:
    parent = pair.long if request.writing.parent is Role.LONG else pair.short
    model = request.options.model
    if model is None and "{model}" in request.template:
        from lsd2.networks.manifest import find_model

        model = find_model(request.options.method, None).name
    return NameFacts(pair.short.path, pair.long.path, request.options.method, model, parent.metadata)


def _folded(target: str) -> str:
    """Some drives take IMG_1.jpg and img_1.jpg for one name."""
    return target.casefold()
