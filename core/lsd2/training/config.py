"""How a network is trained: one frozen dataclass, kept in every checkpoint."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self

from lsd2.errors import OptionsError

MIXES: dict[str, tuple[tuple[str, float], ...]] = {
    "mixed": (("paper", 0.15), ("registered", 0.25), ("realistic", 0.6)),
    "paper": (("paper", 1.0),),
    "registered": (("registered", 1.0),),
    "realistic": (("realistic", 1.0),),
}
"""Kinds of training pairs: the recipes of each and their shares."""


class Loss(StrEnum):
    L1 = "l1"
    L2 = "l2"
    RMSE = "rmse"
    """Mean over the crops of the root of their mean squared error: what PSNR ranks, without crops that dominate."""
    LOG_RMSE = "log-rmse"
    """The logarithm of the same, which is PSNR: where little is left to do, little more counts as much."""
    STRUCTURE = "structure"
    """The same, plus what SSIM lacks to 1: noise in even areas counts, however little it is of full scale."""


class Optimizer(StrEnum):
    ADAMW = "adamw"
    MUON = "muon"
    """Learns about twice as much per step of a plain convolutional network; see `training.muon`."""


class Schedule(StrEnum):
    COSINE = "cosine"
    """Warm-up, then half a cosine to zero at the end of the budget."""
    HALVING = "halving"
    """The paper's: halved every fifth of the budget (every 10th of 50 epochs)."""


@dataclass(frozen=True, slots=True)
class TrainConfig:
    """One run.

    Attributes
    ----------
    network : name of a network configuration.
    minutes : budget of the whole run, over all its resumptions.
    batch : crops per step.
    rate : peak learning rate.
    ema : decay of the exponential moving average of the weights; that average is what is exported.
    clip : largest norm of the gradient.
    threads : threads of the training process; 0 leaves it to torch.
    loaders : data processes; 0 synthesises in the training process.
    exact : share of the budget, at its end, that is computed in float32.  Everything before is in bfloat16, four times
        as fast; but a network that makes the whole picture learns to make up for what 8 bits round, and is off by up
        to 1 of 255 where it then runs in float32.
    """

    network: str = "fast"
    minutes: float = 60.0
    batch: int = 16
    rate: float = 8e-4
    weight_decay: float = 1e-4
    loss: Loss = Loss.L1
    schedule: Schedule = Schedule.COSINE
    optimizer: Optimizer = Optimizer.ADAMW
    ema: float = 0.999
    clip: float = 1.0
    seed: int = 0
    threads: int = 1
    loaders: int = 1
    exact: float = 0.0

    def __post_init__(self) -> None:
        if self.minutes <= 0:
            raise OptionsError(f"the training time must be above 0 minutes, not {self.minutes}")
        if self.batch < 1:
            raise OptionsError(f"the batch must hold at least 1 crop, not {self.batch}")
        if not 0 <= self.exact <= 1:
            raise OptionsError(f"the exact share of the training time must be from 0 to 1, not {self.exact}")

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {name: str(value) if isinstance(value, StrEnum) else value for name, value in asdict(self).items()}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """The config that `to_dict` wrote."""
        kinds: dict[str, Callable[[Any], Any]] = {"loss": Loss, "schedule": Schedule, "optimizer": Optimizer}
        return cls(**{name: kinds[name](value) if name in kinds else value for name, value in values.items()})


def paper_recipe(network: str, minutes: float, seed: int) -> TrainConfig:
    """Section 3.2 of the paper: L2, Adam at 5e-5 without weight decay, halved every 10th of 50 epochs."""
    return TrainConfig(
        network=network,
        minutes=minutes,
        rate=5e-5,
        weight_decay=0.0,
        loss=Loss.L2,
        schedule=Schedule.HALVING,
        seed=seed,
    )
