"""What the commands share: printing, progress on a terminal, and option types."""

from __future__ import annotations

import argparse
import json
import sys
import time
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lsd2.cli.fusion import add_fusion_options, fusion_options
from lsd2.options import DEFAULT_MEMORY_BUDGET_GB, MAX_TILE, MIN_TILE, Device, Effort
from lsd2.progress import Stage

STAGE_NAMES = {
    Stage.READ: "reading",
    Stage.ALIGN: "aligning",
    Stage.LOAD_MODEL: "loading the network",
    Stage.ESTIMATE: "estimating noise",
    Stage.PROCESS: "processing",
    Stage.FINISH: "fusing exposures",
    Stage.WRITE: "writing",
}


class TerminalProgress:
    """One line on a terminal that is written over; nothing anywhere else."""

    def __init__(self) -> None:
        self._shows = sys.stderr.isatty()
        self._started = time.monotonic()

    def report(self, stage: Stage, done: int, total: int) -> None:
        if not self._shows:
            return
        seconds = time.monotonic() - self._started
        count = f" {done}/{total}" if total > 1 else ""
        sys.stderr.write(f"\r\x1b[K{STAGE_NAMES[stage]}{count}  {seconds:.0f} s")
        sys.stderr.flush()

    def tile(self, left: int, top: int, pixels: NDArray[np.float32]) -> None:
        pass

    def clear(self) -> None:
        """Remove the line."""
        if self._shows:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def print_json(values: object) -> None:
    """One JSON document on standard output."""
    print(json.dumps(values, indent=2, default=str))


def print_notes(notes: tuple[str, ...]) -> None:
    """Notes about a result, one per line; the same note only once."""
    for note in dict.fromkeys(notes):
        print(f"note: {note}")


def table(rows: list[list[str]]) -> str:
    """Columns aligned: the first to the left, the others to the right."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def tile_size(text: str) -> int | None:
    """`auto` or a number of pixels."""
    if text == "auto":
        return None
    value = int(text)
    if not MIN_TILE <= value <= MAX_TILE:
        raise argparse.ArgumentTypeError(f"must be auto or {MIN_TILE} to {MAX_TILE} pixels")
    return value


def image_size(text: str) -> tuple[int, int]:
    """`WxH` as (width, height)."""
    width, _, height = text.partition("x")
    size = int(width), int(height)
    if min(size) < 32 or max(size) > 8192:
        raise argparse.ArgumentTypeError("must be WIDTHxHEIGHT, each 32 to 8192 pixels")
    return size


def positive(text: str) -> float:
    """A number above 0."""
    value = float(text)
    if not value > 0:
        raise argparse.ArgumentTypeError("must be above 0")
    return value


def count(text: str) -> int:
    """A whole number of 1 or more."""
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return value


def add_process_options(parser: argparse.ArgumentParser) -> None:
    """The options of every command that processes pairs."""
    parser.add_argument("--no-align", action="store_true", help="do not register the long frame to the short one")
    add_effort_option(parser)
    add_network_options(parser)
    add_fusion_options(parser)


def add_effort_option(parser: argparse.ArgumentParser) -> None:
    """`--effort`, for every command that fuses pairs."""
    parser.add_argument(
        "--effort",
        choices=[str(effort) for effort in Effort],
        default=str(Effort.NORMAL),
        help="how often LSD2 looks at a pair: its network once, that and a classical look, or all its ways "
        "(default %(default)s)",
    )


def add_network_options(parser: argparse.ArgumentParser) -> None:
    """The options of every command that runs a network."""
    parser.add_argument("--model", metavar="NAME", help="weights to use; see 'lsd2 weights list'")
    parser.add_argument("--device", choices=[str(device) for device in Device], default="auto", help="where to compute")
    parser.add_argument(
        "--tile", type=tile_size, default=None, metavar="PX|auto", help="tile size; by default chosen by --memory"
    )
    add_memory_option(parser)


def add_memory_option(parser: argparse.ArgumentParser) -> None:
    """`--memory`, for every command that computes."""
    parser.add_argument(
        "--memory",
        type=positive,
        default=DEFAULT_MEMORY_BUDGET_GB,
        metavar="GB",
        help="working memory beside the photos themselves (default %(default)s)",
    )


def process_values(args: argparse.Namespace) -> dict[str, Any]:
    """The fields of `ProcessOptions` that `add_process_options` sets."""
    return {
        "model": args.model,
        "align": not args.no_align,
        **({"effort": Effort(args.effort)} if "effort" in args else {}),
        "device": Device(args.device),
        "tile": args.tile,
        "memory_budget_gb": args.memory,
        "fusion": fusion_options(args),
    }
