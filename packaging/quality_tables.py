"""The tables of docs/quality.md: methods on triplets, on real pairs, and denoisers on clean photos."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from statistics import fmean
from typing import Any

from quality_store import Store, bytes_of, identity, modules_of, source_of

from lsd2.comparison.rows import Compared
from lsd2.evaluation.comparison import compare
from lsd2.evaluation.denoising import NoiseKind, NoiseRecipe, evaluate_photo, find_photos
from lsd2.evaluation.figures import Figures
from lsd2.evaluation.triplets import find_triplets
from lsd2.io.read import read_photo
from lsd2.io.read_pair import read_pair
from lsd2.methods.registry import all_methods, denoisers, in_comparison_order, without_weights
from lsd2.networks.manifest import all_models
from lsd2.options import ProcessOptions
from lsd2.photo import ExposurePair, Photo
from lsd2.pipeline import Prepared, prepare
from lsd2.progress import Silent

SIGMAS = (15, 25, 50)
PUBLISHED = {
    "cbsd68": (("CBM3D", "33.52", "30.71", "27.38"), ("CDnCNN", "33.90", "31.24", "27.95")),
    "kodak24": (("CBM3D", "34.28", "32.15", "28.46"), ("CDnCNN", "34.60", "32.14", "28.95")),
}
"""PSNR at `SIGMAS` by name of the set: K. Zhang, W. Zuo and L. Zhang, "FFDNet", IEEE TIP 27(9), 2018, and as repeated
in later papers (Kodak24 at sigma 25 is 31.68 in FFDNet's own table)."""
COMPARISON, DENOISING = "lsd2.evaluation.comparison", "lsd2.evaluation.denoising"
ALONE_PART = """## Real pairs

There is no sharp photo of these scenes. Q is the sharpness of the edges after Zhu and Milanfar (2010), more is sharper;
noise is the standard deviation in the smoothest parts, of 255, less is cleaner. Neither knows the true scene.
"""
NOISES = {
    NoiseKind.GAUSSIAN: "white Gaussian noise that is not clipped",
    NoiseKind.CLIPPED: "white Gaussian noise, clipped and rounded to 8 bit",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of every table: a method with one of its networks."""

    label: str
    options: ProcessOptions


def rows_of(names: Sequence[str] | None) -> list[Row]:
    """The methods of that name, or all that can run, in the order of a comparison; one row per installed network."""
    infos = {info.name: info for info in all_methods()}
    lacking = {info.name for info in without_weights(all_methods())}
    rows = []
    for name in in_comparison_order([name for name in names or list(infos) if name not in lacking]):
        models = [model.name for model in all_models() if model.method == name] if infos[name].trained else [None]
        for model in models:
            label = f"{infos[name].label} (`{model}`)" if model else infos[name].label
            rows.append(Row(label, ProcessOptions(method=name, model=model)))
    return rows


class Subject:
    """A pair to be measured; it is read and registered when the first method is not kept yet."""

    def __init__(self, inputs: list[Any], pair: Any, sharp: Any) -> None:
        self._inputs, self._pair, self._sharp = inputs, pair, sharp

    @classmethod
    def of_files(cls, short: Path, long: Path, sharp: Path | None) -> Subject:
        """Photos in files."""
        files = [short, long, *([sharp] if sharp else [])]
        return cls(bytes_of(*files), lambda: read_pair(short, long), lambda: read_photo(sharp) if sharp else None)

    @cached_property
    def pair(self) -> ExposurePair:
        return self._pair()

    @cached_property
    def sharp(self) -> Photo | None:
        return self._sharp()

    @cached_property
    def prepared(self) -> Prepared:
        return prepare(self.pair, align=True)

    def measured(self, rows: Sequence[Row], store: Store) -> list[Compared]:
        """The rows' results, each kept as soon as it is there."""
        return [
            store.get(
                ["pair", *self._inputs, *identity(row.options)],
                source_of(COMPARISON, *modules_of(row.options.method)),
                lambda row=row: self._run(row),
            )
            for row in rows
        ]

    def _run(self, row: Row) -> Compared:
        reference = self.sharp.pixels if self.sharp else None
        return compare(self.prepared, [row.options], reference, Silent())[0]


def table(heading: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A table in Markdown, its first column left and the others right."""
    rule = ["---", *["---:"] * (len(heading) - 1)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (heading, rule, *lines)) + "\n"


def best(values: Sequence[float], digits: int) -> list[str]:
    """The values as text, those that are the largest as they are written bold."""
    largest = f"{max(values):.{digits}f}"
    return [f"**{text}**" if text == largest else text for text in (f"{value:.{digits}f}" for value in values)]


def with_reference(names: Sequence[str], rows: Sequence[Row], results: Sequence[Sequence[Compared]]) -> str:
    """Two tables: PSNR, SSIM and seconds of every row, mean over all pairs; and PSNR of each pair."""
    measured = {name: [[one.figures[name] for one in each] for each in results] for name in ("psnr", "ssim")}
    means = {name: [fmean(column) for column in zip(*values, strict=True)] for name, values in measured.items()}
    seconds = [fmean(each[index].result.seconds for each in results) for index in range(len(rows))]
    summary = zip(
        [row.label for row in rows],
        best(means["psnr"], 2),
        best(means["ssim"], 3),
        [f"{value:.2f}" for value in seconds],
        strict=True,
    )
    each = ([name, *best(values, 2)] for name, values in zip(names, measured["psnr"], strict=True))
    return (
        table(("", "PSNR, dB", "SSIM", "seconds"), summary)
        + "\nPSNR of each, dB:\n\n"
        + table(("", *(row.label for row in rows)), each)
    )


def triplets_part(folder: Path, rows: Sequence[Row], store: Store) -> str:
    """PSNR and SSIM of every row on every triplet, and the means."""
    found, _ = find_triplets(folder)
    results = []
    for files in found:
        say(f"{folder.name}: {files.name}")
        results.append(Subject.of_files(files.short, files.long, files.sharp).measured(rows, store))
    size = results[0][0].pixels.shape
    return (
        f"## Triplets: {folder.name}\n\n"
        f"{len(found)} triplets, the first of {size[1]}x{size[0]}; mean over all. Every method got the same registered "
        "pixels; all but plain exposure fusion show the long frame's exposure.\n\n"
        + with_reference([files.name for files in found], rows, results)
    )


def pairs_part(pairs: Sequence[tuple[Path, Path]], rows: Sequence[Row], store: Store) -> str:
    """Sharpness and noise on real pairs."""
    parts = [ALONE_PART]
    for short, long in pairs:
        say(f"{short.name} and {long.name}")
        lines = [
            (row.label, f"{one.figures.get('sharpness', 0):.1f}", f"{one.figures['noise']:.1f}")
            for row, one in zip(rows, Subject.of_files(short, long, None).measured(rows, store), strict=True)
        ]
        parts.append(f"{short.name}, {long.name}:\n\n" + table(("", "Q", "noise"), lines))
    return "\n".join(parts)


def clean_part(folder: Path, rows: Sequence[Row], store: Store, kind: NoiseKind, every: int) -> str:
    """PSNR of the denoisers on clean photos with seeded noise of known strength, and published figures."""
    chosen = [row for row in rows if row.options.method in {info.name for info in denoisers()}]
    photos = dict(list(find_photos(folder).items())[::every])
    columns = []
    for sigma in SIGMAS:
        say(f"{folder.name}: sigma {sigma}, {kind}")
        recipe = NoiseRecipe(sigma, kind)
        figures = [[_denoised(name, path, recipe, row, store) for name, path in photos.items()] for row in chosen]
        columns.append([fmean(one["psnr"] for one in each) for each in figures])
    ours = [(row.label, *(f"{column[index]:.2f}" for column in columns)) for index, row in enumerate(chosen)]
    known = PUBLISHED.get(folder.name.lower(), ()) if kind is NoiseKind.GAUSSIAN else ()
    published = [(f"{name}, published", *values) for name, *values in known]
    which = f"One photo in {every}, {len(photos)} of them" if every > 1 else f"{len(photos)} photos"
    return (
        f"## Denoising: {folder.name}{', clipped noise' if kind is NoiseKind.CLIPPED else ''}\n\n"
        f"{which}, {NOISES[kind]}, its strength known to the methods; mean PSNR, dB.\n\n"
        + table(("", *(f"sigma {sigma}" for sigma in SIGMAS)), [*ours, *published])
    )


def _denoised(name: str, path: Path, recipe: NoiseRecipe, row: Row, store: Store) -> Figures:
    options = replace(row.options, sigma=float(recipe.sigma))
    parts = ["photo", name, *bytes_of(path), recipe, *identity(options)]
    source = source_of(DENOISING, *modules_of(options.method))
    return store.get(parts, source, lambda: evaluate_photo(name, path, recipe, [options], Silent())[options.method])


def say(words: str) -> None:
    """Tell how far it is."""
    print(words, file=sys.stderr, flush=True)
