"""Weights are listed, verified and refused in plain words."""

from __future__ import annotations

import hashlib
import json
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from lsd2.errors import WeightsError
from lsd2.networks import manifest
from lsd2.networks.engine import ready_engine
from lsd2.networks.load import load_network
from lsd2.networks.manifest import ModelEntry, all_models, find_model
from lsd2.networks.portable import install, read_description
from lsd2.options import Device


def test_installed_weights_are_found_with_all_that_is_known(weight_folder: Path) -> None:
    (entry,) = all_models()
    assert (entry.name, entry.method, entry.architecture) == ("tiny", "lsd2", "unet")
    assert entry.training == {"crops": 5}
    assert entry.parameters == sum(p.numel() for p in load_network(entry).parameters())


def test_default_model_is_the_first_of_the_method(weight_folder: Path) -> None:
    assert find_model("lsd2", None).name == "tiny"


def test_unknown_model_names_the_known_ones(weight_folder: Path) -> None:
    with pytest.raises(WeightsError, match=r"no weights called nope for lsd2 \(known: tiny\)"):
        find_model("lsd2", "nope")


def test_method_without_weights(weight_folder: Path) -> None:
    with pytest.raises(WeightsError, match=r"no weights for fdncnn .*none are installed"):
        find_model("fdncnn", None)


def test_missing_file_is_named(entry: ModelEntry) -> None:
    entry.path.unlink()
    with pytest.raises(WeightsError, match=r"tiny\.safetensors cannot be read .*install the program again"):
        load_network(entry)


def test_checking_a_file_holds_no_copy_of_it(tmp_path: Path) -> None:
    path, data = tmp_path / "weights.safetensors", bytes(8 << 20)
    path.write_bytes(data)
    sha256 = hashlib.sha256(data).hexdigest()
    del data
    tracemalloc.start()
    manifest.check_weights(path, sha256)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1 << 20


def test_advice_fits_the_folder(weight_folder: Path, weight_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program's own folder comes with the program; what is in the user's, the user put there."""
    monkeypatch.setattr(manifest, "weight_folders", lambda: (weight_folder.parent / "none", weight_folder))
    entry = find_model("lsd2", "tiny")
    entry.path.write_bytes(b"x")
    with pytest.raises(WeightsError, match=r"are damaged .*; remove it and import the weights again"):
        load_network(entry)
    entry.path.unlink()
    with pytest.raises(WeightsError, match=r"cannot be read .*; remove it and import the weights again"):
        load_network(entry)
    listing = weight_folder / manifest.MANIFEST
    listing.write_text("{")
    with pytest.raises(WeightsError, match=r"manifest\.json is damaged .*; remove it and import the weights again"):
        all_models()
    listing.unlink()
    install(weight_file, "tiny", weight_folder)
    assert find_model("lsd2", "tiny").path == entry.path


@pytest.mark.parametrize("position", [0, 100, -1])
def test_one_wrong_byte_is_noticed(entry: ModelEntry, position: int) -> None:
    data = bytearray(entry.path.read_bytes())
    data[position] ^= 1
    entry.path.write_bytes(data)
    with pytest.raises(WeightsError, match="are damaged"):
        load_network(entry)


def test_weights_of_another_network_are_refused(entry: ModelEntry) -> None:
    other = replace(entry, config={**entry.config, "widths": (4, 16)})
    with pytest.raises(WeightsError, match=r"does not fit .*size mismatch for encoder") as raised:
        load_network(other)
    reason = str(raised.value).replace(str(entry.path), "")
    assert "\n" not in reason
    assert len(reason) < 300


@pytest.mark.parametrize("config", [{"widths": []}, {"widths": 3}, {}, {"widths": [4, 8], "depth": 2}])
def test_impossible_network_is_refused(entry: ModelEntry, config: dict[str, object]) -> None:
    with pytest.raises(WeightsError, match="does not fit"):
        load_network(replace(entry, config=config))


@pytest.mark.parametrize(
    "error", [MemoryError(), RuntimeError("DefaultCPUAllocator: not enough memory: you tried to allocate 99 bytes.")]
)
def test_lack_of_memory_is_not_blamed_on_the_file(
    entry: ModelEntry, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hungry(*_: object) -> None:
        raise error

    monkeypatch.setattr("lsd2.networks.load.untrained", hungry)
    with pytest.raises(MemoryError):
        load_network(entry)


def test_graphics_memory_that_is_full_is_told_as_such(entry: ModelEntry, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 99 MiB")

    monkeypatch.setattr("lsd2.networks.engine._ready", {})
    monkeypatch.setattr("lsd2.networks.unet.UNet.to", full)
    with pytest.raises(MemoryError, match=r"tiny\.safetensors on cpu"):
        ready_engine(entry, Device.CPU)


def test_unknown_architecture_is_refused(entry: ModelEntry) -> None:
    with pytest.raises(WeightsError, match="'transformer' that this version does not know"):
        load_network(replace(entry, architecture="transformer"))


@pytest.mark.parametrize(
    "text",
    ["", "{}", '{"models": 3}', '{"models": {"a": {"file": "x"}}}', '{"models": {"a": {"file": "../x"}}}', "\xff"],
)
def test_damaged_manifest_is_named(weight_folder: Path, text: str) -> None:
    (weight_folder / manifest.MANIFEST).write_text(text)
    with pytest.raises(WeightsError, match=r"manifest\.json is damaged"):
        all_models()


def test_folder_without_manifest_holds_no_models(tmp_path: Path) -> None:
    assert manifest.read_manifest(tmp_path) == ()


def test_second_model_is_added_to_the_manifest(weight_folder: Path, weight_file: Path) -> None:
    install(weight_file, "second", weight_folder)
    assert [entry.name for entry in all_models()] == ["tiny", "second"]
    assert json.loads((weight_folder / manifest.MANIFEST).read_text())["models"]["second"]["file"] == (
        "second.safetensors"
    )


def test_figures_come_from_a_report_of_evaluate(weight_file: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    report.write_text(json.dumps({"images": {"a": {}, "b": {}}, "mean": {"lsd2": {"psnr": 24.5, "ssim": 0.75}}}))
    entry = install(weight_file, "measured", tmp_path / "weights", report)
    assert entry.figures == {"psnr": 24.5, "ssim": 0.75, "images": 2}
    report.write_text("{}")
    with pytest.raises(WeightsError, match=r"report\.json is no report"):
        install(weight_file, "measured", tmp_path / "weights", report)


def test_foreign_file_is_not_installed(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"\xff\xd8\xff no weights")
    with pytest.raises(WeightsError, match=r"photo\.jpg is not a weight file"):
        read_description(path)


def test_network_is_loaded_once(entry: ModelEntry) -> None:
    first = ready_engine(entry, Device.CPU)
    assert ready_engine(entry, Device.CPU) is first
    assert ready_engine(entry, Device.AUTO) is not first


def test_loaded_network_holds_the_files_values(entry: ModelEntry, weight_file: Path) -> None:
    import safetensors.torch

    stored = safetensors.torch.load_file(str(weight_file))
    loaded = load_network(entry).state_dict()
    assert loaded.keys() == stored.keys()
    assert all(torch.equal(loaded[name], stored[name].float()) for name in stored)
