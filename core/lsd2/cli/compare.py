"""`lsd2 compare SHORT LONG -o DIR`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from lsd2.cli.choices import add_methods, add_sigma, chosen, note_left_out, requests_for
from lsd2.cli.console import TerminalProgress, add_process_options, print_json, print_notes, table

if TYPE_CHECKING:
    from lsd2.comparison.compose import Scene
    from lsd2.comparison.rows import Compared

MAX_CROPS = 8
MEASURES = (("dB", "psnr", 2), ("SSIM", "ssim", 4))
MEASURES_ALONE = (("sharpness", "sharpness", 2), ("noise", "noise", 2))
"""Heading, name and decimals of the figures with and without a reference."""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "compare",
        help="process a pair by several methods and put them side by side",
        description="Process a pair by several methods; write every result, a comparison sheet and a report.",
    )
    parser.add_argument("short", type=Path, metavar="SHORT", help="the sharp, noisy, dark exposure")
    parser.add_argument("long", type=Path, metavar="LONG", help="the bright, blurred exposure")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="DIR", help="the folder to write to")
    parser.add_argument("--reference", type=Path, metavar="SHARP", help="the sharp photo, for PSNR and SSIM")
    add_methods(parser)
    add_sigma(parser)
    parser.add_argument(
        "--crop",
        type=rectangle,
        action="append",
        default=[],
        metavar="X,Y,W,H",
        help="part to show enlarged, may be repeated; by default three are chosen where the methods differ most",
    )
    parser.add_argument("--force", action="store_true", help="overwrite files in DIR")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    add_process_options(parser)
    parser.set_defaults(run=run)


def rectangle(text: str) -> tuple[int, int, int, int]:
    """`X,Y,W,H` in pixels."""
    x, y, width, height = (int(part) for part in text.split(","))
    if min(x, y) < 0 or min(width, height) < 8:
        raise argparse.ArgumentTypeError("must be X,Y,WIDTH,HEIGHT in pixels, at least 8 wide and high")
    return x, y, width, height


def run(args: argparse.Namespace) -> int:
    """Read, prepare once, run every method, write."""
    from lsd2.comparison.compose import compose, pick_crops
    from lsd2.comparison.folder import Folder
    from lsd2.comparison.report import report
    from lsd2.errors import OptionsError
    from lsd2.methods.registry import all_methods, get_method, in_comparison_order
    from lsd2.photo import Crop
    from lsd2.progress import Stage

    names = [get_method(name).info.name for name in chosen(args, all_methods())]
    names = in_comparison_order(names)
    if len(args.crop) > MAX_CROPS:
        raise OptionsError(f"a sheet holds at most {MAX_CROPS} crops, not {len(args.crop)}")
    inputs = [path for path in (args.short, args.long, args.reference) if path]
    folder = Folder(args.output, names, inputs, args.force)
    folder.check()
    progress = TerminalProgress()
    scene, rows = _process(args, names, progress)
    crops = [Crop(*values) for values in args.crop] or pick_crops(scene, rows)
    progress.report(Stage.WRITE, 0, 1)
    described = report(scene, rows, crops)
    folder.write(rows, compose(scene, rows, crops, bool(args.crop)), described, scene.long)
    progress.clear()
    if args.json:
        print_json(described)
    else:
        _print(args.output, rows)
        note_left_out(args, all_methods())
    return 0


def _process(args: argparse.Namespace, names: list[str], progress: TerminalProgress) -> tuple[Scene, list[Compared]]:
    from lsd2.comparison.compose import Scene
    from lsd2.evaluation.comparison import compare
    from lsd2.evaluation.figures import check_reference
    from lsd2.io.read import read_photo
    from lsd2.io.read_pair import read_pair
    from lsd2.pipeline import prepare

    requests = requests_for(args, names)
    pair = read_pair(args.short, args.long)
    _check_crops(args, pair.short.width, pair.short.height)
    reference = read_photo(args.reference) if args.reference else None
    if reference is not None:
        check_reference(pair.short.pixels, reference.pixels)
    prepared = prepare(pair, not args.no_align, progress)
    short, long = pair.short.without_pixels(), pair.long.without_pixels()
    del pair
    rows = compare(prepared, requests, reference.pixels if reference else None, progress)
    return Scene(short, long, prepared.pair.short, prepared.pair.long, reference), rows


def _check_crops(args: argparse.Namespace, width: int, height: int) -> None:
    from lsd2.errors import OptionsError
    from lsd2.photo import Crop

    for values in args.crop:
        if not Crop(*values).fits(width, height):
            wanted = ",".join(map(str, values))
            raise OptionsError(f"the crop {wanted} is not inside {args.short.name}, which is {width}x{height}")


def _print(folder: Path, rows: list[Compared]) -> None:
    measures = MEASURES if "psnr" in rows[0].figures else MEASURES_ALONE
    cells = [["method", *(heading for heading, _, _ in measures), "s", "peak MB"]]
    for row in rows:
        figures = [f"{row.figures[name]:.{digits}f}" if name in row.figures else "-" for _, name, digits in measures]
        cells.append([row.result.label, *figures, f"{row.result.seconds:.1f}", f"{row.result.peak_rss_mb:.0f}"])
    print(table(cells))
    print(f"{folder}: {len(rows)} pictures, sheet.png, sheet.pdf, report.json; {rows[0].result.alignment.reason}")
    print_notes(tuple(note for row in rows for note in row.result.notes))
