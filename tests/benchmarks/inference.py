"""Throughput of a whole photo against the bare network on one tile, and the memory that fusing takes.

    python tests/benchmarks/inference.py [--megapixels 24] [--rounds 3]

The two are timed in turn in one process, so that the ratio holds on a busy machine.  Throughput counts the pixels of
the photo, so everything is in it: overlaps, reading tiles, blending.  Peak memory is that of a fresh process that fuses
a pair of files from start to end.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import numpy as np
import torch

from lsd2.io.write import write_photo
from lsd2.methods.base import PreparedPair
from lsd2.methods.network import unet_footprint
from lsd2.networks.manifest import find_model
from lsd2.networks.predictor import Predictor, stacked
from lsd2.networks.torch_engine import TorchEngine, open_engine
from lsd2.options import Device, ProcessOptions
from lsd2.photo import FloatImage
from lsd2.progress import Silent


def make_pair(megapixels: float) -> PreparedPair:
    """A 3:2 pair of soft noise, display images."""
    height = int((megapixels * 1e6 / 1.5) ** 0.5) // 2 * 2
    rng = np.random.default_rng(0)
    long = rng.random((height, height * 3 // 2, 3), dtype=np.float32)
    return PreparedPair(short=long * np.float32(0.25), long=long)


def time_photo(predictor: Predictor, pair: PreparedPair, options: ProcessOptions) -> tuple[float, int]:
    """Megapixels per second over the whole photo, and the longest side of its tiles."""
    size = pair.short.shape[0], pair.short.shape[1]
    started = time.perf_counter()
    _, plan = predictor.predict(stacked(pair.long, pair.short), size, options, Silent())
    seconds = time.perf_counter() - started
    return size[0] * size[1] / 1e6 / seconds, max(max(tile.width, tile.height) for tile in plan.tiles)


def time_bare(engine: TorchEngine, side: int, rounds: int = 3) -> float:
    """Megapixels per second of the network alone on one tile of `side`."""
    x = torch.rand(1, 6, side, side).contiguous(memory_format=torch.channels_last)
    with torch.inference_mode():
        engine.network(x)
        seconds = []
        for _ in range(rounds):
            started = time.perf_counter()
            engine.network(x)
            seconds.append(time.perf_counter() - started)
    return side * side / 1e6 / median(seconds)


def peak_memory_mb(pair: PreparedPair) -> float:
    """Largest resident memory of `lsd2 fuse` on this pair as 8-bit files, 10^6 bytes."""
    with tempfile.TemporaryDirectory() as folder:
        short, long = Path(folder) / "short.jpg", Path(folder) / "long.jpg"
        write_photo(short, _shifted(pair.short))
        write_photo(long, pair.long)
        code = (
            "import sys; from lsd2.cli.main import main; from lsd2.system import peak_rss_mb;"
            "code = main(sys.argv[1:]); print(peak_rss_mb()); sys.exit(code)"
        )
        arguments = ["fuse", str(short), str(long), "-o", str(Path(folder) / "out.jpg")]
        done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])


def _shifted(image: FloatImage) -> FloatImage:
    """Moved by 12 pixels, so that alignment has to warp."""
    return np.roll(image, (12, -9), axis=(0, 1))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megapixels", type=float, default=24)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=0)
    args = parser.parse_args()
    if args.threads:
        torch.set_num_threads(args.threads)
    entry = find_model("lsd2", None)
    engine = open_engine(entry, Device.CPU)
    predictor = Predictor(engine, unet_footprint(entry))
    pair, ratios = make_pair(args.megapixels), []
    for _ in range(args.rounds):
        whole, side = time_photo(predictor, pair, ProcessOptions())
        bare = time_bare(engine, side)
        ratios.append(whole / bare)
        print(f"photo {whole:.2f} MP/s, bare network on one {side}x{side} tile {bare:.2f} MP/s: {whole / bare:.1%}")
    threads = f"{engine.precision}, {torch.get_num_threads()} threads"
    print(f"{entry.name}, {threads}: median {median(ratios):.1%} of the bare network")
    print(f"peak memory of fusing {args.megapixels:g} MP files: {peak_memory_mb(pair):.0f} MB")


if __name__ == "__main__":
    main()
