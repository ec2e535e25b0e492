"""One engine in a process of its own, for `engines.py`: it says when it is ready, then runs a tile per line it reads.

    python engine_process.py ENGINE THREADS FOLDER

FOLDER holds `tile.npy`, and the default network as `float32.onnx`, `int8.onnx` and `dynamic.onnx`.  Nothing is imported
before the engine asks for it, so that start and memory are its own, and OpenVINO may live in another environment.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

STARTED = time.perf_counter()
Run = Callable[[Any], Any]
"""From a tile to a picture: float32 HWC, as `Engine.run`."""


def torch_in(precision: str) -> Callable[[int, Path], Run]:
    """PyTorch whose body computes in `precision`."""

    def opened(threads: int, folder: Path) -> Run:
        import torch

        from lsd2.networks.load import load_network
        from lsd2.networks.manifest import find_model
        from lsd2.networks.torch_engine import TorchEngine

        torch.set_num_threads(threads)
        dtype = getattr(torch, precision)
        network = load_network(find_model("lsd2", None))
        network.body_to(dtype)
        network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        return TorchEngine(network, torch.device("cpu"), dtype).run

    return opened


def onnx(name: str) -> Callable[[int, Path], Run]:
    """ONNX Runtime as the packaged program uses it, with another file."""

    def opened(threads: int, folder: Path) -> Run:
        import onnxruntime

        from lsd2.networks.onnx_engine import OnnxEngine

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.enable_cpu_mem_arena = False
        session = onnxruntime.InferenceSession(str(folder / name), options, providers=["CPUExecutionProvider"])
        return OnnxEngine(session, "cpu").run

    return opened


def openvino_in(precision: str) -> Callable[[int, Path], Run]:
    """OpenVINO, which reads the same ONNX file."""

    def opened(threads: int, folder: Path) -> Run:
        import openvino

        settings = {"INFERENCE_NUM_THREADS": threads, "INFERENCE_PRECISION_HINT": precision, "NUM_STREAMS": 1}
        model = openvino.Core().compile_model(str(folder / "float32.onnx"), "CPU", settings)

        def run(tile: Any) -> Any:
            return model([tile.transpose(2, 0, 1)[None]])[0][0].transpose(1, 2, 0)

        return run

    return opened


ENGINES: dict[str, Callable[[int, Path], Run]] = {
    "torch-float32": torch_in("float32"),
    "torch-bfloat16": torch_in("bfloat16"),
    "onnxruntime-float32": onnx("float32.onnx"),
    "onnxruntime-int8": onnx("int8.onnx"),
    "onnxruntime-int8-dynamic": onnx("dynamic.onnx"),
    "openvino-f32": openvino_in("f32"),
    "openvino-bf16": openvino_in("bf16"),
}


def main() -> None:
    """Open, then answer every line: a number of a round with its seconds, `memory` with the peak in MB."""
    name, threads, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    run = ENGINES[name](threads, folder)
    _say(time.perf_counter() - STARTED)
    import numpy as np

    tile = np.load(folder / "tile.npy")
    for line in sys.stdin:
        if line.strip() == "memory":
            _say(_peak_mb())
            continue
        started = time.perf_counter()
        picture = run(tile)
        seconds = time.perf_counter() - started
        np.save(folder / f"{name}.npy", picture)
        _say(seconds)


def _peak_mb() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 / 1e6 for line in status if line.startswith("VmHWM:"))


def _say(number: float) -> None:
    print(f"{number:.6f}", flush=True)


if __name__ == "__main__":
    main()
