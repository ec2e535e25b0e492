"""`lsd2 evaluate FOLDER`."""

from __future__ import annotations

import argparse
from pathlib import Path

from lsd2.cli.choices import (
    FigureTable,
    add_methods,
    add_report,
    add_sigma,
    check_report,
    chosen,
    note_left_out,
    requests_for,
)
from lsd2.cli.console import TerminalProgress, add_process_options, print_notes


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
    add_report(parser)
    add_process_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Evaluate and print a table."""
    from lsd2.evaluation.triplets import evaluate, find_triplets
    from lsd2.methods.registry import all_methods, get_method

    check_report(args)
    names = [get_method(name).info.name for name in chosen(args, all_methods())]
    figures = FigureTable(names)
    triplets, notes = find_triplets(args.folder)
    progress = TerminalProgress()
    report = evaluate(triplets, requests_for(args, names), figures.add, progress)
    progress.clear()
    print_notes(notes)
    figures.finish(report, args)
    note_left_out(args, all_methods())
    return 0
