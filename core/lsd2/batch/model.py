"""What a batch is asked to do, and what becomes of each pair."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from lsd2.io.name_template import DEFAULT_TEMPLATE
from lsd2.options import ProcessOptions, WriteOptions

_NOT_OF_THE_RESULT = ("device", "tile", "memory_budget_gb")
"""Options that say how to compute, not what: a result stays good when they change."""


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """What is to be made of every pair.

    Attributes
    ----------
    source : the folder of photos.
    output : the folder of results; sub-folders are those of the source.
    options : the method and its options.
    writing : how results are written.
    template : names of the results, see `lsd2.io.name_template`.
    suffix : of the results, with its dot; it chooses the format.
    with_recipe : write a recipe beside every result, from which it can be made again.
    overwrite : replace files in the output folder that this batch did not write, or wrote with other options.
    """

    source: Path
    output: Path
    options: ProcessOptions
    writing: WriteOptions = field(default_factory=WriteOptions)
    template: str = DEFAULT_TEMPLATE
    suffix: str = ".jpg"
    with_recipe: bool = True
    overwrite: bool = False

    def recipe(self) -> dict[str, Any]:
        """Everything that decides what the results look like."""
        options = {name: value for name, value in self.options.to_dict().items() if name not in _NOT_OF_THE_RESULT}
        return {"options": options, "writing": self.writing.to_dict(), "suffix": self.suffix.lower()}


class PairState(StrEnum):
    """Where a pair of a batch is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    LEFT_OUT = "left-out"


@dataclass(frozen=True, slots=True)
class BatchItem:
    """One pair of a batch.

    Attributes
    ----------
    key : stands for these very files, made into this very result.
    short, long : the photos.
    target : the file to write.
    reason : why the two are a pair.
    warnings : what is doubtful about that.
    """

    key: str
    short: Path
    long: Path
    target: Path
    reason: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.short.name} + {self.long.name}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a pair.

    Attributes
    ----------
    state : DONE or FAILED.
    message : why it failed, one line.
    seconds : wall time it took.
    notes : what was degraded, in plain words.
    earlier : it was done by an earlier run.
    """

    state: PairState
    message: str = ""
    seconds: float = 0.0
    notes: tuple[str, ...] = ()
    earlier: bool = False


def key_of(short: Path, long: Path, request: BatchRequest) -> str:
    """A digest of where a pair's files are in the source, their sizes and times of change, and of the recipe.

    OSError if a file is gone.
    """
    files = []
    for path in (short, long):
        status = path.stat()
        name = path.relative_to(request.source) if path.is_relative_to(request.source) else path.absolute()
        files.append([name.as_posix(), status.st_size, status.st_mtime_ns])
    words = json.dumps([files, request.recipe()], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(words.encode()).hexdigest()[:24]
