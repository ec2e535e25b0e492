"""The recipe beside a result: all that is needed to make it again, as JSON.

It names the photos by path and content, every option, and the weights by content; and it has the hash of the pixels, so
that whoever makes the result again knows whether it is the same.  The module imports no decoder.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from lsd2 import __version__
from lsd2.errors import OptionsError, PhotoReadError, RecipeError
from lsd2.io.atomic import check_target, write_atomically
from lsd2.io.naming import one_line, shown
from lsd2.options import ProcessOptions, WriteOptions
from lsd2.photo import AlignmentReport, FloatImage, ModelIdentity

SUFFIX = ".json"
_FORMAT = 1
_LARGEST = 2**20
_ROWS_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a result was made.

    Attributes
    ----------
    short, long : paths of the pair.
    process, write : the options.
    made : what the run told of itself: method, parameters, model, device, alignment, notes; JSON-compatible.
    hashes : SHA-256 of "short", "long" (the files) and "pixels" (the result); empty before it is written.
    result : name of the file that it was written to.
    """

    short: Path
    long: Path
    process: ProcessOptions
    write: WriteOptions
    made: Mapping[str, Any] = field(default_factory=dict)
    hashes: Mapping[str, str] = field(default_factory=dict)
    result: str = ""

    @property
    def model(self) -> ModelIdentity | None:
        """The weights that made the result."""
        return _identity(self.made.get("model"))

    @property
    def denoiser(self) -> ModelIdentity | None:
        """The weights that denoised its short frame at the best effort."""
        return _identity(self._parameters.get("denoiser"))

    @property
    def joiner(self) -> ModelIdentity | None:
        """The weights that made one picture of two looks."""
        return _identity(self._parameters.get("joiner"))

    @property
    def fusion_model(self) -> ModelIdentity | None:
        """The weights of its exposure fusion."""
        fusion = self._parameters.get("fusion")
        return _identity(fusion.get("model")) if isinstance(fusion, dict) else None

    @property
    def _parameters(self) -> Mapping[str, Any]:
        told = self.made.get("parameters")
        return told if isinstance(told, dict) else {}


def _identity(told: object) -> ModelIdentity | None:
    return ModelIdentity(str(told["name"]), str(told["sha256"])) if isinstance(told, dict) else None


class Told(Protocol):
    """What a result tells of itself, with its pixels or without."""

    @property
    def method(self) -> str: ...

    @property
    def parameters(self) -> Mapping[str, Any]: ...

    @property
    def model(self) -> ModelIdentity | None: ...

    @property
    def device(self) -> str: ...

    @property
    def alignment(self) -> AlignmentReport: ...

    @property
    def notes(self) -> tuple[str, ...]: ...


def made_by(result: Told) -> dict[str, Any]:
    """A result without its pixels, time and memory, as plain values."""
    return {
        "method": result.method,
        "parameters": dict(result.parameters),
        "model": {"name": result.model.name, "sha256": result.model.sha256} if result.model else None,
        "device": result.device,
        "alignment": {
            "applied": result.alignment.applied,
            "matrix": result.alignment.matrix,
            "shift_px": result.alignment.shift_px,
            "confidence": result.alignment.confidence,
            "reason": result.alignment.reason,
        },
        "notes": list(result.notes),
    }


def recipe_path(target: Path) -> Path:
    """Where the recipe of a result goes: beside it, under its whole name."""
    return target.with_name(target.name + SUFFIX)


def check_recipe(target: Path, *, overwrite: bool = False) -> None:
    """Raise the `PhotoWriteError` that `write_recipe` would, as far as it is known before anything is computed."""
    check_target(recipe_path(target), overwrite=overwrite)


def write_recipe(target: Path, recipe: Recipe, pixels: FloatImage, *, overwrite: bool = False) -> Path:
    """Write the recipe of the result in `target`, whose display image `pixels` is; its path.

    Raises
    ------
    PhotoWriteError
        When it cannot be written, or is there already and may not be replaced.
    """
    path = recipe_path(target)
    write_atomically(path, recipe_bytes(target, recipe, pixels), overwrite=overwrite)
    return path


def recipe_bytes(target: Path, recipe: Recipe, pixels: FloatImage) -> bytes:
    """The recipe of the result that is to be in `target`, as the file beside it holds it."""
    told = {
        "recipe": _FORMAT,
        "program": f"LSD2 {__version__}",
        "inputs": {
            role: {"path": _relative(photo, target.parent), "sha256": file_sha256(photo)}
            for role, photo in (("short", recipe.short), ("long", recipe.long))
        },
        "process": recipe.process.to_dict(),
        "write": recipe.write.to_dict(),
        "result": {"file": target.name, "pixels_sha256": pixels_sha256(pixels), **recipe.made},
    }
    text = json.dumps(told, indent=2, default=str, ensure_ascii=False)
    return text.encode("utf-8", "surrogateescape")


def read_recipe(path: Path) -> Recipe:
    """The recipe in a file.

    Raises
    ------
    RecipeError
        When it is no recipe, or one of a later version.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError("too large")
        told = json.loads(path.read_bytes().decode("utf-8", "surrogateescape"))
        if not isinstance(told, dict) or not isinstance(told.get("recipe"), int):
            raise ValueError("no recipe in it")
        if told["recipe"] > _FORMAT:
            raise RecipeError(f"{shown(path)} was written by a later version of this program: update it")
        recipe = _recipe(told, path.parent)
        for name, member in vars(Recipe).items():
            if isinstance(member, property):
                getattr(recipe, name)  # raises here, not where it is used
        return recipe
    except OptionsError as error:
        raise RecipeError(f"{shown(path)} asks for something that this version cannot do ({error})") from error
    except FileNotFoundError as error:
        raise RecipeError(f"{shown(path)} is not there: check the name") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise RecipeError(f"{shown(path)} is not a recipe of this program ({one_line(error)})") from error


def _recipe(told: Mapping[str, Any], folder: Path) -> Recipe:
    made = dict(told["result"])
    hashes = {role: str(told["inputs"][role]["sha256"]) for role in ("short", "long")}
    hashes["pixels"] = str(made.pop("pixels_sha256"))
    return Recipe(
        short=folder / str(told["inputs"]["short"]["path"]),
        long=folder / str(told["inputs"]["long"]["path"]),
        process=ProcessOptions.from_dict(told["process"]),
        write=WriteOptions.from_dict(told["write"]),
        result=Path(str(made.pop("file"))).name,
        made=made,
        hashes=hashes,
    )


def check_inputs(recipe: Recipe) -> None:
    """Raise `RecipeError` unless both photos are there and have the content that the recipe was made with."""
    for role, path in (("short", recipe.short), ("long", recipe.long)):
        try:
            same = file_sha256(path) == recipe.hashes[role]
        except PhotoReadError as error:
            raise RecipeError(f"the recipe needs the {role} photo: {error}") from error
        if not same:
            raise RecipeError(f"{shown(path)} is not the {role} photo of the recipe, its content differs: restore it")


def file_sha256(path: Path) -> str:
    """SHA-256 of a file's content; `PhotoReadError` if it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError) as error:
        raise PhotoReadError(
            f"{shown(path)} cannot be read ({one_line(error)}): check the name and the drive"
        ) from error


def pixels_sha256(pixels: FloatImage) -> str:
    """SHA-256 of a display image in 16 bits, the precision in which results are kept: little-endian, row by row."""
    digest = hashlib.sha256(repr(pixels.shape).encode())
    for top in range(0, pixels.shape[0], _ROWS_AT_ONCE):
        rows = np.clip(pixels[top : top + _ROWS_AT_ONCE], 0, 1) * np.float32(65535)
        digest.update(np.rint(rows).astype("<u2").tobytes())
    return digest.hexdigest()


def _relative(path: Path, folder: Path) -> str:
    """From the recipe's folder, so that both can be moved together; absolute where there is no such way.

    Of both folders where they are in truth: the system goes up from where a linked folder points to.
    """
    try:
        return Path(os.path.relpath(path.parent.resolve() / path.name, folder.resolve())).as_posix()
    except ValueError:
        return path.absolute().as_posix()
