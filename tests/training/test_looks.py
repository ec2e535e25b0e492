"""Pairs that have been looked at, for the network that joins two looks: what they hold, and that one learns of them."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import safetensors.torch
import torch

from lsd2.cli.main import main
from lsd2.errors import TrainingError
from lsd2.imaging.quality import psnr
from lsd2.methods.base import MethodOutput, PreparedPair
from lsd2.networks import unet_config
from lsd2.networks.manifest import find_model
from lsd2.networks.portable import read_description
from lsd2.networks.unet import UNet, start_as_input
from lsd2.networks.unet_config import JOIN
from lsd2.options import Effort, ProcessOptions
from lsd2.progress import Progress
from lsd2.training import looks, tasks
from lsd2.training.config import MIXES
from lsd2.training.looks import LookConfig, LookStream, looked_at, start_as_lsd2
from lsd2.training.photos import find_photos, load_photo, weigh
from lsd2.training.shake import Shaker
from lsd2.training.synthesis.pair import PAPER, Triplet, make_scene, make_triplet
from lsd2.training.tasks import TASKS
from lsd2.training.train import Given, Job, train

CONFIG = LookConfig(mix=(("paper", 1.0),), crop=32, scene=128, pool=4, uses=2)
TINY = replace(JOIN, widths=(4, 8))


def _stream(recipe: str | None, _: int | None) -> LookConfig:
    return replace(CONFIG, mix=MIXES[recipe or "paper"])


def _triplet(photo_folder: Path, seed: int, side: int = 128) -> Triplet:
    rng = np.random.default_rng(seed)
    photo = load_photo(photo_folder / "photo0.png")[:side, :side]
    return make_triplet(make_scene(photo, Shaker([], 0.0).draw(rng), PAPER, rng), PAPER, rng)


def test_a_pair_is_fused_looked_at_and_stacked(photo_folder: Path) -> None:
    found = ((triplet, looked_at(triplet)) for triplet in (_triplet(photo_folder, seed) for seed in range(20)))
    triplet, seen = next((triplet, seen) for triplet, seen in found if seen is not None)
    assert (seen.shape, seen.dtype) == ((128, 128, JOIN.in_channels + 3), np.uint8)
    mean, fused, picture, _, long, short, sharp = (seen[..., first : first + 3] for first in range(0, 21, 3))
    for plane, frame in ((long, triplet.long), (short, triplet.short), (sharp, triplet.sharp)):
        assert np.array_equal(plane, frame)
    assert psnr(fused / 255, sharp / 255) > psnr(long / 255, sharp / 255)
    between = (mean >= np.minimum(fused, picture) - 1.0) & (mean <= np.maximum(fused, picture) + 1.0)
    assert between.mean() > 0.999


def test_it_is_fused_as_its_blur_asks_for(photo_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[float, Effort]] = []

    class Spy:
        def run(self, pair: PreparedPair, options: ProcessOptions, progress: Progress) -> MethodOutput:
            asked.append((pair.blur_px, options.effort))
            return MethodOutput(pair.long)

    monkeypatch.setattr(looks, "get_method", {"lsd2": Spy()}.__getitem__)
    monkeypatch.setattr(looks, "measure_blur", lambda *_: 8.0)
    looked_at(_triplet(photo_folder, 1))
    assert asked == [(8.0, Effort.QUICK)]


def test_a_pair_that_shows_nothing_is_left_out() -> None:
    flat = np.full((128, 128, 3), 90, np.uint8)
    assert looked_at(Triplet(flat, flat, flat)) is None


def test_the_stream_is_seeded_and_of_21_planes(photo_folder: Path) -> None:
    photos = weigh(find_photos(photo_folder))
    first, again, other = (
        torch.stack(list(itertools.islice(LookStream(photos, (), CONFIG, seed), 5))) for seed in (1, 1, 2)
    )
    assert (first.shape, first.dtype) == ((5, 21, 32, 32), torch.uint8)
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


def test_it_begins_with_what_lsd2_has_learnt_and_sees_the_mean_in_the_long_frames_place() -> None:
    network = UNet(JOIN)
    start_as_lsd2(network)
    rng = np.random.default_rng(4)
    batch = torch.from_numpy(rng.integers(0, 256, (1, 21, 64, 64)).astype(np.uint8))
    batch[:, :3] = 130
    predicted, sharp = tasks.join_step(network, batch)
    assert torch.equal(sharp, batch[:, 18:].float() / 255)
    others = batch.clone()
    others[:, 3:15] = 7
    assert torch.equal(tasks.join_step(network, others)[0], predicted), "the rest is to be learnt"
    others[:, 15:18] = 7
    assert not torch.allclose(tasks.join_step(network, others)[0], predicted, atol=1e-3)
    learnt = safetensors.torch.load_file(find_model("lsd2", None).path)
    for name, theirs in (("up.0.weight", "up.1.weight"), ("decoder.2.0.weight", "decoder.3.0.weight")):
        assert torch.equal(network.state_dict()[name], learnt[theirs].float())


def test_a_network_learns_from_them_and_its_file_says_what_it_is(
    photo_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(unet_config.CONFIGS, "join", TINY)
    monkeypatch.setitem(TASKS, "join", replace(TASKS["join"], stream=_stream, start=start_as_input))
    file = tmp_path / "joined.safetensors"
    arguments = ["train", "join", "--images", str(photo_folder), "-o", str(file), "--minutes", "0.05", "--batch", "2"]
    assert main([*arguments, "--threads", "1", "--loaders", "0"]) == 0
    assert "--name join-small --folder" in capsys.readouterr().out
    described = read_description(file)
    assert (described["method"], described["config"]) == ("join", TINY.to_dict())
    other = Job("join", photo_folder, file, resume=True)
    with pytest.raises(TrainingError, match="another --recipe"):
        train(other, Given(recipe="realistic"), lambda _: None, lambda _: None)
