"""`lsd2 train`: puts photos, stream, network and loop together."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import safetensors.torch
import torch
from torch import Tensor, nn
from torch.utils.data import IterableDataset

from lsd2.errors import OptionsError, TrainingError, WeightsError
from lsd2.io.atomic import check_target
from lsd2.io.naming import one_line, shown
from lsd2.networks.architectures import ARCHITECTURES
from lsd2.networks.portable import read_description
from lsd2.training.checkpoint import Checkpoint
from lsd2.training.config import TrainConfig, paper_recipe
from lsd2.training.dataset import StreamConfig
from lsd2.training.export import export
from lsd2.training.looks import LookConfig
from lsd2.training.loop import Log, Trainer, describe_stream
from lsd2.training.photos import find_photos, weigh
from lsd2.training.tasks import TASKS, AnyStreamConfig, Step, Task

FINETUNE = "finetune"
"""The name of the job that goes on with a trained fusion network on a user's own captures."""


@dataclass(frozen=True, slots=True)
class Job:
    """What to train, on what, and where to leave it.

    Attributes
    ----------
    task : which network, a name in `TASKS`, or `FINETUNE`.
    images : folder of clean photos, or of captures.
    gyro : gyroscope recordings; without any, all shake is simulated.
    target : the weight file; the checkpoint lies beside it.
    start : weights of the same network to begin with, from an earlier run; None begins anew.
    resume : go on from that checkpoint.
    force : replace an existing weight file.
    install_as : the name under which `lsd2 finetune` installs the weights afterwards, if it is to.
    """

    task: str
    images: Path
    target: Path
    gyro: tuple[Path, ...] = ()
    start: Path | None = None
    resume: bool = False
    force: bool = False
    install_as: str | None = None

    @property
    def checkpoint(self) -> Path:
        return self.target.with_suffix(".ckpt")

    @property
    def command(self) -> str:
        """What goes on with this job."""
        what = ["finetune"] if self.task == FINETUNE else ["train", self.task, "--images"]
        words = ["lsd2", *what, shown(self.images), "-o", shown(self.target)]
        for file in self.gyro:
            words += ["--gyro", shown(file)]
        if self.install_as:
            words += ["--name", self.install_as]
        return shlex.join([*words, "--resume"])

    def check(self) -> None:
        """Refuse a target that could not be written after hours of work."""
        if self.target.suffix != ".safetensors":
            raise OptionsError(f"{shown(self.target)} must end in .safetensors: that is what is written")
        if self.resume and self.start:
            raise OptionsError("--resume goes on from its own checkpoint; leave --from out, or --resume")
        check_target(self.target, overwrite=self.resume or self.force)
        if not self.resume and self.checkpoint.exists():
            file = shown(self.checkpoint)
            raise TrainingError(f"{file} is of an earlier run; give --resume to go on with it, or remove it")


@dataclass(frozen=True, slots=True)
class Given:
    """The settings a user gave; None is not given: the default of a new run, the saved value of a resumed one."""

    network: str | None = None
    recipe: str | None = None
    paper_settings: bool = False
    rate: float | None = None
    batch: int | None = None
    crop: int | None = None
    exact: float | None = None
    seed: int | None = None
    minutes: float | None = None
    threads: int | None = None
    loaders: int | None = None

    def fresh(self, task: Task) -> tuple[TrainConfig, AnyStreamConfig]:
        """The settings of a new run."""
        config = task.settings
        if self.paper_settings:
            config = replace(paper_recipe(config.network, config.minutes, config.seed), threads=0)
        if self.network is not None and self.network not in task.sizes:
            raise OptionsError(f"there is no size '{self.network}' of {task.method} (known: {', '.join(task.sizes)})")
        kept = {name: getattr(self, name) for name in ("network", "rate", "batch", "exact", "seed")}
        config = replace(self._movable(config), **{name: value for name, value in kept.items() if value is not None})
        return config, task.stream(self.recipe, self.crop)

    def resumed(self, task: Task, start: Checkpoint, file: Path) -> tuple[TrainConfig, AnyStreamConfig]:
        """The settings of a saved run, of which only the budget, threads and data processes may change.

        Raises
        ------
        TrainingError
            When a given setting contradicts the checkpoint.
        """
        if start.network.get("method") != task.method:
            raise TrainingError(f"{shown(file)} is of another network ({start.network.get('method')}); start anew")
        try:
            config, stream = TrainConfig.from_dict(start.config), task.stored_stream(start.stream)
        except (KeyError, TypeError, ValueError) as error:
            raise TrainingError(f"{shown(file)} is of another version of this program; start anew") from error
        for option in self._contradictions(task, config, stream):
            raise TrainingError(f"{shown(file)} was started with another {option}; leave it out, or start anew")
        return self._movable(config), stream

    def _movable(self, config: TrainConfig) -> TrainConfig:
        values = {name: getattr(self, name) for name in ("minutes", "threads", "loaders")}
        return replace(config, **{name: value for name, value in values.items() if value is not None})

    def _contradictions(self, task: Task, config: TrainConfig, stream: AnyStreamConfig) -> list[str]:
        paper = paper_recipe(config.network, config.minutes, config.seed)
        compared = {
            "--size": (self.network, config.network),
            "--recipe": (_kinds(task.stream(self.recipe, None)) if self.recipe else None, _kinds(stream)),
            "--paper-settings": (
                (paper.rate, paper.weight_decay, paper.loss, paper.schedule) if self.paper_settings else None,
                (config.rate, config.weight_decay, config.loss, config.schedule),
            ),
            "--rate": (self.rate, config.rate),
            "--batch": (self.batch, config.batch),
            "--exact": (self.exact, config.exact),
            "--crop": (self.crop, stream.crop),
            "--seed": (self.seed, config.seed),
        }
        return [option for option, (asked, saved) in compared.items() if asked is not None and asked != saved]


def _kinds(stream: AnyStreamConfig) -> set[str]:
    """The kinds of pairs that a stream gives; its shares may be other than today's."""
    return {name for name, _ in stream.mix} if isinstance(stream, StreamConfig | LookConfig) else set()


def train(job: Job, given: Given, log: Log, note: Callable[[str], None]) -> Checkpoint:
    """Train a network and write its weights.

    Parameters
    ----------
    log : takes the figures.
    note : takes remarks for the user.

    Raises
    ------
    TrainingError
        When there is nothing to learn from, the checkpoint does not fit, or the run was interrupted.
    OptionsError, PhotoWriteError, WeightsError
        When the settings do not fit, the weight file cannot be written, or the weights to start from cannot be used.
    """
    job.check()
    task = TASKS[job.task]
    start = Checkpoint.load(job.checkpoint) if job.resume else None
    config, stream = given.resumed(task, start, job.checkpoint) if start else given.fresh(task)
    photos = weigh(find_photos(job.images))
    if photos.left_out:
        note(f"unreadable photos left out: {len(photos.left_out)}, {shown(photos.left_out[0])} for one")
    trainer = make_trainer(task, config, stream, start, job.start)
    crops = task.data(photos, job.gyro, stream, config.seed + trainer.step)
    return run(job, trainer, crops, task.step, len(photos.paths), log)


def run(job: Job, trainer: Trainer, crops: IterableDataset[Tensor], step: Step, photos: int, log: Log) -> Checkpoint:
    """Train on a stream until the budget is spent, and write the weights; see `train` for what may be raised."""
    try:
        trainer.train(crops, step, job.checkpoint, photos, log)
    except KeyboardInterrupt as error:
        raise TrainingError(_stopped(job, trainer.step)) from error
    done = trainer.snapshot(photos)
    export(done, job.target, overwrite=job.resume or job.force)
    return done


def make_trainer(
    task: Task, config: TrainConfig, stream: AnyStreamConfig, start: Checkpoint | None, weights: Path | None
) -> Trainer:
    """A new or resumed trainer of the task's network; `weights` are those of an earlier run to begin with."""
    if config.threads:
        torch.set_num_threads(config.threads)
    torch.manual_seed(config.seed)
    family = ARCHITECTURES[task.architecture]
    member = family.config(start.network["config"]) if start else family.members[config.network]
    network = family.build(member)
    described: dict[str, Any] = {"method": task.method, "architecture": task.architecture, "config": member.to_dict()}
    if weights:
        described["started_from"] = load_start(network, described, weights)
    elif task.start and not start:
        task.start(network)
    elif start and "started_from" in start.network:
        described["started_from"] = start.network["started_from"]
    return Trainer(network, config, {"network": described, "stream": describe_stream(stream)}, start)


def load_start(network: nn.Module, described: Mapping[str, Any], weights: Path) -> dict[str, Any]:
    """Put the weights of an earlier run into a network; returns what that run was.

    Raises
    ------
    WeightsError
        When the file is not usable or is of another network than `described`.
    """
    found = read_description(weights)
    if any(found[key] != described[key] for key in ("method", "architecture", "config")):
        raise WeightsError(f"{shown(weights)} is of another network than the one to be trained; choose its --size")
    try:
        state = safetensors.torch.load_file(weights)
        network.load_state_dict({name: tensor.float() for name, tensor in state.items()})
    except (OSError, safetensors.SafetensorError, RuntimeError) as error:
        raise WeightsError(f"{shown(weights)} cannot be used to start from ({one_line(error)})") from error
    return {name: value for name, value in found.get("training", {}).items() if name != "stream"}


def _stopped(job: Job, step: int) -> str:
    if not step:
        return "stopped before the first step; nothing was written"
    return f"stopped; go on with: {job.command} (checkpoint {shown(job.checkpoint)})"
