"""What the journal remembers, wherever it was cut off."""

from __future__ import annotations

import errno
import io
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsd2.batch.journal import JOURNAL_NAME, Event, JournalWriter, fingerprint, is_complete, read_journal
from lsd2.errors import BatchError


def write(folder: Path, *lines: tuple[Event, str, dict], cut_off: bool = False) -> None:
    with (folder / JOURNAL_NAME).open("ab", buffering=0) as file:
        writer = JournalWriter(file, cut_off)
        for event, key, facts in lines:
            writer.write(event, key, f"{key}.jpg", **facts)


def test_no_journal_knows_nothing(tmp_path: Path) -> None:
    assert read_journal(tmp_path) == {}


def test_a_result_is_complete_when_it_was_confirmed_or_is_as_announced(tmp_path: Path) -> None:
    target = tmp_path / "a.jpg"
    target.write_bytes(b"the whole result")
    announced = {"file": fingerprint(target)}
    write(tmp_path, (Event.STARTED, "a", {}))
    assert not is_complete(read_journal(tmp_path)["a"], tmp_path)
    write(tmp_path, (Event.ANNOUNCED, "a", announced))
    assert is_complete(read_journal(tmp_path)["a"], tmp_path)
    target.write_bytes(b"another file of that name")
    assert not is_complete(read_journal(tmp_path)["a"], tmp_path)
    write(tmp_path, (Event.DONE, "a", {"seconds": 1.5}))
    entry = read_journal(tmp_path)["a"]
    assert is_complete(entry, tmp_path), "what the user made of a finished result is the user's"
    assert entry.facts == {**announced, "seconds": 1.5}
    target.unlink()
    assert not is_complete(entry, tmp_path)


def test_interruptions_are_counted(tmp_path: Path) -> None:
    counts = []
    for event in (
        Event.STARTED,
        Event.STARTED,
        Event.STARTED,
        Event.FAILED,
        Event.STARTED,
        Event.STOPPED,
        Event.STARTED,
    ):
        write(tmp_path, (event, "a", {}))
        counts.append(read_journal(tmp_path)["a"].interruptions)
    assert counts == [0, 1, 2, 0, 0, 0, 0]


def test_a_line_after_one_that_was_cut_off_is_not_lost(tmp_path: Path) -> None:
    write(tmp_path, (Event.STARTED, "a", {}), (Event.DONE, "a", {}))
    journal = tmp_path / JOURNAL_NAME
    journal.write_bytes(journal.read_bytes()[:-9])
    write(tmp_path, (Event.STARTED, "b", {}), cut_off=True)
    entries = read_journal(tmp_path)
    assert {key: entry.event for key, entry in entries.items()} == {"a": Event.STARTED, "b": Event.STARTED}


def test_a_full_drive_is_one_line_that_names_the_journal(tmp_path: Path) -> None:
    class Full(io.BytesIO):
        name = str(tmp_path / JOURNAL_NAME)

        def write(self, data: object) -> int:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(BatchError, match=rf"{JOURNAL_NAME} cannot be written to .*choose another folder"):
        JournalWriter(Full(), False).write(Event.STARTED, "a", "a.jpg")


@given(cut=st.integers(0, 400))
def test_any_part_of_a_journal_tells_of_its_whole_lines(tmp_path_factory: pytest.TempPathFactory, cut: int) -> None:
    folder = tmp_path_factory.mktemp("journal")
    write(folder, (Event.STARTED, "a", {"note": "ä\n\u2028"}), (Event.DONE, "a", {}), (Event.STARTED, "b", {}))
    journal = folder / JOURNAL_NAME
    data = journal.read_bytes()
    journal.write_bytes(data[:cut])
    whole = data[:cut].count(b"\n") + (cut < len(data) and data[cut : cut + 1] == b"\n")
    expected = [{}, {"a": Event.STARTED}, {"a": Event.DONE}, {"a": Event.DONE, "b": Event.STARTED}][whole]
    assert {key: entry.event for key, entry in read_journal(folder).items()} == expected


@pytest.mark.parametrize("line", [b"", b"{}", b"[1]", b'{"event": "other", "key": "a", "target": "b"}', b"\xff\xfe"])
def test_other_lines_are_left_out(tmp_path: Path, line: bytes) -> None:
    (tmp_path / JOURNAL_NAME).write_bytes(line + b"\n")
    assert read_journal(tmp_path) == {}
