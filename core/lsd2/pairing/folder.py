"""The pairs of a folder: what the user says first, then names, exposures, brightness; the rest stays alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from lsd2.pairing.alone import reasons
from lsd2.pairing.brightness import pairs_by_brightness
from lsd2.pairing.listing import LIST_NAME, PairList, checked, read_list
from lsd2.pairing.model import FolderPairs, FoundPair, PairSource, Shot, Unpaired
from lsd2.pairing.names import pairs_by_name
from lsd2.pairing.shots import FolderShots, ShotReader
from lsd2.pairing.succession import pairs_by_exposure, pairs_by_time
from lsd2.pairing.twins import without_twins
from lsd2.pairing.words import describe_pair, doubts
from lsd2.progress import Progress, Silent


def find_pairs(
    folder: Path,
    *,
    recursive: bool = False,
    listed: PairList | None = None,
    only_listed: bool = False,
    skip: Collection[Path] = (),
    is_ready: Callable[[Path], bool] = lambda path: True,
    may_come: bool = False,
    reader: ShotReader | None = None,
    progress: Progress | None = None,
) -> FolderPairs:
    """What belongs together in a folder, and why.

    Parameters
    ----------
    folder : of photos; each of its folders is judged by itself.
    recursive : look into sub-folders, too.
    listed : pairs that the user named; the lists in the folders themselves are read where this says nothing.
    only_listed : find no pairs beyond the lists.
    skip : folders and files left out.
    is_ready : files for which it says no are left out, for now.
    may_come : photos that the lists in the folders name may come later.
    reader : keeps what it read for the next time.
    progress : told of every file that was read.

    Raises
    ------
    PairError
        When the folder or a list cannot be read.
    Cancelled
        When `progress` says so.
    """
    reader = reader or ShotReader()
    found = reader.read_folder(folder, recursive=recursive, skip=skip, is_ready=is_ready, progress=progress)
    own = listed or PairList()
    orders = own + _lists_beside(found, folder, may_come).less(own)
    pairs, alone = _follow(checked(orders, "the list of pairs"), reader)
    decided = {path.resolve() for path in orders.paths}
    rest = [shot for shot in found.shots if shot.path.resolve() not in decided]
    unreadable = [unpaired for unpaired in found.unreadable if unpaired.path.resolve() not in decided]
    more, left = _without_list(rest) if only_listed else _pair(rest, progress or Silent())
    return FolderPairs(
        folder=folder,
        pairs=tuple(sorted([*pairs, *more], key=lambda pair: (pair.short.path.parent, pair.short.name))),
        alone=tuple(sorted([*alone, *left, *unreadable], key=lambda unpaired: unpaired.path)),
        other_files=found.other_files,
    )


def _lists_beside(found: FolderShots, folder: Path, may_come: bool) -> PairList:
    """The lists in the folders."""
    lists = sorted({folder / LIST_NAME, *(shot.path.with_name(LIST_NAME) for shot in found.shots)})
    return sum((read_list(path, may_come=may_come) for path in lists if path.is_file()), PairList())


def _follow(orders: PairList, reader: ShotReader) -> tuple[list[FoundPair], list[Unpaired]]:
    """The pairs that were named, and the photos that stay alone by that."""
    pairs: list[FoundPair] = []
    alone = [Unpaired(path, "the list keeps it alone") for path in orders.alone]
    for paths in orders.pairs:
        short, long = (reader.read(path) for path in paths)
        if isinstance(short, Shot) and isinstance(long, Shot):
            pairs.append(describe_pair(short, long, PairSource.LIST, "the list says so", doubts(short, long)))
            continue
        alone += [_parted(paths[0], short, paths[1], long), _parted(paths[1], long, paths[0], short)]
    return pairs, alone


def _parted(path: Path, shot: Shot | Unpaired | None, other: Path, partner: Shot | Unpaired | None) -> Unpaired:
    """Why a photo stays alone although it was named with another."""
    if isinstance(shot, Unpaired):
        return shot
    if shot is None:
        return Unpaired(path, "it is no photo")
    if isinstance(partner, Unpaired):
        return Unpaired(path, f"the list pairs it with {other.name}, but {partner.reason}")
    return Unpaired(path, f"the list pairs it with {other.name}, which is no photo")


def _without_list(shots: Iterable[Shot]) -> tuple[list[FoundPair], list[Unpaired]]:
    return [], [Unpaired(shot.path, "the list does not name it") for shot in shots]


def _pair(shots: Iterable[Shot], progress: Progress) -> tuple[list[FoundPair], list[Unpaired]]:
    """All pairs that can be found, and the reason of every other photo."""
    single, aside = without_twins(shots)
    left = single
    pairs: list[FoundPair] = []
    for find in (pairs_by_name, pairs_by_exposure, pairs_by_time, pairs_by_brightness):
        found, judged = find(left, progress)
        pairs += found
        aside += judged
        done = {shot.path for pair in found for shot in (pair.short, pair.long)} | {one.path for one in judged}
        left = [shot for shot in left if shot.path not in done]
    return pairs, aside + reasons(left, single, pairs)
