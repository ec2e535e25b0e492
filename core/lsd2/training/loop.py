"""The training loop: one visible loop for every network."""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.utils.data import DataLoader, IterableDataset

from lsd2.errors import TrainingError
from lsd2.io.naming import one_line
from lsd2.training.checkpoint import Checkpoint
from lsd2.training.config import Loss, Optimizer, Schedule, TrainConfig
from lsd2.training.muon import MuonWithAdamW
from lsd2.training.tasks import Step

WARM_UP = 0.02
"""Share of the budget over which the learning rate rises."""
SAVE_EVERY_SECONDS = 120.0
LOG_EVERY_STEPS = 100

RMSE_FLOOR = 1e-3
"""Error of full scale below which crops count no more: keeps the root's slope bounded."""

Log = Callable[[dict[str, float]], None]


STRUCTURE_FLOOR = 1e-2
"""The same where what SSIM lacks is added: with less, crops that are to be left alone press all maps to zero for good
before anything is learnt from the others."""
SSIM_WINDOW, SSIM_FLOOR = 8, 9e-4
"""Side of the windows that SSIM looks at, pixels, and its constant: those of MEF-SSIM."""


def _rmse(predicted: Tensor, target: Tensor, floor: float = RMSE_FLOOR) -> Tensor:
    return _mean_squares(predicted, target, floor).sqrt().mean()


def _log_rmse(predicted: Tensor, target: Tensor) -> Tensor:
    return _mean_squares(predicted, target, RMSE_FLOOR).log().mean() / 2


def _mean_squares(predicted: Tensor, target: Tensor, floor: float) -> Tensor:
    """Mean squared error of every picture (N), no less than the floor's."""
    return (predicted - target).square().mean(dim=(1, 2, 3)).add(floor**2)


def _structure(predicted: Tensor, target: Tensor) -> Tensor:
    return _rmse(predicted, target, STRUCTURE_FLOOR) + 1 - contrast_structure(predicted, target)


def contrast_structure(one: Tensor, other: Tensor) -> Tensor:
    """SSIM without its luminance term (Wang et al. 2004), mean over pictures (N, C, H, W), channels and windows."""
    mean_one, mean_other = _windows(one), _windows(other)
    variances = _windows(one * one + other * other) - mean_one * mean_one - mean_other * mean_other
    covariance = _windows(one * other) - mean_one * mean_other
    return ((2 * covariance + SSIM_FLOOR) / (variances + SSIM_FLOOR)).mean()


def _windows(values: Tensor) -> Tensor:
    return F.avg_pool2d(values, SSIM_WINDOW, 1)


LOSSES: dict[Loss, Callable[[Tensor, Tensor], Tensor]] = {
    Loss.L1: F.l1_loss,
    Loss.L2: F.mse_loss,
    Loss.RMSE: _rmse,
    Loss.LOG_RMSE: _log_rmse,
    Loss.STRUCTURE: _structure,
}
"""Of predictions and targets (N, C, H, W)."""


def learning_rate(config: TrainConfig, done: float) -> float:
    """The rate when the share `done` of the budget is spent."""
    if config.schedule is Schedule.HALVING:
        return config.rate * 0.5 ** int(min(done, 0.999) * 5)
    rise = min(1.0, done / WARM_UP)
    return config.rate * rise * 0.5 * (1 + math.cos(math.pi * min(1.0, done)))


def make_optimizer(network: nn.Module, config: TrainConfig) -> torch.optim.Optimizer | MuonWithAdamW:
    """The optimizer that a config names, for all the network's weights."""
    if config.optimizer is Optimizer.MUON:
        return MuonWithAdamW(network, config.rate, config.weight_decay)
    return torch.optim.AdamW(network.parameters(), config.rate, weight_decay=config.weight_decay)


class _DivergedError(TrainingError):
    """The gradient is no number any more; the weights may be close to ruin."""


class Trainer:
    """A network being trained, with its optimizer and moving average.

    Parameters
    ----------
    start : a checkpoint to go on from; None starts anew.
    """

    def __init__(
        self, network: nn.Module, config: TrainConfig, described: dict[str, object], start: Checkpoint | None = None
    ) -> None:
        self.config = config
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.network = network.to(self.device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.ema = copy.deepcopy(self.network).requires_grad_(False)
        self.optimizer = make_optimizer(self.network, config)
        self._described = described
        self.step = self.crops = 0
        self.seconds = 0.0
        self.history: list[dict[str, float]] = []
        if start is not None:
            self._restore(start)

    def _restore(self, start: Checkpoint) -> None:
        self.network.load_state_dict(start.weights)
        self.ema.load_state_dict(start.ema)
        self.optimizer.load_state_dict(start.optimizer)
        torch.set_rng_state(start.rng)
        self.step, self.crops, self.seconds = start.step, start.crops, start.seconds
        self.history = list(start.history)

    def train(self, stream: IterableDataset[Tensor], run: Step, checkpoint: Path, photos: int, log: Log) -> None:
        """Train until the budget is spent; leaves a checkpoint whenever it stops after a step, also when interrupted.

        Raises
        ------
        TrainingError
            When the stream fails, or training diverges; then the checkpoint of before is kept.
        """
        try:
            if self.seconds < self.config.minutes * 60:
                self._steps(stream, run, lambda: self._save(checkpoint, photos), log)
        except _DivergedError:
            raise
        except BaseException:
            self._save(checkpoint, photos)
            raise
        self._save(checkpoint, photos)

    def _steps(self, stream: IterableDataset[Tensor], run: Step, save: Callable[[], None], log: Log) -> None:
        started, saved = time.monotonic() - self.seconds, time.monotonic()
        total = self.config.minutes * 60
        losses: list[float] = []
        for batch in self._batches(stream):
            losses.append(self._one_step(batch, run, self.seconds / total))
            self.seconds = time.monotonic() - started
            if self.step % LOG_EVERY_STEPS == 0:
                self._note(sum(losses) / len(losses), log)
                losses.clear()
            if time.monotonic() - saved > SAVE_EVERY_SECONDS:
                save()
                saved = time.monotonic()
            if self.seconds >= total:
                break

    def _save(self, checkpoint: Path, photos: int) -> None:
        if self.step:
            self.snapshot(photos).save(checkpoint)

    def _batches(self, stream: IterableDataset[Tensor]) -> Iterator[Tensor]:
        loaders = self.config.loaders
        loader = DataLoader(
            stream,
            batch_size=self.config.batch,
            num_workers=loaders,
            prefetch_factor=4 if loaders else None,
            multiprocessing_context="spawn" if loaders else None,  # a forked one waits for threads that it lacks
            pin_memory=self.device.type == "cuda",
        )
        batches = iter(loader)
        while True:
            try:
                batch = next(batches)
            except StopIteration:
                return
            except Exception as error:
                raise TrainingError(_reason(error)) from error
            yield batch.to(self.device, non_blocking=True)

    def _one_step(self, batch: Tensor, run: Step, done: float) -> float:
        for group in self.optimizer.param_groups:
            group["lr"] = learning_rate(self.config, done)
        with torch.autocast(self.device.type, torch.bfloat16, enabled=done < 1 - self.config.exact):
            predicted, target = run(self.network, batch)
        loss = self._loss(predicted.float(), target)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        norm = torch.nn.utils.clip_grad_norm_(self.network.parameters(), self.config.clip)
        if not torch.isfinite(norm):
            raise _DivergedError(f"training diverged at step {self.step + 1}; go on from the last checkpoint, or anew")
        self.optimizer.step()
        self.step += 1
        self.crops += len(batch)
        self._average()
        return float(loss.detach())

    def _loss(self, predicted: Tensor, target: Tensor) -> Tensor:
        return LOSSES[self.config.loss](predicted, target)

    @torch.no_grad()
    def _average(self) -> None:
        decay = min(self.config.ema, (1 + self.step) / (10 + self.step))
        averages, weights = list(self.ema.parameters()), list(self.network.parameters())
        torch._foreach_lerp_(averages, weights, 1 - decay)

    def _note(self, loss: float, log: Log) -> None:
        entry = {
            "step": float(self.step),
            "crops": float(self.crops),
            "minutes": self.seconds / 60,
            "loss": loss,
            "rate": self.optimizer.param_groups[0]["lr"],
        }
        self.history.append(entry)
        log(entry)

    def snapshot(self, photos: int) -> Checkpoint:
        """The state of the run as of now."""
        return Checkpoint(
            network=dict(self._described["network"]),  # type: ignore[call-overload]
            config=self.config.to_dict(),
            stream=dict(self._described["stream"]),  # type: ignore[call-overload]
            weights=self.network.state_dict(),
            ema=self.ema.state_dict(),
            optimizer=self.optimizer.state_dict(),
            rng=torch.get_rng_state(),
            step=self.step,
            crops=self.crops,
            seconds=self.seconds,
            photos=photos,
            history=self.history,
        )


def _reason(error: Exception) -> str:
    """One line for what went wrong in the stream; a data process hands over a whole traceback as its text."""
    if isinstance(error, TrainingError) and "\n" not in str(error):
        return str(error)
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    last = lines[-1] if lines else type(error).__name__
    kind, _, message = last.partition(": ")
    if kind.startswith("lsd2.errors."):
        return message
    return f"making training pairs failed: {one_line(RuntimeError(last))}"


def describe_stream(stream_config: object) -> dict[str, object]:
    """A stream's dataclass as plain values for the checkpoint."""
    return asdict(stream_config)  # type: ignore[call-overload, no-any-return]
