"""Runs of methods on the open pair, from the button to the result: one at a time, the others wait their turn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from lsd2.methods.registry import method_info, processing_methods
from lsd2.photo import Crop
from lsd2.worker.protocol import (
    Failed,
    ProcessPair,
    Progressed,
    ResultReady,
    ResultStarted,
    TileDone,
    WasCancelled,
)
from lsd2_gui import settings as declared
from lsd2_gui import text
from lsd2_gui.eta import ProgressClock
from lsd2_gui.jobs import Job, JobQueue
from lsd2_gui.layers import LayerBook
from lsd2_gui.library_words import translated
from lsd2_gui.notices import Herald
from lsd2_gui.opening import Opener
from lsd2_gui.parameters import ParameterBook, options_for
from lsd2_gui.pictures import Fused, Picture, Role
from lsd2_gui.queue_entry import Run, RunState
from lsd2_gui.recipes import ModelShelf, Recipe, recipe_for
from lsd2_gui.session import Session
from lsd2_gui.text import tr


class Runner(QObject):
    """Runs methods.

    The worker is given one run at a time, so that what happens to one does not touch those that wait.

    Signals: `changed` when a run is queued, begins, is being cancelled, or ends; `finished` with a new result.
    """

    changed = Signal()
    finished = Signal(object)

    def __init__(
        self,
        parameters: ParameterBook,
        jobs: JobQueue,
        session: Session,
        opener: Opener,
        layers: LayerBook,
        herald: Herald,
    ) -> None:
        super().__init__()
        self.parameters, self.shelf = parameters, ModelShelf()
        self._jobs, self._session, self._opener = jobs, session, opener
        self._layers, self._herald = layers, herald
        self.runs: list[Run] = []
        jobs.reported.connect(self._on_report)
        jobs.ended.connect(self._on_end)
        session.pair_changed.connect(self._drop_others)

    # ---- what is going on ----

    @property
    def current(self) -> Run | None:
        """The run at work."""
        return next((run for run in self.runs if run.job is not None and run.failure is None), None)

    @property
    def waiting(self) -> tuple[Run, ...]:
        return tuple(run for run in self.runs if run.state is RunState.WAITING)

    @property
    def last_failed(self) -> Run | None:
        return next((run for run in reversed(self.runs) if run.state is RunState.FAILED), None)

    @property
    def is_busy(self) -> bool:
        return self.current is not None

    @property
    def can_run(self) -> bool:
        """Whether methods can take the open pair, and no photo is on its way to take a place in it."""
        return self._session.can_run and not self._opener.is_busy

    @property
    def is_cancelling(self) -> bool:
        return self.current is not None and self.current.state is RunState.CANCELLING and not self.waiting

    @property
    def clock(self) -> ProgressClock | None:
        return self.current.clock if self.current else None

    def of(self, method: str) -> Run | None:
        """The run of a method that is furthest on."""
        order = (RunState.RUNNING, RunState.CANCELLING, RunState.WAITING, RunState.FAILED)
        runs = [run for run in self.runs if run.info.name == method]
        return min(runs, key=lambda run: order.index(run.state), default=None)

    def recipe(self, method: str) -> Recipe | None:
        """What a run of the method would be made from now; None without a pair."""
        if not self._session.has_pair:
            return None
        short, long = (self._session.photos[role].stamp for role in Role)
        return recipe_for(method_info(method), self.parameters.value, short, long, self.shelf)

    def is_stale(self, fused: Fused) -> bool:
        """Whether inputs or parameters have changed since the result was made."""
        return self.recipe(fused.recipe.method) != fused.recipe

    # ---- what the user wants ----

    def fuse(self) -> None:
        """Run the ticked methods on the whole photo."""
        self.run(self.parameters.value.wanted())

    def fuse_all(self) -> None:
        """Run every method that can be run on the whole photo; those for comparison alone only if they are ticked."""
        ready = [info for info in processing_methods() if not info.trained or self.shelf.of(info.name)]
        wanted = self.parameters.value.wanted()
        self.run([info.name for info in ready if not info.caveat or info.name in wanted])

    def run(self, methods: Iterable[str], crop: Crop | None = None) -> None:
        """Queue methods, on the part in `crop` or the whole; what has been made already is only shown.

        Parts, which are soon done, go before whole photos that wait.
        """
        if not self._session.has_pair:
            return
        self.shelf.refresh()
        self._herald.settled.emit()
        made = None
        for name in methods:
            recipe = self.recipe(name)
            assert recipe is not None
            found = self._made(recipe, crop)
            if found is None:
                options = options_for(method_info(name), self.parameters.value)
                self._enqueue(Run(method_info(name), options, recipe, crop))
            made = found or made
        if made is not None and not self.is_busy:
            self._session.show_result(made)
            self._herald.said.emit(tr("Made already with these settings."))
        self._go_on()

    def retry(self, *, less_memory: bool = False) -> None:
        """Try the run that failed last again, with half the memory from now on if so wished."""
        run = self.last_failed
        if run is None:
            return
        self._herald.settled.emit()
        self.runs.remove(run)
        options = run.options
        if less_memory:
            less = max(declared.MIN_MEMORY_GB, options.memory_budget_gb / 2)
            self.parameters.change(memory_gb=less)
            options = replace(options, memory_budget_gb=less)
        if not self._is_of_pair(run.recipe):
            return
        self._enqueue(Run(run.info, options, run.recipe, run.crop))
        self._go_on()

    def retry_with_less_memory(self) -> None:
        self.retry(less_memory=True)

    def cancel(self, run: Run | None = None) -> None:
        """Give a run up that is not done (None: the one at work).  Harmless if there is none."""
        run = run or self.current
        if run is None or run not in self.runs:
            return
        if run.job is None:
            self.runs.remove(run)
        else:
            self._jobs.cancel(run.job)
        self.changed.emit()

    def cancel_all(self) -> None:
        """Give up everything."""
        current = self.current
        self.runs = [current] if current else []
        self.cancel()

    # ---- how it goes on ----

    def _made(self, recipe: Recipe, crop: Crop | None) -> Fused | None:
        """The result that a run would only make again."""
        fused = self._session.find(recipe, whole=crop is None)
        return fused if fused is not None and fused.crop in (None, crop) else None

    def _enqueue(self, run: Run) -> None:
        """Into the queue, in place of its own failure; not twice."""
        self.runs = [old for old in self.runs if not (old.failure and old.recipe.method == run.recipe.method)]
        if any(old.makes_same(run) and old.state is not RunState.CANCELLING for old in self.runs):
            return
        wholes = (index for index, old in enumerate(self.runs) if old.state is RunState.WAITING and old.crop is None)
        place = next(wholes, len(self.runs)) if run.crop else len(self.runs)
        self.runs.insert(place, run)

    def _go_on(self) -> None:
        """Begin the next run if none is at work."""
        if not self.is_busy and self.waiting:
            run = self.waiting[0]
            self._herald.said.emit("")
            request = partial(
                ProcessPair,
                short=run.recipe.short.path,
                long=run.recipe.long.path,
                options=run.options,
                crop=run.crop,
            )
            run.job, run.clock = self._jobs.submit(request), ProgressClock()
        self.changed.emit()

    def _on_report(self, job: Job, reply: object) -> None:
        run = self.current
        if run is None or job is not run.job:
            return
        if isinstance(reply, Progressed) and run.clock is not None:
            run.clock.update(reply)
        elif isinstance(reply, ResultStarted):
            picture = Picture(reply.image, self._jobs.engine.pixels(reply.image))
            self._session.start_running(picture, translated(run.info.label))
            self._layers.start_running()
        elif isinstance(reply, TileDone):
            self._layers.draw_tile(reply)

    def _on_end(self, job: Job, reply: object) -> None:
        run = next((one for one in self.runs if one.job is job), None)
        if run is None:
            return
        if isinstance(reply, Failed):
            run.failure = reply
        else:
            self.runs.remove(run)
        if isinstance(reply, ResultReady):
            self._keep(run, reply)
        else:
            self._session.stop_running()
        if isinstance(reply, WasCancelled) and self._is_of_pair(run.recipe):
            self._herald.said.emit(tr("Cancelled. The pair is still open."))
        self._go_on()
        if isinstance(reply, Failed):
            memory = ("retry", "retry_less_memory") if reply.less_memory_may_help else ("retry",)
            self._herald.fail(reply, memory, translated(run.info.label))

    def _keep(self, run: Run, reply: ResultReady) -> None:
        if not self._is_of_pair(run.recipe):
            self._session.stop_running()
            self._jobs.engine.release(reply.image)
            return
        picture = Picture(reply.image, self._jobs.engine.pixels(reply.image))
        fused = self._session.add_result(reply, picture, run.recipe)
        self._layers.finish(fused)
        self.finished.emit(fused)
        words = tr("{0} is done: {1}.").format(translated(run.info.label), text.duration(reply.seconds))
        self._herald.said.emit(words)

    def _drop_others(self) -> None:
        """Runs on other inputs are of no use: what waits or failed is forgotten, what is at work given up."""
        current = self.current
        self.runs = [run for run in self.runs if run is current or self._is_of_pair(run.recipe)]
        if current is not None and not self._is_of_pair(current.recipe):
            self.cancel(current)
            self._session.stop_running()

    def _is_of_pair(self, recipe: Recipe) -> bool:
        stamps = [self._session.photos[role].stamp for role in Role if role in self._session.photos]
        return stamps == [recipe.short, recipe.long]
