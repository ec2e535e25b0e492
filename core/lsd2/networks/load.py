"""From a manifest entry to a PyTorch network with its trained weights."""

from __future__ import annotations

import safetensors
import safetensors.torch

from lsd2.errors import WeightsError
from lsd2.io.naming import one_line, shown
from lsd2.networks.manifest import ModelEntry, read_verified
from lsd2.networks.memory import as_memory_error
from lsd2.networks.unet import UNet
from lsd2.networks.unet_config import UNetConfig

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
            state = safetensors.torch.load(read_verified(entry.path, entry.sha256))
            network = build(entry)
            network.load_state_dict({name: tensor.float() for name, tensor in state.items()})
    except (safetensors.SafetensorError, RuntimeError, ValueError, TypeError, KeyError) as error:
        reason = one_line(error, _REASON_LENGTH)
        raise WeightsError(f"{shown(entry.path)} does not fit the network it is listed for ({reason})") from error
    return network.eval().requires_grad_(False)
