"""A folder that photos come into: when a file is whole, and when a pair is settled."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lsd2.batch.watch import PATIENCE_SECONDS, SETTLE_SECONDS, Arrivals
from lsd2.pairing.folder import find_pairs
from tests.core.batch.power_cut import shoot


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def arrivals(clock: Clock) -> Arrivals:
    return Arrivals(clock)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    shoot(tmp_path / "photos", 2)
    return tmp_path / "photos" / "IMG_0001.jpg"


def test_a_file_is_ready_when_it_stopped_changing(photo: Path, arrivals: Arrivals, clock: Clock) -> None:
    whole = photo.read_bytes()
    status = photo.stat()
    for part in (len(whole) // 3, len(whole) // 2, len(whole)):
        photo.write_bytes(whole[:part])
        os.utime(photo, ns=(status.st_atime_ns, status.st_mtime_ns))  # as copying programs do
        assert not arrivals.is_ready(photo)
        clock.now += SETTLE_SECONDS - 0.1
        assert not arrivals.is_ready(photo)
    clock.now += 0.2
    assert arrivals.is_ready(photo)


def test_a_copy_that_stalls_is_waited_for_but_not_for_ever(photo: Path, arrivals: Arrivals, clock: Clock) -> None:
    photo.write_bytes(photo.read_bytes()[:-300])
    arrivals.is_ready(photo)
    clock.now = PATIENCE_SECONDS - 1
    assert not arrivals.is_ready(photo)
    clock.now = PATIENCE_SECONDS
    assert arrivals.is_ready(photo), "it will fail, and be told of"


def test_an_empty_or_missing_file_is_not_ready(photo: Path, arrivals: Arrivals, clock: Clock) -> None:
    photo.write_bytes(b"")
    arrivals.is_ready(photo)
    clock.now = SETTLE_SECONDS
    assert not arrivals.is_ready(photo)
    photo.unlink()
    assert not arrivals.is_ready(photo)


def test_a_pair_waits_for_what_is_still_coming(photo: Path, arrivals: Arrivals, clock: Clock) -> None:
    def settled() -> list[str]:
        found = find_pairs(photo.parent, is_ready=arrivals.is_ready)
        return [pair.short.name for pair in arrivals.settled(found.pairs)]

    assert settled() == []
    clock.now = SETTLE_SECONDS
    assert settled() == ["IMG_0001.jpg", "IMG_0003.jpg"]
    third = photo.parent / "IMG_0009.jpg"
    third.write_bytes(photo.read_bytes()[:500])
    assert settled() == [], "it might belong to one of them"
    clock.now = PATIENCE_SECONDS
    assert settled() == ["IMG_0001.jpg", "IMG_0003.jpg"], "a folder that never rests is not waited for"
