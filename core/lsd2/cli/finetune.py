"""`lsd2 finetune CAPTURES -o FILE`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from lsd2.cli.choices import seed
from lsd2.cli.console import count, positive, print_notes


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "finetune",
        help="fit the fusion network to your camera",
        description="Fine-tune the fusion network on tripod captures of your camera: <name>_short with <name>_long, "
        "<name>_long2, ... beside it, all sharp.",
    )
    parser.add_argument("captures", type=Path, metavar="CAPTURES", help="folder of tripod captures")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="the .safetensors to write")
    parser.add_argument("--name", metavar="NAME", help="also install it under this name, for --model NAME")
    parser.add_argument("--from", dest="start", metavar="MODEL", help="model to begin with (default: the program's)")
    parser.add_argument("--minutes", type=positive, metavar="M", help="budget over all resumptions (default 30)")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint beside FILE")
    parser.add_argument("--force", action="store_true", help="replace an existing FILE")
    parser.add_argument("--rate", type=positive, metavar="R", help="peak learning rate (default 0.0001)")
    parser.add_argument("--gyro", type=Path, action="append", default=[], metavar="CSV", help="recorded shake")
    parser.add_argument("--batch", type=count, metavar="N", help="crops per step (default 16)")
    parser.add_argument("--crop", type=count, metavar="PX", help="side of a training crop (default 128)")
    parser.add_argument("--threads", type=seed, metavar="N", help="of the training process; 0, the default: automatic")
    parser.add_argument("--loaders", type=seed, metavar="N", help="data processes (default 1)")
    parser.add_argument("--seed", type=seed, metavar="S", help="of everything random (default 0)")
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
    start = None if args.resume else find_model("lsd2", args.start).path
    given = Given(
        rate=args.rate,
        batch=args.batch,
        crop=args.crop,
        seed=args.seed,
        minutes=args.minutes,
        threads=args.threads,
        loaders=args.loaders,
    )
    job = Job(FINETUNE, args.captures, args.output, tuple(args.gyro), start, args.resume, args.force)
    done = finetune(job, given, lambda entry: print(json.dumps(entry), flush=True), lambda text: print_notes((text,)))
    print(f"{args.output}: {done.photos} captures, {done.crops} crops in {done.seconds / 60:.0f} minutes")
    if args.name:
        entry = install(args.output, args.name, folder)
        print(f"installed: lsd2 fuse --model {entry.name} ...")
    else:
        print(f"use it: lsd2 weights import {args.output} --name NAME, then lsd2 fuse --model NAME ...")
    return 0
