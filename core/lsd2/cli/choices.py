"""What the commands that compare methods share: which methods, how much noise, and a table of figures."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsd2.cli.console import print_notes, process_values, table
from lsd2.errors import OptionsError
from lsd2.methods.base import MethodInfo
from lsd2.methods.registry import without_weights
from lsd2.options import MAX_SIGMA, ProcessOptions

if TYPE_CHECKING:
    from lsd2.evaluation.figures import ByMethod, Report


def noise_sigma(text: str) -> float | None:
    """`auto` or a standard deviation on the 0-255 scale."""
    if text == "auto":
        return None
    value = float(text)
    if not 0 <= value <= MAX_SIGMA:
        raise argparse.ArgumentTypeError(f"must be auto or 0 to {MAX_SIGMA:g}, on the 0-255 scale")
    return value


def seed(text: str) -> int:
    """A whole number of 0 or more."""
    value = int(text)
    if value < 0:
        raise argparse.ArgumentTypeError("must be 0 or more")
    return value


def add_methods(parser: argparse.ArgumentParser) -> None:
    """`--methods`."""
    parser.add_argument("--methods", default="all", metavar="all|A,B", help="methods to run (default %(default)s)")


def add_sigma(parser: argparse.ArgumentParser) -> None:
    """`--sigma` for commands in which it may be estimated."""
    parser.add_argument(
        "--sigma",
        type=noise_sigma,
        default=None,
        metavar="auto|N",
        help="noise level for denoisers, on the 0-255 scale; by default estimated from the photo",
    )


def chosen(args: argparse.Namespace, known: tuple[MethodInfo, ...]) -> list[str]:
    """The names in `--methods`, each once; what they mean is checked by the registry.

    `all` is every method that can run: `note_left_out` names the others.
    """
    if args.methods != "all":
        return list(dict.fromkeys(name.strip() for name in args.methods.split(",")))
    lacking = without_weights(known)
    return [info.name for info in known if info not in lacking]


def note_left_out(args: argparse.Namespace, known: tuple[MethodInfo, ...]) -> None:
    """Name the methods that `--methods all` had to leave out."""
    lacking = without_weights(known) if args.methods == "all" else ()
    print_notes(tuple(f"{info.name} is left out: it has no weights; see 'lsd2 weights --help'" for info in lacking))


def requests_for(args: argparse.Namespace, names: list[str]) -> list[ProcessOptions]:
    """One request per method; `--model` goes to the method that these weights are of."""
    values: dict[str, Any] = {**process_values(args), "sigma": args.sigma}
    if args.model:
        _check_model(args.model, names)
    return [ProcessOptions(method=name, **{**values, "model": _model_of(name, args.model)}) for name in names]


def _check_model(model: str, methods: list[str]) -> None:
    """Raise `OptionsError` if none of the methods can use these weights."""
    from lsd2.networks.manifest import all_models

    if not any(entry.name == model and entry.method in methods for entry in all_models()):
        raise OptionsError(f"no method that was asked for has weights called '{model}'; see 'lsd2 weights list'")


def _model_of(method: str, model: str | None) -> str | None:
    from lsd2.networks.manifest import all_models

    foreign = any(entry.name == model and entry.method != method for entry in all_models()) if model else False
    return None if foreign else model


class FigureTable:
    """Collects the figures of images, to print them as one table with a column for each method."""

    def __init__(self, methods: list[str]) -> None:
        self._methods = methods
        self._rows = [["PSNR, dB / SSIM", *methods]]

    def add(self, name: str, figures: ByMethod) -> None:
        """One image's row."""
        found = [figures[method] for method in self._methods]
        self._rows.append([name, *(f"{one['psnr']:.2f} / {one['ssim']:.3f}" for one in found)])

    def finish(self, report: Report, args: argparse.Namespace) -> None:
        """Print the table with its means, and write the report if `add_report` was given a file."""
        from lsd2.io.atomic import write_atomically

        self.add("mean", report.mean)
        self._rows.append(["seconds", *(f"{report.mean[method]['seconds']:.2f}" for method in self._methods)])
        print(table(self._rows))
        if args.json:
            write_atomically(args.json, json.dumps(report.to_dict(), indent=2).encode(), overwrite=args.force)


def add_report(parser: argparse.ArgumentParser) -> None:
    """`--json FILE` and `--force`."""
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures to FILE")
    parser.add_argument("--force", action="store_true", help="overwrite FILE if it is there")


def check_report(args: argparse.Namespace) -> None:
    """Raise `PhotoWriteError` before anything is computed if the report could not be written."""
    from lsd2.io.atomic import check_target

    if args.json:
        check_target(args.json, overwrite=args.force)
