"""`lsd2 evaluate FOLDER`."""

from __future__ import annotations

import argparse
from pathlib import Path

from lsd2.cli.choices import FigureTable, add_methods, add_sigma, chosen, requests_for
from lsd2.cli.console import add_process_options


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "evaluate",
        help="measure methods on triplets with a known sharp photo",
        description="Run methods on <name>_short, <name>_long, <name>_sharp triplets; print PSNR, SSIM and seconds.",
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    add_methods(parser)
    add_sigma(parser)
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures to FILE")
    add_process_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Evaluate and print a table."""
    from lsd2.evaluation.triplets import evaluate, find_triplets
    from lsd2.methods.registry import all_methods, get_method

    names = [get_method(name).info.name for name in chosen(args.methods, [info.name for info in all_methods()])]
    figures = FigureTable(names)
    report = evaluate(find_triplets(args.folder), requests_for(args, names), figures.add)
    figures.finish(report, args.json)
    return 0
