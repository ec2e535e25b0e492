"""Muon turns convolutions' gradients into steps of one size in all directions, and leaves the rest to AdamW."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from lsd2.networks.fdncnn import FDnCNN
from lsd2.networks.fdncnn_config import FDnCNNConfig
from lsd2.networks.unet import UNet
from lsd2.networks.unet_config import UNetConfig
from lsd2.training.muon import ADAM_SIZE, COARSE_FROM, Muon, MuonWithAdamW, orthogonal


def _turned(network: nn.Module) -> set[str]:
    """Names of the weights that Muon moves: those whose second step in one direction is as long as the first.

    AdamW's first step does not depend on the gradient's size either, but is equally long in every single value.
    """
    before = {name: weight.detach().clone() for name, weight in network.named_parameters()}
    optimizer = MuonWithAdamW(network, rate=1e-3, weight_decay=0.0)
    torch.manual_seed(0)
    for weight in network.parameters():
        weight.grad = torch.randn_like(weight)
    optimizer.step()
    steps = {name: (weight.detach() - before[name]).abs() for name, weight in network.named_parameters()}
    return {name for name, step in steps.items() if step.numel() > 1 and step.max() > 1.01 * step.min()}


@pytest.mark.parametrize("shape", [(24, 216), (216, 24), (40, 40), (400, 1 + COARSE_FROM // 400)])
def test_all_singular_values_become_about_one(shape: tuple[int, int]) -> None:
    torch.manual_seed(3)
    values = torch.linalg.svdvals(orthogonal(torch.randn(shape) * 1e-3))
    assert values.max() < 1.3
    assert np.quantile(values.numpy(), 0.1) > 0.5


def test_directions_are_kept() -> None:
    torch.manual_seed(1)
    matrix = torch.randn(32, 128)
    left, _, right = torch.linalg.svd(matrix, full_matrices=False)
    cosine = (orthogonal(matrix) * (left @ right)).sum() / (orthogonal(matrix).norm() * (left @ right).norm())
    assert cosine > 0.97


def test_step_is_as_large_as_adamws_usual_one() -> None:
    weight = nn.Parameter(torch.zeros(64, 64, 3, 3))
    weight.grad = torch.randn_like(weight)
    Muon([weight], rate=0.5).step()
    assert weight.detach().square().mean().sqrt() == pytest.approx(0.5 * ADAM_SIZE, rel=0.25)


def test_layers_that_meet_the_picture_and_biases_are_adamws() -> None:
    network = FDnCNN(FDnCNNConfig(width=16, depth=4))
    assert _turned(network) == {"layers.1.weight", "layers.2.weight"}


def test_matrices_too_small_or_too_large_are_adamws() -> None:
    network = UNet(UNetConfig(widths=(8, 16, 140), shuffle=2, residual=True))
    shapes = {dict(network.named_parameters())[name].shape for name in _turned(network)}
    assert shapes
    assert all(16 <= min(shape[0], shape[1:].numel()) <= 128 for shape in shapes)


def test_going_on_equals_never_having_stopped() -> None:
    gradients = [torch.randn(16, 16, 3, 3, generator=torch.Generator().manual_seed(seed)) for seed in range(4)]

    def moved(stop: bool) -> torch.Tensor:
        torch.manual_seed(0)
        network = nn.Sequential(*(nn.Conv2d(16, 16, 3) for _ in range(3)))
        optimizer = MuonWithAdamW(network, 1e-2, 0.0)
        for index, gradient in enumerate(gradients):
            if stop and index == 2:
                state, optimizer = optimizer.state_dict(), MuonWithAdamW(network, 1e-2, 0.0)
                optimizer.load_state_dict(state)
            for layer in network:
                assert isinstance(layer, nn.Conv2d)
                layer.weight.grad = gradient.clone()
            optimizer.step()
        return torch.cat([layer.weight.detach().flatten() for layer in network])  # type: ignore[union-attr]

    assert torch.equal(moved(stop=True), moved(stop=False))
