"""The networks that `lsd2 train` can train: each with its data, its step and its settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.utils.data import IterableDataset

from lsd2.errors import OptionsError
from lsd2.networks.fdncnn import start_as_identity
from lsd2.networks.unet import start_as_input
from lsd2.options import MAX_SIGMA
from lsd2.training.captures import CaptureConfig
from lsd2.training.config import MIXES, Loss, Optimizer, TrainConfig
from lsd2.training.dataset import StreamConfig, TripletStream
from lsd2.training.exposures import ExposureConfig, ExposureStream
from lsd2.training.looks import LookConfig, LookStream, start_as_lsd2
from lsd2.training.patches import PatchConfig, PatchStream
from lsd2.training.photos import PhotoSet

AnyStreamConfig = StreamConfig | PatchConfig | CaptureConfig | ExposureConfig | LookConfig
Step = Callable[[nn.Module, Tensor], tuple[Tensor, Tensor]]
"""Turns a network and a batch from the stream into (prediction, target)."""


@dataclass(frozen=True, slots=True)
class Task:
    """One network to train.

    Attributes
    ----------
    method : that uses the weights.
    architecture : its name in manifests.
    sizes : members of the architecture that can be trained; the first is the default.
    settings : of a new run.
    stream : settings of a new run's data, from a recipe's name and the side of a crop; None is the default.
    stored_stream : the same from what a checkpoint holds.
    data : photos, gyroscope recordings, settings and a seed, to an endless stream.
    step : what is learnt from a batch of the stream.
    start : makes the initial weights; None leaves torch's.
    """

    method: str
    architecture: str
    sizes: tuple[str, ...]
    settings: TrainConfig
    stream: Callable[[str | None, int | None], AnyStreamConfig]
    stored_stream: Callable[[Mapping[str, Any]], AnyStreamConfig]
    data: Callable[[PhotoSet, tuple[Path, ...], Any, int], IterableDataset[Tensor]]
    step: Step
    start: Callable[[Any], None] | None = None


def fuse_step(network: nn.Module, batch: Tensor) -> tuple[Tensor, Tensor]:
    """LSD2: batch uint8 (N, 9, H, W), [long, short, sharp]; the network sees the first six planes in [0, 1]."""
    values = batch.float().div_(255)
    return network(values[:, :6].contiguous(memory_format=torch.channels_last)), values[:, 6:]


def denoise_step(network: nn.Module, batch: Tensor) -> tuple[Tensor, Tensor]:
    """FDnCNN: batch uint8 (N, 3, H, W), clean.

    Every patch gets noise of its own level, even from 0 to the largest.  Half of the noisy patches are rounded and
    clipped to 8 bit as files hold them, half are left as published tables have them.
    """
    clean = batch.float().div_(255)
    sigma = torch.rand(len(clean), 1, 1, 1, device=clean.device) * (MAX_SIGMA / 255)
    noisy = clean + sigma * torch.randn_like(clean)
    stored = noisy.clamp(0, 1).mul(255).round().div(255)
    noisy = torch.where(torch.rand_like(sigma) < 0.5, stored, noisy)
    seen = torch.cat([noisy, sigma.expand(-1, 1, *clean.shape[2:])], dim=1)
    return network(seen.contiguous(memory_format=torch.channels_last)), clean


def finish_step(network: nn.Module, batch: Tensor) -> tuple[Tensor, Tensor]:
    """Exposure fusion: batch uint8 (N, 12, H, W), [blend, picture, short, target]; the network sees the first nine."""
    values = batch.float().div_(255)
    return network(values[:, :9].contiguous(memory_format=torch.channels_last)), values[:, 9:]


def join_step(network: nn.Module, batch: Tensor) -> tuple[Tensor, Tensor]:
    """Joining two looks: batch uint8 (N, 21, H, W), the planes of `methods.joining` and the sharp frame."""
    values = batch.float().div_(255)
    return network(values[:, :-3].contiguous(memory_format=torch.channels_last)), values[:, -3:]


def _exposures(recipe: str | None, crop: int | None) -> ExposureConfig:
    if recipe is not None:
        raise OptionsError("--recipe says how pairs are blurred; fusion learns from exposures, leave it out")
    return ExposureConfig() if crop is None else ExposureConfig(crop=crop, scene=crop * 7 // 4)


def _triplets(recipe: str | None, crop: int | None) -> StreamConfig:
    stream = StreamConfig(mix=MIXES[recipe or "mixed"])
    return stream if crop is None else replace(stream, crop=crop, scene=crop * 3 // 2)


def _looks(recipe: str | None, crop: int | None) -> LookConfig:
    config = LookConfig(mix=MIXES[recipe or "mixed"])
    return config if crop is None else replace(config, crop=crop, scene=max(config.scene, crop * 3 // 2))


def _patches(recipe: str | None, crop: int | None) -> PatchConfig:
    if recipe is not None:
        raise OptionsError("--recipe says what pairs are made of; fdncnn learns from single photos, leave it out")
    return PatchConfig() if crop is None else PatchConfig(crop=crop)


TASKS = {
    "lsd2": Task(
        method="lsd2",
        architecture="unet",
        sizes=("fast", "paper"),
        settings=TrainConfig(network="fast", threads=0, rate=5e-4, loss=Loss.RMSE, optimizer=Optimizer.MUON),
        stream=_triplets,
        stored_stream=StreamConfig.from_dict,
        data=TripletStream,
        step=fuse_step,
    ),
    "fdncnn": Task(
        method="fdncnn",
        architecture="fdncnn",
        sizes=("colour",),
        settings=TrainConfig(
            network="colour",
            threads=0,
            rate=5e-4,
            loss=Loss.RMSE,
            optimizer=Optimizer.MUON,
            loaders=0,
            exact=0.15,
        ),
        stream=_patches,
        stored_stream=PatchConfig.from_dict,
        data=lambda photos, _, stream, seed: PatchStream(photos, stream, seed),
        step=denoise_step,
        start=start_as_identity,
    ),
    "fusion": Task(
        method="fusion",
        architecture="unet",
        sizes=("fusion",),
        settings=TrainConfig(
            network="fusion",
            threads=0,
            batch=8,
            rate=1.2e-3,
            loss=Loss.STRUCTURE,
            optimizer=Optimizer.MUON,
            loaders=0,
        ),
        stream=_exposures,
        stored_stream=ExposureConfig.from_dict,
        data=ExposureStream,
        step=finish_step,
        start=start_as_input,
    ),
    "join": Task(
        method="join",
        architecture="unet",
        sizes=("join",),
        settings=TrainConfig(
            network="join",
            threads=0,
            rate=5e-4,
            loss=Loss.LOG_RMSE,
            optimizer=Optimizer.MUON,
            exact=0.1,
        ),
        stream=_looks,
        stored_stream=LookConfig.from_dict,
        data=LookStream,
        step=join_step,
        start=start_as_lsd2,
    ),
}
"""By the name that `lsd2 train` takes."""
