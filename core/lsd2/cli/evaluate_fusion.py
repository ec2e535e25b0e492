"""`lsd2 evaluate-fusion FOLDER`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from lsd2.cli.choices import add_report, check_report
from lsd2.cli.console import add_network_options, table

if TYPE_CHECKING:
    from lsd2.options import Fusion


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "evaluate-fusion",
        help="measure exposure fusion on pairs of exposures",
        description="Fuse <name>_under and <name>_over exposures of still scenes; print MEF-SSIM of each exposure, of "
        "OpenCV's and of this program's fusions.",
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    add_report(parser)
    add_network_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Evaluate and print a table."""
    from lsd2.evaluation.figures import ByMethod
    from lsd2.evaluation.fusion import evaluate_fusion, find_exposures, fusers
    from lsd2.io.atomic import write_atomically
    from lsd2.options import Device, ProcessOptions
    from lsd2.progress import Silent

    check_report(args)
    options = ProcessOptions(model=args.model, device=Device(args.device), tile=args.tile, memory_budget_gb=args.memory)
    measured = fusers(_kinds(), options, Silent())
    rows = [["pair", *measured]]

    def show(name: str, figures: ByMethod) -> None:
        rows.append([name, *(f"{figures[method]['mef_ssim']:.4f}" for method in measured)])

    report = evaluate_fusion(find_exposures(args.folder), measured, show)
    show("mean", report.mean)
    print(table(rows))
    if args.json:
        write_atomically(args.json, json.dumps(report.to_dict(), indent=2).encode(), overwrite=args.force)
    return 0


def _kinds() -> list[Fusion]:
    """The finishing steps that can run: the network only where there are weights for it."""
    from lsd2.finishing import FUSION_WEIGHTS
    from lsd2.networks.manifest import all_models
    from lsd2.options import Fusion

    trained = any(entry.method == FUSION_WEIGHTS for entry in all_models())
    return [Fusion.MERTENS, *([Fusion.NETWORK] if trained else [])]
