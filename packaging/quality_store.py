"""What has been measured already, so that writing the page again only measures what is new.

A result is kept under everything that it depends on: the bytes of its inputs, the options, the weights, and the source
of all modules that its method uses, found by following their imports.
"""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import json
import pickle
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from lsd2.io.atomic import write_atomically
from lsd2.methods.registry import all_methods, denoisers, get_denoiser, get_method
from lsd2.networks.manifest import find_model
from lsd2.options import ProcessOptions

Kept = TypeVar("Kept")


class Store:
    """Results in a folder; without a folder nothing is kept.

    The files are pickled: use no folder that others can write to.

    Parameters
    ----------
    trusting : take what is kept though the code that made it has changed.
    """

    def __init__(self, folder: Path | None, trusting: bool = False) -> None:
        self._folder, self._trusting = folder, trusting

    def get(self, parts: Iterable[Any], source: str, make: Callable[[], Kept]) -> Kept:
        """What was kept under these parts (plain values) by this `source`, or else what `make` gives."""
        if self._folder is None:
            return make()
        key = hashlib.sha256(json.dumps(list(parts), sort_keys=True, default=str).encode()).hexdigest()
        path = self._folder / f"{key[:32]}.pickle"
        if path.exists():
            made_by, kept = pickle.loads(path.read_bytes())
            if made_by == source or self._trusting:
                found: Kept = kept
                return found
        made = make()
        self._folder.mkdir(parents=True, exist_ok=True)
        write_atomically(path, pickle.dumps((source, made)), overwrite=True)
        return made


def identity(options: ProcessOptions) -> list[Any]:
    """What a figure depends on besides its inputs and its code."""
    infos = {info.name: info for info in all_methods()}
    weights = find_model(options.method, options.model).sha256 if infos[options.method].trained else None
    return [options.to_dict(), weights]


def modules_of(method: str) -> tuple[str, ...]:
    """Where a method is written: the module that runs it on a pair, and a denoiser's own."""
    own = type(get_denoiser(method)).__module__ if method in {info.name for info in denoisers()} else None
    return tuple(name for name in (type(get_method(method)).__module__, own) if name)


def bytes_of(*files: Path) -> list[str]:
    """The SHA-256 of every file."""
    return [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]


@lru_cache(maxsize=64)
def source_of(*modules: str) -> str:
    """A hash of the source of these modules and of all of this program that they import, wherever they do."""
    waiting, found = set(modules), dict[str, bytes]()
    while waiting:
        name = waiting.pop()
        path = _file_of(name)
        found[name] = path.read_bytes() if path else b""
        waiting |= _imported(found[name]) - set(found)
    return hashlib.sha256(b"".join(name.encode() + found[name] for name in sorted(found))).hexdigest()


def _file_of(module: str) -> Path | None:
    """The source of a module; None for what an import takes out of one."""
    try:
        spec = importlib.util.find_spec(module)
    except ModuleNotFoundError:
        return None
    return Path(spec.origin) if spec and spec.origin else None


def _imported(source: bytes) -> set[str]:
    """Modules of this program that a source may import; not every name is one."""
    found = set[str]()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return {name for name in found if name.split(".")[0] == "lsd2"}
