"""Running pieces of work on all cores, their results in order and few at a time."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self, TypeVar

from threadpoolctl import threadpool_limits

from lsd2.imaging.bm3d.workspace import Workspace

Item = TypeVar("Item")
Output = TypeVar("Output")


class Pool:
    """Threads that compute on one core and have one workspace each.

    The pieces are the parallelism, so the library of matrix products must add none of its own.
    Leaving the pool gives up what has not begun.
    """

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._local = threading.local()
        self._executor = ThreadPoolExecutor(workers, "bm3d", initializer=self._prepare_thread)

    def __enter__(self) -> Self:
        self._limits = threadpool_limits(1, user_api="blas")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._executor.shutdown(wait=True, cancel_futures=True)
        self._limits.restore_original_limits()

    def run_in_order(self, work: Callable[[Item, Workspace], Output], items: Iterable[Item]) -> Iterator[Output]:
        """Results of `work` in the order of `items`; at most two per thread are computed ahead."""
        waiting: deque[Future[Output]] = deque()
        for item in items:
            waiting.append(self._executor.submit(self._run, work, item))
            if len(waiting) > 2 * self._workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def _prepare_thread(self) -> None:
        self._local.workspace = Workspace()

    def _run(self, work: Callable[[Item, Workspace], Output], item: Item) -> Output:
        return work(item, self._local.workspace)
