"""`lsd2 train lsd2|join|fdncnn|fusion --images DIR -o FILE`."""

from __future__ import annotations

import argparse
from pathlib import Path

from lsd2.cli.console import print_notes
from lsd2.cli.training import add_run_options, print_figures, settings_of
from lsd2.training.config import MIXES

_USES = {
    "lsd2": "lsd2 fuse --model",
    "fdncnn": "lsd2 denoise --method fdncnn --model",
    "fusion": "lsd2 fuse --fusion network --fusion-model",
}
"""What uses each network that can be trained, up to the name of its weights."""
_JOIN = "join-small"
"""The program's weights for joining two looks; others take their place under their name, in their folder."""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "train",
        help="train a network on synthetic data",
        description="Train a network on data synthesised from clean photos; a run can be stopped and resumed.",
    )
    parser.add_argument("network", choices=["lsd2", "join", "fdncnn", "fusion"], help="which network")
    parser.add_argument("--images", type=Path, required=True, metavar="DIR", help="folder of clean, sharp photos")
    add_run_options(parser, minutes=60)
    parser.add_argument(
        "--from", dest="start", type=Path, metavar="WEIGHTS", help="begin with an earlier run's weights"
    )
    parser.add_argument("--size", metavar="fast|paper", help="member of lsd2's family (default fast)")
    parser.add_argument("--recipe", choices=sorted(MIXES), help="kinds of pairs (default mixed)")
    parser.add_argument("--paper-settings", action="store_true", help="optimizer, rate and loss as in the paper")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Train; figures are printed as JSON lines."""
    from lsd2.training.train import Given, Job, train

    given = Given(network=args.size, recipe=args.recipe, paper_settings=args.paper_settings, **settings_of(args))
    job = Job(args.network, args.images, args.output, tuple(args.gyro), args.start, args.resume, args.force)
    done = train(job, given, print_figures, lambda text: print_notes((text,)))
    print(f"{args.output}: {done.crops} crops in {done.seconds / 60:.0f} minutes; checkpoint {job.checkpoint}")
    print(f"use it: {_how_to_use(args.network, args.output)}")
    return 0


def _how_to_use(network: str, file: Path) -> str:
    from lsd2.networks.manifest import weight_folders

    if network not in _USES:
        return f"lsd2 weights import {file} --name {_JOIN} --folder {weight_folders()[0]}"
    return f"lsd2 weights import {file} --name my-{network}, then {_USES[network]} my-{network} ..."
