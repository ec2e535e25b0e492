"""From a checkpoint to a weight file that the program loads."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import safetensors.torch
import torch

from lsd2.io.atomic import write_atomically
from lsd2.networks.portable import METADATA_KEY
from lsd2.training.checkpoint import Checkpoint


def export(checkpoint: Checkpoint, target: Path, *, overwrite: bool = False) -> None:
    """Write the moving average of the weights as fp16 safetensors that describe their own network and training.

    Raises
    ------
    PhotoWriteError
        When the file cannot be written, or exists and may not be replaced.
    """
    state = {name: tensor.half().contiguous() for name, tensor in checkpoint.ema.items()}
    described = {key: checkpoint.network[key] for key in ("method", "architecture", "config")}
    described["training"] = summary(checkpoint)
    data = safetensors.torch.save(state, metadata={METADATA_KEY: json.dumps(described)})
    write_atomically(target, data, overwrite=overwrite)


def summary(checkpoint: Checkpoint) -> dict[str, Any]:
    """The figures of a run for the model card."""
    return {
        "photos": checkpoint.photos,
        "crops": checkpoint.crops,
        "steps": checkpoint.step,
        "seconds": round(checkpoint.seconds),
        "date": datetime.now(UTC).date().isoformat(),
        "torch": torch.__version__,
        "config": checkpoint.config,
        "stream": checkpoint.stream,
        **({"started_from": checkpoint.network["started_from"]} if "started_from" in checkpoint.network else {}),
    }
