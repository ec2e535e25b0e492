"""Training crops per second of the synthesis, on one core, and what a crop costs against the network's step.

python tests/benchmarks/synthesis.py PHOTOS [--crops 500]
"""

from __future__ import annotations

import argparse
import itertools
import time
from pathlib import Path

import cv2
import numpy as np
import torch

from lsd2.networks.unet import UNet
from lsd2.networks.unet_config import FAST
from lsd2.training.config import TrainConfig
from lsd2.training.dataset import StreamConfig, TripletStream, triplets
from lsd2.training.loop import Trainer, fuse_step
from lsd2.training.photos import find_photos, weigh


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
    started = time.perf_counter()
    for _ in itertools.islice(stream, args.crops):
        pass
    made = args.crops / (time.perf_counter() - started)
    batch = torch.stack(list(itertools.islice(TripletStream(photos, (), config, 0), 16)))
    trainer = Trainer(UNet(FAST), TrainConfig(), {"network": {}, "stream": {}})
    trainer._one_step(batch, fuse_step, 0.5)
    started = time.perf_counter()
    for _ in range(5):
        trainer._one_step(batch, fuse_step, 0.5)
    learnt = 5 * 16 / (time.perf_counter() - started)
    print(f"synthesis {made:.0f} crops of {config.crop}x{config.crop} per second on one core")
    print(
        f"training the fast network {learnt:.0f} crops per second on one core: synthesis is {made / learnt:.1f}x faster"
    )


if __name__ == "__main__":
    main()
