"""What runs a trained network: PyTorch where it is installed, ONNX Runtime where it is not.

Methods ask for an engine and know no library.  PyTorch trains, and reaches graphics processors; the packaged program
carries ONNX Runtime instead, which is a tenth of its size and starts at once.  Both give the same pictures.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Protocol

from lsd2.errors import DeviceError
from lsd2.networks.manifest import ModelEntry
from lsd2.options import Device
from lsd2.photo import FloatImage


class Engine(Protocol):
    """One trained network, loaded into one place, its body in one number format."""

    @property
    def name(self) -> str:
        """The library, "torch" or "onnxruntime"."""

    @property
    def device(self) -> str:
        """Where the network runs, such as "cpu"."""

    @property
    def precision(self) -> str:
        """The number format of its body, such as "bfloat16"."""

    @property
    def value_bytes(self) -> int:
        """Bytes per feature value in that format."""

    def run(self, tile: FloatImage) -> FloatImage:
        """One tile, float32 (H, W, channels) in, float32 (H, W, 3) out and not clipped.

        H and W are multiples of the network's grid.

        Raises
        ------
        MemoryError
            When memory runs out, however the library words it.
        """

    def free_memory(self) -> None:
        """Hand back what the library keeps for the next tile."""


_MODULES = {"torch": "lsd2.networks.torch_engine", "onnxruntime": "lsd2.networks.onnx_engine"}
"""Libraries in order of preference, and what speaks to them."""
_ready: dict[tuple[str, Device], Engine] = {}
"""The engines used last, by weights and by where the user wanted them."""
_READY_AT_MOST = 4


def ready_engine(entry: ModelEntry, wanted: Device) -> Engine:
    """The trained network, ready to run; the last few stay loaded for the next photo.

    Raises
    ------
    WeightsError
        When the weights are missing, damaged, or not fit for this engine.
    DeviceError
        When the chosen device is not there, or no library that runs networks is installed.
    MemoryError
        When there is too little memory for the network.
    """
    key = (entry.sha256, wanted)
    if key not in _ready:
        engine = _open(entry, wanted)
        while len(_ready) >= _READY_AT_MOST:
            del _ready[next(iter(_ready))]
        _ready[key] = engine
    return _ready[key]


def engine_name() -> str:
    """The library that runs networks in this installation.

    Raises
    ------
    DeviceError
        When there is none.
    """
    for name in _MODULES:
        if find_spec(name) is not None:
            return name
    raise DeviceError("neither PyTorch nor ONNX Runtime is installed, so no network can run; install the program again")


def load_library() -> ModuleType:
    """The module that opens networks here, with its library, which takes a moment the first time.

    Raises
    ------
    DeviceError
        When no library is installed.
    """
    return import_module(_MODULES[engine_name()])


def _open(entry: ModelEntry, wanted: Device) -> Engine:
    engine: Engine = load_library().open_engine(entry, wanted)
    return engine
