"""Weight files that describe their own network, and taking them into a folder of weights."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import safetensors
import safetensors.torch

from lsd2.errors import WeightsError
from lsd2.io.naming import one_line, shown
from lsd2.networks.manifest import ModelEntry, all_models, read_manifest, write_entry, write_file
from lsd2.networks.uses import check_use

METADATA_KEY = "lsd2"
"""Key in the safetensors header under which the description stands, as JSON."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_KEYS: dict[str, type] = {"method": str, "architecture": str, "config": dict}
"""What a description must have."""


def read_weight_file(path: Path) -> tuple[dict[str, Any], bytes]:
    """A weight file's description and its bytes as safetensors; files of other programs are converted.

    Raises
    ------
    WeightsError
        When the file is not usable.
    """
    from lsd2.networks.importers import READERS  # not before it is needed: it loads HDF5

    reader = READERS.get(path.suffix.lower())
    if reader is None:
        return read_description(path), _read(path)
    foreign = reader(path)
    metadata = {METADATA_KEY: json.dumps(foreign.described)}
    return foreign.described, safetensors.torch.save(foreign.state, metadata=metadata)


def read_description(path: Path) -> dict[str, Any]:
    """What a weight file says of itself: method, architecture, config, training.

    Raises
    ------
    WeightsError
        When the file is no safetensors file, or has no such description.
    """
    try:
        with safetensors.safe_open(str(path), framework="np") as file:
            metadata = file.metadata() or {}
        described = json.loads(metadata[METADATA_KEY])
    except (OSError, safetensors.SafetensorError, KeyError, ValueError) as error:
        raise WeightsError(f"{shown(path)} is not a weight file of this program ({one_line(error)})") from error
    return _checked(described, path)


def _checked(described: Any, path: Path) -> dict[str, Any]:
    """The description, if it has all that is needed."""
    if not isinstance(described, dict) or not isinstance(described.get("training", {}), dict):
        raise WeightsError(f"{shown(path)} is not a weight file of this program (its description cannot be understood)")
    for key, kind in _KEYS.items():
        if not isinstance(described.get(key), kind):
            raise WeightsError(f"{shown(path)} is not a weight file of this program (it does not name its {key})")
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
        means = {figure: round(mean, 4) for figure, mean in raw["mean"][method].items()}
        return {**means, "images": len(raw["images"])}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WeightsError(
            f"{shown(report)} is no report of 'lsd2 evaluate' with the method {method} ({one_line(error)})"
        ) from error


def install(
    path: Path,
    name: str,
    folder: Path,
    figures: Path | None = None,
    method: str | None = None,
    reported_as: str | None = None,
) -> ModelEntry:
    """Copy a weight file into a folder of weights under a name, after checking that its network runs.

    A model that the folder has under this name is replaced.  `figures` is a report of `lsd2 evaluate --json` with
    these weights, to be listed with them; it may name them otherwise than their method, `reported_as`.  `method` is
    what is to use them, by default what the file says.

    Raises
    ------
    WeightsError
        When the file is not usable or not for this method, the name is not free, or the folder cannot be written to.
    """
    from lsd2.networks.load import parse_network  # PyTorch; the rest of this module does without

    check_name(name, folder)
    described, data = read_weight_file(path)
    method = method or described["method"]
    entry = ModelEntry(
        name=name,
        method=method,
        architecture=described["architecture"],
        config=described["config"],
        parameters=0,
        path=path,
        sha256=hashlib.sha256(data).hexdigest(),
        training=described.get("training", {}),
        figures=read_figures(figures, reported_as or method) if figures else {},
    )
    network = parse_network(entry, data)
    check_use(entry, network.config.in_channels)
    count = sum(weight.numel() for weight in network.parameters())
    installed = replace(entry, parameters=count, path=folder / f"{name}.safetensors")
    _put(installed, data)
    return installed


def check_name(name: str, folder: Path) -> None:
    """The name is part of a file's name, and the first folder that has a model of a name is the one it is taken from.

    Names that differ in case only would share one file on some systems.
    """
    if not _NAME.fullmatch(name):
        raise WeightsError(
            f"{name!a} cannot be a model's name: use letters, digits, '.', '_' and '-', "
            "beginning with a letter or digit"
        )
    for model in (*all_models(), *read_manifest(folder)):
        same_folder = model.path.parent.resolve() == folder.resolve()
        if model.name.casefold() == name.casefold() and not (same_folder and model.name == name):
            raise WeightsError(f"there is a model {model.name} already ({shown(model.path)}); choose another name")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise WeightsError(f"{shown(path)} cannot be read ({error.strerror})") from error


def _put(entry: ModelEntry, data: bytes) -> None:
    """Write weights and list them."""
    folder = entry.path.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WeightsError(
            f"the folder {shown(folder)} cannot be made ({error.strerror}); choose another one with --folder"
        ) from error
    write_file(entry.path, data)
    write_entry(entry)
