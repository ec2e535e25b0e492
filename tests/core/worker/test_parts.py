"""The worker's parts, one by one, without a process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from multiprocessing.connection import Connection, Pipe
from pathlib import Path

import numpy as np
import pytest

from lsd2.errors import PhotoReadError
from lsd2.photo import Development, Photo
from lsd2.progress import Cancelled, CancelToken, Stage
from lsd2.worker.failures import failure
from lsd2.worker.guard import MAX_RESPAWNS, PERIOD_SECONDS, RespawnGuard
from lsd2.worker.outbox import Outbox
from lsd2.worker.photos import MAX_PHOTOS, PhotoCache
from lsd2.worker.process import death_message
from lsd2.worker.protocol import OpenPhoto, Progressed, Reply, ResultStarted, SaveImage, SharedImage, TileDone
from lsd2.worker.reporter import Reporter
from lsd2.worker.shared import SharedPixels


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Line:
    """A reporter whose replies end in `sent`."""

    def __init__(self, mine: Connection, theirs: Connection, prefix: str) -> None:
        self._mine = mine
        self.clock, self.token = Clock(), CancelToken()
        self.outbox = Outbox(theirs, prefix)
        self.reporter = Reporter(1, self.token, self.outbox, self.clock)

    def sent(self) -> list[Reply]:
        replies = []
        while self._mine.poll():
            replies.append(self._mine.recv())
        return replies


@pytest.fixture
def line(block_name: str) -> Iterator[Line]:
    mine, theirs = Pipe()
    with mine, theirs:
        yield Line(mine, theirs, block_name)


def black(height: int, width: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return np.zeros((height, width, 3), np.float32)


def free(image: SharedImage, outbox: Outbox) -> None:
    block = SharedPixels.attach(image)
    outbox.taken(image.block)
    block.unlink()
    block.close()


def test_reports_are_thinned_and_the_last_one_arrives(line: Line) -> None:
    for done in range(1001):
        line.reporter.report(Stage.PROCESS, done, 1000)
        line.clock.now += 0.002
    while_running = line.sent()
    line.reporter.flush()
    line.clock.now += 1
    line.reporter.flush()
    line.reporter.flush()
    assert 55 <= len(while_running) <= 61  # two seconds
    assert line.sent() == [Progressed(1, Stage.PROCESS, 1000, 1000)]


def test_an_ended_job_says_nothing_more(line: Line) -> None:
    line.reporter.report(Stage.READ, 0, 2)
    line.reporter.report(Stage.READ, 1, 2)
    line.reporter.end()
    line.clock.now += 1
    line.reporter.flush()
    assert line.sent() == [Progressed(1, Stage.READ, 0, 2)]


def test_tiles_of_a_row_come_as_one_rectangle(line: Line) -> None:
    line.reporter.expect(4, 6)
    for left, top in ((0, 0), (2, 0), (4, 0), (0, 2), (2, 2)):
        line.reporter.tile(left, top, black(2, 2))
    image = line.reporter.finish(black(4, 6))
    assert line.sent() == [
        ResultStarted(1, image),
        TileDone(1, 0, 0, 2, 2),
        TileDone(1, 2, 0, 4, 2),
        TileDone(1, 0, 2, 4, 2),
    ]
    free(image, line.outbox)


def test_a_result_without_tiles_still_starts(line: Line) -> None:
    line.reporter.expect(2, 3)
    image = line.reporter.finish(np.ones((2, 3, 3), np.float32))
    assert line.sent() == [ResultStarted(1, image)]
    block = SharedPixels.attach(image)
    assert block.pixels.min() == 65535
    block.close()
    free(image, line.outbox)


def test_cancelled_at_the_next_report_or_tile(line: Line) -> None:
    line.token.cancel()
    with pytest.raises(Cancelled):
        line.reporter.report(Stage.PROCESS, 0, 1)
    with pytest.raises(Cancelled):
        line.reporter.tile(0, 0, black(1, 1))
    assert line.sent() == []


def test_a_picture_that_cannot_be_given_is_freed(block_name: str) -> None:
    mine, theirs = Pipe()
    mine.close()
    with theirs, pytest.raises(OSError, match=r".*"):
        Outbox(theirs, block_name).give((1, 1), lambda image: ResultStarted(1, image))


OWN, OTHER = Development((2.0, 1.0, 1.5), 1000.0), Development((1.0, 1.2, 2.5), 1000.0)


class Decoder:
    def __init__(self, side: int = 1) -> None:
        self.paths: list[str] = []
        self._side = side

    def __call__(self, path: Path, like: Development | None = None) -> Photo:
        if not path.exists():
            raise PhotoReadError(path.name)
        self.paths.append(path.name)
        development = (like or OWN) if path.suffix == ".raw" else None
        return Photo(black(self._side, self._side), path=path, development=development)


def files(folder: Path, count: int) -> list[Path]:
    paths = [folder / f"{number}" for number in range(count)]
    for path in paths:
        path.write_text("x", encoding="utf-8")
    return paths


def test_the_least_recently_used_photo_goes_first(tmp_path: Path) -> None:
    decoder = Decoder()
    photos = PhotoCache(decoder)
    paths = files(tmp_path, MAX_PHOTOS + 1)
    for path in (*paths[:MAX_PHOTOS], paths[0], paths[MAX_PHOTOS], paths[0], paths[1]):
        assert photos.get(path).path == path
    assert decoder.paths == ["0", "1", "2", "3", "4", "1"]


def test_a_changed_file_is_decoded_again_and_a_lost_one_is_remembered(tmp_path: Path) -> None:
    decoder = Decoder()
    photos = PhotoCache(decoder)
    kept, lost = files(tmp_path, 2)
    photos.get(kept)
    os.utime(kept, ns=(1, 1))
    photos.get(kept)
    kept.write_text("longer", encoding="utf-8")
    os.utime(kept, ns=(1, 1))
    photos.get(kept)
    assert decoder.paths == ["0", "0", "0"]
    kept.unlink()
    assert photos.get(kept).path == kept
    lost.unlink()
    with pytest.raises(PhotoReadError):
        photos.get(lost)


def test_a_raw_file_is_developed_again_when_it_is_to_look_otherwise(tmp_path: Path) -> None:
    decoder = Decoder()
    photos = PhotoCache(decoder)
    raw, plain = tmp_path / "a.raw", tmp_path / "b.jpg"
    for path in (raw, plain):
        path.write_text("x", encoding="utf-8")
    assert [photos.get(raw, like).development for like in (None, OTHER, None, OTHER)] == [OWN, OTHER, OWN, OTHER]
    assert decoder.paths == ["a.raw", "a.raw"]
    photos.get(raw, OWN)
    photos.get(plain)
    photos.get(plain, OTHER)
    assert decoder.paths == ["a.raw", "a.raw", "b.jpg"], "what looks as asked is not decoded again"


def test_large_photos_are_kept_in_pairs_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lsd2.worker.photos.MAX_BYTES", 100)
    decoder = Decoder(side=5)
    photos = PhotoCache(decoder)
    first, second, third = files(tmp_path, 3)
    for path in (first, second, first, second, third, second, first):
        photos.get(path)
    assert decoder.paths == ["0", "1", "2", "0"]


def test_the_guard_allows_three_deaths_a_minute() -> None:
    clock = Clock()
    guard = RespawnGuard(clock)
    assert [guard.may_respawn() for _ in range(MAX_RESPAWNS + 1)] == [True] * MAX_RESPAWNS + [False]
    guard.succeeded()
    assert guard.may_respawn()
    for _ in range(2 * MAX_RESPAWNS):
        clock.now += PERIOD_SECONDS / MAX_RESPAWNS + 1
        assert guard.may_respawn()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried"), "too little memory for opening a.jpg"),
        (RuntimeError("CUDA out of memory. Tried"), "too little memory for opening a.jpg"),
        (RuntimeError("shape\n mismatch"), "unexpected problem in opening a.jpg (RuntimeError: shape mismatch)"),
        (PhotoReadError("a.jpg is\ncut short"), "a.jpg is cut short"),
    ],
)
def test_failure_messages(error: Exception, words: str) -> None:
    reply = failure(OpenPhoto(3, Path("dir/a.jpg")), error)
    assert reply.job == 3
    assert words in reply.message
    assert "\n" not in reply.message
    assert bool(reply.detail) is not isinstance(error, PhotoReadError)


def test_a_failed_save_names_its_target() -> None:
    request = SaveImage(1, SharedImage("b", 1, 1), Path("dir/out.png"), None)
    assert "saving out.png" in failure(request, KeyError("x")).message


@pytest.mark.parametrize(
    ("code", "was_ready", "words"),
    [
        (-9, True, "killed (signal 9), perhaps for lack of memory"),
        (-11, True, "crashed (signal 11)"),
        (143, True, "ended from outside (signal 15)"),
        (-15, True, "ended from outside (signal 15)"),
        (3, True, "unexpectedly (exit code 3)"),
        (1, False, "could not start (exit code 1)"),
    ],
)
def test_death_messages(code: int, was_ready: bool, words: str) -> None:
    assert words in death_message(code, was_ready)
