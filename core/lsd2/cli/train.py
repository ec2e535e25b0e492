"""`lsd2 train lsd2|fdncnn|fusion --images DIR -o FILE`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from lsd2.cli.choices import seed
from lsd2.cli.console import count, positive, print_notes
from lsd2.training.config import MIXES


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "train",
        help="train a network on synthetic data",
        description="Train a network on data synthesised from clean photos; a run can be stopped and resumed.",
    )
    parser.add_argument("network", choices=["lsd2", "fdncnn", "fusion"], help="which network")
    parser.add_argument("--images", type=Path, required=True, metavar="DIR", help="folder of clean, sharp photos")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="the .safetensors to write")
    parser.add_argument("--minutes", type=positive, metavar="M", help="budget over all resumptions (default 60)")
    parser.add_argument(
        "--resume", action="store_true", help="go on from the checkpoint beside FILE, with the settings saved in it"
    )
    parser.add_argument(
        "--from", dest="start", type=Path, metavar="WEIGHTS", help="begin with an earlier run's weights"
    )
    parser.add_argument("--force", action="store_true", help="replace an existing FILE")
    parser.add_argument("--size", metavar="fast|paper", help="member of lsd2's family (default fast)")
    parser.add_argument("--recipe", choices=sorted(MIXES), help="kinds of pairs (default mixed)")
    parser.add_argument("--paper-settings", action="store_true", help="optimizer, rate and loss as in the paper")
    parser.add_argument("--rate", type=positive, metavar="R", help="peak learning rate (default by network)")
    parser.add_argument("--gyro", type=Path, action="append", default=[], metavar="CSV", help="recorded shake")
    parser.add_argument("--batch", type=count, metavar="N", help="crops per step (default 16)")
    parser.add_argument("--crop", type=count, metavar="PX", help="side of a training crop (default by network)")
    parser.add_argument("--threads", type=seed, metavar="N", help="of the training process; 0, the default: automatic")
    parser.add_argument("--loaders", type=seed, metavar="N", help="data processes (default by network)")
    parser.add_argument("--seed", type=seed, metavar="S", help="of everything random (default 0)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Train; figures are printed as JSON lines."""
    from lsd2.training.train import Given, Job, train

    given = Given(
        network=args.size,
        recipe=args.recipe,
        paper_settings=args.paper_settings,
        rate=args.rate,
        batch=args.batch,
        crop=args.crop,
        seed=args.seed,
        minutes=args.minutes,
        threads=args.threads,
        loaders=args.loaders,
    )
    job = Job(args.network, args.images, args.output, tuple(args.gyro), args.start, args.resume, args.force)
    done = train(job, given, lambda entry: print(json.dumps(entry), flush=True), lambda text: print_notes((text,)))
    print(f"{args.output}: {done.crops} crops in {done.seconds / 60:.0f} minutes; checkpoint {job.checkpoint}")
    name = f"my-{args.network}"
    print(f"use it: lsd2 weights import {args.output} --name {name}, then --model {name}")
    return 0
