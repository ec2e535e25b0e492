"""Checkpoints: everything that a killed run needs to go on as if nothing had happened."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from lsd2.errors import TrainingError
from lsd2.io.naming import one_line, shown


@dataclass(slots=True)
class Checkpoint:
    """State of a run.

    `network` names the architecture, `config` is the run's, `stream` describes the data; `weights`, `ema` and
    `optimizer` are state dicts; `rng` is torch's generator state; `history` holds the logged figures.
    """

    network: dict[str, Any]
    config: dict[str, Any]
    stream: dict[str, Any]
    weights: dict[str, Tensor] = field(repr=False)
    ema: dict[str, Tensor] = field(repr=False)
    optimizer: dict[str, Any] = field(repr=False)
    rng: Tensor = field(repr=False)
    step: int = 0
    crops: int = 0
    seconds: float = 0.0
    photos: int = 0
    history: list[dict[str, float]] = field(default_factory=list)

    def save(self, path: Path) -> None:
        """Write atomically: a kill leaves the last complete checkpoint.

        Raises
        ------
        TrainingError
            When the drive does not take it.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(path.name + ".part")
        try:
            torch.save({name: getattr(self, name) for name in self.__dataclass_fields__}, temporary)
            temporary.replace(path)
        except (OSError, RuntimeError) as error:
            raise TrainingError(f"{shown(path)} was not saved: {one_line(error)}") from error
        finally:
            temporary.unlink(missing_ok=True)

    @classmethod
    def load(cls, path: Path) -> Checkpoint:
        """Read what `save` wrote; only tensors and plain values are unpickled.

        Raises
        ------
        TrainingError
            When there is no usable checkpoint at `path`.
        """
        try:
            return cls(**torch.load(path, map_location="cpu", weights_only=True))
        except FileNotFoundError as error:
            raise TrainingError(f"there is no checkpoint at {shown(path)}; start without --resume") from error
        except Exception as error:
            raise TrainingError(f"{shown(path)} is not a checkpoint of this program: {one_line(error)}") from error
