"""A stand-in for the window: a worker client that records its replies, and sights of what a worker leaves behind."""

from __future__ import annotations

import os
import queue
import time
from collections.abc import Callable
from pathlib import Path

from lsd2.options import ProcessOptions
from lsd2.worker.client import WorkerClient
from lsd2.worker.process import own_prefix
from lsd2.worker.protocol import (
    Failed,
    Finished,
    OpenPhoto,
    ProcessPair,
    Reply,
    SharedImage,
    WasCancelled,
    WorkerReady,
)

PATIENCE_SECONDS = 30.0
SHM = Path("/dev/shm")

End = Finished | Failed | WasCancelled


def eventually(is_true: Callable[[], bool]) -> bool:
    """Whether it becomes true in time."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # A zombie whose parent is not us counts as ended.
    status = Path(f"/proc/{pid}/stat")
    return not (status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z")


def blocks() -> set[str]:
    """The shared-memory blocks of LSD2 on this machine."""
    return {path.name for path in SHM.glob("lsd2_*")} if SHM.is_dir() else set()


def own_blocks() -> set[str]:
    """Those of this process's workers: other programs of LSD2 come and go beside it."""
    return {name for name in blocks() if name.startswith(f"{own_prefix()}_")}


class Desk:
    """Stands in for the window."""

    def __init__(self, folder: Path, engine: str, grace_seconds: float) -> None:
        self._folder = folder
        self._replies: queue.Queue[Reply] = queue.Queue()
        self.seen: list[Reply] = []
        self.pids: list[int] = []
        self.is_broken = False
        name = engine if ":" in engine else f"tests.core.worker.scripted_engine:{engine}"
        self.client = WorkerClient(self._receive, engine=name, grace_seconds=grace_seconds)

    def _receive(self, reply: Reply) -> None:
        if self.is_broken:
            raise RuntimeError("the window is broken")
        self._replies.put(reply)

    def photo(self, name: str = "a.txt", size: tuple[int, int] = (6, 10), value: float = 0.5) -> Path:
        path = self._folder / name
        path.write_text(f"{size[0]} {size[1]} {value}", encoding="utf-8")
        return path

    def open(self, path: Path) -> int:
        job = self.client.next_job()
        self.client.submit(OpenPhoto(job, path))
        return job

    def process(self, method: str, size: tuple[int, int] = (6, 10)) -> int:
        short, long = self.photo("short.txt", size, 0.25), self.photo("long.txt", size, 0.75)
        job = self.client.next_job()
        self.client.submit(ProcessPair(job, short, long, ProcessOptions(method=method)))
        return job

    def next(self) -> Reply:
        reply = self._replies.get(timeout=PATIENCE_SECONDS)
        self.seen.append(reply)
        if isinstance(reply, WorkerReady):
            self.pids.append(reply.pid)
        return reply

    def until(self, kind: type[Reply]) -> Reply:
        """The next reply of a kind."""
        while not isinstance(reply := self.next(), kind):
            pass
        return reply

    def end_of(self, job: int) -> End:
        """How the job ended."""
        while not (isinstance(reply := self.next(), End) and reply.job == job):
            pass
        return reply

    def replies_of(self, job: int) -> list[Reply]:
        return [reply for reply in self.seen if getattr(reply, "job", None) == job]

    def rest(self) -> list[Reply]:
        """What has come and was not looked at."""
        rest = []
        while not self._replies.empty():
            rest.append(self.next())
        return rest


MakeDesk = Callable[..., Desk]


def image_of(reply: Reply) -> SharedImage:
    image = getattr(reply, "image", None)
    assert isinstance(image, SharedImage)
    return image
