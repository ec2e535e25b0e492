"""The scripted engine with folders: it finds and plans what the test prepared, and ends pairs when the test says so."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from pathlib import Path

from lsd2.batch.model import BatchItem, Outcome, PairState
from lsd2.pairing.model import FolderPairs, FoundPair, PairSource, Shot, Unpaired
from lsd2.photo import Metadata
from lsd2.progress import Stage
from lsd2.worker.folder_protocol import (
    BatchItemEnded,
    BatchPlanned,
    FindPairs,
    OpenThumbnail,
    PairsFound,
    PlanBatch,
    RunBatchItem,
    ThumbnailOpened,
)
from lsd2.worker.protocol import Failed, JobRequest, Progressed, WasCancelled
from tests.gui.fake_engine import FakeEngine

EVENING = datetime.fromisoformat("2024-05-01T21:00:00")


def shot(folder: Path, number: int, seconds: str, iso: int) -> Shot:
    data = Metadata(exposure_seconds=Fraction(seconds), iso=iso, taken_at=EVENING)
    return Shot(folder / f"IMG_{number}.jpg", (600, 400), data, 1000, None)


class FakeFolders(FakeEngine):
    """Finds `pairs` pairs in any folder, the second of them doubtful, and one photo that stays alone.

    Requests about folders are answered at once, but for pairs of batches, which `end_pair` and its like end.
    """

    def __init__(self, pairs: int = 3) -> None:
        super().__init__()
        self.pairs = pairs
        self.answers_at_once = True
        self.earlier: set[str] = set()
        self.journal: set[str] = set()
        """Keys of the pairs that were done."""
        self.version = ""
        """Of the photos: what changed has other keys."""
        self.problem = ""

    def submit(self, request: JobRequest) -> None:
        super().submit(request)
        if isinstance(request, OpenThumbnail):
            rgb = bytes([90, 120, 150]) * (96 * 64)
            self.reply(ThumbnailOpened(request.job, request.path, 96, 64, rgb))
        elif isinstance(request, FindPairs | PlanBatch) and self.answers_at_once:
            self.answer(request)

    def answer(self, request: FindPairs | PlanBatch) -> None:
        if self.problem:
            self.reply(Failed(request.job, self.problem))
        elif isinstance(request, FindPairs):
            self.reply(PairsFound(request.job, self.found(request.folder)))
        else:
            items = tuple(self.item(request, pair) for pair in request.pairs)
            done = Outcome(PairState.DONE, earlier=True)
            known = {item.key for item in items if item.short.name in self.earlier} | self.journal
            outcomes = {item.key: done for item in items if item.key in known}
            self.reply(BatchPlanned(request.job, items, outcomes))

    def found(self, folder: Path) -> FolderPairs:
        pairs = []
        for index in range(self.pairs):
            short, long = shot(folder, 2 * index, "1/100", 3200), shot(folder, 2 * index + 1, "1/4", 100)
            warnings = ("their apertures differ (f/2 and f/8), and with them what is in focus",) if index == 1 else ()
            reason = "taken 2 s apart; 1/100 s and 1/4 s (25 times longer)"
            pairs.append(FoundPair(short, long, PairSource.EXPOSURE, reason, warnings, 1.0))
        return FolderPairs(folder, tuple(pairs), (Unpaired(folder / "IMG_99.jpg", "the list keeps it alone"),), 2)

    def item(self, request: PlanBatch, pair: FoundPair) -> BatchItem:
        method, suffix = request.request.options.method, request.request.suffix
        target = request.request.output / f"{pair.short.path.stem}_{method}{suffix}"
        key = f"{pair.short.name}+{pair.long.name}+{method}{suffix}{self.version}"
        return BatchItem(key, pair.short.path, pair.long.path, target, pair.reason, pair.warnings)

    # ---- what the test says about the running pair ----

    @property
    def running(self) -> RunBatchItem:
        request = self.last(RunBatchItem)
        assert isinstance(request, RunBatchItem)
        return request

    @property
    def begun(self) -> list[str]:
        """Names of the short photos of all pairs that were begun."""
        return [request.item.short.name for request in self.requests if isinstance(request, RunBatchItem)]

    def pair_step(self, done: int, total: int, stage: Stage = Stage.PROCESS) -> None:
        self.reply(Progressed(self.running.job, stage, done, total))

    def end_pair(self, message: str = "", *, concerns_all: bool = False, seconds: float = 3.0) -> None:
        state = PairState.FAILED if message else PairState.DONE
        if not message:
            self.journal.add(self.running.item.key)
        self.reply(BatchItemEnded(self.running.job, Outcome(state, message, seconds), concerns_all))

    def crash_pair(self) -> None:
        self.reply(Failed(self.running.job, "The worker process crashed (signal 11).", less_memory_may_help=True))

    def stop_pair(self) -> None:
        self.reply(WasCancelled(self.running.job))
