"""The options of every command that writes results."""

from __future__ import annotations

import argparse

from lsd2.options import OutputProfile, Role, Subsampling, WriteOptions


def add_write_options(parser: argparse.ArgumentParser, *, of_pair: bool = True) -> None:
    """How the result is written; `of_pair`: from which photo of the pair its metadata comes."""
    defaults = WriteOptions()
    group = parser.add_argument_group("writing")
    group.add_argument(
        "--profile",
        choices=[str(choice) for choice in OutputProfile],
        default=str(defaults.profile),
        help="colours of the result; source is the profile of the photo itself (default %(default)s)",
    )
    group.add_argument(
        "--quality", type=_quality, default=defaults.quality, metavar="N", help="of a JPEG, 1-100 (default %(default)s)"
    )
    group.add_argument(
        "--subsampling",
        choices=[str(choice) for choice in Subsampling],
        default=str(defaults.subsampling),
        help="of a JPEG's colours; auto is 4:4:4 from quality 90 on (default %(default)s)",
    )
    group.add_argument(
        "--gps",
        action=argparse.BooleanOptionalAction,
        default=defaults.gps,
        help="whether the result says where the photo was taken (default --no-gps)",
    )
    if of_pair:
        group.add_argument(
            "--metadata",
            choices=[str(role) for role in Role],
            default=str(defaults.parent),
            help="the photo whose metadata the result carries on (default %(default)s)",
        )


def write_options(args: argparse.Namespace) -> WriteOptions:
    """What `add_write_options` declared."""
    return WriteOptions(
        profile=OutputProfile(args.profile),
        quality=args.quality,
        subsampling=Subsampling(args.subsampling),
        parent=Role(getattr(args, "metadata", Role.LONG)),
        gps=args.gps,
    )


def _quality(text: str) -> int:
    value = int(text)
    if not 1 <= value <= 100:
        raise argparse.ArgumentTypeError("must be 1 to 100")
    return value
