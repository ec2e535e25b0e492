"""From a manifest entry to a network ready to run."""

from __future__ import annotations

import safetensors
import safetensors.torch
import torch

from lsd2.errors import WeightsError
from lsd2.io.naming import one_line, shown
from lsd2.networks.manifest import ModelEntry, read_verified
from lsd2.networks.memory import as_memory_error
from lsd2.networks.unet import UNet, UNetConfig

_REASON_LENGTH = 240
"""Characters of torch's list of what does not fit; the first few say enough."""


def build(entry: ModelEntry) -> UNet:
    """The untrained network that an entry describes.

    Raises
    ------
    WeightsError
        When this program does not know the architecture.
    """
    if entry.architecture != "unet":
        raise WeightsError(
            f"{shown(entry.path)} is for a network '{entry.architecture}' that this version does not know"
        )
    return UNet(UNetConfig.from_dict(entry.config))


def load_network(entry: ModelEntry) -> UNet:
    """The trained network in float32 on the CPU, ready for inference.

    Raises
    ------
    WeightsError
        When the file is missing, damaged, or does not fit the network.
    MemoryError
        When there is too little memory, which says nothing about the file.
    """
    try:
        with as_memory_error(f"the weights {shown(entry.path)}"):
            state = safetensors.torch.load(read_verified(entry))
            network = build(entry)
            network.load_state_dict({name: tensor.float() for name, tensor in state.items()})
    except (safetensors.SafetensorError, RuntimeError, ValueError, TypeError, KeyError) as error:
        reason = one_line(error, _REASON_LENGTH)
        raise WeightsError(f"{shown(entry.path)} does not fit the network it is listed for ({reason})") from error
    return network.eval().requires_grad_(False)


_ready: dict[tuple[str, torch.device, torch.dtype], UNet] = {}
"""The networks used last, by file, device and number format."""
_READY_AT_MOST = 3


def ready_network(entry: ModelEntry, device: torch.device, dtype: torch.dtype) -> UNet:
    """The trained network on `device`, its body in `dtype`; the last few stay loaded for the next photo."""
    key = (entry.sha256, device, dtype)
    if key not in _ready:
        network = load_network(entry)
        with as_memory_error(f"the weights {shown(entry.path)} on {device}"):
            network.to(device).body_to(dtype)
        while len(_ready) >= _READY_AT_MOST:
            del _ready[next(iter(_ready))]
        _ready[key] = network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    return _ready[key]
