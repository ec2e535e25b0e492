"""A network learns, a killed run goes on, and what comes out can be used."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from lsd2.errors import OptionsError, TrainingError, WeightsError
from lsd2.networks import unet, unet_config
from lsd2.networks.portable import install, read_description
from lsd2.training.checkpoint import Checkpoint
from lsd2.training.config import Loss, Optimizer, TrainConfig
from lsd2.training.dataset import StreamConfig, TripletStream
from lsd2.training.loop import LOSSES, STRUCTURE_FLOOR, Trainer, contrast_structure, describe_stream
from lsd2.training.photos import PhotoSet, find_photos, weigh
from lsd2.training.tasks import TASKS, fuse_step
from lsd2.training.train import Given, Job
from lsd2.training.train import train as train_network

TINY = unet_config.UNetConfig(widths=(4, 8), shuffle=2, residual=True)
GIVEN = Given(network="tiny", minutes=0.03, batch=4, crop=32, loaders=0)
STREAM = StreamConfig(crop=32, scene=48, pool=16)
CONFIG = TrainConfig(network="tiny", minutes=0.03, batch=4, loaders=0, threads=0)


def silent(said: object) -> None:
    """Takes figures and notes."""


@pytest.fixture(autouse=True)
def _tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(unet_config.CONFIGS, "tiny", TINY)
    monkeypatch.setitem(TASKS, "lsd2", replace(TASKS["lsd2"], sizes=("tiny",)))


def test_stream_gives_long_short_sharp(photo_folder: Path) -> None:
    stream = TripletStream(weigh(find_photos(photo_folder)), (), STREAM, seed=1)
    crops = list(itertools.islice(stream, 24))
    assert all(crop.shape == (9, 32, 32) and crop.dtype == torch.uint8 for crop in crops)
    long, short, sharp = (torch.stack(crops)[:, i : i + 3].float() for i in (0, 3, 6))
    assert short.mean() < 0.8 * sharp.mean()
    assert (long - sharp).abs().mean() < (short - sharp).abs().mean()


def test_stream_is_reproducible_and_seeded(photo_folder: Path) -> None:
    photos = weigh(find_photos(photo_folder))
    first, again, other = (
        torch.stack(list(itertools.islice(TripletStream(photos, (), STREAM, seed), 4))) for seed in (1, 1, 2)
    )
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


def test_training_lowers_the_loss(photo_folder: Path, tmp_path: Path) -> None:
    torch.manual_seed(0)
    stream = TripletStream(weigh(find_photos(photo_folder)), (), STREAM, seed=1)
    batch = torch.stack(list(itertools.islice(stream, 16)))
    trainer = Trainer(unet.UNet(TINY), replace(CONFIG, rate=3e-3), {"network": {}, "stream": {}})
    losses = [trainer._one_step(batch, fuse_step, done=0.3) for _ in range(60)]
    assert np.mean(losses[-5:]) < 0.75 * losses[0]


def test_end_of_the_budget_is_computed_in_full_precision() -> None:
    formats: list[torch.dtype] = []

    def step(network: torch.nn.Module, batch: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        predicted, target = fuse_step(network, batch)
        formats.append(torch.nn.functional.conv2d(batch.float(), torch.ones(1, 9, 1, 1)).dtype)
        return predicted, target

    trainer = Trainer(unet.UNet(TINY), replace(CONFIG, exact=0.2), {"network": {}, "stream": {}})
    batch = torch.zeros(1, 9, 32, 32, dtype=torch.uint8)
    for done in (0.0, 0.79, 0.81, 1.0):
        trainer._one_step(batch, step, done)
    assert formats == [torch.bfloat16, torch.bfloat16, torch.float32, torch.float32]


def test_run_leaves_weights_that_can_be_installed(photo_folder: Path, tmp_path: Path) -> None:
    job = Job("lsd2", photo_folder, tmp_path / "mine.safetensors")
    done = train_network(job, GIVEN, silent, silent)
    described = read_description(job.target)
    assert described["config"] == TINY.to_dict() | {"widths": [4, 8]}
    assert described["training"]["crops"] == done.crops > 0
    entry = install(job.target, "mine", tmp_path / "weights")
    assert entry.parameters == sum(p.numel() for p in unet.UNet(TINY).parameters())


def test_killed_run_goes_on_where_it_was(photo_folder: Path, tmp_path: Path) -> None:
    job = Job("lsd2", photo_folder, tmp_path / "mine.safetensors")
    first = train_network(job, GIVEN, silent, silent)
    again = replace(job, resume=True)
    longer = first.seconds / 60 + 0.03  # a step may outlast the budget on a busy machine
    second = train_network(again, Given(minutes=longer), silent, silent)
    assert second.step > first.step
    assert second.seconds > first.seconds
    assert Checkpoint.load(job.checkpoint).step == second.step
    assert second.config == first.config | {"minutes": longer}
    assert second.stream == first.stream


def test_interrupted_run_leaves_a_checkpoint(photo_folder: Path, tmp_path: Path) -> None:
    class Interrupting(TripletStream):
        def __iter__(self):  # type: ignore[no-untyped-def]
            yield from itertools.islice(super().__iter__(), 8)
            raise KeyboardInterrupt

    trainer = Trainer(unet.UNet(TINY), replace(CONFIG, minutes=5), {"network": {"a": 1}, "stream": {}})
    stream = Interrupting(weigh(find_photos(photo_folder)), (), STREAM, seed=1)
    path = tmp_path / "run.ckpt"
    with pytest.raises(KeyboardInterrupt):
        trainer.train(stream, fuse_step, path, photos=3, log=lambda entry: None)
    assert Checkpoint.load(path).step == trainer.step == 2


@pytest.mark.parametrize("optimizer", list(Optimizer))
def test_resumed_trainer_equals_the_one_that_went_on(photo_folder: Path, optimizer: Optimizer) -> None:
    config = replace(CONFIG, optimizer=optimizer)
    stream = TripletStream(weigh(find_photos(photo_folder)), (), STREAM, seed=1)
    batch = torch.stack(list(itertools.islice(stream, 4)))
    torch.manual_seed(0)
    one = Trainer(unet.UNet(TINY), config, {"network": {}, "stream": {}})
    for _ in range(3):
        one._one_step(batch, fuse_step, 0.5)
    two = Trainer(unet.UNet(TINY), config, {"network": {}, "stream": {}}, one.snapshot(photos=1))
    losses = [trainer._one_step(batch, fuse_step, 0.5) for trainer in (one, two) for _ in range(2)]
    assert losses[:2] == pytest.approx(losses[2:], rel=1e-4)


def test_a_new_run_does_not_overwrite_an_old_one(photo_folder: Path, tmp_path: Path) -> None:
    job = Job("lsd2", photo_folder, tmp_path / "mine.safetensors")
    job.checkpoint.write_bytes(b"a day's work")
    with pytest.raises(TrainingError, match=r"mine\.ckpt is of an earlier run"):
        train_network(job, GIVEN, silent, silent)


def test_resuming_nothing_is_refused(photo_folder: Path, tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="there is no checkpoint"):
        train_network(Job("lsd2", photo_folder, tmp_path / "m.safetensors", resume=True), GIVEN, silent, silent)


def test_damaged_checkpoint_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "broken.ckpt"
    path.write_bytes(b"not a checkpoint")
    with pytest.raises(TrainingError, match=r"broken\.ckpt is not a checkpoint"):
        Checkpoint.load(path)


def test_damaged_checkpoint_is_told_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "other.ckpt"
    torch.save({"weights": Checkpoint}, path)
    with pytest.raises(TrainingError, match=r"other\.ckpt is not a checkpoint") as caught:
        Checkpoint.load(path)
    assert "\n" not in str(caught.value)


@pytest.fixture
def saved() -> Checkpoint:
    stream = replace(STREAM, mix=(("paper", 0.55), ("registered", 0.1), ("realistic", 0.35)))
    described: dict[str, object] = {"network": {"method": "lsd2"}, "stream": describe_stream(stream)}
    return Trainer(unet.UNet(TINY), replace(CONFIG, seed=7, rate=1e-3), described).snapshot(photos=1)


def test_resumed_settings_are_the_saved_ones(saved: Checkpoint) -> None:
    saved.stream["mix"] = [list(part) for part in saved.stream["mix"]]
    config, stream = Given(recipe="mixed", threads=2, minutes=9).resumed(TASKS["lsd2"], saved, Path("run.ckpt"))
    assert config == replace(CONFIG, seed=7, rate=1e-3, threads=2, minutes=9)
    assert stream == replace(STREAM, mix=(("paper", 0.55), ("registered", 0.1), ("realistic", 0.35)))


@pytest.mark.parametrize(
    ("given", "option"),
    [
        (Given(network="fast"), "--size"),
        (Given(recipe="paper"), "--recipe"),
        (Given(paper_settings=True), "--paper-settings"),
        (Given(batch=5), "--batch"),
        (Given(crop=64), "--crop"),
        (Given(seed=8), "--seed"),
    ],
)
def test_contradicting_a_checkpoint_is_refused(saved: Checkpoint, given: Given, option: str) -> None:
    with pytest.raises(TrainingError, match=rf"run\.ckpt was started with another {option};"):
        given.resumed(TASKS["lsd2"], saved, Path("run.ckpt"))


def test_checkpoint_of_another_version_is_refused(saved: Checkpoint) -> None:
    saved.config["unknown"] = 1
    with pytest.raises(TrainingError, match="another version"):
        Given().resumed(TASKS["lsd2"], saved, Path("run.ckpt"))


def test_mixed_recipe_is_the_default_everywhere_and_mostly_realistic() -> None:
    task = TASKS["lsd2"]
    assert Given(recipe="mixed").fresh(task)[1] == Given().fresh(task)[1] == StreamConfig()
    assert dict(StreamConfig().mix)["realistic"] > 0.5
    assert sum(share for _, share in StreamConfig().mix) == pytest.approx(1)


def test_run_can_start_from_an_earlier_runs_weights(photo_folder: Path, tmp_path: Path) -> None:
    first = Job("lsd2", photo_folder, tmp_path / "first.safetensors")
    train_network(first, GIVEN, silent, silent)
    second = replace(first, target=tmp_path / "second.safetensors", start=first.target)
    done = train_network(second, replace(GIVEN, rate=1e-9), silent, silent)
    earlier, later = (load_file(job.target) for job in (first, second))
    assert all(torch.allclose(earlier[name], later[name], atol=1e-3) for name in earlier)
    assert done.crops > 0
    before = read_description(first.target)["training"]
    assert read_description(second.target)["training"]["started_from"]["crops"] == before["crops"]


def test_weights_of_another_network_are_no_start(photo_folder: Path, tmp_path: Path) -> None:
    first = Job("lsd2", photo_folder, tmp_path / "first.safetensors")
    train_network(first, GIVEN, silent, silent)
    other = Job("fdncnn", photo_folder, tmp_path / "other.safetensors", start=first.target)
    with pytest.raises(WeightsError, match=r"first\.safetensors is of another network"):
        train_network(other, Given(minutes=0.01), silent, silent)
    with pytest.raises(OptionsError, match="--from"):
        train_network(replace(first, start=first.target, resume=True), GIVEN, silent, silent)


def test_checkpoint_of_another_network_is_refused(saved: Checkpoint) -> None:
    with pytest.raises(TrainingError, match="another network"):
        Given().resumed(TASKS["fdncnn"], saved, Path("run.ckpt"))


@pytest.mark.parametrize("given", [Given(network="huge"), Given(recipe="paper")])
def test_settings_that_a_network_does_not_have_are_refused(given: Given) -> None:
    with pytest.raises(OptionsError):
        given.fresh(TASKS["fdncnn"])


@pytest.mark.parametrize("loss", list(Loss))
def test_losses_are_zero_for_equals_and_follow_the_error(loss: Loss) -> None:
    target = torch.rand(4, 3, 8, 8, generator=torch.Generator().manual_seed(1))
    assert float(LOSSES[loss](target, target)) <= 1.001 * STRUCTURE_FLOOR
    assert LOSSES[loss](target + 0.1, target) < LOSSES[loss](target + 0.2, target)


def test_structure_counts_noise_in_even_areas_and_no_change_of_brightness() -> None:
    """By hand: windows of variance v against even ones score c / (v + c), with c = 9e-4."""
    even = torch.full((1, 3, 16, 16), 0.5)
    chequered = even + 0.03 * torch.tensor([[1.0, -1.0], [-1.0, 1.0]]).repeat(8, 8)
    assert float(contrast_structure(chequered, even)) == pytest.approx(0.5, abs=1e-3)
    assert float(contrast_structure(chequered, chequered + 0.1)) == pytest.approx(1, abs=1e-3)
    assert float(contrast_structure(chequered, 1 - chequered)) == pytest.approx(-1 / 3, abs=1e-3)
    loss = LOSSES[Loss.STRUCTURE](chequered, even)
    assert float(loss) == pytest.approx((0.03**2 + STRUCTURE_FLOOR**2) ** 0.5 + 0.5, abs=1e-3)


def test_rmse_counts_every_crop_by_its_own_error() -> None:
    target = torch.zeros(2, 3, 4, 4)
    predicted = torch.stack([torch.full((3, 4, 4), 0.1), torch.full((3, 4, 4), 0.3)])
    assert float(LOSSES[Loss.RMSE](predicted, target)) == pytest.approx(0.2, abs=1e-4)


def test_the_logarithm_of_it_counts_a_halved_error_the_same_wherever_it_is() -> None:
    target = torch.zeros(1, 3, 4, 4)
    losses = [float(LOSSES[Loss.LOG_RMSE](target + error, target)) for error in (0.02, 0.04, 0.2, 0.4)]
    assert losses[1] - losses[0] == pytest.approx(np.log(2), abs=2e-3)
    assert losses[3] - losses[2] == pytest.approx(np.log(2), abs=2e-3)


class Failing(TripletStream):
    """Gives a few crops, then raises."""

    failure: BaseException
    crops = 0

    def __iter__(self):  # type: ignore[no-untyped-def]
        for _ in range(self.crops):
            yield torch.zeros(9, 32, 32, dtype=torch.uint8)
        raise self.failure


def _failing(failure: BaseException, crops: int) -> Failing:
    stream = Failing(PhotoSet((), np.zeros(0)), (), STREAM, seed=0)
    stream.failure, stream.crops = failure, crops
    return stream


@pytest.mark.parametrize("loaders", [0, 1])
@pytest.mark.parametrize(
    ("failure", "line"),
    [
        (TrainingError("a.jpg cannot be read"), "a.jpg cannot be read"),
        (ValueError("low: high"), "making training pairs failed: .*low: high"),
    ],
)
def test_failing_stream_is_one_line(tmp_path: Path, failure: Exception, line: str, loaders: int) -> None:
    trainer = Trainer(unet.UNet(TINY), replace(CONFIG, loaders=loaders), {"network": {}, "stream": {}})
    with pytest.raises(TrainingError, match=f"^{line}$"):
        trainer.train(_failing(failure, 0), fuse_step, tmp_path / "run.ckpt", photos=1, log=silent)
    assert list(tmp_path.iterdir()) == []


def _interrupt_after(crops: int, monkeypatch: pytest.MonkeyPatch) -> None:
    interrupted = replace(TASKS["lsd2"], data=lambda *_: _failing(KeyboardInterrupt(), crops))
    monkeypatch.setitem(TASKS, "lsd2", interrupted)


def test_interruption_says_how_to_go_on(photo_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    job = Job("lsd2", photo_folder, tmp_path / "mine.safetensors")
    _interrupt_after(8, monkeypatch)
    with pytest.raises(TrainingError, match=r"^stopped; go on with: lsd2 train .* --resume \(checkpoint .*\.ckpt\)$"):
        train_network(job, replace(GIVEN, minutes=5), silent, silent)
    assert Checkpoint.load(job.checkpoint).step == 2
    assert not job.target.exists()


def test_interruption_before_the_first_step_leaves_nothing(
    photo_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _interrupt_after(0, monkeypatch)
    with pytest.raises(TrainingError, match=r"^stopped before the first step; nothing was written$"):
        train_network(Job("lsd2", photo_folder, tmp_path / "mine.safetensors"), GIVEN, silent, silent)
    assert list(tmp_path.iterdir()) == []


def test_first_loss_after_a_resume_is_a_mean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trainer = Trainer(unet.UNet(TINY), replace(CONFIG, minutes=5), {"network": {}, "stream": {}})
    monkeypatch.setattr(trainer, "_one_step", lambda *_: (setattr(trainer, "step", trainer.step + 1), 0.25)[1])
    trainer.step = 97
    entries: list[dict[str, float]] = []
    with pytest.raises(TrainingError):
        trainer.train(_failing(ValueError("end"), 12), fuse_step, tmp_path / "run.ckpt", photos=1, log=entries.append)
    assert [(entry["step"], entry["loss"]) for entry in entries] == [(100, 0.25)]


def test_divergence_keeps_the_checkpoint_of_before(tmp_path: Path) -> None:
    path = tmp_path / "run.ckpt"
    trainer = Trainer(unet.UNet(TINY), CONFIG, {"network": {}, "stream": {}})
    trainer.step = 3
    trainer.snapshot(photos=1).save(path)
    with torch.no_grad():
        next(trainer.network.parameters()).fill_(float("nan"))
    with pytest.raises(TrainingError, match=r"^training diverged at step 4; [^\n]*$"):
        trainer.train(_failing(ValueError("end"), 4), fuse_step, path, photos=1, log=silent)
    kept = Checkpoint.load(path)
    assert kept.step == 3
    assert all(torch.isfinite(weight).all() for weight in kept.weights.values())


def test_moving_average_follows_the_weights() -> None:
    trainer = Trainer(unet.UNet(TINY), CONFIG, {"network": {}, "stream": {}})
    with torch.no_grad():
        for weight in trainer.network.parameters():
            weight.fill_(1.0)
        for average in trainer.ema.parameters():
            average.zero_()
    trainer.step = 90
    trainer._average()
    assert next(trainer.ema.parameters()).flatten()[0] == pytest.approx(1 - 91 / 100)
