"""Exposure pairs for the fusion network: what is spoiled, what is not, and that a network learns from them."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from lsd2.errors import OptionsError
from lsd2.methods.base import MethodOutput, PreparedPair
from lsd2.networks import unet_config
from lsd2.networks.portable import read_description
from lsd2.networks.unet import UNet, start_as_input
from lsd2.networks.unet_config import UNetConfig
from lsd2.options import Effort, ProcessOptions
from lsd2.progress import Progress
from lsd2.training.exposures import ExposureConfig, ExposureStream, real_pair
from lsd2.training.photos import find_photos, load_photo, weigh
from lsd2.training.shake import Shaker
from lsd2.training.synthesis import exposures
from lsd2.training.synthesis.exposures import expose, make_example
from lsd2.training.synthesis.pair import to_u8
from lsd2.training.tasks import TASKS
from lsd2.training.train import Given, Job, train

TINY = UNetConfig(widths=(4, 8), shuffle=2, residual=True, in_channels=9)
CONFIG = ExposureConfig(crop=32, scene=64, pool=8, uses=2)


def _photo(photo_folder: Path) -> np.ndarray:
    return load_photo(photo_folder / "photo0.png")


def test_the_dark_exposure_holds_what_the_bright_one_clips(photo_folder: Path) -> None:
    exposed = [expose(_photo(photo_folder), np.random.default_rng(seed)) for seed in range(12)]
    clipped = [float((pair.bright > 0.995).mean()) for pair in exposed]
    assert max(clipped) > 0.2
    for pair in exposed:
        below = pair.bright.max(axis=2) < 0.98
        predicted = pair.bright**2.2 * pair.transfer.gains + pair.transfer.offsets
        assert np.allclose(pair.dark[below] ** 2.2, np.maximum(predicted, 0)[below], atol=2e-3)
        assert pair.dark.mean() < pair.bright.mean()


def test_only_the_inputs_are_spoiled(photo_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exposures, "CLEAN", 0.0)
    exposed = expose(_photo(photo_folder), np.random.default_rng(3))
    monkeypatch.setattr(exposures, "STRENGTH", (0.5, 0.5))
    examples = [make_example(exposed, np.random.default_rng(seed)) for seed in range(4)]
    assert all(np.array_equal(example.target, examples[0].target) for example in examples)
    for example in examples:
        assert np.abs(example.short / 255 - exposed.dark).mean() > 0.002
        assert np.abs(example.picture / 255 - exposed.bright).mean() > 0.0005
        assert not np.array_equal(example.blend, example.target)


def test_clean_inputs_blend_to_the_target(photo_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exposures, "CLEAN", 1.0)
    example = make_example(expose(_photo(photo_folder), np.random.default_rng(3)), np.random.default_rng(4))
    assert np.array_equal(example.blend, example.target)


def test_what_a_file_did_to_clean_exposures_is_left_alone(photo_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exposures, "CLEAN", 1.0)
    monkeypatch.setattr(exposures, "STORED", (1.0, (80, 81)))
    exposed = expose(_photo(photo_folder), np.random.default_rng(3))
    example = make_example(exposed, np.random.default_rng(4))
    assert np.array_equal(example.blend, example.target)
    for given, clean in ((example.picture, exposed.bright), (example.short, exposed.dark)):
        assert 0.2 < np.abs(given.astype(np.float32) - 255 * clean).mean() < 16


@pytest.mark.parametrize(("share", "effort"), [(0.0, Effort.QUICK), (1.0, Effort.NORMAL)])
def test_a_share_of_the_shaken_pairs_is_given_the_effort_of_a_run(
    photo_folder: Path, monkeypatch: pytest.MonkeyPatch, share: float, effort: Effort
) -> None:
    asked: list[Effort] = []

    class Spy:
        def run(self, pair: PreparedPair, options: ProcessOptions, progress: Progress) -> MethodOutput:
            asked.append(options.effort)
            return MethodOutput(pair.long)

    monkeypatch.setattr(exposures, "get_method", {"lsd2": Spy()}.__getitem__)
    monkeypatch.setattr(exposures, "NORMAL_EFFORT", share)
    rng = np.random.default_rng(5)
    make_example(expose(_photo(photo_folder), rng, Shaker([], 0.0).draw(rng)), rng)
    assert asked == [effort]


def test_a_shaken_pair_gives_what_lsd2_makes_of_it(photo_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The method is given the noisy short and the blurred long frame; its result goes into the blend."""
    seen: list[PreparedPair] = []

    class Spy:
        def run(self, pair: PreparedPair, options: ProcessOptions, progress: Progress) -> MethodOutput:
            seen.append(pair)
            return MethodOutput(np.full_like(pair.long, 0.5))

    monkeypatch.setattr(exposures, "get_method", {"lsd2": Spy()}.__getitem__)
    rng = np.random.default_rng(5)
    photo = _photo(photo_folder)
    exposed = expose(photo, rng, Shaker([], 0.0).draw(rng))
    assert exposed.shaken is not None
    example = make_example(exposed, rng)
    assert np.array_equal(example.picture, np.full(photo.shape, 128))
    assert np.array_equal(example.short, to_u8(seen[0].short))
    assert not np.array_equal(seen[0].short, exposed.dark)
    blurred = np.minimum(exposed.shaken, 1) ** (1 / 2.2)
    assert np.abs(seen[0].long - blurred).mean() < 0.03
    edges = [float(np.quantile(np.abs(np.diff(image, axis=1)), 0.995)) for image in (blurred, exposed.bright)]
    assert edges[0] < 0.8 * edges[1]
    clean = make_example(replace(exposed, shaken=None), np.random.default_rng(6))
    assert np.abs(clean.target.astype(int) - example.target).mean() < 8, "the target is the clean exposures'"


def test_the_stream_is_seeded_and_of_twelve_planes(photo_folder: Path) -> None:
    photos = weigh(find_photos(photo_folder))
    first, again, other = (
        torch.stack(list(itertools.islice(ExposureStream(photos, (), CONFIG, seed), 6))) for seed in (1, 1, 2)
    )
    assert first.shape == (6, 12, 32, 32)
    assert first.dtype == torch.uint8
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


def test_real_pairs_are_found_from_either_side_and_used(tmp_path: Path, photo_folder: Path) -> None:
    scene = cv2.imread(str(photo_folder / "photo1.png")).astype(np.float32) / 255
    for name, gain in (("a_over", 1.0), ("a_under", 0.1), ("lonely_over", 1.0)):
        cv2.imwrite(str(tmp_path / f"{name}.png"), (np.clip(scene**2.2 * gain, 0, 1) ** (1 / 2.2) * 255).round())
    over, under = (real_pair(tmp_path / f"a_{end}.png") for end in ("over", "under"))
    assert over is not None
    assert under is not None
    assert np.array_equal(over.dark, under.dark)
    assert over.transfer.gains == pytest.approx(0.1, rel=0.1)
    assert real_pair(tmp_path / "lonely_over.png") is None
    assert real_pair(photo_folder / "photo0.png") is None
    crops = list(itertools.islice(ExposureStream(weigh(find_photos(tmp_path)), (), CONFIG, 0), 8))
    assert all(crop.shape == (12, 32, 32) for crop in crops)


def test_an_untrained_network_gives_the_blend() -> None:
    network = UNet(TINY)
    start_as_input(network)
    x = torch.rand(1, 9, 20, 24)
    assert torch.equal(network(x), x[:, :3])


def test_training_writes_weights_for_the_fusion_step(
    photo_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(unet_config.CONFIGS, "tiny", TINY)
    settings = replace(TASKS["fusion"].settings, network="tiny")
    still = replace(CONFIG, shaken=0.0)
    task = replace(TASKS["fusion"], sizes=("tiny",), settings=settings, stream=lambda recipe, crop: still)
    monkeypatch.setitem(TASKS, "fusion", task)
    target = tmp_path / "f.safetensors"
    done = train(Job("fusion", photo_folder, target), Given(minutes=0.03, batch=2), print, print)
    assert done.step > 0
    described = read_description(target)
    assert (described["method"], described["architecture"]) == ("fusion", "unet")
    assert described["config"]["in_channels"] == 9
    resumed = train(
        Job("fusion", photo_folder, target, resume=True), Given(minutes=0.05), lambda entry: None, lambda text: None
    )
    assert resumed.step > done.step


def test_recipes_of_blur_are_refused() -> None:
    with pytest.raises(OptionsError, match="leave it out"):
        TASKS["fusion"].stream("paper", None)
