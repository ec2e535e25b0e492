"""How results are written by the command: colours, metadata, names, and the recipe that makes them again."""

from __future__ import annotations

import json
import shutil
import sys
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageCms

from lsd2.cli.main import main
from lsd2.io.read import read_photo
from lsd2.io.rgb_spaces import DISPLAY_P3, profile_of
from tests.core.io import rich_parent
from tests.core.io.raw_files import Shot, dng

Run = pytest.CaptureFixture[str]


def _frame(brightness: float, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    scene = cv2.GaussianBlur(np.random.default_rng(9).random((96, 128, 3)), (0, 0), 3)
    scene = (scene - scene.min()) / np.ptp(scene)
    return (np.clip(scene * brightness + rng.normal(0, 0.01, scene.shape), 0, 1) * 255).astype(np.uint8)


@pytest.fixture
def pair(tmp_path: Path) -> tuple[str, str]:
    """Two JPEGs with all metadata, upright, in Display P3."""
    folder = tmp_path / "photos"
    folder.mkdir()
    profile = profile_of(DISPLAY_P3)
    for name, brightness, seed in (("short", 0.25, 1), ("long", 0.9, 2)):
        (folder / f"{name}.jpg").write_bytes(rich_parent.jpeg(_frame(brightness, seed), profile, 1))
    return str(folder / "short.jpg"), str(folder / "long.jpg")


def _fails(arguments: list[str], capsys: Run, code: int = 1) -> str:
    capsys.readouterr()
    assert main(arguments) == code
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1, lines
    return lines[0]


def _profile_name(path: Path) -> str:
    profile = Image.open(BytesIO(path.read_bytes())).info["icc_profile"]
    return ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(BytesIO(profile))).strip()


@pytest.mark.parametrize(
    ("options", "name"), [([], "sRGB"), (["--profile", "p3"], "Display P3"), (["--profile", "source"], "Display P3")]
)
def test_profiles(pair: tuple[str, str], tmp_path: Path, options: list[str], name: str) -> None:
    plain, out = tmp_path / "plain.tif", tmp_path / "out.tif"
    assert main(["fuse", *pair, "-o", str(plain)]) == 0
    assert main(["fuse", *pair, "-o", str(out), *options]) == 0
    assert _profile_name(out).startswith(name)
    assert np.abs(read_photo(out).pixels - read_photo(plain).pixels).max() < 1e-3, "the colours are the same"


def test_position_and_parent(pair: tuple[str, str], tmp_path: Path) -> None:
    for options, known in (([], False), (["--gps"], True), (["--no-gps"], False)):
        out = tmp_path / "out.jpg"
        assert main(["fuse", *pair, "-o", str(out), "--force", *options]) == 0
        assert (read_photo(out).metadata.position is not None) is known
    short = Path(pair[0])
    data = short.read_bytes().replace(b"Acme One\0", b"Acme Two\0")
    short.write_bytes(data)
    for role, camera in (("short", "Acme Two"), ("long", "Acme Optical Acme One")):
        assert main(["fuse", *pair, "-o", str(out), "--force", "--metadata", role]) == 0
        assert str(read_photo(out).metadata.camera).endswith(camera.split()[-1])


def test_quality_and_subsampling(pair: tuple[str, str], tmp_path: Path, capsys: Run) -> None:
    small, large = tmp_path / "small.jpg", tmp_path / "large.jpg"
    assert main(["fuse", *pair, "-o", str(small), "--quality", "50", "--subsampling", "4:2:0"]) == 0
    assert main(["fuse", *pair, "-o", str(large), "--quality", "98"]) == 0
    assert small.stat().st_size < large.stat().st_size
    with pytest.raises(SystemExit) as caught:
        main(["fuse", *pair, "-o", str(small), "--quality", "0"])
    assert caught.value.code == 2
    assert "1 to 100" in capsys.readouterr().err


def test_names_in_a_folder(pair: tuple[str, str], tmp_path: Path, capsys: Run) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    for _ in range(2):
        assert main(["fuse", *pair, "-o", str(folder), "--name", "{date}_{long}_{method}", "--format", "png"]) == 0
    assert sorted(path.name for path in folder.iterdir()) == [
        "2024-05-01_long_lsd2-2.png",
        "2024-05-01_long_lsd2-2.png.json",
        "2024-05-01_long_lsd2.png",
        "2024-05-01_long_lsd2.png.json",
    ]
    assert "{stem}" in _fails(["fuse", *pair, "-o", str(folder), "--name", "{nonsense}"], capsys, code=2)


def test_a_name_in_a_folder_is_free_for_the_recipe_too(pair: tuple[str, str], tmp_path: Path, capsys: Run) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    arguments = ["fuse", *pair, "-o", str(folder), "--effort", "quick"]
    assert main(arguments) == 0
    (folder / "short_lsd2.tif").unlink()
    old = (folder / "short_lsd2.tif.json").read_bytes()
    assert main(arguments) == 0
    names = ["short_lsd2-2.tif", "short_lsd2-2.tif.json", "short_lsd2.tif.json"]
    assert sorted(path.name for path in folder.iterdir()) == names
    assert main(["redo", str(folder / "short_lsd2.tif.json")]) == 0
    assert sorted({path.name for path in folder.iterdir()} - set(names)) == [
        "short_lsd2-3.tif",
        "short_lsd2-3.tif.json",
    ]
    assert (folder / "short_lsd2.tif.json").read_bytes() == old
    assert main([*arguments, "--no-recipe"]) == 0
    assert (folder / "short_lsd2.tif").exists()


def test_what_cannot_be_written_into_a_folder_is_told_before_the_work(
    pair: tuple[str, str], tmp_path: Path, capsys: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lsd2.pipeline.run_once", lambda *_: pytest.fail("it was computed for nothing"))
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for name in pair:
        Path(name).write_bytes(rich_parent.jpeg(_frame(0.5, 1), lab, 1))
    line = _fails(["fuse", *pair, "-o", str(tmp_path), "--profile", "source"], capsys)
    assert line.startswith(f"lsd2: {tmp_path / 'short_lsd2.tif'} was not written: results cannot be written in ")


def test_recipe_makes_the_same_result_again(pair: tuple[str, str], tmp_path: Path, capsys: Run) -> None:
    out = tmp_path / "photos" / "out.tif"
    options = ["--tile", "192", "--profile", "p3", "--gps", "--no-align", "--metadata", "short"]
    assert main(["fuse", *pair, "-o", str(out), *options]) == 0
    moved = tmp_path / "elsewhere"
    shutil.move(tmp_path / "photos", moved)
    capsys.readouterr()
    assert main(["redo", str(moved / "out.tif.json"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["identical"] is True
    assert told["parameters"]["options"]["tile"] == 192
    again = moved / "out-2.tif"
    assert Path(told["output"]) == again
    assert again.read_bytes() == (moved / "out.tif").read_bytes(), "also metadata and profile, byte for byte"
    assert main(["redo", str(again) + ".json", "-o", str(tmp_path / "third.jpg")]) == 0
    assert "identical to the recorded result" in capsys.readouterr().out


def test_recipe_says_what_has_changed(pair: tuple[str, str], tmp_path: Path, capsys: Run) -> None:
    out = tmp_path / "out.png"
    assert main(["fuse", *pair, "-o", str(out)]) == 0
    recipe = tmp_path / "out.png.json"
    told = json.loads(recipe.read_text(encoding="utf-8"))
    assert set(told["inputs"]) == {"short", "long"}
    assert told["result"]["model"]["sha256"]

    def changed(**values: object) -> str:
        path = tmp_path / "changed.json"
        path.write_text(json.dumps({**told, **values}), encoding="utf-8")
        return str(path)

    other = {**told["result"], "model": {**told["result"]["model"], "sha256": "0" * 64}}
    assert "other weights" in _fails(["redo", changed(result=other)], capsys)
    joined = {**told["result"], "parameters": {"joiner": {"name": "join-small", "sha256": "0" * 64}}}
    assert "other weights called 'join-small'" in _fails(["redo", changed(result=joined)], capsys)
    denoised = {**told["result"], "parameters": {"denoiser": {"name": "fdncnn-colour", "sha256": "0" * 64}}}
    assert "other weights called 'fdncnn-colour'" in _fails(["redo", changed(result=denoised)], capsys)
    fused = {**told["result"], "parameters": {"fusion": {"model": {"name": "fusion-small", "sha256": "0" * 64}}}}
    assert "other weights called 'fusion-small'" in _fails(["redo", changed(result=fused)], capsys)
    assert "later version" in _fails(["redo", changed(recipe=99)], capsys)
    assert "cannot do" in _fails(["redo", changed(process={"magic": 1})], capsys)
    assert "cannot do" in _fails(["redo", changed(write={"quality": 500})], capsys)
    assert "not a recipe" in _fails(["redo", changed(inputs=3)], capsys)
    assert "not a recipe" in _fails(["redo", changed(process={"tile": "x"})], capsys)
    assert "not a recipe" in _fails(["redo", pair[0]], capsys)
    for damaged in ({"model": {}}, {"parameters": {"denoiser": {}}}, {"parameters": {"fusion": {"model": {}}}}):
        assert "not a recipe" in _fails(["redo", changed(result={**told["result"], **damaged})], capsys)
    assert "not there" in _fails(["redo", str(tmp_path / "none.json")], capsys)
    different = {**told["result"], "pixels_sha256": "0" * 64}
    assert main(["redo", changed(result=different), "-o", str(tmp_path / "b.png")]) == 0
    assert "pixels differ" in capsys.readouterr().out
    long = Path(pair[1])
    long.write_bytes(long.read_bytes() + b"x")
    assert "is not the long photo of the recipe" in _fails(["redo", str(recipe)], capsys)
    long.unlink()
    assert "needs the long photo" in _fails(["redo", str(recipe)], capsys)


def test_no_recipe_if_not_wanted_and_none_is_overwritten(pair: tuple[str, str], tmp_path: Path, capsys: Run) -> None:
    out, recipe = tmp_path / "out.png", tmp_path / "out.png.json"
    assert main(["fuse", *pair, "-o", str(out), "--no-recipe"]) == 0
    assert not recipe.exists()
    out.unlink()
    recipe.write_text("precious", encoding="utf-8")
    assert "out.png.json" in _fails(["fuse", *pair, "-o", str(out)], capsys)
    assert recipe.read_text(encoding="utf-8") == "precious"
    assert not out.exists(), "nothing was computed for nothing"
    assert main(["fuse", *pair, "-o", str(out), "--force"]) == 0
    assert json.loads(recipe.read_text(encoding="utf-8"))["recipe"] == 1


def test_raw_pair_to_tiff(tmp_path: Path, capsys: Run) -> None:
    scene = cv2.GaussianBlur(np.random.default_rng(9).random((96, 128, 3)), (0, 0), 3)
    scene = (scene - scene.min()) / np.ptp(scene)
    for name, gain, balance in (("short", 0.05, (0.8, 1.0, 0.4)), ("long", 0.8, (0.5, 1.0, 0.7))):
        (tmp_path / f"{name}.dng").write_bytes(dng(scene, Shot(gain=gain, as_shot=balance, noise=0.002)))
    out = tmp_path / "out.tif"
    assert main(["fuse", str(tmp_path / "short.dng"), str(tmp_path / "long.dng"), "-o", str(out)]) == 0
    assert "white balance of the long photo" in capsys.readouterr().out
    fused = read_photo(out)
    assert fused.metadata.lens == "35mm F2.8"
    assert fused.metadata.bit_depth == 16
    long = read_photo(tmp_path / "long.dng").pixels
    assert fused.pixels.mean() == pytest.approx(long.mean(), rel=0.05)
    assert main(["redo", str(out) + ".json"]) == 0
    assert "identical" in capsys.readouterr().out


def test_info_tells_metadata_and_how_much_light_each_was_given(tmp_path: Path, capsys: Run) -> None:
    scene = np.full((64, 64, 3), 0.2)
    for name, seconds, iso in (("short", Fraction(1, 64), 400), ("long", Fraction(1, 4), 200)):
        (tmp_path / f"{name}.dng").write_bytes(dng(scene, Shot(seconds=seconds, iso=iso)))
    (tmp_path / "a.jpg").write_bytes(rich_parent.jpeg(_frame(0.5, 1), profile_of(DISPLAY_P3)))
    names = [str(tmp_path / name) for name in ("short.dng", "long.dng", "a.jpg")]
    assert main(["info", *names, "--json"]) == 0
    short, long, other = json.loads(capsys.readouterr().out)
    assert (short["exposure_value"], long["exposure_value"]) == (6.97, 3.97)
    assert "stops_from_first" not in short
    assert (long["stops_from_first"], long["exposure_ratio_to_first"]) == (3.0, 8.0)
    assert other["position"] == {"latitude": 47.37505, "longitude": -8.541667, "altitude": 408.1}
    assert (other["metadata"], other["profile"]) == (["exif", "xmp", "iptc"], "Display P3")
    assert (other["camera"], other["lens"]) == ("Acme One", "35mm F2")
    assert main(["info", *names]) == 0
    text = capsys.readouterr().out
    assert "  position: latitude 47.37505, longitude -8.541667, altitude 408.1\n" in text
    assert "  metadata: exif, xmp, iptc\n" in text


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_recipe_in_a_linked_folder_finds_its_photos(pair: tuple[str, str], tmp_path: Path) -> None:
    (tmp_path / "elsewhere" / "deep").mkdir(parents=True)
    (tmp_path / "out").symlink_to(tmp_path / "elsewhere" / "deep")
    out = tmp_path / "out" / "out.png"
    assert main(["fuse", *pair, "-o", str(out), "--effort", "quick"]) == 0
    assert main(["redo", f"{out}.json"]) == 0
