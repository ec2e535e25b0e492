"""The options of the finishing step, for every command that processes pairs."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable

from lsd2.errors import OptionsError
from lsd2.options import MAX_FUSION_EXPONENT, Fusion, FusionOptions

DEFAULTS = FusionOptions()
_MEASURES = {"detail": "fine contrast", "colour": "saturation", "light": "good exposure"}
_SETTINGS = {
    "strength": "fusion_strength",
    **{name: f"fusion_{name}" for name in _MEASURES},
    "model": "fusion_model",
    "black_point": "black_point",
    "white_point": "white_point",
}
"""Fields of `FusionOptions` and the arguments they come from, which are there only if they were given."""


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
    _add_setting(
        group,
        "--fusion-strength",
        _between(0, 1),
        "S",
        f"0 changes nothing, 1 lets both exposures count alike (default {DEFAULTS.strength})",
    )
    for name, what in _MEASURES.items():
        told = f"how much {what} counts in choosing the exposure (default {getattr(DEFAULTS, name)})"
        _add_setting(group, f"--fusion-{name}", _between(0, MAX_FUSION_EXPONENT), "N", told)
    _add_setting(group, "--fusion-model", str, "NAME", "weights of the network; see 'lsd2 weights list'")
    _add_setting(group, "--black-point", level, "0-255", "level that becomes black")
    _add_setting(
        group,
        "--white-point",
        _level_or_auto,
        "auto|0-255",
        "level that becomes white (default auto: highlights become as white as they were)",
    )


def _add_setting(
    group: argparse._ArgumentGroup, option: str, kind: Callable[[str], float | str | None], value: str, told: str
) -> None:
    """An option whose default is not to be there, so that it is known which were given."""
    group.add_argument(option, type=kind, default=argparse.SUPPRESS, metavar=value, help=told)


def fusion_options(args: argparse.Namespace) -> FusionOptions:
    """What these options ask for; the defaults for commands that do not have them.

    Raises
    ------
    OptionsError
        When a value is out of its bounds, or an option is given that the chosen fusion does not use.
    """
    if "fusion" not in args:
        return DEFAULTS
    kind = Fusion(args.fusion)
    given = {name: getattr(args, argument) for name, argument in _SETTINGS.items() if argument in args}
    _check_used(kind, given)
    return FusionOptions(kind=kind, **given)


def _check_used(kind: Fusion, given: Iterable[str]) -> None:
    """Raise `OptionsError` for the first of the given settings that would change nothing."""
    for name in given:
        option = "--" + _SETTINGS[name].replace("_", "-")
        if kind is Fusion.NONE:
            raise OptionsError(f"{option} says how exposures are fused; give --fusion mertens or network too")
        if kind is Fusion.MERTENS and name == "model":
            raise OptionsError(f"{option} names weights of the network; give --fusion network, or leave it out")


def _between(least: float, most: float) -> Callable[[str], float]:
    """An argument type: a number within bounds."""

    def number(text: str) -> float:
        value = float(text)
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"must be {least:g} to {most:g}")
        return value

    return number


def level(text: str) -> float:
    """A gamma-encoded level, given on the 0-255 scale, in [0, 1]."""
    return _between(0, 255)(text) / 255


def _level_or_auto(text: str) -> float | None:
    return None if text == "auto" else level(text)
