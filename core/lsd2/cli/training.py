"""What the commands that train networks share: the options of a run, and saying how it goes."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from lsd2.cli.choices import seed
from lsd2.cli.console import count, positive

SETTINGS = ("minutes", "rate", "batch", "crop", "exact", "threads", "loaders", "seed")
"""Options that are fields of `lsd2.training.train.Given` too."""


def add_run_options(parser: argparse.ArgumentParser, minutes: int) -> None:
    """The options of a run, whose budget is `minutes` by default."""
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="the .safetensors to write")
    parser.add_argument(
        "--minutes", type=positive, metavar="M", help=f"budget over all resumptions (default {minutes})"
    )
    parser.add_argument(
        "--resume", action="store_true", help="go on from the checkpoint beside FILE, with the settings saved in it"
    )
    parser.add_argument("--force", action="store_true", help="replace an existing FILE")
    parser.add_argument("--rate", type=positive, metavar="R", help="peak learning rate (default by network)")
    parser.add_argument("--gyro", type=Path, action="append", default=[], metavar="CSV", help="recorded shake")
    parser.add_argument("--batch", type=count, metavar="N", help="crops per step (default by network)")
    parser.add_argument("--crop", type=count, metavar="PX", help="side of a training crop (default by network)")
    parser.add_argument(
        "--exact",
        type=float,
        metavar="SHARE",
        help="of the budget, at its end, in full precision (default by network)",
    )
    parser.add_argument("--threads", type=seed, metavar="N", help="of the training process; 0, the default: automatic")
    parser.add_argument("--loaders", type=seed, metavar="N", help="data processes (default by network)")
    parser.add_argument("--seed", type=seed, metavar="S", help="of everything random (default 0)")


def settings_of(args: argparse.Namespace) -> dict[str, Any]:
    """The values of `SETTINGS`; None is not given."""
    return {name: getattr(args, name) for name in SETTINGS}


def print_figures(entry: dict[str, float]) -> None:
    """One JSON line, at once."""
    print(json.dumps(entry), flush=True)
