"""`lsd2 info FILE...`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsd2.cli.console import print_json

if TYPE_CHECKING:
    from lsd2.io.read import PhotoInfo


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("info", help="what is known of photos", description="Print what is known of photos.")
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
    parser.add_argument("--json", action="store_true", help="print as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Describe every file that can be read; exit 1 if any cannot."""
    from lsd2.errors import PhotoReadError
    from lsd2.io.read import inspect

    described: list[dict[str, Any]] = []
    failed = False
    for path in args.files:
        try:
            described.append(describe(inspect(path)))
        except PhotoReadError as error:
            print(f"lsd2: {error}", file=sys.stderr)
            failed = True
    if args.json:
        print_json(described)
    elif described:
        print("\n".join(_as_text(facts) for facts in described))
    return int(failed)


def describe(info: PhotoInfo) -> dict[str, Any]:
    """What is known, as plain values; what the camera did not write is left out."""
    metadata = info.metadata
    facts = {
        "file": str(info.path),
        "format": info.file_format,
        "size": f"{info.upright_size[0]}x{info.upright_size[1]}",
        "bits": info.bit_depth,
        "channels": info.channels,
        "orientation": metadata.orientation,
        "exposure_seconds": None if metadata.exposure_seconds is None else float(metadata.exposure_seconds),
        "iso": metadata.iso,
        "f_number": metadata.f_number,
        "focal_length_mm": metadata.focal_length_mm,
        "taken_at": metadata.taken_at.isoformat() if metadata.taken_at else None,
        "camera": metadata.camera,
        "lens": metadata.lens,
        "profile": info.profile,
        "notes": list(info.notes),
    }
    return {name: value for name, value in facts.items() if value is not None}


def _as_text(facts: dict[str, Any]) -> str:
    lines = [facts["file"]]
    for name, value in facts.items():
        if name == "notes":
            lines += [f"  note: {note}" for note in value]
        elif name != "file":
            lines.append(f"  {name.replace('_', ' ')}: {value}")
    return "\n".join(lines)
