"""Importing weights: what is refused leaves the folder as it was."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import safetensors.torch
import torch

from lsd2.errors import WeightsError
from lsd2.networks import manifest
from lsd2.networks.manifest import all_models, find_model
from lsd2.networks.portable import METADATA_KEY, install, read_description


@pytest.fixture
def own_folder(weight_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folder beside the program's, which holds `tiny`."""
    folder = tmp_path / "own"
    monkeypatch.setattr(manifest, "weight_folders", lambda: (weight_folder, folder))
    return folder


def _described(path: Path, description: Any) -> Path:
    path.write_bytes(safetensors.torch.save({"a": torch.ones(1)}, metadata={METADATA_KEY: json.dumps(description)}))
    return path


@pytest.mark.parametrize("name", ["", ".hidden", "-x", "a b", "../up", "a/b", "a\\b", "naïve", "a\n", "C:x"])
def test_name_that_makes_no_file_name_is_refused(weight_file: Path, own_folder: Path, name: str) -> None:
    with pytest.raises(WeightsError, match="cannot be a model's name") as raised:
        install(weight_file, name, own_folder)
    assert str(raised.value).isprintable()
    assert not own_folder.exists()


@pytest.mark.parametrize("name", ["mine", "Mine-2.1_b", "7"])
def test_common_names_are_taken(weight_file: Path, own_folder: Path, name: str) -> None:
    assert install(weight_file, name, own_folder).path == own_folder / f"{name}.safetensors"
    assert find_model("lsd2", name).name == name


@pytest.mark.parametrize("name", ["tiny", "TINY"])
def test_name_of_another_folders_model_is_refused(weight_file: Path, own_folder: Path, name: str) -> None:
    with pytest.raises(WeightsError, match=r"there is a model tiny already .*tiny\.safetensors"):
        install(weight_file, name, own_folder)
    assert not own_folder.exists()


def test_model_of_the_same_folder_is_replaced(weight_file: Path, own_folder: Path, tmp_path: Path) -> None:
    install(weight_file, "mine", own_folder)
    state = safetensors.torch.load(weight_file.read_bytes())
    described = json.dumps(read_description(weight_file))
    changed = tmp_path / "changed.safetensors"
    changed.write_bytes(
        safetensors.torch.save({name: value * 2 for name, value in state.items()}, metadata={METADATA_KEY: described})
    )
    before = find_model("lsd2", "mine")
    install(changed, "mine", own_folder)
    after = find_model("lsd2", "mine")
    assert [entry.name for entry in all_models()] == ["tiny", "mine"]
    assert after.sha256 != before.sha256
    assert after.path.read_bytes() == changed.read_bytes()
    with pytest.raises(WeightsError, match="there is a model mine already"):
        install(changed, "MINE", own_folder)


@pytest.mark.parametrize(
    ("description", "named"),
    [
        ([], "its description"),
        ({"method": "lsd2", "architecture": "unet"}, "name its config"),
        ({"architecture": "unet", "config": {}}, "name its method"),
        ({"method": "lsd2", "architecture": None, "config": {}}, "name its architecture"),
        ({"method": "lsd2", "architecture": "unet", "config": {}, "training": 3}, "its description"),
    ],
)
def test_incomplete_description_is_said(tmp_path: Path, description: Any, named: str) -> None:
    with pytest.raises(WeightsError, match=rf"odd\.safetensors is not a weight file of this program .*{named}"):
        read_description(_described(tmp_path / "odd.safetensors", description))


def test_unknown_architecture_is_not_installed(tmp_path: Path, own_folder: Path) -> None:
    file = _described(tmp_path / "odd.safetensors", {"method": "lsd2", "architecture": "mixer", "config": {}})
    with pytest.raises(WeightsError, match=r"odd\.safetensors is for a network 'mixer'"):
        install(file, "odd", own_folder)
    assert not own_folder.exists()


def test_entries_that_are_written_at_once_are_all_there(
    weight_file: Path, own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second one begins when the first one has read the manifest, and is about to write it."""
    first = install(weight_file, "first", own_folder)
    second = threading.Thread(target=manifest.write_entry, args=(replace(first, name="second"),))
    write = manifest.write_file

    def write_late(path: Path, data: bytes) -> None:
        monkeypatch.setattr(manifest, "write_file", write)
        second.start()
        second.join(timeout=0.5)
        write(path, data)

    monkeypatch.setattr(manifest, "write_file", write_late)
    manifest.write_entry(replace(first, name="third"))
    second.join()
    assert {entry.name for entry in manifest.read_manifest(own_folder)} == {"first", "second", "third"}
    assert sorted(path.name for path in own_folder.iterdir()) == ["first.safetensors", manifest.MANIFEST]


def test_damaged_manifest_is_not_written_over(weight_file: Path, own_folder: Path) -> None:
    own_folder.mkdir()
    (own_folder / manifest.MANIFEST).write_text('{"models": ')
    with pytest.raises(WeightsError, match=r"own.manifest\.json is damaged .*remove it and import"):
        install(weight_file, "mine", own_folder)
    assert [path.name for path in own_folder.iterdir()] == [manifest.MANIFEST]
    assert (own_folder / manifest.MANIFEST).read_text() == '{"models": '


def test_folder_that_cannot_be_made_is_named(weight_file: Path, own_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(WeightsError, match=r"file.sub.*cannot be"):
        install(weight_file, "mine", tmp_path / "file" / "sub")


@pytest.mark.parametrize("failing", ["mine.safetensors", manifest.MANIFEST])
def test_full_drive_is_said_and_the_manifest_stays(
    weight_file: Path, own_folder: Path, failing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(weight_file, "first", own_folder)
    listed = (own_folder / manifest.MANIFEST).read_bytes()

    def full(temporary: Path, target: Path, overwrite: bool) -> None:
        if target.name == failing:
            raise OSError(28, "No space left on device")
        temporary.replace(target)

    monkeypatch.setattr("lsd2.io.atomic.put_in_place", full)
    with pytest.raises(WeightsError, match=rf"{failing} was not written: the drive is full"):
        install(weight_file, "mine", own_folder)
    assert (own_folder / manifest.MANIFEST).read_bytes() == listed
    assert not list(own_folder.glob("*.part"))
