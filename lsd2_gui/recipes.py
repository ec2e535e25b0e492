"""What a result was made from: equal recipes give equal results, so nothing is computed twice and none passes for
another.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from pathlib import Path

from lsd2.errors import Lsd2Error
from lsd2.finishing import FUSION_WEIGHTS
from lsd2.methods.base import MethodInfo
from lsd2.networks.manifest import ModelEntry, all_models
from lsd2.options import DEFAULT_MEMORY_BUDGET_GB, Fusion, ProcessOptions
from lsd2_gui.parameters import Parameters, options_for

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FileStamp:
    """A file as it was when it was read; `changed_ns` and `size` are None if it is there no more."""

    path: Path
    changed_ns: int | None = None
    size: int | None = None

    @classmethod
    def of(cls, path: Path) -> FileStamp:
        try:
            status = path.stat()
        except OSError:
            return cls(path)
        return cls(path, status.st_mtime_ns, status.st_size)


@dataclass(frozen=True, slots=True)
class Recipe:
    """Inputs, options and weights of a result.  How much memory it may take and its tiles do not change a result."""

    short: FileStamp
    long: FileStamp
    options: ProcessOptions
    weights: str

    @property
    def method(self) -> str:
        return self.options.method


class ModelShelf:
    """The installed weights by method, as the manifests list them; read again on `refresh`."""

    def __init__(self) -> None:
        self._models: tuple[ModelEntry, ...] = ()
        self.refresh()

    def refresh(self) -> None:
        """Read the manifests; a damaged one is told by the run that needs it."""
        try:
            self._models = all_models()
        except Lsd2Error as error:
            _log.warning("%s", error)
            self._models = ()

    @property
    def all(self) -> tuple[ModelEntry, ...]:
        return self._models

    def of(self, method: str) -> tuple[ModelEntry, ...]:
        return tuple(entry for entry in self._models if entry.method == method)

    def weights(self, method: str, model: str | None) -> str:
        """SHA-256 of the weights that a run would use; empty for methods without any."""
        entries = [entry for entry in self.of(method) if model in (None, entry.name)]
        return entries[0].sha256 if entries else ""


def recipe_for(
    info: MethodInfo, parameters: Parameters, short: FileStamp, long: FileStamp, shelf: ModelShelf
) -> Recipe:
    """The recipe of a method's result with these parameters."""
    options = options_for(info, parameters)
    settled = replace(options, memory_budget_gb=DEFAULT_MEMORY_BUDGET_GB, tile=None)
    weights = shelf.weights(info.name, options.model)
    if options.fusion.kind is Fusion.NETWORK:
        weights += shelf.weights(FUSION_WEIGHTS, options.fusion.model)
    return Recipe(short, long, settled, weights)
