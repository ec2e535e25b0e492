"""The `lsd2` command keeps its contract: exit codes, one line per error, nothing half-written."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest

from lsd2.cli.main import main
from lsd2.networks import manifest
from lsd2.options import Effort

Run = pytest.CaptureFixture[str]


def _frame(path: Path, brightness: float, seed: int = 1, size: tuple[int, int] = (96, 128)) -> Path:
    rng = np.random.default_rng(seed)
    scene = cv2.GaussianBlur(np.random.default_rng(9).random((*size, 3)), (0, 0), 3)
    scene = (scene - scene.min()) / np.ptp(scene)
    noisy = scene * brightness + rng.normal(0, 0.01, scene.shape)
    assert cv2.imwrite(str(path), (np.clip(noisy, 0, 1) * 255).astype(np.uint8))
    return path


@pytest.fixture
def pair(tmp_path: Path) -> tuple[str, str]:
    return str(_frame(tmp_path / "s.png", 0.25)), str(_frame(tmp_path / "l.png", 0.9, seed=2))


def _fails(arguments: list[str], capsys: Run, code: int = 1) -> str:
    """The one line that a failing command prints."""
    assert main(arguments) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    lines = captured.err.strip().splitlines()
    assert len(lines) == 1, captured.err
    assert lines[0].startswith("lsd2: ")
    return lines[0]


@pytest.mark.parametrize("suffix", ["png", "tif", "jpg"])
def test_fuse_writes_a_photo_of_the_same_size(pair: tuple[str, str], tmp_path: Path, suffix: str, capsys: Run) -> None:
    out = tmp_path / f"out.{suffix}"
    assert main(["fuse", *pair, "-o", str(out)]) == 0
    image = cv2.imread(str(out), cv2.IMREAD_UNCHANGED)
    assert image.shape == (96, 128, 3)
    assert image.dtype == (np.uint8 if suffix == "jpg" else np.uint16)
    assert str(out) in capsys.readouterr().out


def test_effort_says_how_often_the_pair_is_looked_at(pair: tuple[str, str], tmp_path: Path, capsys: Run) -> None:
    long = cv2.imread(pair[1])
    cv2.imwrite(pair[1], cv2.blur(long, (9, 1)))
    shares = {}
    for effort in Effort:
        out = tmp_path / f"{effort}.png"
        assert main(["fuse", *pair, "-o", str(out), "--json", "--effort", str(effort)]) == 0
        made = json.loads(capsys.readouterr().out)["parameters"]
        assert made["options"]["effort"] == effort
        shares[effort] = made["classical_look"]
    assert shares[Effort.QUICK] == 0
    assert shares[Effort.NORMAL] > 0


def test_fused_photo_has_the_long_frames_brightness(pair: tuple[str, str], tmp_path: Path) -> None:
    out = tmp_path / "out.png"
    main(["fuse", *pair, "-o", str(out)])
    fused, long = (cv2.imread(str(path)).astype(float) for path in (out, pair[1]))
    assert fused.mean() == pytest.approx(long.mean(), rel=0.05)


def test_json_says_how_the_result_was_made(tmp_path: Path, capsys: Run) -> None:
    pair = [
        str(_frame(tmp_path / name, value, seed, (240, 320)))
        for name, value, seed in (("s.png", 0.25, 1), ("l.png", 0.9, 2))
    ]
    assert main(["fuse", *pair, "-o", str(tmp_path / "out.png"), "--json", "--no-align", "--tile", "192"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["model"]["name"] == manifest.find_model("lsd2", None).name
    assert report["parameters"]["tiles"] > 1
    assert report["alignment"]["applied"] is False
    assert report["seconds"] > 0


def test_existing_file_is_kept_unless_forced(pair: tuple[str, str], tmp_path: Path, capsys: Run) -> None:
    out = tmp_path / "out.png"
    out.write_bytes(b"precious")
    line = _fails(["fuse", *pair, "-o", str(out)], capsys)
    assert "out.png" in line
    assert "--force" in line
    assert out.read_bytes() == b"precious"
    assert main(["fuse", *pair, "-o", str(out), "--force"]) == 0
    assert out.read_bytes() != b"precious"


def test_an_input_is_never_overwritten(pair: tuple[str, str], capsys: Run) -> None:
    before = Path(pair[0]).read_bytes()
    _fails(["fuse", *pair, "-o", pair[0], "--force"], capsys)
    assert Path(pair[0]).read_bytes() == before


def test_errors_name_the_file_and_leave_nothing(pair: tuple[str, str], tmp_path: Path, capsys: Run) -> None:
    short, long = pair
    text = tmp_path / "text.jpg"
    text.write_text("this is no photo")
    cut = tmp_path / "cut.png"
    cut.write_bytes(Path(short).read_bytes()[:2000])
    other = _frame(tmp_path / "other.png", 0.9, size=(64, 64))
    dot = tmp_path / "dot.png"
    cv2.imwrite(str(dot), np.zeros((1, 1, 3), np.uint8))
    out = tmp_path / "out" / "x.png"
    out.parent.mkdir()
    cases = [
        ([str(text), long], "text.jpg"),
        ([str(cut), long], "cut.png"),
        ([short, str(other)], "64"),
        ([short, short], "s.png"),
        ([str(dot), long], "dot.png"),
        ([str(tmp_path / "none.png"), long], "none.png"),
        ([str(tmp_path), long], tmp_path.name),
    ]
    for arguments, named in cases:
        assert named in _fails(["fuse", *arguments, "-o", str(out)], capsys)
        assert list(out.parent.iterdir()) == []


@pytest.mark.parametrize("target", ["nowhere/out.png", "out.gif", "out"])
def test_bad_target_is_refused_before_the_work(
    pair: tuple[str, str], tmp_path: Path, target: str, capsys: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lsd2.io.read.read_photo", lambda path: pytest.fail("photos were read"))
    assert Path(target).name in _fails(["fuse", *pair, "-o", str(tmp_path / target)], capsys)


@pytest.mark.parametrize("damage", ["missing", "flipped", "manifest"])
def test_damaged_weights_are_one_line(
    pair: tuple[str, str], tmp_path: Path, damage: str, capsys: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "weights"
    shutil.copytree(manifest.weight_folders()[0], folder)
    monkeypatch.setattr(manifest, "weight_folders", lambda: (folder,))
    monkeypatch.setattr("lsd2.networks.engine._ready", {})
    file = manifest.find_model("lsd2", None).path
    if damage == "missing":
        file.unlink()
    elif damage == "flipped":
        data = bytearray(file.read_bytes())
        data[len(data) // 2] ^= 255
        file.write_bytes(data)
    else:
        (folder / "manifest.json").write_text("{")
    line = _fails(["fuse", *pair, "-o", str(tmp_path / "out.png")], capsys)
    assert "install the program again" in line
    assert not (tmp_path / "out.png").exists()
    assert "install the program again" in _fails(["weights", "verify"], capsys)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nonsense"],
        ["fuse", "a"],
        ["fuse", "a", "b", "-o", "c.png", "--tile", "7"],
        ["fuse", "a", "b", "-o", "c.png", "--device", "abacus"],
        ["synth", "x", "-o", "y", "-n", "0"],
    ],
)
def test_wrong_usage_is_exit_code_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        main(arguments)
    assert raised.value.code == 2


def test_unknown_method_is_wrong_usage(tmp_path: Path, capsys: Run) -> None:
    assert "no method 'magic'" in _fails(["evaluate", str(tmp_path), "--methods", "magic"], capsys, code=2)


def test_missing_graphics_processor_is_said(pair: tuple[str, str], tmp_path: Path, capsys: Run) -> None:
    import torch

    if torch.cuda.is_available():
        pytest.skip("this machine has one")
    line = _fails(["fuse", *pair, "-o", str(tmp_path / "o.png"), "--device", "cuda"], capsys)
    assert "no CUDA graphics processor" in line


def test_debug_shows_the_traceback(tmp_path: Path, capsys: Run) -> None:
    assert main(["--debug", "fuse", "a.png", "b.png", "-o", str(tmp_path / "o.png")]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_unexpected_problem_is_one_line_too(
    pair: tuple[str, str], tmp_path: Path, capsys: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object) -> None:
        raise ZeroDivisionError("line one\nline two")

    monkeypatch.setattr("lsd2.pipeline.run_once", broken)
    line = _fails(["fuse", *pair, "-o", str(tmp_path / "o.png")], capsys)
    assert "line one line two" in line


def test_interrupt_writes_nothing(
    pair: tuple[str, str], tmp_path: Path, capsys: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("lsd2.pipeline.run_once", interrupted)
    assert "cancelled" in _fails(["fuse", *pair, "-o", str(tmp_path / "o.png")], capsys)
    assert not (tmp_path / "o.png").exists()


def test_info_describes_good_files_and_names_bad_ones(pair: tuple[str, str], tmp_path: Path, capsys: Run) -> None:
    bad = tmp_path / "bad.jpg"
    bad.write_text("no")
    assert main(["info", pair[0], str(bad), "--json"]) == 1
    captured = capsys.readouterr()
    (facts,) = json.loads(captured.out)
    assert (facts["format"], facts["size"], facts["bits"]) == ("PNG", "128x96", 8)
    assert "bad.jpg" in captured.err
    assert main(["info", pair[0]]) == 0
    assert "size: 128x96" in capsys.readouterr().out
    assert "bad.jpg" in _fails(["info", str(bad)], capsys)


def test_evaluate_measures_triplets(tmp_path: Path, capsys: Run) -> None:
    for name in ("a", "b"):
        _frame(tmp_path / f"{name}_short.png", 0.25, seed=1)
        _frame(tmp_path / f"{name}_long.png", 0.9, seed=2)
        _frame(tmp_path / f"{name}_sharp.png", 0.9, seed=3)
    _frame(tmp_path / "c_short.png", 0.25)
    report_file = tmp_path / "report.json"
    assert main(["evaluate", str(tmp_path), "--methods", "lsd2", "--json", str(report_file)]) == 0
    report = json.loads(report_file.read_text())
    assert set(report["images"]) == {"a", "b"}
    figures = report["images"]["a"]["lsd2"]
    assert set(figures) == {"psnr", "ssim", "seconds"}
    mean = (figures["psnr"] + report["images"]["b"]["lsd2"]["psnr"]) / 2
    assert report["mean"]["lsd2"]["psnr"] == pytest.approx(mean)
    assert mean > 25
    assert f"{mean:.2f}" in capsys.readouterr().out


def test_evaluate_without_triplets_says_how_they_are_named(tmp_path: Path, capsys: Run) -> None:
    assert "<name>_short" in _fails(["evaluate", str(tmp_path)], capsys)


def test_reference_of_another_size_is_refused(tmp_path: Path, capsys: Run) -> None:
    _frame(tmp_path / "a_short.png", 0.25)
    _frame(tmp_path / "a_long.png", 0.9, seed=2)
    _frame(tmp_path / "a_sharp.png", 0.9, size=(64, 64))
    line = _fails(["evaluate", str(tmp_path)], capsys)
    assert "triplet a" in line
    assert "64x64" in line


def test_weights_are_listed_and_verified(capsys: Run) -> None:
    assert main(["weights", "list"]) == 0
    assert "lsd2-fast" in capsys.readouterr().out
    assert main(["weights", "verify"]) == 0
    assert "lsd2-fast: good" in capsys.readouterr().out
    assert main(["weights", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["lsd2-fast"]["parameters"] == 7_766_508


def test_synthesised_triplets_train_a_network_that_fuses(tmp_path: Path, pair: tuple[str, str], capsys: Run) -> None:
    """From clean photos to a user's own model, all through the command."""
    clean = tmp_path / "clean"
    clean.mkdir()
    for index in range(2):
        _frame(clean / f"{index}.png", 0.9, seed=index, size=(120, 160))
    triplets = tmp_path / "triplets"
    assert main(["synth", str(clean), "-o", str(triplets), "-n", "2", "--seed", "3", "--size", "96x64"]) == 0
    assert len(list(triplets.iterdir())) == 6
    weights = tmp_path / "mine.safetensors"
    training = ["train", "lsd2", "--images", str(clean), "-o", str(weights), "--minutes", "0.02"]
    assert main([*training, "--crop", "32", "--batch", "2", "--loaders", "0"]) == 0
    assert main(["weights", "import", str(weights), "--name", "mine"]) == 0
    assert main(["weights", "list"]) == 0
    assert "mine" in capsys.readouterr().out
    assert main(["fuse", *pair, "-o", str(tmp_path / "out.png"), "--model", "mine"]) == 0


def test_training_without_photos_is_one_line(tmp_path: Path, capsys: Run) -> None:
    line = _fails(["train", "lsd2", "--images", str(tmp_path), "-o", str(tmp_path / "x.safetensors")], capsys)
    assert "holds no photos" in line
