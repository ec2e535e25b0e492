"""`lsd2 fuse SHORT LONG -o OUT`."""

from __future__ import annotations

import argparse
from pathlib import Path

from lsd2.cli.console import add_process_options, process_values
from lsd2.cli.writing import add_write_options, write_options
from lsd2.io.name_template import DEFAULT_TEMPLATE, FIELDS
from lsd2.options import ProcessOptions

FORMATS = {"jpg": ".jpg", "png": ".png", "tif": ".tif"}


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("fuse", help="fuse a pair into one photo", description="Fuse a pair into one photo.")
    parser.add_argument("short", type=Path, metavar="SHORT", help="the sharp, noisy, dark exposure")
    parser.add_argument("long", type=Path, metavar="LONG", help="the bright, blurred exposure")
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="OUT", help="the photo to write, or a folder for it"
    )
    parser.add_argument("--name", default=DEFAULT_TEMPLATE, metavar="TEMPLATE", help=_name_help())
    parser.add_argument("--format", choices=list(FORMATS), default="tif", help="of a photo in a folder (default tif)")
    parser.add_argument("--force", action="store_true", help="overwrite OUT if it is there")
    parser.add_argument(
        "--weights-view", type=Path, metavar="FILE", help="also write where it comes from: white is the short frame"
    )
    parser.add_argument("--json", action="store_true", help="print how the result was made as JSON")
    parser.add_argument(
        "--recipe",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="write OUT.json, from which 'lsd2 redo' makes the result again (default --recipe)",
    )
    add_process_options(parser)
    add_write_options(parser)
    parser.set_defaults(run=run)


def _name_help() -> str:
    known = " ".join(f"{{{name}}}" for name in FIELDS)
    return f"name of the photo if OUT is a folder, made of {known} (default %(default)s)"


def run(args: argparse.Namespace) -> int:
    """Read, process, write."""
    from lsd2.cli.making import Target, make
    from lsd2.io.recipe import Recipe

    process = ProcessOptions(method="lsd2", **process_values(args))
    _check_weights_view(args, process)
    recipe = Recipe(args.short, args.long, process, write_options(args))
    target = Target(args.output, args.name, FORMATS[args.format], args.force, args.recipe, args.weights_view)
    make(recipe, target, as_json=args.json)
    return 0


def _check_weights_view(args: argparse.Namespace, options: ProcessOptions) -> None:
    from lsd2.errors import OptionsError
    from lsd2.options import Fusion

    if args.weights_view and options.fusion.kind is Fusion.NONE:
        raise OptionsError("--weights-view shows what exposure fusion does; give --fusion mertens or network too")
    if args.weights_view and args.weights_view.absolute() == args.output.absolute():
        raise OptionsError(f"{args.weights_view} is the result's name too; give --weights-view another one")
