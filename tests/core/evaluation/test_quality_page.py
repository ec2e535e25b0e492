"""The script that writes the page of figures."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import cv2
import numpy as np
import pytest

from lsd2.methods.registry import all_methods, without_weights
from lsd2.networks.manifest import all_models

PACKAGING = Path(__file__).resolve().parents[3] / "packaging"
SCRIPTS = ("quality_store", "quality_tables", "quality_night", "make_quality")


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(str(PACKAGING))
    yield importlib.import_module("make_quality")
    for name in SCRIPTS:
        sys.modules.pop(name, None)


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


@pytest.fixture
def folders(script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Arguments for a triplet, a pair and a clean photo; one noise level, no sample."""
    folder, clean = tmp_path / "mine", tmp_path / "cbsd68"
    folder.mkdir()
    clean.mkdir()
    for role, brightness in (("short", 0.3), ("long", 0.9), ("sharp", 0.9)):
        _photo(folder / f"a_{role}.png", brightness)
    _photo(clean / "b.png", 0.8)
    monkeypatch.setattr(sys.modules["quality_tables"], "SIGMAS", (15,))
    monkeypatch.setattr(script, "sample_sheet", lambda rows, store: b"sheet")
    pair = [str(folder / "a_short.png"), str(folder / "a_long.png")]
    return ["--triplets", str(folder), "--pairs", *pair, "--clean", str(clean), "--methods", "short,long,bm3d"]


def test_the_page_holds_what_was_measured_and_copies_no_photo(
    script: ModuleType, folders: list[str], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    script.main([*folders, "-o", str(out)])
    page = (out / "quality.md").read_text(encoding="utf-8")
    assert {path.name for path in out.rglob("*") if path.is_file()} == {"quality.md", "quality_sheet.jpg"}
    assert "## Triplets: mine" in page
    assert "| Long, registered | **inf** | **1.000** |" in page
    assert "a_short.png, a_long.png:" in page
    assert "## Denoising: cbsd68" in page
    assert "| CBM3D, published | 33.52 |" in page
    (measured,) = [line for line in page.splitlines() if line.startswith("| BM3D | ") and line.count("|") == 3]
    assert 25 < float(measured.split("|")[2]) < 50


def test_what_is_kept_is_not_measured_again_until_an_input_changes(
    script: ModuleType, folders: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables, ran = sys.modules["quality_tables"], list[str]()
    compare, evaluate = tables.compare, tables.evaluate_photo
    monkeypatch.setattr(tables, "compare", lambda p, o, *rest: ran.append(o[0].method) or compare(p, o, *rest))
    monkeypatch.setattr(tables, "evaluate_photo", lambda *given: ran.append("photo") or evaluate(*given))
    arguments = [*folders, "--cache", str(tmp_path / "kept"), "-o", str(tmp_path / "out")]
    script.main(arguments)
    assert sorted(ran) == ["bm3d", "bm3d", "long", "long", "photo", "short", "short"]
    first = (tmp_path / "out" / "quality.md").read_text()
    ran.clear()
    script.main(arguments)
    assert not ran
    assert (tmp_path / "out" / "quality.md").read_text() == first
    _photo(tmp_path / "cbsd68" / "b.png", 0.5)
    script.main(arguments)
    assert ran == ["photo"]
    ran.clear()
    monkeypatch.setattr(tables, "source_of", lambda *modules: "other code")
    script.main([*arguments, "--trust"])
    assert not ran
    script.main(arguments)
    assert len(ran) == 7


def test_changed_code_is_measured_anew(script: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Also where it is far down: BM3D uses the Haar transform, the registered long frame does not."""
    store = sys.modules["quality_store"]

    def hashes() -> list[str]:
        store.source_of.cache_clear()
        return [store.source_of(*store.modules_of(name)) for name in ("bm3d", "long")]

    before, find = hashes(), store._file_of
    changed = tmp_path / "changed.py"
    changed.write_text("import math")
    name = "lsd2.imaging.bm3d.transforms"
    monkeypatch.setattr(store, "_file_of", lambda module: changed if module == name else find(module))
    after = hashes()
    assert before[0] != after[0]
    assert before[1] == after[1]
    store.source_of.cache_clear()


def test_the_night_scenes_come_with_figures_and_two_pictures(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    night = sys.modules["quality_night"]
    monkeypatch.setattr(night, "SIZE", (320, 240))
    monkeypatch.setattr(script, "sample_sheet", lambda rows, store: b"sheet")
    script.main(["--night", "1", "--methods", "short,long", "-o", str(tmp_path)])
    page = (tmp_path / "quality.md").read_text()
    assert "| street 101 |" in page
    for name, width in (("quality_night", 3 * 206 - 6), ("quality_night_crops", 3 * (2 * 144 + 6) - 6)):
        assert f"(images/{name}.jpg)" in page
        assert cv2.imread(str(tmp_path / "images" / f"{name}.jpg")).shape[1] == width
    (line,) = re.findall(r"\| street 101 \| (.*) \|", page)
    figures = [float(cell.strip(" *")) for cell in line.split("|")]
    assert all(8 < figure < 40 for figure in figures)


def test_the_lamp_is_in_the_middle_of_its_crop(script: ModuleType) -> None:
    picture = np.full((400, 600, 3), 60, np.uint8)
    picture[210:230, 300:320] = 255
    picture[100, 100:300] = 255
    place = sys.modules["quality_night"].brightest_lamp(picture)
    assert abs(place.x + place.width // 2 - 310) <= 1
    assert abs(place.y + place.height // 2 - 220) <= 1


def test_the_sheet_of_the_sample_is_a_picture(script: ModuleType) -> None:
    store = sys.modules["quality_store"].Store(None)
    data = np.frombuffer(script.sample_sheet(script.rows_of(["short", "long"]), store), np.uint8)
    assert cv2.imdecode(data, cv2.IMREAD_COLOR).shape[1] == script.PICTURE_WIDTH
