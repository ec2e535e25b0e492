"""A batch without a widget: a folder, its pairs, and their way through the worker, one after the other."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from lsd2.batch.model import BatchItem, BatchRequest, Outcome, PairState
from lsd2.batch.queue import BatchQueue
from lsd2.methods.registry import method_info, processing_methods
from lsd2.pairing.model import FolderPairs, FoundPair
from lsd2.worker.folder_protocol import (
    BatchItemEnded,
    BatchPlanned,
    FindPairs,
    PairsFound,
    PlanBatch,
    RunBatchItem,
)
from lsd2.worker.protocol import Failed, Progressed
from lsd2_gui import settings as declared
from lsd2_gui.jobs import Job, JobQueue
from lsd2_gui.notices import Herald
from lsd2_gui.parameters import ParameterBook, options_for
from lsd2_gui.saving import SavePlan
from lsd2_gui.setting_kinds import Setting
from lsd2_gui.settings import Settings
from lsd2_gui.text import tr
from lsd2_gui.thumbnails import Thumbnails

RESULTS = "LSD2"
"""Sub-folder for the results, where the user names no other."""


class Batch(QObject):
    """A folder is looked through, its pairs are planned, and then done when the user says so.

    Signals: `planned` when there is another list of pairs, `changed` when anything about it is different, `stepped`
    when the running pair or the search went on.
    """

    planned = Signal()
    changed = Signal()
    stepped = Signal()

    def __init__(self, settings: Settings, parameters: ParameterBook, jobs: JobQueue, herald: Herald) -> None:
        super().__init__()
        self._settings, self._parameters, self._jobs, self._herald = settings, parameters, jobs, herald
        self._search: Job | None = None
        self._plan: Job | None = None
        self._run: Job | None = None
        self.thumbnails = Thumbnails(jobs, self)
        self.folder: Path | None = None
        self.output = Path()
        self.is_recursive = False
        self.method = processing_methods()[0]
        self.found: FolderPairs | None = None
        self.queue = BatchQueue()
        self.problem = ""
        self.step: Progressed | None = None
        self._pairs: dict[tuple[Path, Path], FoundPair] = {}
        self._left_out: set[frozenset[Path]] = set()
        self._is_going = False
        self._request: BatchRequest | None = None
        """What the queue was planned for, or is being planned for; None: it has to be planned before it goes on."""
        settings.changed.connect(self._follow)
        jobs.reported.connect(self._on_report)
        jobs.ended.connect(self._on_end)

    # ---- what is asked ----

    @property
    def is_searching(self) -> bool:
        return self._search is not None or self._plan is not None

    @property
    def is_going(self) -> bool:
        """Whether pairs are being done, one after the other."""
        return self._is_going

    @property
    def is_busy(self) -> bool:
        """Whether a pair is being done; also the last one before a pause."""
        return self._run is not None

    @property
    def items(self) -> list[BatchItem]:
        return self.queue.items

    @property
    def can_start(self) -> bool:
        if self.is_searching or self._is_going or self.found is None:
            return False
        return bool(self.queue.in_state(PairState.WAITING) if self._request is not None else self.found.pairs)

    @property
    def can_retry(self) -> bool:
        return not self.is_searching and bool(self.queue.in_state(PairState.FAILED))

    @property
    def has_work(self) -> bool:
        """Whether there is anything to follow: pairs, a search for them, or what went wrong with it."""
        return self.is_searching or bool(self.found and self.found.pairs) or bool(self.items) or bool(self.problem)

    @property
    def saving(self) -> SavePlan:
        """How results are written: as all that are saved."""
        return SavePlan.preferred(self._settings, self.output)

    def pair(self, item: BatchItem) -> FoundPair | None:
        """What is known of an item's photos."""
        return self._pairs.get((item.short, item.long))

    # ---- what is done: choosing ----

    def open_folder(self, folder: Path) -> None:
        """Look for the pairs of a folder; not while a pair of another is being done."""
        if self.is_busy:
            return
        if folder != self.folder:
            self._left_out.clear()
        self.folder, self.output = folder, folder / RESULTS
        self._settings.put(declared.LAST_FOLDER, str(folder))
        self._look()

    def set_recursive(self, recursive: bool) -> None:
        """Look into sub-folders, too, or not."""
        if recursive != self.is_recursive and not self.is_busy:
            self.is_recursive = recursive
            self._look()

    def set_output(self, output: Path) -> None:
        """Write the results to another folder."""
        if not self.is_busy:
            self.output = output
            self._look()

    def set_format(self, name: str) -> None:
        """Write another format, one of `save_choices.FORMATS`."""
        self._settings.put(declared.SAVE_FORMAT, name)

    def set_method(self, name: str) -> None:
        """Do the pairs by another method."""
        self.method = method_info(name)
        self._make_plan()

    def swap_roles(self, item: BatchItem) -> None:
        """The short photo of a pair becomes the long one."""
        pair = self.pair(item)
        if pair is None or self.found is None or self.is_busy:
            return
        swapped = replace(pair, short=pair.long, long=pair.short, ev_gap=None if pair.ev_gap is None else -pair.ev_gap)
        pairs = tuple(swapped if other is pair else other for other in self.found.pairs)
        self.found = replace(self.found, pairs=pairs)
        self._make_plan()

    def leave_out(self, item: BatchItem, is_left_out: bool) -> None:
        """Do not do a pair, or do it all the same; also in the plans that follow."""
        self.queue.leave_out(item, is_left_out)
        if is_left_out:
            self._left_out.add(_photos(item))
        else:
            self._left_out.discard(_photos(item))
        self.changed.emit()

    # ---- what is done: running ----

    def start(self) -> None:
        """Begin, or go on after a pause; with what is chosen now, unless a pair is being done already."""
        if self.is_searching or self.found is None:
            return
        self.problem = ""
        self._is_going = True
        if not self.is_busy and self._wanted() != self._request:
            self._request = None
        self._begin_next()

    def pause(self) -> None:
        """Begin no other pair; the running one is finished."""
        self._is_going = False
        self.changed.emit()

    def cancel(self) -> None:
        """Stop at once; the running pair waits again."""
        self._is_going = False
        for job in (self._search, self._plan, self._run):
            if job is not None:
                self._jobs.cancel(job)
        self.changed.emit()

    def retry_failed(self) -> None:
        """Do what failed once more, planned anew: its files may have changed, as one that was still being copied."""
        self.queue.retry_failed()
        self._request = None
        self.start()

    # ---- steps ----

    def _follow(self, setting: Setting[object]) -> None:
        """Results will be written in another way: the plan, with their names, is made anew unless it is on."""
        if setting in declared.SAVING and not self._is_going:
            self._make_plan()
            self.changed.emit()

    def _look(self) -> None:
        if self.folder is None:
            return
        for job in (self._search, self._plan):
            if job is not None:
                self._jobs.cancel(job)
        self._plan = self._request = self.found = None
        self._is_going, self.queue, self.problem = False, BatchQueue(), ""
        self.thumbnails.forget()
        request = partial(FindPairs, folder=self.folder, recursive=self.is_recursive, skip=(self.output,))
        self._search = self._jobs.submit(request)
        self.planned.emit()
        self.changed.emit()

    def _make_plan(self) -> None:
        if self.found is None or self.is_busy:
            return
        self._request = self._wanted()
        self._plan = self._jobs.submit(partial(PlanBatch, request=self._request, pairs=self.found.pairs))
        self.changed.emit()

    def _wanted(self) -> BatchRequest:
        """What is chosen now."""
        assert self.folder is not None
        plan = self.saving
        return BatchRequest(
            self.folder,
            self.output,
            options_for(self.method, self._parameters.value),
            writing=plan.options,
            template=plan.template,
            suffix=plan.suffix,
            with_recipe=plan.recipe,
        )

    def _begin_next(self) -> None:
        if self._is_going and self._run is None and self._request is None:
            self._make_plan()
            return
        item = self.queue.begin() if self._is_going and self._run is None else None
        if item is not None and self._request is not None:
            self.step = None
            self._run = self._jobs.submit(partial(RunBatchItem, request=self._request, item=item))
        elif self._run is None:
            self._is_going = False
        self.changed.emit()

    def _on_report(self, job: Job, reply: object) -> None:
        if job in (self._search, self._run) and isinstance(reply, Progressed):
            self.step = reply
            self.stepped.emit()

    def _on_end(self, job: Job, reply: object) -> None:
        if job is self._run:
            self._run = self.step = None
            self._end_pair(reply)
        elif job is self._search:
            self._search = self.step = None
            if isinstance(reply, PairsFound):
                self.found = reply.found
                self._make_plan()
        elif job is self._plan:
            self._plan = None
            if isinstance(reply, BatchPlanned):
                self._take_plan(reply)
            else:
                self._request = None
        else:
            return
        if isinstance(reply, Failed) and not isinstance(job.request, RunBatchItem):
            self._is_going, self.problem = False, reply.message
        self.changed.emit()

    def _take_plan(self, reply: BatchPlanned) -> None:
        """Another list: what is known of its pairs, and their ticks, are those of the one before."""
        assert self.found is not None
        before, self.queue = self.queue, BatchQueue()
        known = {item.key: before.outcome(item) for item in before.in_state(PairState.DONE)}
        self.queue.add(reply.items, {key: known.get(key) or outcome for key, outcome in reply.outcomes.items()})
        self._pairs = {(pair.short.path, pair.long.path): pair for pair in self.found.pairs}
        for item in self.items:
            self.queue.leave_out(item, _photos(item) in self._left_out)
        self.planned.emit()
        self._begin_next()

    def _end_pair(self, reply: object) -> None:
        if isinstance(reply, BatchItemEnded):
            self.queue.end(reply.outcome)
            if reply.concerns_all:
                self._is_going, self.problem = False, reply.outcome.message
        elif isinstance(reply, Failed):  # the worker crashed over it, or was killed; the others may do better
            self.queue.end(Outcome(PairState.FAILED, reply.message))
        else:
            self.queue.put_back()
        self._begin_next()
        if not self._is_going and self._run is None:
            self._say_how_it_went()

    def _say_how_it_went(self) -> None:
        counts = self.queue.counts()
        words = tr("Batch: {0} of {1} pairs done, {2} failed.")
        self._herald.said.emit(words.format(counts[PairState.DONE], counts.total(), counts[PairState.FAILED]))


def _photos(item: BatchItem) -> frozenset[Path]:
    """The photos of a pair, in whatever roles."""
    return frozenset((item.short, item.long))
