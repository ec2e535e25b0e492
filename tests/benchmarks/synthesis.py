"""Processor seconds that the synthesis takes for a training crop, against those of learning from it.

python tests/benchmarks/synthesis.py PHOTOS [--crops 500]
"""

from __future__ import annotations

import argparse
import itertools
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import torch

from lsd2.networks.unet import UNet
from lsd2.networks.unet_config import FAST
from lsd2.training.config import TrainConfig
from lsd2.training.dataset import StreamConfig, TripletStream, triplets
from lsd2.training.loop import Trainer
from lsd2.training.photos import find_photos, weigh
from lsd2.training.tasks import fuse_step

BATCH, STEPS = 16, 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--crops", type=int, default=500)
    args = parser.parse_args()
    cv2.setNumThreads(1)
    torch.set_num_threads(1)
    config = StreamConfig()
    photos = weigh(find_photos(args.photos))
    stream = triplets(photos, (), config, np.random.default_rng(0))
    next(stream)
    made = seconds_for(lambda: consume(stream, args.crops)) / args.crops
    batch = torch.stack(list(itertools.islice(TripletStream(photos, (), config, 0), BATCH)))
    trainer = Trainer(UNet(FAST), TrainConfig(), {"network": {}, "stream": {}})
    trainer._one_step(batch, fuse_step, 0.5)
    learnt = seconds_for(lambda: [trainer._one_step(batch, fuse_step, 0.5) for _ in range(STEPS)]) / (STEPS * BATCH)
    print(f"one crop of {config.crop}x{config.crop}, in processor milliseconds on one core:")
    print(f"  synthesis {made * 1e3:.1f}; a training step of the fast network {learnt * 1e3:.1f}")
    print(f"  one loader keeps up with {learnt / made:.1f} training processes")


def consume(stream: Iterator[object], number: int) -> None:
    for _ in itertools.islice(stream, number):
        pass


def seconds_for(work: Callable[[], object]) -> float:
    """Of this process, which has one thread, whatever else the machine does."""
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    main()
