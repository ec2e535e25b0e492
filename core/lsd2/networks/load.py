"""From a manifest entry to a PyTorch network with its trained weights."""

from __future__ import annotations

from collections.abc import Callable

import safetensors
import safetensors.torch
import torch

from lsd2.errors import WeightsError
from lsd2.io.naming import one_line, shown
from lsd2.networks.architectures import ARCHITECTURES, Network, untrained
from lsd2.networks.manifest import ModelEntry, check_weights
from lsd2.networks.memory import as_memory_error

_REASON_LENGTH = 240
"""Characters of torch's list of what does not fit; the first few say enough."""


def build(entry: ModelEntry) -> Network:
    """The untrained network that an entry describes.

    Raises
    ------
    WeightsError
        When this program does not know the architecture.
    """
    if entry.architecture not in ARCHITECTURES:
        raise WeightsError(
            f"{shown(entry.path)} is for a network '{entry.architecture}' that this version does not know"
        )
    return untrained(entry.architecture, entry.config)


def load_network(entry: ModelEntry) -> Network:
    """The trained network in float32 on the CPU, ready for inference.

    Raises
    ------
    WeightsError
        When the file is missing, damaged, or does not fit the network.
    MemoryError
        When there is too little memory, which says nothing about the file.
    """
    check_weights(entry.path, entry.sha256)
    return _filled(entry, lambda: safetensors.torch.load_file(entry.path))


def parse_network(entry: ModelEntry, data: bytes) -> Network:
    """The network of an entry with the weights in `data`, safetensors; raises as `load_network`."""
    return _filled(entry, lambda: safetensors.torch.load(data))


def _filled(entry: ModelEntry, read_state: Callable[[], dict[str, torch.Tensor]]) -> Network:
    """The entry's network with the weights that `read_state` gives, mapped files included."""
    try:
        with as_memory_error(f"the weights {shown(entry.path)}"):
            network = build(entry)
            network.load_state_dict(read_state())  # copies into the network's own float32
    except (safetensors.SafetensorError, RuntimeError, ValueError, TypeError, KeyError, OSError) as error:
        reason = one_line(error, _REASON_LENGTH)
        raise WeightsError(f"{shown(entry.path)} does not fit the network it is listed for ({reason})") from error
    return network.eval().requires_grad_(False)
