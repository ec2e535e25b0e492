"""Tiles give what the whole photo would; memory and nonsense are handled."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from lsd2.errors import DeviceError
from lsd2.networks.predictor import PICTURE_BYTES, Footprint, Predictor, stacked
from lsd2.networks.torch_engine import TorchEngine
from lsd2.networks.unet import UNet
from lsd2.networks.unet_config import UNetConfig
from lsd2.options import MIN_TILE, ProcessOptions
from lsd2.progress import Cancelled, CancelToken, Silent, Stage

FOOTPRINT = Footprint(grid=4, overlap=64, guard=24, maps=25.0)
CPU = torch.device("cpu")


def _predictor(network: nn.Module) -> Predictor:
    return Predictor(TorchEngine(network.eval().requires_grad_(False), CPU, torch.float32), FOOTPRINT)


def _images(height: int, width: int) -> list[NDArray[np.float32]]:
    rng = np.random.default_rng(1)
    return [rng.random((height, width, 3), dtype=np.float32) for _ in range(2)]


def test_tiled_equals_untiled() -> None:
    torch.manual_seed(0)
    predictor = _predictor(UNet(UNetConfig(widths=(4, 8, 8))))
    read = stacked(*_images(210, 250))
    whole, plan = predictor.predict(read, (210, 250), ProcessOptions(), Silent())
    tiled, tiles = predictor.predict(read, (210, 250), ProcessOptions(tile=192), Silent())
    assert len(plan) == 1
    assert len(tiles) > 2
    assert np.abs(whole - tiled).max() < 1 / 255


def test_output_is_clipped_to_the_display_range() -> None:
    class Doubled(nn.Module):
        def forward(self, x: Tensor) -> Tensor:
            return x[:, :3] * 4 - 1

    out, _ = _predictor(Doubled()).predict(stacked(*_images(20, 20)), (20, 20), ProcessOptions(), Silent())
    assert out.min() == 0
    assert out.max() == 1


class Hungry(nn.Module):
    """Runs out of memory on inputs wider than `limit`."""

    def __init__(self, limit: int, error: Exception) -> None:
        super().__init__()
        self.limit, self.error = limit, error

    def forward(self, x: Tensor) -> Tensor:
        if x.shape[-1] > self.limit:
            raise self.error
        return x[:, :3]


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        torch.OutOfMemoryError("CUDA out of memory"),
        RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 99 bytes"),
        RuntimeError("DefaultCPUAllocator: not enough memory: you tried to allocate 99 bytes."),
    ],
)
def test_tiles_shrink_when_memory_runs_out(error: Exception) -> None:
    long, short = _images(600, 600)
    predictor = _predictor(Hungry(260, error))
    out, plan = predictor.predict(stacked(long, short), (600, 600), ProcessOptions(tile=512), Silent())
    assert max(tile.width for tile in plan.tiles) <= 260
    np.testing.assert_allclose(out, long, atol=1e-6)


def test_tiles_shrink_down_to_the_smallest_before_giving_up() -> None:
    read = stacked(*_images(320, 320))
    predictor = _predictor(Hungry(MIN_TILE, MemoryError()))
    _, plan = predictor.predict(read, (320, 320), ProcessOptions(tile=320), Silent())
    assert max(tile.width for tile in plan.tiles) <= MIN_TILE
    with pytest.raises(DeviceError, match=f"even for tiles of {MIN_TILE} pixels"):
        _predictor(Hungry(0, MemoryError())).predict(read, (320, 320), ProcessOptions(tile=320), Silent())


def test_too_little_memory_for_any_tile_is_said() -> None:
    with pytest.raises(DeviceError, match="too little memory on cpu even for tiles of"):
        _predictor(Hungry(0, MemoryError())).predict(
            stacked(*_images(80, 80)), (80, 80), ProcessOptions(tile=256), Silent()
        )


def test_other_errors_are_not_taken_for_lack_of_memory() -> None:
    with pytest.raises(RuntimeError, match="shapes"):
        _predictor(Hungry(0, RuntimeError("shapes differ"))).predict(
            stacked(*_images(80, 80)), (80, 80), ProcessOptions(), Silent()
        )


@pytest.mark.parametrize("value", ["nan", "inf", "-inf"])
def test_output_that_is_not_a_number_is_refused(value: str) -> None:
    class Broken(nn.Module):
        def forward(self, x: Tensor) -> Tensor:
            return x[:, :3] * 0 + float(value)

    with pytest.raises(DeviceError, match="no valid picture on cpu"):
        _predictor(Broken()).predict(stacked(*_images(20, 20)), (20, 20), ProcessOptions(), Silent())


def test_cancel_stops_between_tiles() -> None:
    token = CancelToken()
    seen: list[int] = []

    class Watch(Silent):
        def report(self, stage: Stage, done: int, total: int) -> None:
            seen.append(done)
            if done == 2:
                token.cancel()
            token.raise_if_cancelled()

    network = Hungry(10_000, MemoryError())
    with pytest.raises(Cancelled):
        _predictor(network).predict(stacked(*_images(500, 500)), (500, 500), ProcessOptions(tile=192), Watch())
    assert seen == [0, 1, 2]


def test_tile_size_follows_the_memory_budget() -> None:
    predictor = _predictor(Hungry(10_000, MemoryError()))
    read = stacked(*_images(2500, 40))
    sizes = [
        max(
            tile.height
            for tile in predictor.predict(read, (2500, 40), ProcessOptions(memory_budget_gb=gb), Silent())[1].tiles
        )
        for gb in (0.1, 0.2)
    ]
    assert sizes[0] < sizes[1]
    assert sizes[0] ** 2 * (4 * FOOTPRINT.maps + PICTURE_BYTES) <= 0.1e9
