"""`lsd2 compare` keeps its contract: the files, the report's shape, nothing overwritten, one line per error."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from lsd2.cli.main import main
from lsd2.methods.registry import all_methods, in_comparison_order, without_weights

Capture = pytest.CaptureFixture[str]
RUNNABLE = set(all_methods()) - set(without_weights(all_methods()))
METHODS = in_comparison_order([info.name for info in RUNNABLE])
FILES = {*(f"{name}.png" for name in METHODS), "sheet.png", "sheet.pdf", "report.json"}


def _frame(path: Path, brightness: float, sigma: float, size: tuple[int, int] = (96, 128)) -> str:
    scene = cv2.GaussianBlur(np.random.default_rng(9).random((*size, 3)), (0, 0), 3)
    scene = (scene - scene.min()) / np.ptp(scene)
    noisy = 255 * scene * brightness + np.random.default_rng(1).normal(0, sigma, scene.shape)
    assert cv2.imwrite(str(path), np.clip(noisy, 0, 255).astype(np.uint8))
    return str(path)


@pytest.fixture
def pair(tmp_path: Path) -> tuple[str, str]:
    return _frame(tmp_path / "s.png", 0.3, 6), _frame(tmp_path / "l.png", 0.9, 1)


def _fails(arguments: list[str], capsys: Capture, code: int = 1) -> str:
    assert main(arguments) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    (line,) = captured.err.strip().splitlines()
    return line


def test_it_writes_every_result_a_sheet_and_a_report(pair: tuple[str, str], tmp_path: Path, capsys: Capture) -> None:
    sharp, out = _frame(tmp_path / "sharp.png", 0.9, 0), tmp_path / "new" / "out"
    assert main(["compare", *pair, "-o", str(out), "--reference", sharp, "--crop", "10,20,40,30"]) == 0
    assert {path.name for path in out.iterdir()} == FILES
    report = json.loads((out / "report.json").read_text())
    assert set(report) == {"pair", "methods"}
    assert list(report["methods"]) == METHODS
    for name, facts in report["methods"].items():
        assert set(facts) == {"psnr", "ssim", "sharpness", "noise", "seconds", "peak_rss_mb", "parameters"}
        image = cv2.imread(str(out / f"{name}.png"), cv2.IMREAD_UNCHANGED)
        assert (image.shape, image.dtype) == ((96, 128, 3), np.uint16)
    bm3d = report["methods"]["bm3d"]["parameters"]
    assert (bm3d["sigma_source"], len(bm3d["photometry"]["gain"])) == ("auto", 3)
    assert report["methods"]["lsd2"]["parameters"]["model"]["name"] == "lsd2-fast"
    assert report["pair"]["crops"] == [{"x": 10, "y": 20, "width": 40, "height": 30}]
    with Image.open(out / "sheet.png") as sheet:
        assert sheet.width > 2000
    printed = capsys.readouterr().out
    assert f"{report['methods']['bm3d']['psnr']:.2f}" in printed


def test_psnr_and_ssim_are_there_with_a_reference_only(pair: tuple[str, str], tmp_path: Path, capsys: Capture) -> None:
    out = tmp_path / "out"
    assert main(["compare", *pair, "-o", str(out), "--methods", "long,short", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert set(report["methods"]["short"]) == {"sharpness", "noise", "seconds", "peak_rss_mb", "parameters"}
    assert report["methods"]["short"]["noise"] > report["methods"]["long"]["noise"]
    assert list(report["methods"]) == ["short", "long"]
    assert len(report["pair"]["crops"]) >= 1
    assert report == json.loads((out / "report.json").read_text())


def test_sigma_reaches_the_denoisers(pair: tuple[str, str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert main(["compare", *pair, "-o", str(out), "--methods", "bm3d", "--sigma", "9"]) == 0
    parameters = json.loads((out / "report.json").read_text())["methods"]["bm3d"]["parameters"]
    assert (parameters["sigma"], parameters["sigma_source"]) == (9, "given")


def test_existing_files_are_kept_unless_forced(pair: tuple[str, str], tmp_path: Path, capsys: Capture) -> None:
    out = tmp_path / "out"
    arguments = ["compare", *pair, "-o", str(out), "--methods", "short"]
    for name in ("short.png", "sheet.png", "sheet.pdf", "report.json"):
        out.mkdir(exist_ok=True)
        (out / name).write_bytes(b"precious")
        line = _fails(arguments, capsys)
        assert name in line
        assert "--force" in line
        assert [path.name for path in out.iterdir()] == [name]
        assert (out / name).read_bytes() == b"precious"
        (out / name).unlink()
    (out / "short.png").write_bytes(b"old")
    assert main([*arguments, "--force"]) == 0
    assert (out / "short.png").read_bytes() != b"old"


def test_an_input_is_never_overwritten(tmp_path: Path, capsys: Capture) -> None:
    pair = _frame(tmp_path / "short.png", 0.3, 6), _frame(tmp_path / "long.png", 0.9, 1)
    before = Path(pair[0]).read_bytes()
    assert "short.png" in _fails(["compare", *pair, "-o", str(tmp_path), "--force"], capsys)
    sheet = _frame(tmp_path / "sheet.png", 0.3, 6)
    line = _fails(["compare", sheet, pair[1], "-o", str(tmp_path), "--force", "--methods", "lsd2"], capsys)
    assert "sheet.png is one of the photos" in line
    assert Path(sheet).read_bytes() == Path(pair[0]).read_bytes() == before


def test_what_cannot_be_is_said_before_the_work(
    pair: tuple[str, str], tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lsd2.pipeline.run_method", lambda *arguments: pytest.fail("a method was run"))
    out, small = str(tmp_path / "out"), _frame(tmp_path / "small.png", 0.9, 0, (64, 64))
    assert "no method 'magic'" in _fails(["compare", *pair, "-o", out, "--methods", "magic"], capsys, 2)
    assert "120,0,40,40" in _fails(["compare", *pair, "-o", out, "--crop", "120,0,40,40"], capsys, 2)
    assert "64x64" in _fails(["compare", *pair, "-o", out, "--reference", small], capsys)
    assert "s.png is a file" in _fails(["compare", *pair, "-o", pair[0]], capsys)
    assert "s.png is no folder" in _fails(["compare", *pair, "-o", f"{pair[0]}/out"], capsys)
    assert not Path(out).exists()


def test_a_method_without_its_weights_is_named_and_nothing_written(
    pair: tuple[str, str], tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lsd2.networks.manifest.weight_folders", lambda: (tmp_path / "none",))
    line = _fails(["compare", *pair, "-o", str(tmp_path / "out"), "--methods", "short,lsd2"], capsys)
    assert line.startswith("lsd2: lsd2: ")
    assert "no weights" in line
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("crop", ["1,2,3", "a,b,c,d", "-1,0,40,40", "0,0,4,4"])
def test_a_malformed_crop_is_wrong_usage(pair: tuple[str, str], crop: str) -> None:
    with pytest.raises(SystemExit) as raised:
        main(["compare", *pair, "-o", "out", f"--crop={crop}"])
    assert raised.value.code == 2


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are text elsewhere")
def test_names_that_are_no_text_are_no_hindrance(tmp_path: Path, capsys: Capture) -> None:
    """Old archives have names in Latin-1; the sheet, the PDF's title and the terminal show them with escapes."""
    short, long = (_frame(tmp_path / f"{role}.png", light, 2) for role, light in (("short", 0.3), ("long", 0.9)))
    old = [os.fsdecode(os.fsencode(tmp_path) + b"/k\xe4fer_" + role + b".png") for role in (b"short", b"long")]
    for path, name in zip((short, long), old, strict=True):
        Path(path).rename(name)
    out = tmp_path / "out"
    assert main(["compare", *old, "-o", str(out), "--methods", "short,long"]) == 0
    assert {"sheet.png", "sheet.pdf", "report.json"} <= {path.name for path in out.iterdir()}


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are text elsewhere")
def test_a_strict_terminal_shows_such_names_with_escapes(tmp_path: Path) -> None:
    photo = _frame(tmp_path / "photo.png", 0.3, 6)
    old = os.fsdecode(os.fsencode(tmp_path) + b"/k\xe4fer.png")
    Path(photo).rename(old)
    command = [sys.executable, "-m", "lsd2.cli.main", "info", old]
    strict = {**os.environ, "PYTHONIOENCODING": "utf-8:strict"}
    told = subprocess.run(command, env=strict, capture_output=True, check=True).stdout
    assert b"fer.png" in told
