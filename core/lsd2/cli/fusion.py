"""The options of the finishing step, for every command that processes pairs."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from lsd2.options import MAX_FUSION_EXPONENT, Fusion, FusionOptions

DEFAULTS = FusionOptions()
_MEASURES = {"detail": "fine contrast", "colour": "saturation", "light": "good exposure"}


def add_fusion_options(parser: argparse.ArgumentParser) -> None:
    """`--fusion` and what goes with it."""
    group = parser.add_argument_group(
        "exposure fusion", "Bring highlights that the result clips back from the short frame."
    )
    group.add_argument(
        "--fusion",
        choices=[str(kind) for kind in Fusion],
        default=str(DEFAULTS.kind),
        help="mertens: by rules; network: by a trained network (a reconstruction: the paper's is not published)",
    )
    group.add_argument(
        "--fusion-strength",
        type=_between(0, 1),
        default=DEFAULTS.strength,
        metavar="S",
        help="0 changes nothing, 1 lets both exposures count alike (default %(default)s)",
    )
    for name, what in _MEASURES.items():
        group.add_argument(
            f"--fusion-{name}",
            type=_between(0, MAX_FUSION_EXPONENT),
            default=getattr(DEFAULTS, name),
            metavar="N",
            help=f"how much {what} counts in choosing the exposure (default %(default)s)",
        )
    group.add_argument("--fusion-model", metavar="NAME", help="weights of the network; see 'lsd2 weights list'")
    group.add_argument(
        "--black-point", type=_between(0, 255), default=0.0, metavar="0-255", help="level that becomes black"
    )
    group.add_argument(
        "--white-point",
        type=_level_or_auto,
        default=None,
        metavar="auto|0-255",
        help="level that becomes white (default auto: highlights become as white as they were)",
    )


def fusion_options(args: argparse.Namespace) -> FusionOptions:
    """What these options ask for; the defaults for commands that do not have them."""
    if "fusion" not in args:
        return DEFAULTS
    measures: dict[str, Any] = {name: getattr(args, f"fusion_{name}") for name in _MEASURES}
    return FusionOptions(
        kind=Fusion(args.fusion),
        strength=args.fusion_strength,
        black_point=args.black_point / 255,
        white_point=None if args.white_point is None else args.white_point / 255,
        model=args.fusion_model,
        **measures,
    )


def _between(least: float, most: float) -> Callable[[str], float]:
    """An argument type: a number within bounds."""

    def number(text: str) -> float:
        value = float(text)
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"must be {least:g} to {most:g}")
        return value

    return number


def _level_or_auto(text: str) -> float | None:
    return None if text == "auto" else _between(0, 255)(text)
