"""Engines that run the networks, beside each other: time, memory, start, and how far their pictures differ.

    python tests/benchmarks/engines.py [--rounds 5] [--side 512] [--openvino ENVIRONMENT/bin/python]

Every engine has a process of its own (`engine_process.py`); in every round each has its turn while the others wait, so
that the ratios hold on a busy machine.  Pictures are compared on the sample pair.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np

from lsd2.io.read import read_photo
from lsd2.networks.convert import convert
from lsd2.networks.manifest import find_model
from lsd2.photo import FloatImage
from lsd2.resources import resource_path

HERE = Path(__file__).resolve().parent
AVX2 = {"ONEDNN_MAX_CPU_ISA": "AVX2", "ATEN_CPU_CAPABILITY": "avx2"}
"""Keeps PyTorch from newer instructions.  ONNX Runtime asks the processor itself and cannot be kept from them."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line of the table: the engine's name in `engine_process`, and variables of its process."""

    title: str
    engine: str
    variables: tuple[tuple[str, str], ...] = ()


REFERENCE = Candidate("torch float32", "torch-float32")
CANDIDATES = (
    REFERENCE,
    Candidate("torch float32, AVX2 only", "torch-float32", tuple(AVX2.items())),
    Candidate("torch bfloat16", "torch-bfloat16"),
    Candidate("ONNX Runtime float32", "onnxruntime-float32"),
    Candidate("ONNX Runtime int8 (static)", "onnxruntime-int8"),
    Candidate("ONNX Runtime int8 (dynamic)", "onnxruntime-int8-dynamic"),
    Candidate("OpenVINO float32", "openvino-f32"),
    Candidate("OpenVINO bfloat16", "openvino-bf16"),
)


class Process:
    """A running `engine_process`."""

    def __init__(self, candidate: Candidate, threads: int, folder: Path, python: str) -> None:
        paths = os.pathsep.join(path for path in sys.path if "site-packages" not in path)
        environment = {**os.environ, "OMP_NUM_THREADS": str(threads), "PYTHONPATH": paths}
        self._child = subprocess.Popen(
            [python, str(HERE / "engine_process.py"), candidate.engine, str(threads), str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**environment, **dict(candidate.variables)},
        )
        self.ready_seconds = self._answer()

    def ask(self, question: str) -> float:
        """One answer."""
        assert self._child.stdin is not None
        self._child.stdin.write(f"{question}\n")
        self._child.stdin.flush()
        return self._answer()

    def _answer(self) -> float:
        assert self._child.stdout is not None
        line = self._child.stdout.readline()
        if not line:
            raise SystemExit(f"an engine ended: {self._child.args}")
        return float(line)

    def end(self) -> None:
        self._child.kill()
        self._child.wait()


def sample_tile(side: int) -> FloatImage:
    """[long, short] of the middle of the sample pair, which has a lamp, a sign and dark walls."""
    frames = [read_photo(resource_path(f"samples/street_{role}.jpg")).pixels for role in ("long", "short")]
    return np.ascontiguousarray(np.concatenate([frame[300 : 300 + side, 300 : 300 + side] for frame in frames], axis=2))


def write_networks(folder: Path, tile: FloatImage) -> None:
    """The default network in float32, and in two kinds of int8, the static one calibrated on the tile."""
    import onnxruntime
    from onnxruntime import quantization

    exact = folder / "float32.onnx"
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC  # unfolds half precision
    options.optimized_model_filepath = str(exact)
    source = convert(find_model("lsd2", None), folder).path
    onnxruntime.InferenceSession(str(source), options, providers=["CPUExecutionProvider"])
    quantization.quantize_dynamic(exact, folder / "dynamic.onnx", weight_type=quantization.QuantType.QUInt8)
    blocks = np.split(np.ascontiguousarray(tile.transpose(2, 0, 1))[None], 2, axis=3)
    quantization.quantize_static(
        exact, folder / "int8.onnx", _Blocks(blocks), quant_format=quantization.QuantFormat.QDQ, per_channel=True
    )


class _Blocks:
    """What onnxruntime calibrates with."""

    def __init__(self, blocks: list[FloatImage]) -> None:
        self._left = iter(blocks)

    def get_next(self) -> dict[str, FloatImage] | None:
        block = next(self._left, None)
        return None if block is None else {"x": block}


@contextmanager
def processes(
    candidates: list[Candidate], threads: int, folder: Path, openvino: str | None
) -> Iterator[dict[Candidate, Process]]:
    """All engines, ready."""
    with ExitStack() as stack:
        running = {}
        for candidate in candidates:
            python = openvino if candidate.engine.startswith("openvino") and openvino else sys.executable
            running[candidate] = Process(candidate, threads, folder, python)
            stack.callback(running[candidate].end)
        yield running


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--side", type=int, default=512)
    parser.add_argument("--openvino", metavar="PYTHON", help="an interpreter that has OpenVINO and NumPy")
    args = parser.parse_args()
    candidates = [c for c in CANDIDATES if args.openvino or not c.engine.startswith("openvino")]
    tile = sample_tile(args.side)
    megapixels = tile.shape[0] * tile.shape[1] / 1e6
    rows: dict[Candidate, list[str]] = {candidate: [] for candidate in candidates}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        np.save(folder / "tile.npy", tile)
        write_networks(folder, tile)
        for threads in (1, 2):
            with processes(candidates, threads, folder, args.openvino) as running:
                taken = _rounds(running, args.rounds)
                ready, peaks, pictures = {}, {}, {}
                for candidate, process in running.items():
                    process.ask("last")
                    pictures[candidate] = np.load(folder / f"{candidate.engine}.npy")
                    ready[candidate], peaks[candidate] = process.ready_seconds, process.ask("memory")
            for candidate in candidates:
                ratio = median(a / b for a, b in zip(taken[REFERENCE], taken[candidate], strict=True))
                rows[candidate].append(f"{median(taken[candidate]) / megapixels:.2f} s/MP ({ratio:.2f})")
        for candidate in candidates:
            off = np.abs(pictures[candidate] - pictures[REFERENCE])
            start = ready[candidate] / ready[REFERENCE]
            print(
                f"{candidate.title:28} {'  '.join(rows[candidate])}  peak {peaks[candidate]:.0f} MB  ready in "
                f"{ready[candidate]:.2f} s ({start:.2f})  differs by {off.max():.1e}, on average {off.mean():.1e}"
            )


def _rounds(running: dict[Candidate, Process], rounds: int) -> dict[Candidate, list[float]]:
    """Seconds of every engine in every round, after one that does not count."""
    taken: dict[Candidate, list[float]] = {candidate: [] for candidate in running}
    for number in range(rounds + 1):
        for candidate, process in running.items():
            seconds = process.ask(str(number))
            if number:
                taken[candidate].append(seconds)
    return taken


if __name__ == "__main__":
    main()
