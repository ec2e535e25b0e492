"""`lsd2 train lsd2 --images DIR -o FILE`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from lsd2.cli.console import count, positive

MIXES = {
    "mixed": (("paper", 0.55), ("realistic", 0.45)),
    "paper": (("paper", 1.0),),
    "realistic": (("realistic", 1.0),),
}


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "train",
        help="train a network on synthetic pairs",
        description="Train a network on pairs synthesised from clean photos; a run can be stopped and resumed.",
    )
    parser.add_argument("network", choices=["lsd2"], help="which network")
    parser.add_argument("--images", type=Path, required=True, metavar="DIR", help="folder of clean, sharp photos")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="the .safetensors to write")
    parser.add_argument("--minutes", type=positive, default=60, metavar="M", help="budget over all resumptions")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint beside FILE")
    parser.add_argument("--size", choices=["fast", "paper"], default="fast", help="member of the network's family")
    parser.add_argument("--recipe", choices=sorted(MIXES), default="mixed", help="kinds of pairs (default %(default)s)")
    parser.add_argument("--paper-settings", action="store_true", help="optimizer, rate and loss as in the paper")
    parser.add_argument("--gyro", type=Path, action="append", default=[], metavar="CSV", help="recorded shake")
    parser.add_argument("--batch", type=count, default=16, metavar="N")
    parser.add_argument("--crop", type=count, default=128, metavar="PX", help="side of a training crop")
    parser.add_argument("--threads", type=int, default=0, metavar="N", help="of the training process; 0 is automatic")
    parser.add_argument("--loaders", type=int, default=1, metavar="N", help="data processes")
    parser.add_argument("--seed", type=int, default=0, metavar="S")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Train; figures are printed as JSON lines."""
    from dataclasses import replace

    from lsd2.training.config import TrainConfig, paper_recipe
    from lsd2.training.dataset import StreamConfig
    from lsd2.training.train import Job, train_lsd2

    if args.paper_settings:
        config = paper_recipe(args.size, args.minutes, args.seed)
    else:
        config = TrainConfig(network=args.size, minutes=args.minutes, seed=args.seed)
    config = replace(config, batch=args.batch, threads=args.threads, loaders=args.loaders)
    stream = StreamConfig(mix=MIXES[args.recipe], crop=args.crop, scene=args.crop * 3 // 2)
    job = Job(args.images, args.output, tuple(args.gyro), args.resume)
    done = train_lsd2(job, config, stream, lambda entry: print(json.dumps(entry), flush=True))
    print(f"{args.output}: {done.crops} crops in {done.seconds / 60:.0f} minutes; checkpoint {job.checkpoint}")
    print(f"use it: lsd2 weights import {args.output} --name my-lsd2, then lsd2 fuse --model my-lsd2 ...")
    return 0
