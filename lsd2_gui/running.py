"""One run of a method on the open pair, from the button to the result."""

from __future__ import annotations

import sys
from functools import partial

from PySide6.QtCore import QObject, Signal

from lsd2.options import Device, ProcessOptions
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
from lsd2_gui.eta import ProgressClock
from lsd2_gui.jobs import Job, JobQueue, JobState
from lsd2_gui.layers import LayerBook
from lsd2_gui.notices import Herald
from lsd2_gui.pictures import Picture, Role
from lsd2_gui.session import Session
from lsd2_gui.settings import Settings
from lsd2_gui.text import tr


def device_of(name: str) -> Device:
    """The library's device for the setting's word; which GPU there can be depends on the system."""
    if name == "gpu":
        return Device.MPS if sys.platform == "darwin" else Device.CUDA
    return Device(name)


def chosen_options(settings: Settings) -> ProcessOptions:
    """What the next run is asked to do."""
    return ProcessOptions(
        method=settings.get(declared.METHOD),
        align=settings.get(declared.ALIGN),
        device=device_of(settings.get(declared.DEVICE)),
        memory_budget_gb=settings.get(declared.MEMORY_GB),
    )


class Runner(QObject):
    """Runs the chosen method.  Signal: `changed` when a run begins, is being cancelled, or ends."""

    changed = Signal()

    def __init__(self, settings: Settings, jobs: JobQueue, session: Session, layers: LayerBook, herald: Herald) -> None:
        super().__init__()
        self._settings, self._jobs, self._session = settings, jobs, session
        self._layers, self._herald = layers, herald
        self._run: Job | None = None
        self.clock: ProgressClock | None = None
        jobs.reported.connect(self._on_report)
        jobs.ended.connect(self._on_end)

    @property
    def is_busy(self) -> bool:
        return self._run is not None

    @property
    def is_cancelling(self) -> bool:
        return self._run is not None and self._run.state is JobState.CANCELLING

    def fuse(self) -> None:
        """Run the chosen method on the pair; nothing if there is none or a run is on."""
        if not self._session.has_pair or self.is_busy:
            return
        self._herald.settled.emit()
        self._herald.said.emit("")
        short, long = (self._session.photos[role].path for role in Role)
        options = chosen_options(self._settings)
        self._run = self._jobs.submit(partial(ProcessPair, short=short, long=long, options=options))
        self.clock = ProgressClock()
        self.changed.emit()

    def fuse_with_less_memory(self) -> None:
        """Halve the memory budget, for good, and run again."""
        less = max(declared.MIN_MEMORY_GB, self._settings.get(declared.MEMORY_GB) / 2)
        self._settings.put(declared.MEMORY_GB, less)
        self.fuse()

    def cancel(self) -> None:
        """Give the run up; harmless if there is none."""
        if self._run is not None:
            self._jobs.cancel(self._run)
            self.changed.emit()

    def _on_report(self, job: Job, reply: object) -> None:
        if job is not self._run:
            return
        if isinstance(reply, Progressed) and self.clock is not None:
            self.clock.update(reply)
        elif isinstance(reply, ResultStarted):
            self._session.start_running(Picture(reply.image, self._jobs.engine.pixels(reply.image)))
            self._layers.start_running()
        elif isinstance(reply, TileDone):
            self._layers.draw_tile(reply)

    def _on_end(self, job: Job, reply: object) -> None:
        if job is not self._run:
            return
        self._run = self.clock = None
        if isinstance(reply, ResultReady):
            self._keep(reply)
        else:
            self._session.stop_running()
        if isinstance(reply, Failed):
            self._herald.fail(reply, ("fuse", "fuse_less_memory") if reply.less_memory_may_help else ("fuse",))
        elif isinstance(reply, WasCancelled):
            self._herald.said.emit(tr("Cancelled. The pair is still open."))
        self.changed.emit()

    def _keep(self, reply: ResultReady) -> None:
        picture = Picture(reply.image, self._jobs.engine.pixels(reply.image))
        self._session.add_result(reply, picture)
        self._layers.finish(picture)
        self._herald.said.emit(tr("Done. Drag the divider to compare, then save."))
