"""FDnCNN: its published size, its tiles, and what it is told."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from lsd2.methods.fdncnn import footprint
from lsd2.networks import torch_engine
from lsd2.networks.fdncnn import FDnCNN
from lsd2.networks.fdncnn_config import COLOUR, GREY, FDnCNNConfig
from lsd2.networks.manifest import all_models, find_model
from lsd2.networks.predictor import Predictor, stacked
from lsd2.networks.torch_engine import TorchEngine
from lsd2.options import MIN_TILE, Device, ProcessOptions
from lsd2.progress import Silent

SMALL = FDnCNNConfig(width=8)


@pytest.mark.parametrize(("config", "parameters"), [(COLOUR, 668_803), (GREY, 666_497)])
def test_size_is_the_published_one(config: FDnCNNConfig, parameters: int) -> None:
    assert sum(p.numel() for p in FDnCNN(config).parameters()) == parameters


def test_a_pixel_depends_on_41_pixels_a_side() -> None:
    torch.manual_seed(0)
    network = FDnCNN(SMALL).double()
    for layer in network.layers:
        torch.nn.init.constant_(layer.weight, 0.02)
    picture = torch.rand(1, 4, 61, 61, dtype=torch.float64)
    changed = picture.clone()
    changed[..., 30, 30] += 0.5
    rows = (network(picture) != network(changed))[0].any(0).any(1).nonzero()
    assert (rows.min(), rows.max()) == (30 - SMALL.reach, 30 + SMALL.reach)
    assert 2 * SMALL.reach + 1 == 41


def test_tiles_are_exact() -> None:
    torch.manual_seed(1)
    network = FDnCNN(SMALL).eval()
    entry = replace(all_models()[0], config=SMALL.to_dict())
    predictor = Predictor(TorchEngine(network, torch.device("cpu"), torch.float32), footprint(entry))
    picture = np.random.default_rng(2).random((MIN_TILE + 130, 2 * MIN_TILE + 17, 3), dtype=np.float32)
    level = np.broadcast_to(np.float32(0.1), (*picture.shape[:2], 1))
    whole, one = predictor.predict(stacked(picture, level), picture.shape[:2], ProcessOptions(tile=1024), Silent())
    tiled, many = predictor.predict(stacked(picture, level), picture.shape[:2], ProcessOptions(tile=MIN_TILE), Silent())
    assert len(one) == 1
    assert len(many) > 4
    np.testing.assert_allclose(tiled, whole, atol=2e-6)


def test_it_computes_in_float32_where_bfloat16_is_faster(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch_engine, "choose_dtype", lambda _: torch.bfloat16)
    assert torch_engine.open_engine(find_model("fdncnn", None), Device.CPU).precision == "float32"
    assert torch_engine.open_engine(find_model("lsd2", None), Device.CPU).precision == "bfloat16"
