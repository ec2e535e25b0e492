"""The words about folders: pairs in them, small pictures of their photos, and batches.

A batch is driven by the window (`lsd2.batch.queue`) and done here pair by pair, so that other jobs come in between, and
a crash of the worker costs one pair.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lsd2.batch.model import BatchItem, BatchRequest, Outcome
from lsd2.pairing.model import FolderPairs, FoundPair


@dataclass(frozen=True, slots=True)
class FindPairs:
    """Find the pairs of a folder.  Replies: `Progressed`, then `PairsFound`."""

    job: int
    folder: Path
    recursive: bool = False
    skip: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenThumbnail:
    """Show a photo on a small scale, `side` pixels at most.  Replies: `ThumbnailOpened`."""

    job: int
    path: Path
    side: int


@dataclass(frozen=True, slots=True)
class PlanBatch:
    """Tell what a batch would make of pairs, and what of it is done already.  Replies: `BatchPlanned`."""

    job: int
    request: BatchRequest
    pairs: tuple[FoundPair, ...]


@dataclass(frozen=True, slots=True)
class RunBatchItem:
    """Do one pair of a batch.  Replies: `Progressed`, then `BatchItemEnded`."""

    job: int
    request: BatchRequest
    item: BatchItem


FolderRequest = FindPairs | OpenThumbnail | PlanBatch | RunBatchItem


@dataclass(frozen=True, slots=True)
class PairsFound:
    job: int
    found: FolderPairs


@dataclass(frozen=True, slots=True)
class ThumbnailOpened:
    """A small picture: `rgb` has height x width x 3 bytes, gamma-encoded sRGB, upright."""

    job: int
    path: Path
    width: int
    height: int
    rgb: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class BatchPlanned:
    """What is to be done, in order, and the outcomes of earlier runs by the items' keys."""

    job: int
    items: tuple[BatchItem, ...]
    outcomes: Mapping[str, Outcome]


@dataclass(frozen=True, slots=True)
class BatchItemEnded:
    """How the pair ended; `concerns_all`: the others would fail, too: nothing can be written, or a network is missing.

    A crash in the middle of the pair is a `Failed`, and says nothing about the others.
    """

    job: int
    outcome: Outcome
    concerns_all: bool = False


FolderReply = PairsFound | ThumbnailOpened | BatchPlanned | BatchItemEnded


def describe_request(request: FolderRequest) -> str:
    """What the job was doing, such as "reading the folder Holidays"."""
    if isinstance(request, FindPairs):
        return f"reading the folder {request.folder.name}"
    if isinstance(request, OpenThumbnail):
        return f"opening {request.path.name}"
    if isinstance(request, PlanBatch):
        return f"looking into {request.request.output.name}"
    return f"processing {request.item.name}"
