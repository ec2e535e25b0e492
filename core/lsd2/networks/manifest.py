"""The manifest of shipped and imported weights: what there is, for which method, and how it was trained.

The manifest is JSON beside the weight files; this module reads it without torch, so that the window can list models.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import platformdirs

from lsd2.errors import PhotoWriteError, WeightsError
from lsd2.io.atomic import write_atomically
from lsd2.io.lock import one_at_a_time
from lsd2.io.naming import one_line, shown
from lsd2.resources import resource_path

MANIFEST = "manifest.json"
_LOCK = ".manifest.lock"


@dataclass(frozen=True, slots=True)
class OnnxFile:
    """The same network with the same weights for ONNX Runtime, and the SHA-256 of that file."""

    path: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """One set of weights.

    Attributes
    ----------
    name : what `--model` takes.
    method : the method that uses it.
    architecture, config : the network, e.g. "unet" and the fields of its configuration.
    parameters : number of weights.
    path : the safetensors file; the packaged program has the ONNX file alone.
    sha256 : of the safetensors file; it names these weights, whatever engine they run in.
    training : photos, crops, seconds, date and settings of the training.
    figures : quality measured with these weights.
    onnx : the same for ONNX Runtime, if it was made.
    """

    name: str
    method: str
    architecture: str
    config: Mapping[str, Any]
    parameters: int
    path: Path
    sha256: str
    training: Mapping[str, Any] = field(default_factory=dict)
    figures: Mapping[str, Any] = field(default_factory=dict)
    onnx: OnnxFile | None = None


def weight_folders() -> tuple[Path, ...]:
    """Where weights are looked for: those that ship with the program, then the user's own."""
    return resource_path("weights"), platformdirs.user_data_path("lsd2", appauthor=False) / "weights"


def advice(folder: Path) -> str:
    """What a user can do about a damaged file in a folder of weights."""
    if folder == weight_folders()[0]:
        return "install the program again"
    return "remove it and import the weights again"


def all_models() -> tuple[ModelEntry, ...]:
    """Every model in every manifest, shipped ones first; the first of a name counts.

    Raises
    ------
    WeightsError
        When a manifest cannot be read.
    """
    found: dict[str, ModelEntry] = {}
    for folder in weight_folders():
        for entry in read_manifest(folder):
            found.setdefault(entry.name, entry)
    return tuple(found.values())


def read_manifest(folder: Path) -> tuple[ModelEntry, ...]:
    """The entries of a folder's manifest; none if the folder has no manifest.

    Raises
    ------
    WeightsError
        When it cannot be read.
    """
    path = folder / MANIFEST
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        return tuple(_entry(folder, name, values) for name, values in raw["models"].items())
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise WeightsError(f"{shown(path)} cannot be read ({error.strerror}); {advice(folder)}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise WeightsError(f"{shown(path)} is damaged ({one_line(error)}); {advice(folder)}") from error


def _entry(folder: Path, name: str, values: Mapping[str, Any]) -> ModelEntry:
    onnx = values.get("onnx")
    return ModelEntry(
        name=name,
        method=str(values["method"]),
        architecture=str(values["architecture"]),
        config=dict(values["config"]),
        parameters=int(values["parameters"]),
        path=_inside(folder, values["file"]),
        sha256=str(values["sha256"]),
        training=dict(values.get("training", {})),
        figures=dict(values.get("figures", {})),
        onnx=OnnxFile(_inside(folder, onnx["file"]), str(onnx["sha256"])) if onnx else None,
    )


def _inside(folder: Path, name: str) -> Path:
    if Path(name).name != name:
        raise ValueError(f"{name} is outside its folder")
    return folder / name


def find_model(method: str, name: str | None) -> ModelEntry:
    """The model of that name, or the method's first one.

    Raises
    ------
    WeightsError
        When there is none.
    """
    models = [entry for entry in all_models() if entry.method == method]
    if name is None and models:
        return models[0]
    for entry in models:
        if entry.name == name:
            return entry
    known = ", ".join(entry.name for entry in models) or "none are installed"
    wanted = f"no weights called {name} for {method}" if name else f"no weights for {method}"
    raise WeightsError(f"there are {wanted} (known: {known}); see 'lsd2 weights list'")


def check_weights(path: Path, sha256: str) -> None:
    """Make sure that a weight file's SHA-256 is what the manifest says, without holding the file in memory.

    Engines then open the file by its path, so that its bytes are mapped or streamed, never copied as a whole.

    Raises
    ------
    WeightsError
        When the file is missing or not what it should be.
    """
    try:
        with path.open("rb", buffering=0) as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise WeightsError(
            f"the weights {shown(path)} cannot be read ({error.strerror}); {advice(path.parent)}"
        ) from error
    if found != sha256:
        raise WeightsError(
            f"the weights {shown(path)} are damaged (SHA-256 {found[:12]}..., expected {sha256[:12]}...); "
            f"{advice(path.parent)}"
        )


def write_entry(entry: ModelEntry) -> None:
    """Add or replace one entry in the manifest of the folder that holds its file; those of other processes stay.

    Raises
    ------
    WeightsError
        When the manifest is damaged or cannot be written; it is as it was.
    """
    with one_at_a_time(entry.path.parent / _LOCK):
        _put(entry)


def _put(entry: ModelEntry) -> None:
    read_manifest(entry.path.parent)
    path = entry.path.parent / MANIFEST
    raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"models": {}}
    raw["models"][entry.name] = {
        "method": entry.method,
        "architecture": entry.architecture,
        "config": dict(entry.config),
        "parameters": entry.parameters,
        "file": entry.path.name,
        "sha256": entry.sha256,
        "training": dict(entry.training),
        "figures": dict(entry.figures),
    }
    if entry.onnx:
        raw["models"][entry.name]["onnx"] = {"file": entry.onnx.path.name, "sha256": entry.onnx.sha256}
    write_file(path, (json.dumps(raw, indent=2) + "\n").encode())


def write_file(path: Path, data: bytes) -> None:
    """Write or replace a file of a folder of weights as a whole.

    Raises
    ------
    WeightsError
        When it cannot be written; it is as it was.
    """
    try:
        write_atomically(path, data, overwrite=True)
    except PhotoWriteError as error:
        raise WeightsError(str(error)) from error
