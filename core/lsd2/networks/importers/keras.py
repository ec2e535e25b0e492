"""The LSD2 network as its authors publish it: the weights of a Keras model in an HDF5 file.

A file of Keras 2 (`save_weights` or `save`, names end in `:0`) lists its layers in `layer_names`; one of Keras 3
(`.weights.h5`) has a group for each, in which the arrays are numbered.  Keras keeps a kernel as (kh, kw, in, out), and
that of a transposed convolution as (kh, kw, out, in).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import h5py
import numpy as np
import torch
from torch import Tensor

from lsd2.errors import WeightsError
from lsd2.io.naming import one_line, shown
from lsd2.networks.importers.foreign import Foreign, Layer, check_size
from lsd2.networks.unet_config import OUT_CHANNELS, PAPER, UNetConfig

NOT_WEIGHTS = {"optimizer_weights", "optimizer"}


def read_keras(path: Path) -> Foreign:
    """The full-resolution U-Net, of any width and depth, in a Keras HDF5 file.

    Raises
    ------
    WeightsError
        When there is none.
    """
    check_size(path)
    try:
        with h5py.File(path, "r") as file:
            layers = _in_network_order(_layers(file))
    except (OSError, KeyError, ValueError, TypeError, AttributeError, RuntimeError) as error:
        raise WeightsError(
            f"{shown(path)} is no file of Keras weights ({one_line(error)}); import another file"
        ) from error
    config = _config(layers)
    if config is None:
        raise WeightsError(f"{shown(path)} holds no LSD2 network (its layers do not fit); import another file")
    described = {"method": "lsd2", "architecture": "unet", "config": config.to_dict()}
    return Foreign({**described, "training": {"source": "Keras, HDF5", "file": path.name}}, _state(layers, config))


def _layers(file: h5py.File) -> dict[str, Layer]:
    """Kernel and bias of every convolution by the name of its layer, as they are in the file."""
    root = file.get("model_weights", file)
    if "layer_names" in root.attrs:
        names = [name.decode() if isinstance(name, bytes) else str(name) for name in root.attrs["layer_names"]]
        groups = {name: root[name] for name in names}
    else:
        groups = {name: root["layers"][name] for name in root["layers"] if name not in NOT_WEIGHTS}
    found = {name: _arrays(group) for name, group in groups.items()}
    return {name: (kernel, bias) for name, (kernel, bias) in ((n, a) for n, a in found.items() if len(a) == 2)}


def _arrays(group: h5py.Group) -> list[np.ndarray[tuple[int, ...], np.dtype[np.float32]]]:
    """The arrays of one layer, the kernel first; they may lie in groups of their own."""
    arrays: list[np.ndarray[tuple[int, ...], np.dtype[np.float32]]] = []
    group.visititems(
        lambda _, item: arrays.append(np.asarray(item, np.float32)) if isinstance(item, h5py.Dataset) else None
    )
    return sorted(arrays, key=lambda array: -array.ndim)


def _in_network_order(layers: dict[str, Layer]) -> list[Layer]:
    """Encoder, decoder (each level's transposed convolution first), last layer; kernels in PyTorch's order of axes.

    Within a kind, layers are numbered in the order in which the model was built; HDF5 lists them by the alphabet.
    """
    by_number = sorted(layers, key=lambda name: int((re.findall(r"\d+$", name) or ["0"])[0]))
    plain, up = ([layers[name] for name in by_number if ("transpose" in name) == wanted] for wanted in (False, True))
    levels = len(up) + 1
    if len(plain) != 4 * levels - 1:
        raise ValueError(f"{len(plain)} convolutions and {len(up)} transposed ones")
    ordered = plain[: 2 * levels]
    for index, transposed in enumerate(up):
        first = 2 * (levels + index)
        ordered += [transposed, plain[first], plain[first + 1]]
    # (kh, kw, in, out) becomes (out, in, kh, kw), and (kh, kw, out, in) becomes (in, out, kh, kw)
    return [(kernel.transpose(3, 2, 0, 1), bias) for kernel, bias in [*ordered, plain[-1]]]


def _config(layers: Sequence[Layer]) -> UNetConfig | None:
    """The network that these layers make up; None if they do not."""
    levels = (len(layers) + 2) // 5
    widths = tuple(int(weight.shape[0]) for weight, _ in layers[: 2 * levels : 2])
    config = replace(PAPER, widths=widths, in_channels=int(layers[0][0].shape[1]))
    wanted = _shapes(config)
    fits = config.in_channels == PAPER.in_channels and [weight.shape for weight, _ in layers] == wanted
    return config if fits else None


def _shapes(config: UNetConfig) -> list[tuple[int, ...]]:
    widths = config.widths
    shapes: list[tuple[int, ...]] = []
    for inside, out in pairwise((config.in_channels, *widths)):
        shapes += [(out, inside, 3, 3), (out, out, 3, 3)]
    for below, out in pairwise(reversed(widths)):
        shapes += [(below, out, 2, 2), (out, 2 * out, 3, 3), (out, out, 3, 3)]
    return [*shapes, (OUT_CHANNELS, widths[0], 1, 1)]


def _state(layers: Sequence[Layer], config: UNetConfig) -> dict[str, Tensor]:
    levels = len(config.widths)
    names = [f"encoder.{level}.{part}" for level in range(levels) for part in (0, 2)]
    for level in range(levels - 1):
        names += [f"up.{level}", f"decoder.{level}.0", f"decoder.{level}.2"]
    state = {}
    for name, (weight, bias) in zip([*names, "head"], layers, strict=True):
        state[f"{name}.weight"] = torch.from_numpy(np.ascontiguousarray(weight))
        state[f"{name}.bias"] = torch.from_numpy(np.ascontiguousarray(bias))
    return state
