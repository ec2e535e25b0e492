"""FDnCNN as PyTorch collections such as KAIR store it: a state dict of a plain sequence of convolutions."""

from __future__ import annotations

import pickle
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from lsd2.errors import WeightsError
from lsd2.io.naming import one_line, shown
from lsd2.networks.importers.foreign import Foreign, Layer, check_size, fdncnn_of

_WEIGHT = re.compile(r"(?:.*\.)?(\d+)\.weight")


def read_kair(path: Path) -> Foreign:
    """The FDnCNN in a `.pth` file; only tensors are unpickled.

    Raises
    ------
    WeightsError
        When there is none.
    """
    check_size(path)
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except (OSError, RuntimeError, ValueError, KeyError, EOFError, pickle.UnpicklingError) as error:
        raise WeightsError(f"{shown(path)} is no file of PyTorch weights ({one_line(error)})") from error
    return fdncnn_of(_convolutions(state), path, "PyTorch state dict")


def _convolutions(state: Any) -> list[Layer]:
    """Weights and biases in the order of the numbers in their names; empty if there are others."""
    if not isinstance(state, Mapping):
        return []
    found = {int(match[1]): name for name in state if (match := _WEIGHT.fullmatch(str(name)))}
    names = [found[index] for index in sorted(found)]
    pairs = [(state[name], state.get(name.removesuffix("weight") + "bias")) for name in names]
    if 2 * len(pairs) != len(state):
        return []
    return [_arrays(weight, bias) for weight, bias in pairs if isinstance(weight, Tensor) and isinstance(bias, Tensor)]


def _arrays(weight: Tensor, bias: Tensor) -> Layer:
    return weight.float().numpy(), bias.float().numpy()
