"""Fine-tuning on tripod captures: what is taken for a capture, what the network sees, and that it learns the camera."""

from __future__ import annotations

import itertools
import shlex
import threading
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from lsd2.cli.main import main
from lsd2.errors import TrainingError
from lsd2.networks import unet_config
from lsd2.networks.portable import read_description
from lsd2.training.captures import CaptureConfig, CaptureStream, find_captures, read_capture
from lsd2.training.checkpoint import Checkpoint
from lsd2.training.finetune import finetune
from lsd2.training.tasks import TASKS
from lsd2.training.train import FINETUNE, Given, Job, train

TINY = unet_config.UNetConfig(widths=(4, 8), shuffle=2, residual=True)
CONFIG = CaptureConfig(crop=32, scene=56, pool=12, per_photo=6)
GIVEN = Given(minutes=0.03, batch=4, crop=32, loaders=0)
SIZE = (96, 128)


def silent(said: object) -> None:
    """Takes figures and notes."""


def _scene(seed: int, size: tuple[int, int] = SIZE) -> np.ndarray:
    rough = np.random.default_rng(seed).random((size[0] // 8, size[1] // 8, 3), dtype=np.float32)
    return np.clip(cv2.resize(rough, size[::-1], interpolation=cv2.INTER_CUBIC), 0.05, 0.95)


def _write(path: Path, pixels: np.ndarray) -> None:
    assert cv2.imwrite(str(path), np.rint(pixels * 255).astype(np.uint8))


def _capture(folder: Path, name: str, seed: int, shift: int = 0) -> None:
    scene = _scene(seed)
    noise = np.random.default_rng(seed).normal(0, 0.02, scene.shape)
    _write(folder / f"{name}_short.png", np.clip(0.3 * scene + noise, 0, 1))
    for index, gain in enumerate((0.8, 1.0)):
        _write(folder / f"{name}_long{index or ''}.png", np.roll(np.clip(gain * scene, 0, 1), shift, axis=1))


@pytest.fixture
def captures(tmp_path: Path) -> Path:
    folder = tmp_path / "captures"
    folder.mkdir()
    for seed in (1, 2):
        _capture(folder, f"scene{seed}", seed)
    (folder / "scene1_long.xmp").write_text("beside a photo")
    _write(folder / "alone_short.png", _scene(3))
    return folder


@pytest.fixture
def weights(photo_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setitem(unet_config.CONFIGS, "tiny", TINY)
    monkeypatch.setitem(TASKS, "lsd2", replace(TASKS["lsd2"], sizes=("tiny",)))
    job = Job("lsd2", photo_folder, tmp_path / "start.safetensors")
    train(job, replace(GIVEN, network="tiny"), silent, silent)
    return job.target


def test_every_long_frame_makes_a_capture_with_its_short_one(captures: Path) -> None:
    found = {(capture.short.name, capture.long.name) for capture in find_captures(captures)}
    expected = {(f"scene{i}_short.png", f"scene{i}_long{j}.png") for i in (1, 2) for j in ("", "1")}
    assert found == expected


def test_only_what_is_named_alike_and_of_one_kind_makes_a_capture(tmp_path: Path) -> None:
    names = ["night_short.png", "night_longer_walk_short.png", "night_longer_walk_long.png", "day_long_walk.png"]
    names += [f"{stem}{suffix}" for stem in ("day_short", "day_long", "day_long-2") for suffix in (".ARW", ".JPG")]
    for name in names:
        (tmp_path / name).write_bytes(b"photo")
    assert {(capture.short.name, capture.long.name) for capture in find_captures(tmp_path)} == {
        ("night_longer_walk_short.png", "night_longer_walk_long.png"),
        ("day_short.ARW", "day_long.ARW"),
        ("day_short.ARW", "day_long-2.ARW"),
        ("day_short.JPG", "day_long.JPG"),
        ("day_short.JPG", "day_long-2.JPG"),
    }


def test_a_folder_without_captures_is_refused(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "missing"):
        with pytest.raises(TrainingError, match="_short and <name>_long"):
            find_captures(folder)


def test_the_short_frame_is_the_cameras_and_the_long_one_is_shaken(captures: Path) -> None:
    stream = CaptureStream(find_captures(captures), (), CONFIG, seed=1)
    crops = torch.stack(list(itertools.islice(stream, 40))).float()
    long, short, sharp = crops[:, :3], crops[:, 3:6], crops[:, 6:]
    ratio = short.mean((1, 2, 3)) / sharp.mean((1, 2, 3))
    assert ((ratio > 0.25) & (ratio < 0.45)).all()
    assert (long.mean((1, 2, 3)) - sharp.mean((1, 2, 3))).abs().max() < 40
    assert (long - sharp).abs().mean() > 1
    again = torch.stack(list(itertools.islice(CaptureStream(find_captures(captures), (), CONFIG, seed=1), 3))).float()
    assert torch.equal(again, crops[:3])


def test_it_goes_on_from_weights_and_leaves_weights(captures: Path, weights: Path, tmp_path: Path) -> None:
    job = Job(FINETUNE, captures, tmp_path / "mine.safetensors", start=weights)
    done = finetune(job, GIVEN, silent, silent)
    described = read_description(job.target)
    assert done.photos == 4
    assert described["config"] == TINY.to_dict()
    assert described["training"]["started_from"]["photos"] == 3
    again = finetune(replace(job, start=None, resume=True), Given(minutes=done.seconds / 60 + 0.03), silent, silent)
    assert again.step > done.step


def test_captures_that_moved_are_left_out_and_named(captures: Path, weights: Path, tmp_path: Path) -> None:
    _capture(captures, "moved", 5, shift=20)
    notes: list[str] = []
    done = finetune(Job(FINETUNE, captures, tmp_path / "m.safetensors", start=weights), GIVEN, silent, notes.append)
    assert done.photos == 4
    assert len(notes) == 2
    assert all("moved_long" in note and "tripod" in note for note in notes)


def test_frames_of_two_scenes_are_no_capture(captures: Path) -> None:
    _write(captures / "scene1_long.png", _scene(7))
    capture = find_captures(captures)[0]
    with pytest.raises(TrainingError, match=r"scene1_long.png has too little in common with scene1_short.png"):
        read_capture(capture, CONFIG.scene)


def test_data_processes_start_though_opencv_has_threads(captures: Path, weights: Path, tmp_path: Path) -> None:
    """Reading captures starts OpenCV's threads; a forked copy of this process would wait for them for ever."""
    threads = cv2.getNumThreads()
    cv2.setNumThreads(2)
    cv2.GaussianBlur(np.zeros((2000, 2000, 3), np.float32), (0, 0), 5)
    job = Job(FINETUNE, captures, tmp_path / "mine.safetensors", start=weights)
    done: list[Checkpoint] = []
    work = threading.Thread(
        target=lambda: done.append(finetune(job, replace(GIVEN, loaders=1, minutes=0.2), silent, silent)), daemon=True
    )
    work.start()
    work.join(timeout=120)
    cv2.setNumThreads(threads)
    assert done
    assert done[0].step > 0


def test_only_unusable_captures_are_refused(weights: Path, tmp_path: Path) -> None:
    folder = tmp_path / "bad"
    folder.mkdir()
    (folder / "a_short.jpg").write_bytes(b"no photo")
    (folder / "a_long.jpg").write_bytes(b"no photo")
    with pytest.raises(TrainingError, match=r"no capture can be used: .*a_"):
        finetune(Job(FINETUNE, folder, tmp_path / "m.safetensors", start=weights), GIVEN, silent, silent)


def test_the_command_fine_tunes_and_installs(
    captures: Path, weights: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["weights", "import", str(weights), "--name", "tiny"]) == 0
    out = tmp_path / "mine.safetensors"
    options = ["--minutes", "0.03", "--batch", "4", "--crop", "32", "--loaders", "0"]
    arguments = ["finetune", str(captures), "-o", str(out), "--name", "my-camera", "--from", "tiny", *options]
    assert main(arguments) == 0
    assert "4 captures" in capsys.readouterr().out
    assert main(["weights", "list"]) == 0
    assert "my-camera" in capsys.readouterr().out


def test_the_command_refuses_in_one_line(captures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = str(tmp_path / "m.safetensors")
    for arguments in (
        ["finetune", str(captures), "-o", out, "--from", "missing"],
        ["finetune", str(tmp_path / "no"), "-o", out],
        ["finetune", str(captures), "-o", out, "--resume"],
        ["finetune", str(captures), "-o", out, "--name", "lsd2-fast"],
    ):
        assert main(arguments) == 1
        assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_a_resumed_run_takes_no_other_model(captures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = str(tmp_path / "m.safetensors")
    assert main(["finetune", str(captures), "-o", out, "--resume", "--from", "lsd2-fast"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line == "lsd2: --resume goes on from its own checkpoint; leave --from out, or --resume"


def test_what_goes_on_with_a_stopped_run_installs_the_model_too(
    captures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(job: Job, *_: object) -> None:
        raise TrainingError(job.command)

    monkeypatch.setattr("lsd2.training.finetune.finetune", stop)
    arguments = ["finetune", str(captures), "-o", str(tmp_path / "m.safetensors"), "--name", "my-camera"]
    assert main(arguments) == 1
    assert capsys.readouterr().err == f"lsd2: {shlex.join(['lsd2', *arguments, '--resume'])}\n"
    assert main(arguments[:-2]) == 1
    assert "--name" not in capsys.readouterr().err
