"""`lsd2 evaluate-denoising FOLDER --sigma 25`."""

from __future__ import annotations

import argparse
from pathlib import Path

from lsd2.cli.choices import (
    FigureTable,
    add_methods,
    add_report,
    check_report,
    chosen,
    note_left_out,
    requests_for,
    seed,
)
from lsd2.cli.console import TerminalProgress, add_network_options, positive


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "evaluate-denoising",
        help="measure denoisers on clean photos with added noise",
        description="Add seeded Gaussian noise to the clean photos of a folder, denoise; print PSNR, SSIM and seconds.",
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="clean photos")
    parser.add_argument("--sigma", type=positive, required=True, metavar="N", help="noise, on the 0-255 scale")
    parser.add_argument(
        "--noise",
        choices=["gaussian", "clipped"],
        default="gaussian",
        help="gaussian: as in published tables; clipped: rounded and clipped to 8 bit (default %(default)s)",
    )
    parser.add_argument("--seed", type=seed, default=0, metavar="S", help="the same seed gives the same noise")
    add_methods(parser)
    add_report(parser)
    add_network_options(parser)
    parser.set_defaults(run=run, no_align=True)


def run(args: argparse.Namespace) -> int:
    """Evaluate and print a table."""
    from lsd2.evaluation.denoising import NoiseKind, NoiseRecipe, evaluate_denoising, find_photos
    from lsd2.methods.registry import denoisers, get_denoiser

    check_report(args)
    names = chosen(args, denoisers())
    for name in names:
        get_denoiser(name)
    recipe = NoiseRecipe(args.sigma, NoiseKind(args.noise), args.seed)
    requests = requests_for(args, names)
    figures, progress = FigureTable(names), TerminalProgress()
    report = evaluate_denoising(find_photos(args.folder), recipe, requests, figures.add, progress)
    progress.clear()
    figures.finish(report, args)
    note_left_out(args, denoisers())
    return 0
