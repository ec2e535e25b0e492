"""Weights of other programs: what comes in computes what they computed; what does not fit is refused in one line."""

from __future__ import annotations

from pathlib import Path

import h5py
import numpy as np
import pytest
import torch
from torch import Tensor, nn

from lsd2.errors import WeightsError
from lsd2.networks.fdncnn import FDnCNN
from lsd2.networks.fdncnn_config import FDnCNNConfig
from lsd2.networks.load import load_network
from lsd2.networks.portable import install

SMALL = FDnCNNConfig(channels=3, width=8, depth=5)


@pytest.fixture
def layers() -> list[nn.Conv2d]:
    torch.manual_seed(3)
    return list(FDnCNN(SMALL).layers)  # type: ignore[arg-type]


def plain(layers: list[nn.Conv2d], x: Tensor) -> Tensor:
    for layer in layers[:-1]:
        x = torch.relu(layer(x))
    return layers[-1](x)  # type: ignore[no-any-return]


def write_matlab(path: Path, layers: list[nn.Conv2d]) -> None:
    """The layout of MATLAB v7.3: cells are arrays of references, arrays are stored with their axes in reverse."""
    with h5py.File(path, "w") as file:
        kept = file.create_group("#refs#")

        def keep(array: np.ndarray) -> h5py.Reference:
            return kept.create_dataset(f"r{len(kept)}", data=array).ref

        def cell(references: list[h5py.Reference]) -> np.ndarray:
            return np.array(references, dtype=h5py.ref_dtype)[:, None]

        def layer(kind: str) -> h5py.Group:
            group = kept.create_group(f"r{len(kept)}")
            group["type"] = np.array([ord(letter) for letter in kind], np.uint16)[:, None]
            return group

        found = [layer("concat").ref]
        for convolution in layers:
            group = layer("conv")
            matlab = convolution.weight.detach().numpy().transpose(2, 3, 1, 0)  # kh, kw, in, out
            arrays = [keep(matlab.transpose()), keep(convolution.bias.detach().numpy()[None])]
            group.create_dataset("weights", data=cell(arrays), dtype=h5py.ref_dtype)
            found += [group.ref, layer("relu").ref]
        file.create_group("net").create_dataset("layers", data=cell(found[:-1]), dtype=h5py.ref_dtype)


def imported(path: Path, folder: Path) -> nn.Module:
    return load_network(install(path, "theirs", folder))


def test_matlab_weights_compute_the_same(layers: list[nn.Conv2d], tmp_path: Path) -> None:
    path = tmp_path / "theirs.mat"
    write_matlab(path, layers)
    picture = torch.rand(1, 4, 17, 23)
    assert torch.allclose(imported(path, tmp_path / "weights")(picture), plain(layers, picture), atol=1e-6)


def test_pytorch_weights_compute_the_same(layers: list[nn.Conv2d], tmp_path: Path) -> None:
    state = {}
    for index, layer in enumerate(layers):
        state[f"model.{2 * index}.weight"], state[f"model.{2 * index}.bias"] = layer.weight.data, layer.bias.data
    path = tmp_path / "theirs.pth"
    torch.save(dict(reversed(state.items())), path)
    picture = torch.rand(1, 4, 17, 23)
    assert torch.allclose(imported(path, tmp_path / "weights")(picture), plain(layers, picture), atol=1e-6)


def test_imported_weights_are_kept_when_imported_again(layers: list[nn.Conv2d], tmp_path: Path) -> None:
    write_matlab(tmp_path / "theirs.mat", layers)
    first = install(tmp_path / "theirs.mat", "one", tmp_path / "weights")
    second = install(first.path, "two", tmp_path / "weights")
    assert (second.sha256, second.config, second.training) == (first.sha256, first.config, first.training)
    assert first.training["file"] == "theirs.mat"


def test_grey_weights_are_refused_for_no_run_could_use_them(tmp_path: Path) -> None:
    state = {}
    for index, layer in enumerate(FDnCNN(FDnCNNConfig(channels=1, width=8, depth=5)).layers):
        assert isinstance(layer, nn.Conv2d)
        state[f"model.{2 * index}.weight"], state[f"model.{2 * index}.bias"] = layer.weight.data, layer.bias.data
    torch.save(state, tmp_path / "grey.pth")
    with pytest.raises(WeightsError, match=r"grey\.pth holds FDnCNN for grey pictures, .* runs FDnCNN for colour"):
        install(tmp_path / "grey.pth", "theirs", tmp_path / "weights")
    assert not (tmp_path / "weights").exists()


def _text(path: Path) -> None:
    path.write_text("no weights")


def _nothing(path: Path) -> None:
    """No file at all."""


def _empty_hdf5(path: Path) -> None:
    h5py.File(path, "w").close()


def _other_network(path: Path) -> None:
    torch.save({"model.0.weight": torch.zeros(8, 5, 3, 3), "model.0.bias": torch.zeros(8)}, path)


def _one_dimension(path: Path) -> None:
    weights = {"0.weight": torch.zeros(4, 4, 3, 3), "1.weight": torch.zeros(4)}
    torch.save({**weights, "0.bias": torch.zeros(4), "1.bias": torch.zeros(4)}, path)


def _not_a_sequence(path: Path) -> None:
    torch.save({"encoder.weight": torch.zeros(8, 5, 3, 3)}, path)


def _code(path: Path) -> None:
    torch.save({"model.0.weight": Path}, path)


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("a.mat", _text),
        ("a.mat", _nothing),
        ("a.mat", _empty_hdf5),
        ("a.pth", _text),
        ("a.pth", _nothing),
        ("a.pth", _other_network),
        ("a.pth", _one_dimension),
        ("a.pth", _not_a_sequence),
        ("a.pth", _code),
    ],
)
def test_what_holds_no_such_network_is_refused(name: str, write: object, tmp_path: Path) -> None:
    path = tmp_path / name
    write(path)  # type: ignore[operator]
    with pytest.raises(WeightsError, match=name.replace(".", r"\.")) as caught:
        install(path, "theirs", tmp_path / "weights")
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "weights").exists()
