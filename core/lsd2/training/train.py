"""`lsd2 train`: puts photos, stream, network and loop together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch

from lsd2.errors import TrainingError
from lsd2.networks.unet import CONFIGS, UNet, UNetConfig
from lsd2.training.checkpoint import Checkpoint
from lsd2.training.config import TrainConfig
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
    """

    images: Path
    target: Path
    gyro: tuple[Path, ...] = ()
    resume: bool = False

    @property
    def checkpoint(self) -> Path:
        return self.target.with_suffix(".ckpt")


def train_lsd2(job: Job, config: TrainConfig, stream: StreamConfig, log: Log) -> Checkpoint:
    """Train the fusion network and write its weights.

    Raises
    ------
    TrainingError
        When there is nothing to learn from, or the checkpoint does not fit.
    """
    if config.threads:
        torch.set_num_threads(config.threads)
    torch.manual_seed(config.seed)
    start = Checkpoint.load(job.checkpoint) if job.resume else None
    if start is None and job.checkpoint.exists():
        raise TrainingError(f"{job.checkpoint} is of an earlier run; give --resume to go on with it, or remove it")
    photos = weigh(find_photos(job.images))
    network = UNet(_network_config(config, start))
    trainer = Trainer(network, config, _described(network.config, stream), start)
    crops = TripletStream(photos, job.gyro, stream, seed=config.seed + trainer.step)
    trainer.train(crops, fuse_step, job.checkpoint, len(photos.paths), log)
    done = trainer.snapshot(len(photos.paths))
    export(done, job.target)
    return done


def _network_config(config: TrainConfig, start: Checkpoint | None) -> UNetConfig:
    return UNetConfig.from_dict(start.network["config"]) if start else CONFIGS[config.network]


def _described(network: UNetConfig, stream: StreamConfig) -> dict[str, object]:
    return {
        "network": {"method": "lsd2", "architecture": "unet", "config": network.to_dict()},
        "stream": describe_stream(stream),
    }
