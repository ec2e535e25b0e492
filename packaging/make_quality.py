"""Write docs/quality.md, the figures of all methods: `python packaging/make_quality.py [options]`.

    --triplets FOLDER    <name>_short, <name>_long, <name>_sharp photos; may be repeated
    --pairs SHORT LONG   a real pair without a sharp photo; may be repeated
    --clean FOLDER       clean photos, for denoising at sigma 15, 25 and 50; may be repeated
    --night N            a panel of N rendered night scenes

Every method that can run is in the tables, once for each of its installed networks.  The pictures are the comparison
sheet of the bundled sample pair and the rendered night scenes; nothing of the folders is copied, only their names and
figures.

With --cache FOLDER every figure is kept there as soon as it is measured, under its inputs, options, weights and the
source of its method: a run that was stopped goes on, and another one after new weights or changed code measures only
what they have changed.  With --trust, changed code is taken to give what it gave before, and only new inputs, options
and weights are measured.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from PIL import Image
from quality_night import night_part
from quality_store import Store
from quality_tables import Row, Subject, clean_part, pairs_part, rows_of, say, triplets_part

import lsd2
from lsd2.comparison.compose import Scene, compose, pick_crops
from lsd2.comparison.sheet import as_picture
from lsd2.evaluation.denoising import NoiseKind
from lsd2.io.atomic import write_atomically
from lsd2.resources import resource_path

DOCS = Path(__file__).resolve().parents[1] / "docs"
PICTURE_WIDTH = 1600
TITLE = """# How good the methods are

Written by `packaging/make_quality.py` on {date:%Y-%m-%d} with LSD2 {version}. Seconds are of the machine it ran on,
whatever else it was doing.
"""
SAMPLE_PART = """## The sample pair

![All methods on the bundled sample pair](images/quality_sheet.jpg)
"""


def sample_sheet(rows: Sequence[Row], store: Store) -> bytes:
    """The comparison sheet of the bundled pair as a JPEG file."""
    say("the bundled sample")
    short, long, sharp = (resource_path(f"samples/street_{role}.jpg") for role in ("short", "long", "sharp"))
    subject = Subject.of_files(short, long, sharp)
    results = subject.measured(rows, store)
    frames = subject.prepared.pair
    shown = subject.pair.short.without_pixels(), subject.pair.long.without_pixels()
    scene = Scene(*shown, frames.short, frames.long, subject.sharp)
    picture = as_picture(compose(scene, results, pick_crops(scene, results), chosen_by_user=False))
    height = round(picture.height * PICTURE_WIDTH / picture.width)
    buffer = BytesIO()
    picture.resize((PICTURE_WIDTH, height), Image.Resampling.LANCZOS).save(buffer, "JPEG", quality=82, optimize=True)
    return buffer.getvalue()


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--triplets", type=Path, action="append", default=[], metavar="FOLDER")
    parser.add_argument("--pairs", type=Path, action="append", nargs=2, default=[], metavar=("SHORT", "LONG"))
    parser.add_argument("--clean", type=Path, action="append", default=[], metavar="FOLDER")
    parser.add_argument("--clipped", action="store_true", help="denoising of clipped noise too")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every Nth clean photo")
    parser.add_argument("--night", type=int, default=0, metavar="N")
    parser.add_argument("--cache", type=Path, metavar="FOLDER", help="a folder of your own, outside the repository")
    parser.add_argument("--trust", action="store_true", help="keep what other code measured")
    parser.add_argument(
        "--methods", type=lambda text: text.split(","), help="names, by comma; default all that can run"
    )
    parser.add_argument("-o", "--output", type=Path, default=DOCS, metavar="FOLDER", help="default docs")
    parsed = parser.parse_args(arguments)
    rows, store = rows_of(parsed.methods), Store(parsed.cache, parsed.trust)
    kinds = [NoiseKind.GAUSSIAN, *([NoiseKind.CLIPPED] if parsed.clipped else [])]
    night, pictures = night_part(rows, parsed.night, store) if parsed.night else ("", {})
    parts = [
        TITLE.format(date=datetime.now(UTC), version=lsd2.__version__),
        SAMPLE_PART,
        *(triplets_part(folder, rows, store) for folder in parsed.triplets),
        *([pairs_part([(short, long) for short, long in parsed.pairs], rows, store)] if parsed.pairs else []),
        *([night] if night else []),
        *(clean_part(folder, rows, store, kind, parsed.every) for folder in parsed.clean for kind in kinds),
    ]
    pictures["quality_sheet.jpg"] = sample_sheet(rows, store)
    (parsed.output / "images").mkdir(parents=True, exist_ok=True)
    for name, data in pictures.items():
        write_atomically(parsed.output / "images" / name, data, overwrite=True)
    write_atomically(parsed.output / "quality.md", "\n".join(parts).encode(), overwrite=True)


if __name__ == "__main__":
    main()
