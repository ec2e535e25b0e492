"""Write docs/quality.md, the figures of all methods: `python packaging/make_quality.py [options]`.

    --triplets FOLDER    <name>_short, <name>_long, <name>_sharp photos; may be repeated
    --pairs SHORT LONG   a real pair without a sharp photo; may be repeated
    --clean FOLDER       clean photos, for denoising at sigma 15, 25 and 50; may be repeated

Every method that can run is in the tables, once for each of its installed networks.  The picture is the comparison
sheet of the bundled sample pair; nothing of the folders is copied, only their names and figures.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from statistics import fmean

from PIL import Image

import lsd2
from lsd2.comparison.compose import Scene, compose, pick_crops
from lsd2.comparison.rows import Compared
from lsd2.comparison.sheet import draw
from lsd2.evaluation.comparison import compare
from lsd2.evaluation.denoising import NoiseRecipe, evaluate_photo, find_photos
from lsd2.evaluation.triplets import find_triplets
from lsd2.io.atomic import write_atomically
from lsd2.io.read import read_photo
from lsd2.io.read_pair import read_pair
from lsd2.methods.base import Kind
from lsd2.methods.registry import all_methods, in_comparison_order, without_weights
from lsd2.networks.manifest import all_models
from lsd2.options import ProcessOptions
from lsd2.photo import FloatImage
from lsd2.pipeline import prepare
from lsd2.progress import Silent
from lsd2.resources import resource_path

DOCS = Path(__file__).resolve().parents[1] / "docs"
SIGMAS = (15, 25, 50)
PICTURE_WIDTH = 1600
PUBLISHED = {
    "cbsd68": (("CBM3D", "33.52", "30.71", "27.38"), ("CDnCNN", "33.90", "31.24", "27.95")),
    "kodak24": (("CBM3D", "34.28", "32.15", "28.46"), ("CDnCNN", "34.60", "32.14", "28.95")),
}
"""PSNR at `SIGMAS` by name of the set: K. Zhang, W. Zuo and L. Zhang, "FFDNet", IEEE TIP 27(9), 2018, and as repeated
in later papers (Kodak24 at sigma 25 is 31.68 in FFDNet's own table)."""
TITLE = """# How good the methods are

Written by `packaging/make_quality.py` on {date:%Y-%m-%d} with LSD2 {version}. Seconds are of the machine it ran on, and
only comparable with each other.
"""
SAMPLE_PART = """## The sample pair

![All methods on the bundled sample pair](images/quality_sheet.jpg)
"""
ALONE_PART = """## Real pairs

There is no sharp photo of these scenes. Q is the sharpness of the edges after Zhu and Milanfar (2010), more is sharper;
noise is the standard deviation in the smoothest parts, of 255, less is cleaner. Neither knows the true scene.
"""


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


def table(heading: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A table in Markdown, its first column left and the others right."""
    rule = ["---", *["---:"] * (len(heading) - 1)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (heading, rule, *lines)) + "\n"


def best(values: Sequence[float], digits: int) -> list[str]:
    """The values as text, the largest one bold."""
    return [f"**{v:.{digits}f}**" if v == max(values) else f"{v:.{digits}f}" for v in values]


def triplets_part(folder: Path, rows: Sequence[Row]) -> str:
    """PSNR and SSIM of every row on every triplet, and the means."""
    found, _ = find_triplets(folder)
    results: list[list[Compared]] = []
    for files in found:
        say(f"{folder.name}: {files.name}")
        prepared = prepare(read_pair(files.short, files.long), align=True)
        sharp = read_photo(files.sharp).pixels
        results.append(compare(prepared, [row.options for row in rows], sharp, Silent()))
    measured = {name: [[one.figures[name] for one in each] for each in results] for name in ("psnr", "ssim")}
    means = {name: [fmean(column) for column in zip(*values, strict=True)] for name, values in measured.items()}
    seconds = [fmean(each[index].result.seconds for each in results) for index in range(len(rows))]
    size = results[0][0].pixels.shape
    summary = zip(
        [row.label for row in rows],
        best(means["psnr"], 2),
        best(means["ssim"], 3),
        [f"{value:.2f}" for value in seconds],
        strict=True,
    )
    each = ([files.name, *best(values, 2)] for files, values in zip(found, measured["psnr"], strict=True))
    return (
        f"## Triplets: {folder.name}\n\n"
        f"{len(found)} triplets, the first of {size[1]}x{size[0]}; mean over all. Every method got the same registered "
        "pixels; all but plain exposure fusion show the long frame's exposure.\n\n"
        + table(("", "PSNR, dB", "SSIM", "seconds"), summary)
        + "\nPSNR of each, dB:\n\n"
        + table(("", *(row.label for row in rows)), each)
    )


def pairs_part(pairs: Sequence[tuple[Path, Path]], rows: Sequence[Row]) -> str:
    """Sharpness and noise on real pairs."""
    parts = [ALONE_PART]
    for short, long in pairs:
        say(f"{short.name} and {long.name}")
        results = compare(prepare(read_pair(short, long), align=True), [row.options for row in rows], None, Silent())
        lines = [
            (row.label, f"{one.figures.get('sharpness', 0):.1f}", f"{one.figures['noise']:.1f}")
            for row, one in zip(rows, results, strict=True)
        ]
        parts.append(f"{short.name}, {long.name}:\n\n" + table(("", "Q", "noise"), lines))
    return "\n".join(parts)


def clean_part(folder: Path, rows: Sequence[Row]) -> str:
    """PSNR of the denoisers on clean photos with seeded, unclipped noise of known strength, and published figures."""
    denoisers = {info.name for info in all_methods() if info.kind is Kind.DENOISER}
    chosen = [row for row in rows if row.options.method in denoisers]
    photos = find_photos(folder)
    columns: list[list[float]] = []
    for sigma in SIGMAS:
        say(f"{folder.name}: sigma {sigma}")
        figures = [
            [
                evaluate_photo(name, path, NoiseRecipe(sigma), [replace(row.options, sigma=sigma)], Silent())
                for name, path in photos.items()
            ]
            for row in chosen
        ]
        columns.append(
            [
                fmean(by_method[row.options.method]["psnr"] for by_method in each)
                for row, each in zip(chosen, figures, strict=True)
            ]
        )
    ours = [(row.label, *(f"{c[index]:.2f}" for c in columns)) for index, row in enumerate(chosen)]
    published = [(f"{name}, published", *values) for name, *values in PUBLISHED.get(folder.name.lower(), ())]
    return (
        f"## Denoising: {folder.name}\n\n{len(photos)} photos, white Gaussian noise that is not clipped, its strength "
        "known to the methods; mean PSNR, dB.\n\n"
        + table(("", *(f"sigma {sigma}" for sigma in SIGMAS)), [*ours, *published])
    )


def sample_sheet(rows: Sequence[Row]) -> bytes:
    """The comparison sheet of the bundled pair as a JPEG file."""
    say("the bundled sample")
    short, long, sharp = (resource_path(f"samples/street_{role}.jpg") for role in ("short", "long", "sharp"))
    pair, reference = read_pair(short, long), read_photo(sharp)
    prepared = prepare(pair, align=True)
    results = compare(prepared, [row.options for row in rows], reference.pixels, Silent())
    frames: tuple[FloatImage, FloatImage] = (prepared.pair.short, prepared.pair.long)
    scene = Scene(pair.short.without_pixels(), pair.long.without_pixels(), *frames, reference)
    picture = draw(compose(scene, results, pick_crops(scene, results), chosen_by_user=False))
    small = picture.resize(
        (PICTURE_WIDTH, round(picture.height * PICTURE_WIDTH / picture.width)), Image.Resampling.LANCZOS
    )
    buffer = BytesIO()
    small.save(buffer, "JPEG", quality=88)
    return buffer.getvalue()


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--triplets", type=Path, action="append", default=[], metavar="FOLDER")
    parser.add_argument("--pairs", type=Path, action="append", nargs=2, default=[], metavar=("SHORT", "LONG"))
    parser.add_argument("--clean", type=Path, action="append", default=[], metavar="FOLDER")
    parser.add_argument(
        "--methods", type=lambda text: text.split(","), help="names, by comma; default all that can run"
    )
    parser.add_argument("-o", "--output", type=Path, default=DOCS, metavar="FOLDER", help="default docs")
    parsed = parser.parse_args(arguments)
    rows = rows_of(parsed.methods)
    parts = [
        TITLE.format(date=datetime.now(UTC), version=lsd2.__version__),
        SAMPLE_PART,
        *(triplets_part(folder, rows) for folder in parsed.triplets),
        *([pairs_part([(short, long) for short, long in parsed.pairs], rows)] if parsed.pairs else []),
        *(clean_part(folder, rows) for folder in parsed.clean),
    ]
    sheet = sample_sheet(rows)
    (parsed.output / "images").mkdir(parents=True, exist_ok=True)
    write_atomically(parsed.output / "images" / "quality_sheet.jpg", sheet, overwrite=True)
    write_atomically(parsed.output / "quality.md", "\n".join(parts).encode(), overwrite=True)


if __name__ == "__main__":
    main()
