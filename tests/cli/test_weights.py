"""`lsd2 weights import` takes what training wrote and refuses the rest in one line."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest
import safetensors.torch

from lsd2.cli.main import main
from lsd2.networks import manifest
from lsd2.networks.portable import METADATA_KEY
from lsd2.networks.unet import UNet
from lsd2.networks.unet_config import UNetConfig

Run = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folder of weights, which is not there yet."""
    shipped, folder = manifest.weight_folders()[0], tmp_path / "own"
    monkeypatch.setattr(manifest, "weight_folders", lambda: (shipped, folder))
    return folder


def _weights(path: Path, method: str = "lsd2") -> str:
    config = UNetConfig(widths=(4, 8), in_channels={"fusion": 9, "join": 18}.get(method, 6))
    described = {"method": method, "architecture": "unet", "config": config.to_dict()}
    state = UNet(config).state_dict()
    path.write_bytes(safetensors.torch.save(state, metadata={METADATA_KEY: json.dumps(described)}))
    return str(path)


def _refusal(arguments: list[str], capsys: Run) -> str:
    assert main(["weights", "import", *arguments]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    (line,) = captured.err.splitlines()
    return line


def test_imported_weights_are_listed_in_the_users_folder(tmp_path: Path, own: Path, capsys: Run) -> None:
    assert main(["weights", "import", _weights(tmp_path / "new.safetensors"), "--name", "mine"]) == 0
    assert str(own / "mine.safetensors") in capsys.readouterr().out
    assert main(["weights", "verify"]) == 0
    assert "mine: good" in capsys.readouterr().out


def test_one_of_two_files_of_the_same_weights_is_damaged(tmp_path: Path, own: Path, capsys: Run) -> None:
    weights = _weights(tmp_path / "new.safetensors")
    for name in ("first", "second"):
        assert main(["weights", "import", weights, "--name", name]) == 0
    (own / "second.safetensors").write_bytes(b"damaged")
    capsys.readouterr()
    assert main(["weights", "verify"]) == 1
    captured = capsys.readouterr()
    assert "first: good" in captured.out
    assert "second: good" not in captured.out
    assert "second.safetensors are damaged" in captured.err


def test_a_missing_file_is_not_good_though_the_same_weights_are_there(tmp_path: Path, own: Path, capsys: Run) -> None:
    weights = _weights(tmp_path / "new.safetensors")
    for name in ("first", "second"):
        assert main(["weights", "import", weights, "--name", name]) == 0
    (own / "second.safetensors").unlink()
    assert main(["weights", "verify"]) == 1
    assert "second.safetensors cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize(("kind", "reported"), [("fusion", "network"), ("join", "lsd2")])
def test_figures_of_a_network_that_is_no_method_are_those_of_what_it_takes_part_in(
    tmp_path: Path, own: Path, capsys: Run, kind: str, reported: str
) -> None:
    report = tmp_path / "r.json"
    means = {"mertens": {"psnr": 20.5}, reported: {"psnr": 26.5}}
    report.write_text(json.dumps({"images": {"a": means, "b": means}, "mean": means}))
    weights = _weights(tmp_path / "new.safetensors", kind)
    assert main(["weights", "import", weights, "--name", "mine", "--figures", str(report)]) == 0
    assert main(["weights", "list", "--json"]) == 0
    printed = capsys.readouterr().out
    listed = json.loads(printed[printed.index("{") :])
    assert listed["mine"]["figures"] == {"psnr": 26.5, "images": 2}


def test_weights_can_be_taken_in_for_another_method_of_the_same_network(tmp_path: Path, own: Path, capsys: Run) -> None:
    given = [_weights(tmp_path / "new.safetensors"), "--name", "plain"]
    assert main(["weights", "import", *given, "--method", "lsd2-synth"]) == 0
    capsys.readouterr()
    assert [entry.method for entry in manifest.read_manifest(own)] == ["lsd2-synth"]
    assert "a method 'magic' that this version does not know" in _refusal([*given, "--method", "magic"], capsys)


@pytest.mark.parametrize(
    ("made_for", "method", "words"),
    [
        ("fusion", "lsd2", "holds a network for exposure fusion, and lsd2 runs an LSD2 network"),
        ("fusion", "lsd2-synth", "holds a network for exposure fusion, and lsd2-synth runs an LSD2 network"),
        ("lsd2", "fusion", "holds an LSD2 network, and fusion runs a network for exposure fusion"),
        ("lsd2", "fdncnn", "holds an LSD2 network, and fdncnn runs FDnCNN for colour"),
        ("lsd2", "bm3d", "a method 'bm3d' that this version does not know (weights are for: lsd2, "),
    ],
)
def test_weights_are_not_taken_in_for_a_method_that_cannot_run_them(
    tmp_path: Path, own: Path, capsys: Run, made_for: str, method: str, words: str
) -> None:
    weights = _weights(tmp_path / "new.safetensors", made_for)
    line = _refusal([weights, "--name", "mine", "--method", method], capsys)
    assert "new.safetensors" in line
    assert words in line
    assert not own.exists()


def test_the_help_names_every_kind_of_file(capsys: Run) -> None:
    with pytest.raises(SystemExit):
        main(["weights", "--help"])
    told = capsys.readouterr().out
    assert [ending for ending in (".hdf5", ".h5", ".mat", ".pth") if ending not in told] == []


def test_name_of_a_shipped_model_is_refused(tmp_path: Path, own: Path, capsys: Run) -> None:
    shipped = manifest.find_model("lsd2", None).name
    line = _refusal([_weights(tmp_path / "new.safetensors"), "--name", shipped], capsys)
    assert f"there is a model {shipped} already" in line
    assert not own.exists()


def test_method_that_does_not_exist_is_refused(tmp_path: Path, capsys: Run) -> None:
    line = _refusal([_weights(tmp_path / "new.safetensors", "magic"), "--name", "mine"], capsys)
    assert "new.safetensors is for a method 'magic'" in line


@pytest.mark.parametrize("name", ["../mine", "my model"])
def test_bad_name_is_refused(tmp_path: Path, name: str, capsys: Run) -> None:
    assert name in _refusal([_weights(tmp_path / "new.safetensors"), "--name", name], capsys)


def test_file_that_is_not_there_is_named(tmp_path: Path, capsys: Run) -> None:
    assert "none.safetensors" in _refusal([str(tmp_path / "none.safetensors"), "--name", "mine"], capsys)


def test_damaged_manifest_of_the_user_is_named(tmp_path: Path, own: Path, capsys: Run) -> None:
    own.mkdir()
    (own / manifest.MANIFEST).write_text("[]")
    line = _refusal([_weights(tmp_path / "new.safetensors"), "--name", "mine"], capsys)
    assert str(own / manifest.MANIFEST) in line
    assert "remove it and import the weights again" in line


def test_imported_weights_are_converted_for_the_packaged_program(tmp_path: Path, own: Path, capsys: Run) -> None:
    assert main(["weights", "import", _weights(tmp_path / "new.safetensors"), "--name", "mine"]) == 0
    assert main(["weights", "convert", "mine"]) == 0
    assert str(own / "mine.onnx") in capsys.readouterr().out
    assert main(["weights", "verify"]) == 0
    (own / "mine.onnx").write_bytes(b"damaged")
    assert main(["weights", "verify"]) == 1
    assert "mine.onnx are damaged" in capsys.readouterr().err


def test_unknown_weights_are_not_converted(capsys: Run) -> None:
    assert main(["weights", "convert", "nope"]) == 1
    assert "there are no weights called nope" in capsys.readouterr().err


def test_conversion_says_that_it_needs_pytorch(monkeypatch: pytest.MonkeyPatch, capsys: Run) -> None:
    def absent(args: argparse.Namespace) -> int:
        raise ModuleNotFoundError("No module named 'torch'", name="torch")

    monkeypatch.setattr("lsd2.cli.weights.run_convert", absent)
    assert main(["weights", "convert", "lsd2-fast"]) == 1
    assert capsys.readouterr().err.startswith("lsd2: this needs PyTorch, which is not part of this installation")
