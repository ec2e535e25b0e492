"""Folders and batches through a real worker process."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lsd2.batch.model import BatchRequest, PairState
from lsd2.io.thumbnail import read_thumbnail
from lsd2.options import ProcessOptions
from lsd2.progress import Stage
from lsd2.worker.client import DEFAULT_ENGINE
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
from lsd2.worker.protocol import Failed, Progressed, WasCancelled
from tests.core.batch.power_cut import results, shoot
from tests.core.worker.desk import Desk, End, MakeDesk


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    shoot(tmp_path / "evening", 2)
    return tmp_path / "evening"


@pytest.fixture
def request_(photos: Path, tmp_path: Path) -> BatchRequest:
    return BatchRequest(photos, tmp_path / "out", ProcessOptions(method="mertens", align=False))


def ask(desk: Desk, kind: type, *arguments: object) -> End:
    job = desk.client.next_job()
    desk.client.submit(kind(job, *arguments))
    return desk.end_of(job)


def test_a_folder_from_its_pairs_to_its_results(make_desk: MakeDesk, request_: BatchRequest) -> None:
    desk = make_desk(engine=DEFAULT_ENGINE)
    found = ask(desk, FindPairs, request_.source)
    assert isinstance(found, PairsFound)
    assert [pair.short.name for pair in found.found.pairs] == ["IMG_0001.jpg", "IMG_0003.jpg"]
    assert any(isinstance(reply, Progressed) and reply.total == 4 for reply in desk.replies_of(found.job))
    planned = ask(desk, PlanBatch, request_, found.found.pairs)
    assert isinstance(planned, BatchPlanned)
    assert planned.outcomes == {}
    for item in planned.items:
        ended = ask(desk, RunBatchItem, request_, item)
        assert isinstance(ended, BatchItemEnded)
        assert ended.outcome.state is PairState.DONE
        stages = {reply.stage for reply in desk.replies_of(ended.job) if isinstance(reply, Progressed)}
        assert Stage.READ in stages, "quick as it is, its beginning is told"
    assert sorted(results(request_.output)) == ["IMG_0001_mertens.jpg", "IMG_0003_mertens.jpg"]
    again = ask(desk, PlanBatch, request_, found.found.pairs)
    assert isinstance(again, BatchPlanned)
    assert all(again.outcomes[item.key].earlier for item in again.items)


def test_a_thumbnail(make_desk: MakeDesk, photos: Path) -> None:
    desk, path = make_desk(engine=DEFAULT_ENGINE), photos / "IMG_0002.jpg"
    reply = ask(desk, OpenThumbnail, path, 80)
    assert isinstance(reply, ThumbnailOpened)
    assert (reply.width, reply.height) == (80, 60)
    pixels = np.frombuffer(reply.rgb, np.uint8).reshape(60, 80, 3)
    assert np.array_equal(pixels, read_thumbnail(path, 80))
    path.write_bytes(b"no photo")
    failed = ask(desk, OpenThumbnail, path, 80)
    assert isinstance(failed, Failed)
    assert "IMG_0002.jpg is not a photo" in failed.message


def test_a_failure_of_a_pair_and_one_of_all(make_desk: MakeDesk, request_: BatchRequest, photos: Path) -> None:
    desk = make_desk(engine=DEFAULT_ENGINE)
    found = ask(desk, FindPairs, photos)
    assert isinstance(found, PairsFound)
    planned = ask(desk, PlanBatch, request_, found.found.pairs)
    assert isinstance(planned, BatchPlanned)
    (photos / "IMG_0001.jpg").write_bytes(b"changed")
    ended = ask(desk, RunBatchItem, request_, planned.items[0])
    assert isinstance(ended, BatchItemEnded)
    assert (ended.outcome.state, ended.concerns_all) == (PairState.FAILED, False)
    request_.output.rename(request_.output.with_name("elsewhere"))
    request_.output.write_text("a file", encoding="utf-8")
    ended = ask(desk, RunBatchItem, request_, planned.items[1])
    assert isinstance(ended, BatchItemEnded)
    assert ended.concerns_all
    assert "choose another folder" in ended.outcome.message


def test_a_pair_can_be_cancelled(make_desk: MakeDesk, tmp_path: Path) -> None:
    shoot(tmp_path / "evening", 1, size=(1600, 1200))
    request = BatchRequest(tmp_path / "evening", tmp_path / "out", ProcessOptions(method="bm3d"))
    desk = make_desk(engine=DEFAULT_ENGINE)
    found = ask(desk, FindPairs, request.source)
    assert isinstance(found, PairsFound)
    planned = ask(desk, PlanBatch, request, found.found.pairs)
    assert isinstance(planned, BatchPlanned)
    job = desk.client.next_job()
    desk.client.submit(RunBatchItem(job, request, planned.items[0]))
    while not (isinstance(reply := desk.next(), Progressed) and reply.stage is Stage.PROCESS):
        pass
    desk.client.cancel(job)
    assert desk.end_of(job) == WasCancelled(job)
    assert results(request.output) == {}
