"""What endless streams share: random numbers, and a pool from which what is costly to make is drawn several times."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import cv2
import numpy as np
from torch.utils.data import get_worker_info

Item = TypeVar("Item")


def stream_rng(seed: int) -> np.random.Generator:
    """Random numbers of this data process; it works in one thread from here on."""
    worker = get_worker_info()
    cv2.setNumThreads(1)
    return np.random.default_rng([seed, worker.id if worker else 0])


def drawn(
    source: Iterator[Item], size: int, uses: int, rng: np.random.Generator, first: int | None = None
) -> Iterator[Item]:
    """Items of a source, drawn at random from up to `size` of them, of which one is replaced after every `uses` draws.

    It begins with `first` of them, by default an eighth, so that the first does not wait for all.
    """
    pool = [next(source) for _ in range(max(1, size // 8) if first is None else first)]
    while True:
        for _ in range(uses):
            yield pool[int(rng.integers(len(pool)))]
        if len(pool) < size:
            pool.append(next(source))
        else:
            pool[int(rng.integers(len(pool)))] = next(source)
