"""What an importer gives: which network, and its weights; and the checks that importers share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from lsd2.errors import WeightsError
from lsd2.io.naming import shown
from lsd2.networks.fdncnn_config import KERNEL, FDnCNNConfig

LARGEST_BYTES = 1_000_000_000
"""No file of weights that can be imported comes near this."""

Layer = tuple[NDArray[np.float32], NDArray[np.float32]]
"""Weight (out, in, kh, kw) and bias (out,) of a convolution."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """A network's description as manifests hold it, and its state."""

    described: dict[str, Any]
    state: dict[str, Tensor] = field(repr=False)


def check_size(path: Path) -> None:
    """Refuse what is missing or far too large before it is opened."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise WeightsError(f"{shown(path)} cannot be read ({error.strerror})") from error
    if size > LARGEST_BYTES:
        raise WeightsError(f"{shown(path)} is too large for a file of weights ({size / 1e9:.1f} GB)")


def fdncnn_of(layers: Sequence[Layer], path: Path, source: str) -> Foreign:
    """FDnCNN from its convolutions in order.

    Raises
    ------
    WeightsError
        When they do not make up such a network.
    """
    config = _config(layers)
    if config is None:
        raise WeightsError(f"{shown(path)} holds no FDnCNN (its layers do not fit); import another file")
    state = {}
    for index, (weight, bias) in enumerate(layers):
        state[f"layers.{index}.weight"] = torch.from_numpy(np.ascontiguousarray(weight, np.float32))
        state[f"layers.{index}.bias"] = torch.from_numpy(np.ascontiguousarray(bias, np.float32))
    described = {"method": "fdncnn", "architecture": "fdncnn", "config": config.to_dict()}
    return Foreign({**described, "training": {"source": source, "file": path.name}}, state)


def _config(layers: Sequence[Layer]) -> FDnCNNConfig | None:
    if len(layers) < 2 or layers[-1][0].ndim < 2:
        return None
    channels, width = layers[-1][0].shape[:2]
    sides = [channels + 1, *[width] * (len(layers) - 1), channels]
    wanted = [(out, inside, KERNEL, KERNEL) for inside, out in pairwise(sides)]
    fits = [weight.shape for weight, _ in layers] == wanted and [bias.shape for _, bias in layers] == [
        shape[:1] for shape in wanted
    ]
    return FDnCNNConfig(channels, width, len(layers)) if fits and channels in (1, 3) else None
