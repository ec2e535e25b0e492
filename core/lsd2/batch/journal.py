"""What a batch has done: a file of JSON lines in its output folder that outlives a kill at any moment.

Every line is appended at once and flushed to the drive; a line that was cut off by a kill is no line.  A result is
announced (its size and digest) before it gets its name, and confirmed after; so whatever the moment of a kill, the next
run can tell whether the file under that name is the whole result.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO

from lsd2.errors import BatchError
from lsd2.io.naming import one_line, shown

JOURNAL_NAME = "lsd2-batch.jsonl"


class Event(StrEnum):
    """What a line tells of a pair."""

    STARTED = "started"
    ANNOUNCED = "announced"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(slots=True)
class Entry:
    """The last that is known of a pair.

    Attributes
    ----------
    event : the last line.
    target : name of the result, relative to the output folder.
    interruptions : how often the program ended in the middle of it since it last came to an end.
    facts : what the lines said: size and digest of the result, seconds, notes, why it failed.
    was_announced : a result was announced once, so that a recipe beside the target is this batch's.
    """

    event: Event
    target: str
    interruptions: int = 0
    facts: dict[str, Any] = field(default_factory=dict)
    was_announced: bool = False


def read_journal(folder: Path) -> dict[str, Entry]:
    """Entries by the pairs' keys; none where there is no journal.  Lines that are no entries are left out."""
    try:
        lines = (folder / JOURNAL_NAME).read_bytes().splitlines()
    except FileNotFoundError:
        return {}
    entries: dict[str, Entry] = {}
    for line in lines:
        values = _values(line)
        if values is not None:
            _follow(entries, values)
    return entries


def is_complete(entry: Entry, folder: Path) -> bool:
    """Whether the result that an entry tells of is there as a whole."""
    path = folder / entry.target
    if entry.event is Event.DONE:
        return path.is_file()
    return entry.event is Event.ANNOUNCED and path.is_file() and fingerprint(path) == entry.facts.get("file")


def fingerprint(path: Path) -> dict[str, Any]:
    """Size and SHA-256 of a file, as the journal keeps them."""
    with path.open("rb") as file:
        return {"bytes": os.fstat(file.fileno()).st_size, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}


class JournalWriter:
    """Appends lines to an open journal; `file` must be open for appending, unbuffered."""

    def __init__(self, file: BinaryIO, is_cut_off: bool) -> None:
        self._file = file
        self._is_cut_off = is_cut_off

    def write(self, event: Event, key: str, target: str, **facts: Any) -> None:
        """One line, on the drive when this returns.

        Raises
        ------
        BatchError
            When it cannot be written, as on a full drive.
        """
        line = json.dumps({"event": event, "key": key, "target": target, **facts}, ensure_ascii=True)
        # After a line that was cut off, a new one begins; otherwise both would be lost.
        data = b"\n" * self._is_cut_off + line.encode() + b"\n"
        self._is_cut_off = True
        try:
            self._file.write(data)
            os.fsync(self._file.fileno())
        except OSError as error:
            name = shown(Path(self._file.name))
            raise BatchError(f"{name} cannot be written to ({one_line(error)}): choose another folder") from error
        self._is_cut_off = False


def _values(line: bytes) -> Mapping[str, Any] | None:
    try:
        values = json.loads(line)
        return values if isinstance(values, dict) and {"event", "key", "target"} <= values.keys() else None
    except ValueError:
        return None


def _follow(entries: dict[str, Entry], values: Mapping[str, Any]) -> None:
    key, target = str(values["key"]), str(values["target"])
    try:
        event = Event(values["event"])
    except ValueError:
        return
    before = entries.get(key)
    interruptions = before.interruptions if before else 0
    if event is Event.STARTED:
        interruptions += before is not None and before.event in (Event.STARTED, Event.ANNOUNCED)
    elif event in (Event.DONE, Event.FAILED, Event.STOPPED):
        interruptions = 0
    facts = {name: value for name, value in values.items() if name not in ("event", "key", "target")}
    kept = before.facts if before and event is Event.DONE else {}
    was_announced = event is Event.ANNOUNCED or (before is not None and before.was_announced)
    entries[key] = Entry(event, target, interruptions, {**kept, **facts}, was_announced)
