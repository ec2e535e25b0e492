"""The script that writes the page of figures."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import cv2
import numpy as np
import pytest

from lsd2.methods.registry import all_methods, without_weights
from lsd2.networks.manifest import all_models

SCRIPT = Path(__file__).resolve().parents[3] / "packaging" / "make_quality.py"


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_quality", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def _photo(path: Path, brightness: float) -> None:
    scene = cv2.GaussianBlur(np.random.default_rng(1).random((64, 80, 3)), (0, 0), 2)
    assert cv2.imwrite(str(path), (255 * brightness * (scene - scene.min()) / np.ptp(scene)).astype(np.uint8))


def test_all_methods_that_can_run_are_rows_and_every_network_of_theirs_has_one(script: ModuleType) -> None:
    rows = script.rows_of(None)
    lacking = {info.name for info in without_weights(all_methods())}
    expected = {info.name for info in all_methods()} - lacking
    assert {row.options.method for row in rows} == expected
    trained = [model.name for model in all_models() if model.method in expected]
    assert sorted(row.options.model for row in rows if row.options.model) == sorted(trained)
    assert len({row.label for row in rows}) == len(rows)


def test_the_page_holds_what_was_measured_and_copies_no_photo(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, clean, out = tmp_path / "mine", tmp_path / "cbsd68", tmp_path / "out"
    folder.mkdir()
    clean.mkdir()
    for role, brightness in (("short", 0.3), ("long", 0.9), ("sharp", 0.9)):
        _photo(folder / f"a_{role}.png", brightness)
    _photo(clean / "b.png", 0.8)
    monkeypatch.setattr(script, "SIGMAS", (15,))
    monkeypatch.setattr(script, "sample_sheet", lambda rows: b"sheet")
    pair = [str(folder / "a_short.png"), str(folder / "a_long.png")]
    wanted = ["--triplets", str(folder), "--pairs", *pair, "--clean", str(clean)]
    script.main([*wanted, "--methods", "short,long,bm3d", "-o", str(out)])
    page = (out / "quality.md").read_text(encoding="utf-8")
    assert {path.name for path in out.rglob("*") if path.is_file()} == {"quality.md", "quality_sheet.jpg"}
    assert "## Triplets: mine" in page
    assert "| Long, registered | **inf** | **1.000** |" in page
    assert "a_short.png, a_long.png:" in page
    assert "## Denoising: cbsd68" in page
    assert "| CBM3D, published | 33.52 |" in page
    (measured,) = [line for line in page.splitlines() if line.startswith("| BM3D | ") and line.count("|") == 3]
    assert 25 < float(measured.split("|")[2]) < 50


def test_the_sheet_of_the_sample_is_a_picture(script: ModuleType) -> None:
    data = np.frombuffer(script.sample_sheet(script.rows_of(["short", "long"])), np.uint8)
    assert cv2.imdecode(data, cv2.IMREAD_COLOR).shape[1] == script.PICTURE_WIDTH
