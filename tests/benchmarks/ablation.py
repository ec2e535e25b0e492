"""What each ingredient of the realistic recipe brings on pairs that no recipe made.

    python tests/benchmarks/ablation.py PHOTOS -o FOLDER --from WEIGHTS --on TRIPLETS [--on ...] [--crops 5000]

WEIGHTS learnt from the paper's recipe alone.  They go on learning from equally many crops of that recipe, of it with
one ingredient of `lsd2.training.synthesis.ingredients` each, and of it with all; what comes out is measured on
TRIPLETS, folders as for `lsd2 evaluate`, by the network alone (`--effort quick`).  Figures are kept in FOLDER as they
come, so that a stopped run goes on; the table is printed as Markdown at the end.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import fmean
from typing import Any

import torch
from torch import Tensor
from torch.utils.data import IterableDataset

from lsd2.evaluation.triplets import evaluate_triplet, find_triplets
from lsd2.networks.portable import install
from lsd2.options import Effort, ProcessOptions
from lsd2.progress import Silent
from lsd2.training import loop
from lsd2.training.dataset import StreamConfig, TripletStream
from lsd2.training.photos import PhotoSet
from lsd2.training.synthesis import pair
from lsd2.training.synthesis.ingredients import INGREDIENTS, paper_with
from lsd2.training.tasks import TASKS
from lsd2.training.train import Given, Job, train

BASE, ALL = "paper", "all"
VARIANTS = {BASE: (), **{name: (name,) for name in INGREDIENTS}, ALL: tuple(INGREDIENTS)}


class CountedStream(IterableDataset[Tensor]):
    """Crops of a stream, and a clock that goes by them: the budget of a run is then a number of crops."""

    def __init__(self, stream: IterableDataset[Tensor]) -> None:
        super().__init__()
        self._stream, self._seen = stream, 0

    def __iter__(self) -> Iterator[Tensor]:
        for crop in self._stream:
            self._seen += 1
            yield crop

    def monotonic(self) -> float:
        """As `time.monotonic`, in crops."""
        return self._seen


def learn(name: str, target: Path, args: argparse.Namespace) -> None:
    """Train one variant."""
    pair.RECIPES[name] = paper_with(*VARIANTS[name])

    def counted(photos: PhotoSet, gyro: tuple[Path, ...], stream: Any, seed: int) -> CountedStream:
        clock = CountedStream(TripletStream(photos, gyro, stream, seed))
        vars(loop)["time"] = clock
        return clock

    mix = StreamConfig(mix=((name, 1.0),))
    TASKS["lsd2"] = replace(TASKS["lsd2"], stream=lambda _, crop: mix, data=counted)
    given = Given(rate=args.rate, minutes=args.crops / 60, threads=1, loaders=0)
    train(Job("lsd2", args.photos, target, tuple(args.gyro), start=args.start), given, lambda _: None, print)


def measured(model: str, folder: Path) -> tuple[float, float]:
    """Mean PSNR and SSIM of a model on a folder of triplets."""
    options = ProcessOptions("lsd2", model=model, effort=Effort.QUICK)
    each = [evaluate_triplet(files, [options], Silent())["lsd2"] for files in find_triplets(folder)[0]]
    return fmean(one["psnr"] for one in each), fmean(one["ssim"] for one in each)


def table(figures: dict[str, dict[str, tuple[float, float]]], folders: list[Path]) -> str:
    """Markdown: the paper's recipe in dB and SSIM, all others by how much they differ from it."""
    lines = [
        "| learnt from | " + " | ".join(folder.name for folder in folders) + " |",
        "|---" * (1 + len(folders)) + "|",
    ]
    for name in VARIANTS:
        cells = []
        for folder in folders:
            psnr, ssim = figures[name][folder.name]
            base = figures[BASE][folder.name]
            cells.append(
                f"{psnr:.2f} / {ssim:.3f}" if name == BASE else f"{psnr - base[0]:+.2f} / {ssim - base[1]:+.3f}"
            )
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--from", dest="start", type=Path, required=True, metavar="WEIGHTS")
    parser.add_argument("--on", type=Path, action="append", required=True, metavar="TRIPLETS")
    parser.add_argument("--gyro", type=Path, action="append", default=[], metavar="CSV")
    parser.add_argument("--crops", type=int, default=5000)
    parser.add_argument("--rate", type=float, default=2e-4)
    args = parser.parse_args()
    args.output.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    os.environ["XDG_DATA_HOME"] = str(args.output.resolve())
    loop.SAVE_EVERY_SECONDS = float("inf")
    figures = {}
    for name in VARIANTS:
        kept = args.output / f"{name}.json"
        if not kept.exists():
            weights = args.output / f"{name}.safetensors"
            learn(name, weights, args)
            install(weights, f"ablation-{name}", args.output / "lsd2" / "weights")
            found = {folder.name: measured(f"ablation-{name}", folder) for folder in args.on}
            kept.write_text(json.dumps(found))
            print(name, found, flush=True)
        figures[name] = json.loads(kept.read_text())
    print(table(figures, args.on))


if __name__ == "__main__":
    main()
