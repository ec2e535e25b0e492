"""What each ingredient of the realistic recipe brings on pairs that no recipe made.

    python tests/benchmarks/ablation.py PHOTOS -o FOLDER --from WEIGHTS --on TRIPLETS [--on ...] [--minutes 5]

WEIGHTS learnt from the paper's recipe alone.  They go on learning for the same time from that recipe, from it with one
ingredient of `lsd2.training.synthesis.ingredients` each, and from it with all; what comes out is measured on TRIPLETS,
folders as for `lsd2 evaluate`, by the network alone (`--effort quick`).  Figures are kept in FOLDER as they come, so
that a stopped run goes on; the table is printed as Markdown at the end.
"""

from __future__ import annotations

import argparse
import json
import os
from dataclasses import replace
from pathlib import Path
from statistics import fmean

import torch

from lsd2.evaluation.triplets import evaluate_triplet, find_triplets
from lsd2.networks.portable import install
from lsd2.options import Effort, ProcessOptions
from lsd2.progress import Silent
from lsd2.training.dataset import StreamConfig
from lsd2.training.synthesis import pair
from lsd2.training.synthesis.ingredients import INGREDIENTS, paper_with
from lsd2.training.tasks import TASKS
from lsd2.training.train import Given, Job, train

BASE, ALL = "paper", "all"
VARIANTS = {BASE: (), **{name: (name,) for name in INGREDIENTS}, ALL: tuple(INGREDIENTS)}


def learn(name: str, target: Path, args: argparse.Namespace) -> int:
    """Train one variant; returns the number of crops it saw."""
    pair.RECIPES[name] = paper_with(*VARIANTS[name])
    task = replace(TASKS["lsd2"], stream=lambda _, crop: StreamConfig(mix=((name, 1.0),)))
    TASKS["lsd2"] = task
    given = Given(rate=args.rate, minutes=args.minutes, threads=1, loaders=0)
    job = Job("lsd2", args.photos, target, tuple(args.gyro), start=args.start)
    return train(job, given, lambda _: None, print).crops


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
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--rate", type=float, default=2e-4)
    args = parser.parse_args()
    args.output.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    os.environ["XDG_DATA_HOME"] = str(args.output.resolve())
    figures = {}
    for name in VARIANTS:
        kept = args.output / f"{name}.json"
        if not kept.exists():
            weights = args.output / f"{name}.safetensors"
            crops = learn(name, weights, args)
            install(weights, f"ablation-{name}", args.output / "lsd2" / "weights")
            found = {folder.name: measured(f"ablation-{name}", folder) for folder in args.on}
            kept.write_text(json.dumps({"crops": crops, "figures": found}))
            print(name, crops, found, flush=True)
        figures[name] = json.loads(kept.read_text())["figures"]
    print(table(figures, args.on))


if __name__ == "__main__":
    main()
