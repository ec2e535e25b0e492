"""Methods measured on triplets `<name>_short`, `<name>_long`, `<name>_sharp`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lsd2.errors import PhotoReadError
from lsd2.evaluation.comparison import compare
from lsd2.evaluation.figures import ByMethod, Report, measure_all
from lsd2.io.read import read_photo
from lsd2.io.read_pair import read_pair
from lsd2.io.suffixes import PHOTO_SUFFIXES
from lsd2.options import ProcessOptions
from lsd2.pipeline import prepare
from lsd2.progress import Progress


@dataclass(frozen=True, slots=True)
class TripletFiles:
    """The three files of one scene."""

    name: str
    short: Path
    long: Path
    sharp: Path


def find_triplets(folder: Path) -> tuple[list[TripletFiles], tuple[str, ...]]:
    """All complete triplets in a folder, by name, and notes about incomplete ones.

    Raises
    ------
    PhotoReadError
        When there is none, or two files claim one place.
    """
    if not folder.is_dir():
        raise PhotoReadError(f"{folder} is not a folder; give a folder of <name>_short, _long and _sharp photos")
    by_role = {role: _by_name(folder, role) for role in ("short", "long", "sharp")}
    names = sorted(set.intersection(*(set(files) for files in by_role.values())))
    if not names:
        raise PhotoReadError(f"{folder} holds no triplets; files must be named <name>_short, <name>_long, <name>_sharp")
    found = [TripletFiles(name, *(by_role[role][name] for role in ("short", "long", "sharp"))) for name in names]
    incomplete = sorted(set.union(*(set(files) for files in by_role.values())) - set(names))
    return found, tuple(f"{name} is left out: it lacks one of short, long and sharp" for name in incomplete)


def _by_name(folder: Path, role: str) -> dict[str, Path]:
    ending, found = f"_{role}", dict[str, Path]()
    for path in sorted(folder.iterdir()):
        if not path.stem.endswith(ending) or path.name.startswith(".") or path.suffix.lower() not in PHOTO_SUFFIXES:
            continue
        name = path.stem.removesuffix(ending)
        if name in found:
            raise PhotoReadError(f"{found[name]} and {path} are both the {role} photo of {name}; remove one of them")
        found[name] = path
    return found


def evaluate_triplet(files: TripletFiles, requests: list[ProcessOptions], progress: Progress) -> ByMethod:
    """Figures of every requested method on one triplet, all on the same prepared pixels; at least one request."""
    pair = read_pair(files.short, files.long)
    sharp = read_photo(files.sharp).pixels
    rows = compare(prepare(pair, requests[0].align, progress), requests, sharp, progress)
    return {
        row.result.method: {
            "psnr": row.figures["psnr"],
            "ssim": row.figures["ssim"],
            "seconds": row.result.seconds,
        }
        for row in rows
    }


def evaluate(
    triplets: list[TripletFiles],
    requests: list[ProcessOptions],
    show: Callable[[str, ByMethod], None],
    progress: Progress,
) -> Report:
    """Figures per triplet and their means; see `measure_all` for `show` and errors."""
    files = {triplet.name: triplet for triplet in triplets}
    return measure_all(files, lambda name: evaluate_triplet(files[name], requests, progress), show, "triplet")
