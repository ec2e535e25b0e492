"""`lsd2 info FILE...`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsd2.cli.console import print_json

if TYPE_CHECKING:
    from lsd2.io.read import PhotoInfo
    from lsd2.photo import Metadata, Position


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

    described: list[tuple[Metadata, dict[str, Any]]] = []
    failed = False
    for path in args.files:
        try:
            info = inspect(path)
            described.append((info.metadata, describe(info)))
        except PhotoReadError as error:
            print(f"lsd2: {error}", file=sys.stderr)
            failed = True
    _compare(described)
    if args.json:
        print_json([facts for _, facts in described])
    elif described:
        print("\n".join(_as_text(facts) for _, facts in described))
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
        "exposure_value": None if metadata.exposure_value is None else round(metadata.exposure_value, 2),
        "taken_at": metadata.taken_at.isoformat() if metadata.taken_at else None,
        "camera": metadata.camera,
        "lens": metadata.lens,
        "position": _position(metadata.position),
        "metadata": [name for name in ("exif", "xmp", "iptc") if getattr(metadata, name) is not None],
        "profile": info.profile,
        "notes": list(info.notes),
    }
    return {name: value for name, value in facts.items() if value is not None}


def _position(position: Position | None) -> dict[str, float] | None:
    if position is None:
        return None
    height = {} if position.altitude is None else {"altitude": round(position.altitude, 1)}
    return {"latitude": round(position.latitude, 6), "longitude": round(position.longitude, 6), **height}


def _compare(described: list[tuple[Metadata, dict[str, Any]]]) -> None:
    """Add to each photo but the first how much more light it was given, by shutter, sensitivity and aperture."""
    from lsd2.io.pairing import ev_gap

    for metadata, facts in described[1:]:
        stops = ev_gap(described[0][0], metadata)
        if stops is not None:
            facts["stops_from_first"] = round(stops, 2)
            facts["exposure_ratio_to_first"] = round(2**stops, 4)


def _as_text(facts: dict[str, Any]) -> str:
    lines = [facts["file"]]
    for name, value in facts.items():
        if name == "notes":
            lines += [f"  note: {note}" for note in value]
        elif name != "file":
            lines.append(f"  {name.replace('_', ' ')}: {_shown(value)}")
    return "\n".join(lines)


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {part}" for name, part in value.items())
    return ", ".join(value) or "none" if isinstance(value, list) else str(value)
