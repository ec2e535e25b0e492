"""A run on its way: waiting, at work, or failed and kept so that it can be tried again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lsd2.methods.base import MethodInfo
from lsd2.options import ProcessOptions
from lsd2.photo import Crop
from lsd2.worker.protocol import Failed
from lsd2_gui.eta import ProgressClock
from lsd2_gui.jobs import Job, JobState
from lsd2_gui.recipes import Recipe


class RunState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    CANCELLING = "cancelling"
    FAILED = "failed"


@dataclass(eq=False)
class Run:
    """One method on the pair, or on the part of it in `crop`.

    `job` and `clock` are there from its start on, `failure` once it has failed.
    """

    info: MethodInfo
    options: ProcessOptions
    recipe: Recipe
    crop: Crop | None = None
    job: Job | None = None
    clock: ProgressClock | None = None
    failure: Failed | None = None

    @property
    def state(self) -> RunState:
        if self.failure is not None:
            return RunState.FAILED
        if self.job is None:
            return RunState.WAITING
        return RunState.CANCELLING if self.job.state is JobState.CANCELLING else RunState.RUNNING

    def makes_same(self, other: Run) -> bool:
        return (self.recipe, self.crop) == (other.recipe, other.crop)
