"""The networks have the paper's structure and take any size."""

from __future__ import annotations

import pytest
import torch

from lsd2.networks.unet import UNet
from lsd2.networks.unet_config import FAST, PAPER, UNetConfig

SMALL = UNetConfig(widths=(4, 8, 16))


def test_paper_network_has_the_papers_number_of_parameters() -> None:
    assert sum(p.numel() for p in UNet(PAPER).parameters()) == 31_033_603


def test_fast_network_costs_a_sixteenth_of_the_papers() -> None:
    def macs_per_pixel(config: UNetConfig) -> float:
        total = 0.0

        def count(module: torch.nn.Module, inputs: tuple[torch.Tensor, ...], output: torch.Tensor) -> None:
            nonlocal total
            weight = module.weight
            positions = inputs[0].shape[-2:].numel() if isinstance(module, torch.nn.ConvTranspose2d) else 0
            total += weight.numel() * (positions or output.shape[-2:].numel())

        network = UNet(config)
        for module in network.modules():
            if isinstance(module, torch.nn.Conv2d | torch.nn.ConvTranspose2d):
                module.register_forward_hook(count)
        network(torch.rand(1, 6, 64, 64))
        return total / 64**2

    paper = macs_per_pixel(PAPER)
    assert paper == pytest.approx(0.737e6, rel=0.01)
    assert macs_per_pixel(FAST) == pytest.approx(paper / 16, rel=0.05)


@pytest.mark.parametrize("config", [SMALL, UNetConfig(widths=(4, 8, 16), shuffle=2, residual=True)])
@pytest.mark.parametrize("size", [(1, 1), (7, 5), (16, 16), (33, 47), (64, 31)])
def test_output_has_the_inputs_size(config: UNetConfig, size: tuple[int, int]) -> None:
    assert UNet(config)(torch.rand(2, 6, *size)).shape == (2, 3, *size)


def test_residual_network_without_weights_gives_the_long_frame() -> None:
    network = UNet(UNetConfig(widths=(4, 8), shuffle=2, residual=True))
    torch.nn.init.zeros_(network.head.weight)
    torch.nn.init.zeros_(network.head.bias)
    x = torch.rand(1, 6, 10, 12)
    assert torch.equal(network(x), x[:, :3])


def test_sizes_off_the_grid_are_padded_with_zeros_at_the_bottom_and_right() -> None:
    """A 9x9 input pools to 4x4; upsampled to 8x8 the last row and column of the decoder's half must be zero."""
    network = UNet(UNetConfig(widths=(1, 1)))
    with torch.no_grad():
        for block in (network.encoder[0], network.encoder[1]):
            block[0].weight.zero_()
            block[0].bias.fill_(1)
            block[2].weight.zero_()
            block[2].bias.fill_(1)
        network.up[0].weight.fill_(1)
        network.up[0].bias.zero_()
        first, second = network.decoder[0][0], network.decoder[0][2]
        for conv in (first, second):
            conv.weight.zero_()
            conv.bias.zero_()
        first.weight[0, 0, 1, 1] = 1  # takes "up", the first channel of [up, skip]
        second.weight[0, 0, 1, 1] = 1
        network.head.weight.fill_(1)
        network.head.bias.zero_()
    out = network(torch.rand(1, 6, 9, 9))[0, 0]
    assert torch.equal(out[:8, :8], torch.ones(8, 8))
    assert out[8].abs().sum() == 0
    assert out[:, 8].abs().sum() == 0


def test_config_survives_json() -> None:
    assert UNetConfig.from_dict(FAST.to_dict()) == FAST


def test_grid_is_the_period_of_pooling() -> None:
    assert PAPER.grid == 16
    assert FAST.grid == 32


def test_bfloat16_body_keeps_fine_steps_of_brightness() -> None:
    """The picture itself must not be rounded to bfloat16's 8 bits: a soft gradient keeps its steps."""
    torch.manual_seed(1)
    network = UNet(UNetConfig(widths=(8, 16), shuffle=2, residual=True)).eval().requires_grad_(False)
    ramp = torch.linspace(0.6, 0.7, 4096).reshape(1, 1, 64, 64).expand(1, 6, 64, 64).contiguous()
    exact = network(ramp)
    network.body_to(torch.bfloat16)
    rough = network(ramp)
    assert rough.dtype == torch.float32
    assert (rough - exact).abs().max() < 2e-3
    assert len(rough.unique()) > 2000
