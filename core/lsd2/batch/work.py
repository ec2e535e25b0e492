"""The folder that a batch writes to, and the work on one pair in it."""

from __future__ import annotations

import os
import shutil
import time
from contextlib import suppress
from pathlib import Path
from typing import Self

from lsd2.batch.failures import concerns_all, message_of
from lsd2.batch.journal import JOURNAL_NAME, Entry, Event, JournalWriter, fingerprint, is_complete, read_journal
from lsd2.batch.model import BatchItem, BatchRequest, Outcome, PairState, key_of
from lsd2.errors import BatchError, PhotoWriteError
from lsd2.io.atomic import check_target, flush_folder, put_in_place, write_atomically
from lsd2.io.lock import try_lock
from lsd2.io.naming import one_line, shown
from lsd2.io.output_colour import output_profile
from lsd2.io.read_pair import read_pair
from lsd2.io.recipe import SUFFIX as RECIPE_SUFFIX
from lsd2.io.recipe import Recipe, check_recipe, made_by, recipe_bytes, recipe_path
from lsd2.io.write import check_writable, write_photo, writing_notes
from lsd2.options import Role
from lsd2.photo import Photo, Result
from lsd2.pipeline import Preparation, run_once
from lsd2.progress import Cancelled, Progress, Stage

UNFINISHED = ".lsd2-batch"
"""Sub-folder of the output in which results are written until they get their names; emptied by the next batch."""


class Workplace:
    """The output folder of a batch, locked for it while this is entered (`with Workplace(request) as place`).

    Raises
    ------
    BatchError
        On entering, when the folder cannot be made or written to, or when another batch is at work in it.
    """

    def __init__(self, request: BatchRequest) -> None:
        self.request = request
        self._entries: dict[str, Entry] = {}

    def __enter__(self) -> Self:
        output = self.request.output
        try:
            output.mkdir(parents=True, exist_ok=True)
            self._file = (output / JOURNAL_NAME).open("a+b", buffering=0)
        except OSError as error:
            raise BatchError(
                f"{shown(output)} cannot be written to ({one_line(error)}): choose another folder"
            ) from error
        if not try_lock(self._file):
            self._file.close()
            raise BatchError(f"another batch is writing to {shown(output)}: wait for it, or choose another folder")
        self._entries = read_journal(output)
        self._journal = JournalWriter(self._file, _is_cut_off(output / JOURNAL_NAME))
        shutil.rmtree(self._unfinished, ignore_errors=True)  # what a kill left
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._unfinished.rmdir()
        self._file.close()

    @property
    def entries(self) -> dict[str, Entry]:
        """What the journal knew when this was entered."""
        return self._entries

    def do(self, item: BatchItem, progress: Progress) -> Outcome:
        """Make the result of a pair and write it, unless that is done already.

        Returns
        -------
        That it is done, or why it failed.

        Raises
        ------
        BatchError
            When all other pairs would fail, too.
        Cancelled
            When `progress` says so; nothing was written.
        """
        known = self._entries.get(item.key)
        if known is not None and is_complete(known, self.request.output):
            return Outcome(PairState.DONE, earlier=True)
        started = time.perf_counter()
        target = item.target.relative_to(self.request.output).as_posix()
        self._journal.write(Event.STARTED, item.key, target, short=str(item.short), long=str(item.long))
        try:
            notes = self._make(item, target, progress)
        except Cancelled:
            self._journal.write(Event.STOPPED, item.key, target)
            raise
        except Exception as error:
            message = message_of(error)
            self._journal.write(Event.FAILED, item.key, target, message=message)
            if concerns_all(error):
                raise BatchError(message) from error
            return Outcome(PairState.FAILED, message, time.perf_counter() - started)
        seconds = time.perf_counter() - started
        self._journal.write(Event.DONE, item.key, target, seconds=round(seconds, 3), notes=notes)
        return Outcome(PairState.DONE, seconds=seconds, notes=notes)

    def _make(self, item: BatchItem, target: str, progress: Progress) -> tuple[str, ...]:
        """Read, process, write; the result's notes."""
        inputs = (item.short, item.long)
        self._check(item)
        progress.report(Stage.READ, 0, 1)
        pair = read_pair(*inputs)
        progress.report(Stage.READ, 1, 1)
        parent = (pair.long if self.request.writing.parent is Role.LONG else pair.short).without_pixels()
        self._check_target(item, parent)
        preparation = Preparation(pair, self.request.options.align)
        del pair  # so that it can be let go
        result = run_once(preparation, self.request.options, progress)
        progress.report(Stage.WRITE, 0, 1)
        notes = (*result.notes, *writing_notes(item.target, result.pixels, parent, self.request.writing))
        unfinished = self._write_unfinished(item, result, parent)
        # From here on there is no way back: what is announced is finished in an instant.
        self._journal.write(Event.ANNOUNCED, item.key, target, file=fingerprint(unfinished))
        self._put_in_place(unfinished, item, result)
        return notes

    def _check(self, item: BatchItem) -> None:
        """Fail before anything is computed for nothing."""
        try:
            if key_of(item.short, item.long, self.request) != item.key:
                raise BatchError(f"{item.name} changed while they waited: run the batch again")
        except FileNotFoundError as error:
            raise BatchError(f"{shown(Path(error.filename))} is there no more: check the drive") from error
        self._give_up_empty_name(item)
        self._check_target(item)

    def _check_target(self, item: BatchItem, parent: Photo | None = None) -> None:
        """Also whether the parent's profile can be written, as soon as it is known."""
        inputs, request = (item.short, item.long), self.request
        if not item.target.parent.is_dir():
            output_profile(request.writing.profile, parent)
            return
        check_writable(item.target, parent=parent, inputs=inputs, overwrite=request.overwrite, options=request.writing)
        if request.with_recipe:
            check_recipe(item.target, overwrite=self._may_replace_recipe(item))

    def _give_up_empty_name(self, item: BatchItem) -> None:
        """A kill on a drive without hard links may leave the name that was taken, without content."""
        if self._was_announced(item) and item.target.is_file() and item.target.stat().st_size == 0:
            item.target.unlink()

    def _was_announced(self, item: BatchItem) -> bool:
        """Whether an earlier run ended in the moment between announcing the result and confirming it."""
        known = self._entries.get(item.key)
        return known is not None and known.event is Event.ANNOUNCED

    def _may_replace_recipe(self, item: BatchItem) -> bool:
        """Also where only the result was deleted: the recipe beside it is this batch's."""
        known = self._entries.get(item.key)
        return self.request.overwrite or (known is not None and known.was_announced)

    def _write_unfinished(self, item: BatchItem, result: Result, parent: Photo) -> Path:
        self._unfinished.mkdir(exist_ok=True)
        path = self._unfinished / f"{item.key}{item.target.suffix}"
        inputs = (item.short, item.long)
        try:
            return write_photo(
                path, result.pixels, parent=parent, inputs=inputs, overwrite=True, options=self.request.writing
            )
        except PhotoWriteError as error:
            raise PhotoWriteError(str(error).replace(shown(path), shown(item.target))) from error.__cause__

    def _put_in_place(self, unfinished: Path, item: BatchItem, result: Result) -> None:
        """First the recipe, then the result: where the result is, its recipe is, too."""
        target, recipe = item.target, None
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            if self.request.with_recipe:
                recipe = self._put_recipe(item, result)
            put_in_place(unfinished, target, self.request.overwrite)
        except FileExistsError:
            if recipe is not None:
                recipe.unlink(missing_ok=True)
            check_target(target)  # which says so
            raise
        finally:
            unfinished.unlink(missing_ok=True)
        flush_folder(target.parent)

    def _put_recipe(self, item: BatchItem, result: Result) -> Path:
        """Written elsewhere, too, so that a kill leaves nothing beside the results."""
        path, unfinished = recipe_path(item.target), self._unfinished / f"{item.key}{RECIPE_SUFFIX}"
        recipe = Recipe(item.short, item.long, self.request.options, self.request.writing, made_by(result))
        write_atomically(unfinished, recipe_bytes(item.target, recipe, result.pixels), overwrite=True)
        try:
            put_in_place(unfinished, path, self._may_replace_recipe(item))
        except FileExistsError:
            check_target(path)
            raise
        finally:
            unfinished.unlink(missing_ok=True)
        return path

    @property
    def _unfinished(self) -> Path:
        return self.request.output / UNFINISHED


def _is_cut_off(journal: Path) -> bool:
    """Whether the last line has no end."""
    with journal.open("rb") as file:
        if file.seek(0, os.SEEK_END) == 0:
            return False
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"
