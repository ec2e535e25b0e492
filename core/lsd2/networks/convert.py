"""Trained PyTorch networks as ONNX files, for the packaged program.

The file holds the graph as it is for sizes that are multiples of the network's grid, which is all an engine is ever
given, and the weights in half precision, as they were trained to be stored; the network computes in float32.
"""

from __future__ import annotations

import hashlib
import tempfile
import warnings
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from lsd2.errors import WeightsError
from lsd2.networks.architectures import Network
from lsd2.networks.load import load_network
from lsd2.networks.manifest import ModelEntry, OnnxFile, write_entry, write_file
from lsd2.networks.onnx_engine import INPUT, OUTPUT, open_engine
from lsd2.networks.torch_engine import TorchEngine
from lsd2.options import Device

OPSET = 17
LARGEST_DIFFERENCE = 1e-3
"""Between the two engines' pictures, of full scale; beyond it the file is not used.  Measured: under 1e-6."""


def convert(entry: ModelEntry, folder: Path) -> OnnxFile:
    """Write a model's ONNX file into `folder`, check its pictures, and list it in the manifest there.

    Raises
    ------
    WeightsError
        When the weights are not usable, the pictures differ, or the folder cannot be written to.
    """
    network = load_network(entry)
    data = _exported(network)
    target = folder / f"{entry.name}.onnx"
    write_file(target, data)
    file = OnnxFile(target, hashlib.sha256(data).hexdigest())
    converted = replace(entry, path=folder / entry.path.name, onnx=file)
    try:
        _check(network, converted)
    except WeightsError:
        target.unlink()
        raise
    write_entry(converted)
    return file


def _exported(network: Network) -> bytes:
    grid, channels = network.config.grid, network.config.in_channels
    with tempfile.TemporaryDirectory() as scratch, warnings.catch_warnings():
        traced = Path(scratch) / "traced.onnx"
        warnings.simplefilter("ignore")  # on the exporter's age, and on sizes: those it will meet are multiples of grid
        torch.onnx.export(
            network,
            (torch.zeros(1, channels, 2 * grid, 3 * grid),),
            str(traced),
            dynamo=False,
            opset_version=OPSET,
            input_names=[INPUT],
            output_names=[OUTPUT],
            dynamic_axes={INPUT: {2: "height", 3: "width"}, OUTPUT: {2: "height", 3: "width"}},
        )
        model = onnx.load_model(str(traced))
    _halve_weights(model)
    onnx.checker.check_model(model)
    data: bytes = model.SerializeToString()
    return data


def _halve_weights(model: onnx.ModelProto) -> None:
    """Store weights that lose nothing by it in half precision, each behind a cast, which ONNX Runtime folds away."""
    casts = []
    for weight in model.graph.initializer:
        values = numpy_helper.to_array(weight)
        halved = values.astype(np.float16) if values.dtype == np.float32 else values
        if weight.data_type != TensorProto.FLOAT or not np.array_equal(halved.astype(np.float32), values):
            continue
        name = weight.name
        weight.CopyFrom(numpy_helper.from_array(halved, f"{name}.half"))
        casts.append(helper.make_node("Cast", [f"{name}.half"], [name], to=TensorProto.FLOAT))
    nodes = [*casts, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)


def _check(network: Network, converted: ModelEntry) -> None:
    """Both engines on noise of two sizes."""
    torch_engine = TorchEngine(network, torch.device("cpu"), torch.float32)
    onnx_engine = open_engine(converted, Device.CPU)
    grid, channels = network.config.grid, network.config.in_channels
    rng = np.random.default_rng(0)
    for rows, columns in ((1, 1), (5, 4)):
        tile = rng.random((rows * grid, columns * grid, channels), dtype=np.float32)
        difference = float(np.abs(torch_engine.run(tile) - onnx_engine.run(tile)).max())
        if not difference < LARGEST_DIFFERENCE:
            raise WeightsError(f"the ONNX file of {converted.name} gives other pictures (by {difference:.2g} of 1)")
