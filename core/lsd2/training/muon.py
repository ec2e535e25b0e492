"""Muon for convolutions: every step of a layer's weights turns it equally in all directions.

References
----------
Jordan et al., "Muon: An optimizer for hidden layers in neural networks", 2024; the step's size follows Liu et al.,
"Muon is Scalable for LLM Training", 2025, so that learning rates of AdamW serve.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

import torch
from torch import Tensor, nn

MOMENTUM = 0.95
NEWTON_SCHULZ = (3.4445, -4.7750, 2.0315)
"""Coefficients of the quintic iteration: steepest at 0, so that five steps bring singular values to about 1."""
STEPS = 5
ADAM_SIZE = 0.2
"""Root mean square of a usual update by AdamW, in units of its rate."""
COARSE_FROM = 150_000
"""Matrices of so many values are turned in bfloat16: it is enough, and twice as fast."""
SMALLEST, LARGEST = 16, 128
"""Shorter sides of the matrices that are turned; larger ones cost more time than they save."""


class Muon(torch.optim.Optimizer):
    """Momentum, made orthogonal, for the weights of convolutions, each a matrix (outputs, inputs x kernel)."""

    def __init__(self, weights: list[nn.Parameter], rate: float) -> None:
        super().__init__(weights, {"lr": rate})

    @torch.no_grad()
    def step(self, closure: None = None) -> None:  # type: ignore[override]
        """Move every weight that has a gradient."""
        for group in self.param_groups:
            for weight in group["params"]:
                if weight.grad is None:
                    continue
                state = self.state[weight]
                momentum = state.setdefault("momentum", torch.zeros_like(weight))
                momentum.lerp_(weight.grad, 1 - MOMENTUM)
                ahead = weight.grad.lerp(momentum, MOMENTUM).reshape(len(weight), -1)
                size = group["lr"] * ADAM_SIZE * max(ahead.shape) ** 0.5
                weight.sub_(orthogonal(ahead).reshape(weight.shape), alpha=size)


class MuonWithAdamW:
    """Muon for the convolutions within a network, AdamW for everything else, behind what a training loop needs."""

    def __init__(self, network: nn.Module, rate: float, weight_decay: float) -> None:
        within = _within(network)
        ids = {id(weight) for weight in within}
        rest = [weight for weight in network.parameters() if id(weight) not in ids]
        self._both: tuple[torch.optim.Optimizer, ...] = (torch.optim.AdamW(rest, rate, weight_decay=weight_decay),)
        if within:
            self._both = (*self._both, Muon(within, rate))

    @property
    def param_groups(self) -> list[dict[str, Any]]:
        return list(chain.from_iterable(one.param_groups for one in self._both))

    def zero_grad(self, set_to_none: bool = True) -> None:
        for one in self._both:
            one.zero_grad(set_to_none)

    def step(self) -> None:
        for one in self._both:
            one.step()

    def state_dict(self) -> dict[str, Any]:
        return {str(index): one.state_dict() for index, one in enumerate(self._both)}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        for index, one in enumerate(self._both):
            one.load_state_dict(state[str(index)])


def _within(network: nn.Module) -> list[nn.Parameter]:
    """The weights that Muon moves: of convolutions, but for the first and the last, which meet the picture."""
    convolutions: Iterable[nn.Module] = (
        layer for layer in network.modules() if isinstance(layer, nn.Conv2d | nn.ConvTranspose2d)
    )
    weights = [layer.weight for layer in convolutions if isinstance(layer.weight, nn.Parameter)]
    return [weight for weight in weights[1:-1] if SMALLEST <= min(len(weight), weight[0].numel()) <= LARGEST]


@torch.no_grad()
def orthogonal(matrix: Tensor) -> Tensor:
    """The matrix (rows, columns) with all its singular values at about 1, by Newton-Schulz iteration."""
    a, b, c = NEWTON_SCHULZ
    x = matrix / (matrix.norm() + 1e-7)
    if x.numel() >= COARSE_FROM:
        x = x.bfloat16()
    tall = x.shape[0] > x.shape[1]
    if tall:
        x = x.T
    for _ in range(STEPS):
        square = x @ x.T
        x = a * x + (b * square + c * square @ square) @ x
    turned: Tensor = x.T if tall else x
    return turned.to(matrix.dtype)
