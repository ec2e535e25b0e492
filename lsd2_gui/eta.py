"""How long a job has run and will run, told from its reports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from lsd2.progress import Stage
from lsd2.worker.protocol import Progressed

_MIN_SHARE = 0.02
"""No forecast from less than this share of a stage: it would jump about."""


@dataclass(frozen=True, slots=True)
class Reading:
    """`remaining` is None while nothing can be said."""

    stage: Stage | None
    done: int
    total: int
    elapsed: float
    remaining: float | None

    @property
    def share(self) -> float | None:
        """How much of `Stage.PROCESS` is done, in [0, 1]; None in other stages, and before its first step is done."""
        return self.done / self.total if self.stage is Stage.PROCESS and self.done > 0 else None


class ProgressClock:
    """Follows one job.  The forecast looks at the longest stage, `Stage.PROCESS`, alone: others take a moment."""

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._started = now()
        self._stage: Stage | None = None
        self._stage_started = self._started
        self._first_done = 0
        self._done = self._total = 0
        self._last_step = self._started

    def update(self, report: Progressed) -> None:
        now = self._now()
        if report.stage is not self._stage:
            self._stage, self._stage_started, self._first_done = report.stage, now, report.done
        self._done, self._total, self._last_step = report.done, report.total, now

    def read(self) -> Reading:
        now = self._now()
        return Reading(self._stage, self._done, self._total, now - self._started, self._remaining(now))

    def _remaining(self, now: float) -> float | None:
        steps = self._done - self._first_done
        if self._stage is not Stage.PROCESS or steps <= 0 or self._done < self._total * _MIN_SHARE:
            return None
        per_step = (self._last_step - self._stage_started) / steps
        return max(0.0, per_step * (self._total - self._done) - (now - self._last_step))
