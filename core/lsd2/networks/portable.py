"""Weight files that describe their own network, and taking them into a folder of weights."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import safetensors

from lsd2.errors import WeightsError
from lsd2.networks.load import load_network
from lsd2.networks.manifest import ModelEntry, write_entry

METADATA_KEY = "lsd2"
"""Key in the safetensors header under which the description stands, as JSON."""


def read_description(path: Path) -> dict[str, Any]:
    """What a weight file says of itself: method, architecture, config, training.

    Raises
    ------
    WeightsError
        When the file is no safetensors file, or has no such description.
    """
    try:
        with safetensors.safe_open(str(path), framework="pt") as file:
            metadata = file.metadata() or {}
        described: dict[str, Any] = json.loads(metadata[METADATA_KEY])
    except (OSError, safetensors.SafetensorError, KeyError, ValueError) as error:
        raise WeightsError(f"{path} is not a weight file of this program ({error})") from error
    return described


def read_figures(report: Path, method: str) -> dict[str, Any]:
    """Quality figures of a method from what `lsd2 evaluate --json` wrote: its means and over how many images.

    Raises
    ------
    WeightsError
        When the report has none.
    """
    try:
        raw = json.loads(report.read_text(encoding="utf-8"))
        return {**raw["mean"][method], "images": len(raw["images"])}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WeightsError(f"{report} is no report of 'lsd2 evaluate' with the method {method} ({error})") from error


def install(path: Path, name: str, folder: Path, figures: Path | None = None) -> ModelEntry:
    """Copy a weight file into a folder of weights under a name, after checking that its network runs.

    `figures` is a report of `lsd2 evaluate --json` with these weights, to be listed with them.

    Raises
    ------
    WeightsError
        When the file is not usable.
    """
    described = read_description(path)
    data = path.read_bytes()
    entry = ModelEntry(
        name=name,
        method=described["method"],
        architecture=described["architecture"],
        config=described["config"],
        parameters=0,
        path=path,
        sha256=hashlib.sha256(data).hexdigest(),
        training=described.get("training", {}),
        figures=read_figures(figures, described["method"]) if figures else {},
    )
    count = sum(weight.numel() for weight in load_network(entry).parameters())
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{name}.safetensors"
    target.write_bytes(data)
    installed = replace(entry, parameters=count, path=target)
    write_entry(installed)
    return installed
