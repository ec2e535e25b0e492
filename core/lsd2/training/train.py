"""`lsd2 train`: puts photos, stream, network and loop together."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import torch

from lsd2.errors import OptionsError, TrainingError
from lsd2.io.atomic import check_target
from lsd2.io.naming import shown
from lsd2.networks.unet import UNet
from lsd2.networks.unet_config import CONFIGS, UNetConfig
from lsd2.training.checkpoint import Checkpoint
from lsd2.training.config import MIXES, TrainConfig, paper_recipe
from lsd2.training.dataset import StreamConfig, TripletStream
from lsd2.training.export import export
from lsd2.training.loop import Log, Trainer, describe_stream, fuse_step
from lsd2.training.photos import find_photos, weigh


@dataclass(frozen=True, slots=True)
class Job:
    """What to train on and where to leave it.

    Attributes
    ----------
    images : folder of clean photos.
    gyro : gyroscope recordings; without any, all shake is simulated.
    target : the weight file; the checkpoint lies beside it.
    resume : go on from that checkpoint.
    force : replace an existing weight file.
    """

    images: Path
    target: Path
    gyro: tuple[Path, ...] = ()
    resume: bool = False
    force: bool = False

    @property
    def checkpoint(self) -> Path:
        return self.target.with_suffix(".ckpt")

    @property
    def command(self) -> str:
        """What goes on with this job."""
        words = ["lsd2", "train", "lsd2", "--images", shown(self.images), "-o", shown(self.target)]
        for file in self.gyro:
            words += ["--gyro", shown(file)]
        return shlex.join([*words, "--resume"])

    def check(self) -> None:
        """Refuse a target that could not be written after hours of work."""
        if self.target.suffix != ".safetensors":
            raise OptionsError(f"{shown(self.target)} must end in .safetensors: that is what is written")
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
    batch: int | None = None
    crop: int | None = None
    seed: int | None = None
    minutes: float | None = None
    threads: int | None = None
    loaders: int | None = None

    def fresh(self) -> tuple[TrainConfig, StreamConfig]:
        """The settings of a new run."""
        config = TrainConfig(threads=0)
        if self.paper_settings:
            config = replace(paper_recipe(config.network, config.minutes, config.seed), threads=0)
        kept = {name: getattr(self, name) for name in ("network", "batch", "seed")}
        config = replace(self._movable(config), **{name: value for name, value in kept.items() if value is not None})
        stream = StreamConfig(mix=MIXES[self.recipe or "mixed"])
        return config, stream if self.crop is None else replace(stream, crop=self.crop, scene=self.crop * 3 // 2)

    def resumed(self, start: Checkpoint, file: Path) -> tuple[TrainConfig, StreamConfig]:
        """The settings of a saved run, of which only the budget, threads and data processes may change.

        Raises
        ------
        TrainingError
            When a given setting contradicts the checkpoint.
        """
        try:
            config, stream = TrainConfig.from_dict(start.config), StreamConfig.from_dict(start.stream)
        except (KeyError, TypeError, ValueError) as error:
            raise TrainingError(f"{shown(file)} is of another version of this program; start anew") from error
        for option in self._contradictions(config, stream):
            raise TrainingError(f"{shown(file)} was started with another {option}; leave it out, or start anew")
        return self._movable(config), stream

    def _movable(self, config: TrainConfig) -> TrainConfig:
        values = {name: getattr(self, name) for name in ("minutes", "threads", "loaders")}
        return replace(config, **{name: value for name, value in values.items() if value is not None})

    def _contradictions(self, config: TrainConfig, stream: StreamConfig) -> list[str]:
        names = {name for name, _ in MIXES[self.recipe]} if self.recipe else None
        paper = paper_recipe(config.network, config.minutes, config.seed)
        compared = {
            "--size": (self.network, config.network),
            "--recipe": (names, {name for name, _ in stream.mix}),
            "--paper-settings": (
                (paper.rate, paper.weight_decay, paper.loss, paper.schedule) if self.paper_settings else None,
                (config.rate, config.weight_decay, config.loss, config.schedule),
            ),
            "--batch": (self.batch, config.batch),
            "--crop": (self.crop, stream.crop),
            "--seed": (self.seed, config.seed),
        }
        return [option for option, (asked, saved) in compared.items() if asked is not None and asked != saved]


def train_lsd2(job: Job, given: Given, log: Log, note: Callable[[str], None]) -> Checkpoint:
    """Train the fusion network and write its weights.

    Parameters
    ----------
    log : takes the figures.
    note : takes remarks for the user.

    Raises
    ------
    TrainingError
        When there is nothing to learn from, the checkpoint does not fit, or the run was interrupted.
    OptionsError, PhotoWriteError
        When the weight file cannot be written.
    """
    job.check()
    start = Checkpoint.load(job.checkpoint) if job.resume else None
    config, stream = given.resumed(start, job.checkpoint) if start else given.fresh()
    photos = weigh(find_photos(job.images))
    if photos.left_out:
        note(f"unreadable photos left out: {len(photos.left_out)}, {shown(photos.left_out[0])} for one")
    trainer = _trainer(config, stream, start)
    crops = TripletStream(photos, job.gyro, stream, seed=config.seed + trainer.step)
    try:
        trainer.train(crops, fuse_step, job.checkpoint, len(photos.paths), log)
    except KeyboardInterrupt as error:
        raise TrainingError(_stopped(job, trainer.step)) from error
    done = trainer.snapshot(len(photos.paths))
    export(done, job.target, overwrite=job.resume or job.force)
    return done


def _trainer(config: TrainConfig, stream: StreamConfig, start: Checkpoint | None) -> Trainer:
    if config.threads:
        torch.set_num_threads(config.threads)
    torch.manual_seed(config.seed)
    network = UNetConfig.from_dict(start.network["config"]) if start else CONFIGS[config.network]
    described: dict[str, object] = {
        "network": {"method": "lsd2", "architecture": "unet", "config": network.to_dict()},
        "stream": describe_stream(stream),
    }
    return Trainer(UNet(network), config, described, start)


def _stopped(job: Job, step: int) -> str:
    if not step:
        return "stopped before the first step; nothing was written"
    return f"stopped; go on with: {job.command} (checkpoint {shown(job.checkpoint)})"
