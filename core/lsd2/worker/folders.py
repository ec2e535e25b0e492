"""What the worker does with folders: each request of `folder_protocol` has one function here."""

from __future__ import annotations

from lsd2.batch.model import Outcome, PairState
from lsd2.errors import BatchError
from lsd2.progress import Progress
from lsd2.worker.folder_protocol import (
    BatchItemEnded,
    BatchPlanned,
    FindPairs,
    FolderReply,
    FolderRequest,
    OpenThumbnail,
    PairsFound,
    PlanBatch,
    RunBatchItem,
    ThumbnailOpened,
)


def answer(request: FolderRequest, progress: Progress) -> FolderReply:
    """Do what is asked; raises `Lsd2Error` with a message for the user, and `Cancelled` when `progress` does."""
    if isinstance(request, FindPairs):
        return _find(request, progress)
    if isinstance(request, OpenThumbnail):
        return _thumbnail(request)
    return _plan(request) if isinstance(request, PlanBatch) else _run(request, progress)


def _find(request: FindPairs, progress: Progress) -> PairsFound:
    from lsd2.pairing.folder import find_pairs

    found = find_pairs(request.folder, recursive=request.recursive, skip=request.skip, progress=progress)
    return PairsFound(request.job, found)


def _thumbnail(request: OpenThumbnail) -> ThumbnailOpened:
    from lsd2.io.thumbnail import read_thumbnail

    pixels = read_thumbnail(request.path, request.side)
    return ThumbnailOpened(request.job, request.path, pixels.shape[1], pixels.shape[0], pixels.tobytes())


def _plan(request: PlanBatch) -> BatchPlanned:
    from lsd2.batch.journal import read_journal
    from lsd2.batch.plan import done_earlier, in_order_of_trust, plan

    entries = read_journal(request.request.output)
    items = in_order_of_trust(plan(request.pairs, request.request, entries), entries)
    return BatchPlanned(request.job, tuple(items), done_earlier(items, entries, request.request.output))


def _run(request: RunBatchItem, progress: Progress) -> BatchItemEnded:
    from lsd2.batch.work import Workplace

    try:
        with Workplace(request.request) as place:
            return BatchItemEnded(request.job, place.do(request.item, progress))
    except BatchError as error:
        return BatchItemEnded(request.job, Outcome(PairState.FAILED, str(error)), concerns_all=True)
