"""`lsd2 pairs` tells what belongs together, and writes it down."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from lsd2.cli.main import main
from lsd2.pairing.listing import LIST_NAME
from tests.core.pairing.shooting import Camera, scene

Run = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    camera = Camera(tmp_path, "Acme One", "IMG_{number:04d}")
    for seconds, light in ((1 / 100, 0.25), (1 / 5, 0.9)):
        camera.shoot(scene(1), 0, seconds, light)
    camera.shoot(scene(2), 500, 1 / 100, 0.5)
    return tmp_path


def test_it_tells_pairs_and_why_others_stay_alone(folder: Path, capsys: Run) -> None:
    assert main(["pairs", str(folder)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "IMG_0001.jpg + IMG_0002.jpg"
    assert "20 times longer" in lines[1]
    assert lines[2] == "1 pair, 0 of them doubtful; 1 photo stays alone"
    assert lines[3].startswith("  IMG_0003.jpg: nothing was taken within 60 s")


def test_json(folder: Path, capsys: Run) -> None:
    assert main(["pairs", str(folder), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [pair["short"] for pair in found["pairs"]] == [str(folder / "IMG_0001.jpg")]
    assert found["pairs"][0]["found_by"] == "exposure"
    assert [unpaired["file"] for unpaired in found["alone"]] == [str(folder / "IMG_0003.jpg")]


def test_the_command_may_name_pairs(folder: Path, capsys: Run) -> None:
    named = [str(folder / name) for name in ("IMG_0003.jpg", "IMG_0002.jpg")]
    assert main(["pairs", str(folder), "--pair", *named, "--json"]) == 0
    assert [pair["short"] for pair in json.loads(capsys.readouterr().out)["pairs"]] == [named[0]]


@pytest.mark.parametrize("command", [["pairs"], ["batch", "--dry-run", "-o", "out"]])
def test_a_missing_photo_is_named(folder: Path, command: list[str], capsys: Run) -> None:
    named = [str(folder / name) for name in ("IMG_0003.jpg", "IMG_0009.jpg")]
    assert main([*command, str(folder), "--pair", *named]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert f"{named[1]} is not there: correct its name in --pair" in captured.err


def test_the_list_is_written_and_never_replaced_unasked(folder: Path, capsys: Run) -> None:
    assert main(["pairs", str(folder), "--save"]) == 0
    text = (folder / LIST_NAME).read_text(encoding="utf-8")
    assert "IMG_0001.jpg,IMG_0002.jpg" in text
    capsys.readouterr()
    assert main(["pairs", str(folder), "--save"]) == 1
    assert "exists already" in capsys.readouterr().err
    assert main(["pairs", str(folder), "--save", "--force"]) == 0
    assert main(["pairs", str(folder / "missing")]) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_names_that_are_no_utf8_are_written_as_they_are(folder: Path, capsys: Run) -> None:
    for path in folder.glob("*.jpg"):
        path.rename(folder / f"f\udcfcr_{path.name}")
    assert main(["pairs", str(folder), "--save"]) == 0
    assert b"f\xfcr_IMG_0001.jpg,f\xfcr_IMG_0002.jpg" in (folder / LIST_NAME).read_bytes()
    capsys.readouterr()
    assert main(["pairs", str(folder)]) == 0
    assert "the list says so" in capsys.readouterr().out


def test_a_broken_list_is_one_line(folder: Path, capsys: Run) -> None:
    (folder / LIST_NAME).write_text("IMG_0001.jpg,IMG_7.jpg\n", encoding="utf-8")
    capsys.readouterr()
    assert main(["pairs", str(folder)]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
