"""`lsd2 synth IMAGES -o DIR -n N --seed S`."""

from __future__ import annotations

import argparse
from pathlib import Path

from lsd2.cli.choices import seed
from lsd2.cli.console import count, image_size

RECIPE_NAMES = ("paper", "realistic")


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "synth",
        help="make short/long/sharp triplets from clean photos",
        description="Make <number>_short, _long and _sharp PNG triplets from a folder of clean photos.",
    )
    parser.add_argument("images", type=Path, metavar="IMAGES", help="folder of clean photos")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="DIR", help="folder to write to")
    parser.add_argument("-n", "--number", type=count, default=10, metavar="N", help="how many (default %(default)s)")
    parser.add_argument("--seed", type=seed, default=0, metavar="S", help="the same seed gives the same triplets")
    parser.add_argument("--size", type=image_size, default=(480, 270), metavar="WxH", help="default 480x270")
    parser.add_argument("--recipe", choices=RECIPE_NAMES, default="paper", help="kind of pairs (default %(default)s)")
    parser.add_argument(
        "--gyro", type=Path, action="append", default=[], metavar="CSV", help="recorded shake: t_s,wx,wy,wz per line"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the triplets."""
    from lsd2.training.synthesis.files import write_triplets

    written = write_triplets(args.images, args.output, args.number, args.seed, args.size, args.recipe, tuple(args.gyro))
    print(f"{written} triplets in {args.output}")
    return 0
