"""What FDnCNN is trained on, and that it learns."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from lsd2.networks import fdncnn, fdncnn_config
from lsd2.networks.portable import install, read_description
from lsd2.training.loop import Trainer
from lsd2.training.patches import PatchConfig, PatchStream
from lsd2.training.photos import find_photos, weigh
from lsd2.training.tasks import TASKS, denoise_step
from lsd2.training.train import Given, Job, train

TINY = fdncnn_config.FDnCNNConfig(width=8, depth=4)


class Seen(nn.Module):
    """Keeps what it is given."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        self.x = x
        return x[:, :3]


def test_patches_are_reproducible_and_of_many_photos(photo_folder: Path) -> None:
    photos = weigh(find_photos(photo_folder))
    config = PatchConfig(crop=24, pool=32)
    first, again = (torch.stack(list(itertools.islice(PatchStream(photos, config, 1), 12))) for _ in range(2))
    assert torch.equal(first, again)
    assert first.shape == (12, 3, 24, 24)
    assert first.dtype == torch.uint8
    assert len({patch.numpy().tobytes() for patch in first}) > 8


def test_noise_is_of_the_level_that_the_network_is_told() -> None:
    torch.manual_seed(0)
    network = Seen()
    clean = torch.full((64, 3, 48, 48), 128, dtype=torch.uint8)
    _, target = denoise_step(network, clean)
    assert torch.equal(target, clean / 255)
    told = network.x[:, 3].flatten(1).mean(1)
    found = (network.x[:, :3] - target).flatten(1).std(1)
    assert told.max() > 0.25
    assert told.min() < 0.03
    assert torch.allclose(told[told < 0.15], found[told < 0.15], rtol=0.05, atol=1e-3)


def test_half_of_the_patches_are_stored_in_8_bit() -> None:
    torch.manual_seed(0)
    network = Seen()
    denoise_step(network, torch.full((256, 3, 16, 16), 250, dtype=torch.uint8))
    noisy = network.x[:, :3].flatten(1)
    whole = (noisy * 255 - (noisy * 255).round()).abs().amax(1) < 1e-3
    assert 0.35 < whole.float().mean() < 0.65
    assert noisy[whole].max() <= 1
    assert noisy[~whole].max() > 1.2


def test_a_new_network_hands_the_picture_through() -> None:
    torch.manual_seed(0)
    network = fdncnn.FDnCNN(fdncnn_config.COLOUR)
    fdncnn.start_as_identity(network, gain=0.0)
    picture = torch.rand(1, 4, 24, 24)
    assert torch.allclose(network(picture), picture[:, :3], atol=1e-5)


def test_it_learns_to_denoise(photo_folder: Path) -> None:
    torch.manual_seed(0)
    network = fdncnn.FDnCNN(TINY)
    fdncnn.start_as_identity(network)
    settings = replace(TASKS["fdncnn"].settings, rate=3e-3)
    trainer = Trainer(network, settings, {"network": {}, "stream": {}})
    stream = PatchStream(weigh(find_photos(photo_folder)), PatchConfig(crop=32, pool=16), 1)
    batch = torch.stack(list(itertools.islice(stream, 16)))
    losses = [trainer._one_step(batch, denoise_step, done=0.3) for _ in range(80)]
    assert np.mean(losses[-10:]) < 0.7 * np.mean(losses[:3])


def test_run_leaves_weights_for_the_denoiser(
    photo_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(fdncnn_config.CONFIGS, "tiny", TINY)
    monkeypatch.setitem(TASKS, "fdncnn", replace(TASKS["fdncnn"], sizes=("tiny",)))
    job = Job("fdncnn", photo_folder, tmp_path / "mine.safetensors")
    done = train(job, Given(network="tiny", minutes=0.03, batch=4, crop=24), print, print)
    assert read_description(job.target)["method"] == "fdncnn"
    assert done.crops > 0
    assert install(job.target, "mine", tmp_path / "weights").config == TINY.to_dict()
