"""Weights in Keras's layouts become the network that Keras computes; a NumPy forward pass stands in for Keras."""

from __future__ import annotations

from pathlib import Path

import h5py
import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from lsd2.errors import WeightsError
from lsd2.networks.importers import READERS
from lsd2.networks.importers.keras import read_keras
from lsd2.networks.unet import UNet
from lsd2.networks.unet_config import UNetConfig

Array = NDArray[np.float32]
WIDTHS = (4, 6, 8)
Weights = dict[str, tuple[Array, Array]]


def weights() -> Weights:
    """Random kernels and biases by the names that Keras gives, in the order in which the model is built."""
    rng, made = np.random.default_rng(0), Weights()

    def add(kind: str, shape: tuple[int, ...], out: int) -> None:
        count = sum(name == kind or name.rpartition("_")[0] == kind for name in made)
        kernel = rng.normal(0, 0.3, shape).astype(np.float32)
        made[f"{kind}_{count}" if count else kind] = kernel, rng.normal(0, 0.1, out).astype(np.float32)

    inside = 6
    for out in WIDTHS:
        add("conv2d", (3, 3, inside, out), out)
        add("conv2d", (3, 3, out, out), out)
        inside = out
    for out in WIDTHS[-2::-1]:
        add("conv2d_transpose", (2, 2, out, inside), out)
        add("conv2d", (3, 3, 2 * out, out), out)
        add("conv2d", (3, 3, out, out), out)
        inside = out
    add("conv2d", (1, 1, inside, 3), 3)
    return made


def conv(x: Array, kernel: Array, bias: Array) -> Array:
    """Keras's Conv2D with same padding, channels last: (H, W, in) to (H, W, out)."""
    reach = kernel.shape[0] // 2
    padded = np.pad(x, ((reach, reach), (reach, reach), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, kernel.shape[:2], (0, 1))
    return np.asarray(np.einsum("hwcab,abco->hwo", windows, kernel) + bias, np.float32)


def transposed(x: Array, kernel: Array, bias: Array) -> Array:
    """Keras's Conv2DTranspose with stride 2 and a 2x2 kernel (kh, kw, out, in)."""
    spread = np.einsum("hwc,aboc->hawbo", x, kernel)
    return np.asarray(spread.reshape(2 * x.shape[0], 2 * x.shape[1], -1) + bias, np.float32)


def forward(x: Array, layers: Weights) -> Array:
    """The paper's network on (H, W, 6); H and W are multiples of 4."""
    plain = iter([value for name, value in layers.items() if "transpose" not in name])
    up = iter([value for name, value in layers.items() if "transpose" in name])

    def double(maps: Array) -> Array:
        for _ in range(2):
            maps = np.maximum(conv(maps, *next(plain)), 0)
        return maps

    skips = [double(x)]
    for _ in WIDTHS[1:]:
        height, width, channels = skips[-1].shape
        skips.append(double(skips[-1].reshape(height // 2, 2, width // 2, 2, channels).max(axis=(1, 3))))
    maps = skips.pop()
    while skips:
        maps = double(np.concatenate([transposed(maps, *next(up)), skips.pop()], axis=2))
    return conv(maps, *next(plain))


def write_keras2(path: Path, layers: Weights, root: str = "/") -> None:
    """As Keras 2 does; layers without weights are in the list, too."""
    with h5py.File(path, "w") as file:
        group = file.require_group(root)
        group.attrs["layer_names"] = [b"input_1", *(name.encode() for name in layers)]
        group.create_group("input_1").attrs["weight_names"] = np.array([], "S1")
        for name, (kernel, bias) in layers.items():
            group.create_dataset(f"{name}/{name}/kernel:0", data=kernel)
            group.create_dataset(f"{name}/{name}/bias:0", data=bias)


def write_keras3(path: Path, layers: Weights) -> None:
    with h5py.File(path, "w") as file:
        file.create_group("layers/max_pooling2d/vars")
        for name, arrays in layers.items():
            for index, array in enumerate(arrays):
                file.create_dataset(f"layers/{name}/vars/{index}", data=array)


def shifted(layers: Weights) -> Weights:
    """As in a session in which other models were built before: the numbers go on, beyond 9."""

    def renamed(name: str) -> str:
        kind, _, number = name.rpartition("_")
        return f"{kind}_{int(number) + 7}" if number.isdigit() else f"{name}_7"

    return {renamed(name): arrays for name, arrays in layers.items()}


@pytest.mark.parametrize("layout", ["keras2", "model_weights", "numbers", "keras3"])
def test_an_imported_network_gives_what_keras_gives(layout: str, tmp_path: Path) -> None:
    layers, path = weights(), tmp_path / "LSD2_ft.hdf5"
    if layout == "keras3":
        write_keras3(path, layers)
    elif layout == "numbers":
        write_keras2(path, shifted(layers))
    else:
        write_keras2(path, layers, "model_weights" if layout == "model_weights" else "/")
    foreign = READERS[path.suffix](path)
    config = UNetConfig.from_dict(foreign.described["config"])
    assert config == UNetConfig(widths=WIDTHS)
    assert foreign.described["method"] == "lsd2"
    network = UNet(config).eval()
    network.load_state_dict(foreign.state)
    x = np.random.default_rng(1).random((16, 24, 6)).astype(np.float32)
    with torch.no_grad():
        made = network(torch.from_numpy(x.transpose(2, 0, 1).copy())[None])[0].numpy().transpose(1, 2, 0)
    expected = forward(x, layers)
    assert np.abs(expected).max() > 0.1
    assert made == pytest.approx(expected, abs=1e-5)


def test_what_is_no_such_network_is_refused(tmp_path: Path) -> None:
    layers, path = weights(), tmp_path / "other.h5"
    path.write_bytes(b"no HDF5")
    with pytest.raises(WeightsError, match=r"other\.h5 is no file of Keras weights"):
        read_keras(path)
    write_keras2(path, {name: arrays for name, arrays in layers.items() if name != "conv2d_3"})
    with pytest.raises(WeightsError, match="9 convolutions".replace("9", str(4 * len(WIDTHS) - 2))):
        read_keras(path)
    kernel, bias = layers["conv2d_1"]
    write_keras2(path, {**layers, "conv2d_1": (kernel[..., :2], bias[:2])})
    with pytest.raises(WeightsError, match="holds no LSD2 network"):
        read_keras(path)
