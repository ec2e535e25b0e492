"""`lsd2 pairs FOLDER`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsd2.cli.console import TerminalProgress, print_json

if TYPE_CHECKING:
    from lsd2.pairing.listing import PairList
    from lsd2.pairing.model import FolderPairs, FoundPair


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "pairs",
        help="which photos of a folder belong together, and why",
        description="Tell which photos of a folder 'lsd2 batch' would pair and why, and why others stay alone.",
    )
    add_pairing_options(parser)
    parser.add_argument(
        "--save", action="store_true", help="write what was found to FOLDER/lsd2-pairs.csv, to be corrected by hand"
    )
    parser.add_argument("--force", action="store_true", help="overwrite an existing list")
    parser.add_argument("--json", action="store_true", help="print as JSON")
    parser.set_defaults(run=run)


def add_pairing_options(parser: argparse.ArgumentParser) -> None:
    """What the commands that look for pairs take."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="folder of photos")
    parser.add_argument("-r", "--recursive", action="store_true", help="look into sub-folders, too")
    parser.add_argument(
        "--pair",
        type=Path,
        nargs=2,
        action="append",
        default=[],
        metavar=("SHORT", "LONG"),
        help="these two are a pair",
    )
    parser.add_argument("--list", type=Path, metavar="CSV", help="pairs as in a folder's lsd2-pairs.csv: short,long")
    parser.add_argument("--only-listed", action="store_true", help="no pairs but those that were named")


def listed(args: argparse.Namespace) -> PairList:
    """The pairs that the command names; while a folder is watched, their photos may come later."""
    from lsd2.pairing.listing import PairList, check_present, checked, read_list

    named = PairList(tuple((short, long) for short, long in args.pair))
    may_come = getattr(args, "watch", False)
    if not may_come:
        check_present(named, "--pair")
    return checked(named + (read_list(args.list, may_come=may_come) if args.list else PairList()), "the command")


def run(args: argparse.Namespace) -> int:
    """Find, tell, and write the list if asked to."""
    from lsd2.pairing.folder import find_pairs

    if args.save:
        _check_list(args)
    progress = TerminalProgress()
    found = find_pairs(
        args.folder, recursive=args.recursive, listed=listed(args), only_listed=args.only_listed, progress=progress
    )
    progress.clear()
    if args.save:
        _save_list(args, found)
    if args.json:
        print_json(describe(found))
    else:
        print(as_text(found))
    return 0


def _check_list(args: argparse.Namespace) -> None:
    from lsd2.io.atomic import check_target
    from lsd2.pairing.listing import LIST_NAME

    if args.folder.is_dir():
        check_target(args.folder / LIST_NAME, overwrite=args.force)


def _save_list(args: argparse.Namespace, found: FolderPairs) -> None:
    from lsd2.io.atomic import write_atomically
    from lsd2.pairing.listing import LIST_NAME, as_list

    write_atomically(args.folder / LIST_NAME, as_list(found), overwrite=args.force)


def describe(found: FolderPairs) -> dict[str, Any]:
    """What was found, as plain values."""
    return {
        "folder": str(found.folder),
        "pairs": [describe_pair(pair) for pair in found.pairs],
        "alone": [{"file": str(unpaired.path), "reason": unpaired.reason} for unpaired in found.alone],
        "other_files": found.other_files,
    }


def describe_pair(pair: FoundPair) -> dict[str, Any]:
    """A pair, as plain values."""
    return {
        "short": str(pair.short.path),
        "long": str(pair.long.path),
        "found_by": str(pair.source),
        "reason": pair.reason,
        "ev_gap": pair.ev_gap,
        "warnings": list(pair.warnings),
    }


def as_text(found: FolderPairs) -> str:
    """A line for every pair and its reason, then the photos that stay alone."""
    lines = [line for pair in found.pairs for line in _pair_lines(found.folder, pair)]
    doubtful = sum(bool(pair.warnings) for pair in found.pairs)
    count = "1 pair" if len(found.pairs) == 1 else f"{len(found.pairs)} pairs"
    alone = "1 photo stays alone" if len(found.alone) == 1 else f"{len(found.alone)} photos stay alone"
    lines.append(f"{count}, {doubtful} of them doubtful; {alone}")
    lines += [f"  {relative(found.folder, unpaired.path)}: {unpaired.reason}" for unpaired in found.alone]
    if found.other_files:
        lines.append(f"{found.other_files} other files are no photos")
    return "\n".join(lines)


def _pair_lines(folder: Path, pair: FoundPair) -> list[str]:
    names = " + ".join(relative(folder, path) for path in (pair.short.path, pair.long.path))
    return [names, f"  {pair.reason}", *(f"  check: {warning}" for warning in pair.warnings)]


def relative(folder: Path, path: Path) -> str:
    """The path as seen from the folder, on one line."""
    from lsd2.io.naming import shown

    return shown(path.relative_to(folder) if path.is_relative_to(folder) else path)
