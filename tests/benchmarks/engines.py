"""Engines that run the networks, beside each other: time, memory, and how far their pictures differ.

    python tests/benchmarks/engines.py [--rounds 5] [--side 512]

Every round times all engines in turn, so that the ratios hold on a busy machine; peak memory and start are those of a
fresh process each.  Pictures are compared on the sample pair.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median

import numpy as np
import torch

from lsd2.io.read import read_photo
from lsd2.networks import onnx_engine
from lsd2.networks.convert import convert
from lsd2.networks.engine import Engine
from lsd2.networks.load import load_network
from lsd2.networks.manifest import ModelEntry, find_model, read_manifest
from lsd2.networks.torch_engine import TorchEngine
from lsd2.options import Device
from lsd2.photo import FloatImage
from lsd2.resources import resource_path

CPU = torch.device("cpu")
ALONE = """
import sys, time
started = time.perf_counter()
import numpy as np
import engines
engine = engines.ENGINES[sys.argv[1]](engines.converted(sys.argv[2]))
ready = time.perf_counter() - started
engine.run(np.zeros((512, 512, 6), np.float32))
from lsd2.system import peak_rss_mb
print(ready, peak_rss_mb())
"""


def torch_in(dtype: torch.dtype) -> Callable[[ModelEntry], Engine]:
    """An opener of PyTorch engines whose body computes in `dtype`."""

    def opened(entry: ModelEntry) -> Engine:
        network = load_network(entry)
        network.body_to(dtype)
        return TorchEngine(network.to(memory_format=torch.channels_last), CPU, dtype)  # type: ignore[call-overload]

    return opened


def onnx(entry: ModelEntry) -> Engine:
    """ONNX Runtime."""
    return onnx_engine.open_engine(entry, Device.CPU)


ENGINES: dict[str, Callable[[ModelEntry], Engine]] = {
    "torch float32": torch_in(torch.float32),
    "torch bfloat16": torch_in(torch.bfloat16),
    "ONNX Runtime float32": onnx,
}


def converted(folder: str) -> ModelEntry:
    """The shipped default model with the ONNX file in `folder`."""
    shipped = find_model("lsd2", None)
    (listed,) = read_manifest(Path(folder))
    return replace(shipped, onnx=listed.onnx)


def sample_tile(side: int) -> FloatImage:
    """[long, short] of the middle of the sample pair, which has a lamp, a sign and dark walls."""
    frames = [read_photo(resource_path(f"samples/street_{role}.jpg")).pixels for role in ("long", "short")]
    return np.ascontiguousarray(np.concatenate([frame[300 : 300 + side, 300 : 300 + side] for frame in frames], axis=2))


def seconds_per_megapixel(engines: dict[str, Engine], tile: FloatImage, rounds: int) -> dict[str, float]:
    """Medians over rounds in which every engine has its turn, after one unmeasured round."""
    taken: dict[str, list[float]] = {name: [] for name in engines}
    for _ in range(rounds + 1):
        for name, engine in engines.items():
            started = time.perf_counter()
            engine.run(tile)
            taken[name].append((time.perf_counter() - started) / (tile.shape[0] * tile.shape[1] / 1e6))
    return {name: median(seconds[1:]) for name, seconds in taken.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--side", type=int, default=512)
    args = parser.parse_args()
    tile = sample_tile(args.side)
    with tempfile.TemporaryDirectory() as folder:
        convert(find_model("lsd2", None), Path(folder))
        entry, times = converted(folder), {}
        for threads in (1, 2):
            torch.set_num_threads(threads)
            onnx_engine.available_cores = lambda threads=threads: threads  # type: ignore[attr-defined]
            engines = {name: opened(entry) for name, opened in ENGINES.items()}
            times[threads] = seconds_per_megapixel(engines, tile, args.rounds)
        exact = engines["torch float32"].run(tile)
        for name, engine in engines.items():
            command = [sys.executable, "-c", ALONE, name, folder]
            done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parent)
            start, peak = map(float, done.stdout.split())
            off = np.abs(engine.run(tile) - exact)
            for threads, taken in times.items():
                ratio = taken["torch float32"] / taken[name]
                print(f"{name}, {threads} threads: {taken[name]:.2f} s/MP, {ratio:.2f} times torch float32")
            print(f"    ready in {start:.1f} s, peak {peak:.0f} MB, pictures differ by {off.max():.1e} at most")


if __name__ == "__main__":
    main()
