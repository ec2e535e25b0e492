"""Fixtures that check that nothing of a worker is left behind."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.core.worker.desk import Desk, MakeDesk, blocks, is_alive, own_blocks


@pytest.fixture
def make_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MakeDesk]:
    """Makes desks; afterwards no process, thread, shared memory or log file of theirs exists."""
    logs, photos = tmp_path / "logs", tmp_path / "photos"
    logs.mkdir()
    photos.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(logs))
    blocks_before = own_blocks()
    desks: list[Desk] = []

    def make(engine: str = "ScriptedEngine", grace_seconds: float = 0.3) -> Desk:
        desk = Desk(photos, engine, grace_seconds)
        desks.append(desk)
        desk.client.start()
        return desk

    yield make
    for desk in desks:
        desk.client.close()
        desk.rest()
    assert not [pid for desk in desks for pid in desk.pids if is_alive(pid)]
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("lsd2")]
    assert own_blocks() <= blocks_before
    assert not list(logs.iterdir())


@pytest.fixture
def desk(make_desk: MakeDesk) -> Desk:
    return make_desk()


@pytest.fixture
def block_name(request: pytest.FixtureRequest) -> Iterator[str]:
    """A name for one block, which must be gone in the end."""
    name = f"lsd2_test{os.getpid()}_{abs(hash(request.node.name)) % 10**6}"
    yield name
    assert name not in blocks()
