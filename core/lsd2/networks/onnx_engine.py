"""Networks on ONNX Runtime: what the packaged program carries instead of PyTorch."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import cast

import numpy as np

# ONNX Runtime's wheels report its use to their maker, and keep an identifier in the user's cache, unless this is set
# before they are loaded; `disable_telemetry_events` comes too late.  This program sends nothing anywhere.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime

from lsd2.errors import DeviceError, WeightsError
from lsd2.io.naming import one_line, shown
from lsd2.networks.manifest import ModelEntry, OnnxFile, check_weights
from lsd2.networks.memory import as_memory_error, is_out_of_memory
from lsd2.options import Device
from lsd2.photo import FloatImage
from lsd2.system import available_cores

INPUT, OUTPUT = "x", "y"
"""Names in the file: (1, channels, H, W) and (1, 3, H, W), float32; H and W are multiples of the network's grid."""
_PROVIDERS = {Device.CUDA: "CUDAExecutionProvider", Device.MPS: "CoreMLExecutionProvider"}
"""ONNX Runtime's names of the graphics processors that a user can choose."""
_FATAL = 4
"""Severity from which on ONNX Runtime prints; what goes wrong comes as an exception anyway."""


@dataclass(frozen=True, slots=True)
class OnnxEngine:
    """A session; it takes, computes and gives float32."""

    session: onnxruntime.InferenceSession
    device: str

    @property
    def name(self) -> str:
        return "onnxruntime"

    @property
    def precision(self) -> str:
        return "float32"

    @property
    def value_bytes(self) -> int:
        return 4

    def run(self, tile: FloatImage) -> FloatImage:
        """As `Engine.run`."""
        x = np.ascontiguousarray(tile.transpose(2, 0, 1))[None]
        with as_memory_error(f"a tile of {tile.shape[1]}x{tile.shape[0]}"):
            y = self.session.run([OUTPUT], {INPUT: x})[0]
        return np.ascontiguousarray(cast(FloatImage, y)[0].transpose(1, 2, 0))

    def free_memory(self) -> None:
        """As `Engine.free_memory`; without its arena ONNX Runtime keeps none."""


def open_engine(entry: ModelEntry, wanted: Device) -> OnnxEngine:
    """The network of the entry's ONNX file on the processor, or on the graphics processor that was asked for.

    Raises
    ------
    WeightsError
        When there is no ONNX file, or it is damaged.
    DeviceError
        When the chosen device is not there.
    MemoryError
        When there is too little memory for the network.
    """
    if entry.onnx is None:
        raise WeightsError(
            f"the model {entry.name} cannot run without PyTorch; where LSD2 is installed from source, "
            f"'lsd2 weights convert {entry.name}' makes it fit for this program"
        )
    providers = _providers(wanted)
    with as_memory_error(f"the weights {shown(entry.onnx.path)}"):
        session = _session(entry.onnx, providers)
    return OnnxEngine(session, "cpu" if wanted is Device.AUTO else str(wanted))


def _providers(wanted: Device) -> list[str]:
    """What computes, in order of preference; automatic is the processor."""
    there = onnxruntime.get_available_providers()
    provider = _PROVIDERS.get(wanted)
    if provider is not None and provider not in there:
        raise DeviceError(f"this program cannot compute on '{wanted}' here; choose the device 'auto' or 'cpu'")
    return [*([provider] if provider else []), "CPUExecutionProvider"]


def _session(file: OnnxFile, providers: list[str]) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = available_cores()
    options.log_severity_level = _FATAL
    # The arena doubles its blocks and never gives them back; `system.reuse_memory` does as well without.
    options.enable_cpu_mem_arena = False
    check_weights(file.path, file.sha256)
    try:
        return onnxruntime.InferenceSession(str(file.path), options, providers=providers)
    except Exception as error:  # its errors have no common class but this one
        if is_out_of_memory(error):
            raise
        raise WeightsError(f"{shown(file.path)} is no network that can run ({one_line(error)})") from error
