"""The kinds of networks that weights can be for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from lsd2.networks import fdncnn_config, unet_config
from lsd2.networks.fdncnn import FDnCNN
from lsd2.networks.unet import UNet

Network = UNet | FDnCNN
"""Takes and gives float32 (N, C, H, W) of any size."""
Config = unet_config.UNetConfig | fdncnn_config.FDnCNNConfig


@dataclass(frozen=True, slots=True)
class Architecture:
    """A family of networks.

    Attributes
    ----------
    config : makes a member's configuration from stored values.
    build : the untrained network of a configuration.
    members : configurations by name.
    """

    config: Callable[[Mapping[str, Any]], Any]
    build: Callable[[Any], Network]
    members: Mapping[str, Config]


ARCHITECTURES = {
    "unet": Architecture(unet_config.UNetConfig.from_dict, UNet, unet_config.CONFIGS),
    "fdncnn": Architecture(fdncnn_config.FDnCNNConfig.from_dict, FDnCNN, fdncnn_config.CONFIGS),
}
"""By their name in manifests."""


def untrained(architecture: str, values: Mapping[str, Any]) -> Network:
    """The network of that name with the stored configuration.

    Raises
    ------
    KeyError
        When there is no such architecture.
    """
    family = ARCHITECTURES[architecture]
    return family.build(family.config(values))
