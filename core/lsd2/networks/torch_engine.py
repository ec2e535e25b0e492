"""Networks on PyTorch: any processor or graphics processor that it knows."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import nn

from lsd2.io.naming import shown
from lsd2.networks.device import choose_device, choose_dtype
from lsd2.networks.load import load_network
from lsd2.networks.manifest import ModelEntry
from lsd2.networks.memory import as_memory_error
from lsd2.networks.unet import UNet
from lsd2.options import Device
from lsd2.photo import FloatImage


@dataclass(frozen=True, slots=True)
class TorchEngine:
    """A module with the place and the format (of its body) that it runs in; it takes and gives float32."""

    network: nn.Module
    place: torch.device
    dtype: torch.dtype

    @property
    def name(self) -> str:
        return "torch"

    @property
    def device(self) -> str:
        return str(self.place)

    @property
    def precision(self) -> str:
        return str(self.dtype).removeprefix("torch.")

    @property
    def value_bytes(self) -> int:
        return self.dtype.itemsize

    def run(self, tile: FloatImage) -> FloatImage:
        """As `Engine.run`."""
        with as_memory_error(f"a tile of {tile.shape[1]}x{tile.shape[0]}"), torch.inference_mode():
            x = torch.from_numpy(tile).to(self.place).permute(2, 0, 1).unsqueeze(0)
            y = self.network(x.contiguous(memory_format=torch.channels_last))
            pixels: FloatImage = y[0].permute(1, 2, 0).cpu().numpy()
        return pixels

    def free_memory(self) -> None:
        """As `Engine.free_memory`; on the processor torch keeps none."""
        if self.place.type == "cuda":
            torch.cuda.empty_cache()


def open_engine(entry: ModelEntry, wanted: Device) -> TorchEngine:
    """The trained network where the user wants it, in the format that is fastest there and that it stands."""
    place = choose_device(wanted)
    network = load_network(entry)
    dtype = choose_dtype(place) if isinstance(network, UNet) else torch.float32
    with as_memory_error(f"the weights {shown(entry.path)} on {place}"):
        network.to(place)
        if isinstance(network, UNet):
            network.body_to(dtype)
        network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    return TorchEngine(network, place, dtype)
