"""`lsd2 train` says in one line what is wrong, before it computes anything."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import cv2
import numpy as np
import pytest

from lsd2.cli.main import build_parser, main


@pytest.fixture
def training(tmp_path: Path) -> list[str]:
    clean = tmp_path / "clean"
    clean.mkdir()
    pixels = np.random.default_rng(0).integers(0, 256, (80, 90, 3), dtype=np.uint8)
    cv2.imwrite(str(clean / "photo.png"), pixels)
    (clean / "broken.jpg").write_bytes(b"nothing")
    return ["train", "lsd2", "--images", str(clean), "-o", str(tmp_path / "mine.safetensors")]


SMALL = ["--minutes", "0.01", "--crop", "32", "--batch", "2", "--loaders", "0"]


def test_a_finished_run_is_kept_resumed_and_not_contradicted(
    training: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*training, *SMALL]) == 0
    assert capsys.readouterr().out.count("unreadable photos left out: 1, ") == 1
    assert main([*training, *SMALL]) == 1
    assert "mine.safetensors exists already" in capsys.readouterr().err
    assert main([*training, *SMALL, "--force"]) == 1
    assert "mine.ckpt is of an earlier run" in capsys.readouterr().err
    assert main([*training, "--resume", "--batch", "3"]) == 1
    error = capsys.readouterr().err
    assert "mine.ckpt was started with another --batch" in error
    assert error.count("\n") == 1
    assert main([*training, "--resume", "--minutes", "0.02"]) == 0


def test_forced_run_replaces_the_weight_file(training: list[str], tmp_path: Path) -> None:
    target = tmp_path / "mine.safetensors"
    target.write_bytes(b"old")
    assert main([*training, *SMALL, "--force"]) == 0
    assert target.read_bytes() != b"old"


def test_output_must_be_a_weight_file(training: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*training[:-1], "mine.pth"]) == 2
    assert capsys.readouterr().err == "lsd2: mine.pth must end in .safetensors: that is what is written\n"


def test_output_folder_must_exist(training: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*training[:-1], str(tmp_path / "none" / "mine.safetensors")]) == 1
    assert "does not exist" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--seed", "--loaders", "--threads"])
def test_settings_below_0_are_wrong_usage(training: list[str], option: str) -> None:
    with pytest.raises(SystemExit) as caught:
        main([*training, option, "-1"])
    assert caught.value.code == 2


def test_seed_of_synth_below_0_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["synth", str(tmp_path), "-o", str(tmp_path), "--seed", "-1"])
    assert caught.value.code == 2


@pytest.mark.parametrize(
    ("network", "use"),
    [
        ("lsd2", "lsd2 fuse --model my-lsd2 ..."),
        ("fdncnn", "lsd2 denoise --method fdncnn --model my-fdncnn ..."),
        ("fusion", "lsd2 fuse --fusion network --fusion-model my-fusion ..."),
    ],
)
def test_a_finished_run_says_how_to_use_its_network(
    training: list[str], network: str, use: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lsd2.training.train.train", lambda *_: SimpleNamespace(crops=1, seconds=60.0))
    assert main(["train", network, *training[2:]]) == 0
    told = capsys.readouterr().out.splitlines()[-1]
    assert told.endswith(f"mine.safetensors --name my-{network}, then {use}")
    words = use.removesuffix(" ...").split()[1:]
    build_parser().parse_args([*words, *["photo.png"] * (1 + (words[0] == "fuse")), "-o", "out.png"])
