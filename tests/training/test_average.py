"""The mean of two networks: what it is, what it tells of itself, and what has no mean."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import safetensors.torch
import torch

from lsd2.cli.main import main
from lsd2.networks.portable import METADATA_KEY, read_description
from lsd2.networks.unet import UNet
from lsd2.networks.unet_config import UNetConfig

CONFIG = UNetConfig(widths=(4, 8))


def _file(path: Path, seed: int, method: str = "lsd2", **more: torch.Tensor) -> str:
    torch.manual_seed(seed)
    state = {**UNet(CONFIG).state_dict(), **more}
    told = {"method": method, "architecture": "unet", "config": CONFIG.to_dict(), "training": {"crops": 10 * seed}}
    path.write_bytes(safetensors.torch.save(state, metadata={METADATA_KEY: json.dumps(told)}))
    return str(path)


def _average(*arguments: str) -> int:
    return main(["weights", "average", *arguments])


def test_it_is_the_mean_by_the_share_and_tells_of_both(tmp_path: Path) -> None:
    one, two, out = (
        _file(tmp_path / "a.safetensors", 1),
        _file(tmp_path / "b.safetensors", 2),
        tmp_path / "mean.safetensors",
    )
    assert _average(one, two, "--share", "0.75", "-o", str(out)) == 0
    first, second, mean = (safetensors.torch.load_file(path) for path in (one, two, out))
    for name, values in mean.items():
        assert values.dtype == torch.float16
        assert torch.allclose(values.float(), 0.75 * first[name] + 0.25 * second[name], atol=1e-3)
    assert read_description(out)["training"] == {"crops": 10, "averaged": {"share": 0.75, "with": {"crops": 20}}}


def test_what_has_no_mean_is_refused_in_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, out = _file(tmp_path / "a.safetensors", 1), str(tmp_path / "mean.safetensors")
    other = _file(tmp_path / "b.safetensors", 2, "fdncnn")
    more = _file(tmp_path / "c.safetensors", 3, extra=torch.zeros(1))
    broken = tmp_path / "d.safetensors"
    broken.write_bytes(b"x")
    for second, share, said in (
        (other, "0.5", "different networks"),
        (more, "0.5", "different weights"),
        (str(broken), "0.5", "not a weight file"),
        (one, "1", "between 0 and 1"),
    ):
        assert _average(one, second, "--share", share, "-o", out) != 0
        (line,) = capsys.readouterr().err.splitlines()
        assert said in line
    assert not Path(out).exists()


def test_a_file_is_replaced_only_when_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, two = _file(tmp_path / "a.safetensors", 1), _file(tmp_path / "b.safetensors", 2)
    out = tmp_path / "mean.safetensors"
    out.write_text("precious")
    assert _average(one, two, "-o", str(out)) == 1
    assert out.read_text() == "precious"
    assert "exists" in capsys.readouterr().err
    assert _average(one, two, "-o", str(out), "--force") == 0
