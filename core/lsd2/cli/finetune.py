"""`lsd2 finetune CAPTURES -o FILE`."""

from __future__ import annotations

import argparse
from pathlib import Path

from lsd2.cli.console import print_notes
from lsd2.cli.training import add_run_options, print_figures, settings_of


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "finetune",
        help="fit the fusion network to your camera",
        description="Fine-tune the fusion network on tripod captures of your camera: <name>_short with <name>_long, "
        "<name>_long2, ... beside it, all sharp.",
    )
    parser.add_argument("captures", type=Path, metavar="CAPTURES", help="folder of tripod captures")
    add_run_options(parser, minutes=30)
    parser.add_argument("--name", metavar="NAME", help="also install it under this name, for --model NAME")
    parser.add_argument("--from", dest="start", metavar="MODEL", help="model to begin with (default: the program's)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Fine-tune; figures are printed as JSON lines."""
    from lsd2.networks.manifest import find_model, weight_folders
    from lsd2.networks.portable import check_name, install
    from lsd2.training.finetune import finetune
    from lsd2.training.train import FINETUNE, Given, Job

    folder = weight_folders()[-1]
    if args.name:
        check_name(args.name, folder)
    start = find_model("lsd2", args.start).path if args.start or not args.resume else None
    job = Job(FINETUNE, args.captures, args.output, tuple(args.gyro), start, args.resume, args.force, args.name)
    done = finetune(job, Given(**settings_of(args)), print_figures, lambda text: print_notes((text,)))
    print(f"{args.output}: {done.photos} captures, {done.crops} crops in {done.seconds / 60:.0f} minutes")
    if args.name:
        entry = install(args.output, args.name, folder)
        print(f"installed: lsd2 fuse --model {entry.name} ...")
    else:
        print(f"use it: lsd2 weights import {args.output} --name NAME, then lsd2 fuse --model NAME ...")
    return 0
