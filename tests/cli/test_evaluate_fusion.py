"""`lsd2 evaluate-fusion` ranks fusions above single exposures, and reports what it printed."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from lsd2.cli.main import main


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    noise = np.random.default_rng(0).standard_normal((80, 120, 3))
    scene = np.clip(0.4 + 0.8 * cv2.GaussianBlur(noise, (0, 0), 1.5), 0.02, 1)
    scene[:, 60:] *= 12
    for name, gain in (("a_under", 0.07), ("a_over", 1.0), ("half_under", 1.0)):
        exposed = np.clip(scene * gain, 0, 1) ** (1 / 2.2)
        cv2.imwrite(str(tmp_path / f"{name}.png"), (exposed * 255 + 0.5).astype(np.uint8))
    return tmp_path


def test_fusions_are_measured_beside_single_exposures(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = folder / "r.json"
    assert main(["evaluate-fusion", str(folder), "--json", str(report)]) == 0
    values = json.loads(report.read_text())
    assert list(values["images"]) == ["a"]
    means = {name: figures["mef_ssim"] for name, figures in values["mean"].items()}
    assert max(means["under"], means["over"]) < min(means["opencv"], means["plain"], means["mertens"])
    printed = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in printed] == ["pair", "a", "mean"]


def test_a_folder_without_pairs_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate-fusion", str(tmp_path)]) == 1
    assert "<name>_under" in capsys.readouterr().err
