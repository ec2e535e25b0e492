"""Small pictures fetched before they are needed, several at a time: decoding them is most of the work of pairing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import pairwise

from lsd2.pairing.look import KEPT, look
from lsd2.pairing.model import Shot
from lsd2.progress import Progress, Stage

_READERS = 4
"""Threads; decoders let go of the interpreter."""
Run = Sequence[Shot]


def with_pictures(
    runs: Iterable[Run], fits: Callable[[Shot, Shot], bool], progress: Progress, *, thoroughly: bool = False
) -> Iterator[Run]:
    """The runs one after the other; small pictures of neighbours that `fits` are at hand when their run comes.

    `progress` is told how many shots have been passed, and may raise `Cancelled`.
    """
    listed = list(runs)
    total, passed = sum(map(len, listed)), 0
    pool = ThreadPoolExecutor(_READERS)
    try:
        for batch in _batches(listed):
            wanted = {shot.path: shot for run in batch for pair in pairwise(run) if fits(*pair) for shot in pair}
            for number, _ in enumerate(pool.map(partial(look, thoroughly=thoroughly), wanted.values())):
                progress.report(Stage.READ, min(passed + number, total), total)
            yield from batch
            passed += sum(map(len, batch))
    finally:
        pool.shutdown(cancel_futures=True)


def _batches(runs: Iterable[Run]) -> Iterator[list[Run]]:
    """Of so many shots that their pictures are kept until they are used."""
    batch: list[Run] = []
    for run in runs:
        if batch and sum(map(len, batch)) + len(run) > KEPT // 2:
            yield batch
            batch = []
        batch.append(run)
    if batch:
        yield batch
