"""What is measured of the photos and the results while nothing else is to be done."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from lsd2.worker.protocol import Failed, MeasureNoise, MeasurePicture, NoiseMeasured, PictureMeasured
from lsd2_gui.jobs import Job, JobQueue
from lsd2_gui.notices import Herald
from lsd2_gui.pictures import Fused, Role
from lsd2_gui.recipes import FileStamp
from lsd2_gui.running import Runner
from lsd2_gui.session import Session

_Pair = tuple[FileStamp, FileStamp]


class Measurer(QObject):
    """Asks the worker for the noise of the short photo and for the figures of every result.

    It waits while methods run, and what it has asked for makes way for them.  Signal: `changed`.
    """

    changed = Signal()

    def __init__(self, jobs: JobQueue, session: Session, runner: Runner, herald: Herald) -> None:
        super().__init__()
        self._jobs, self._session, self._runner, self._herald = jobs, session, runner, herald
        self._job: Job | None = None
        self._subject: Fused | _Pair | None = None
        self._noise: dict[_Pair, NoiseMeasured | None] = {}
        self._due: list[Fused] = []
        jobs.ended.connect(self._on_end)
        runner.finished.connect(self.measure_again)
        runner.changed.connect(self._go_on)
        # Later, because roles are put first and guessed then.
        session.pair_changed.connect(self._go_on, Qt.ConnectionType.QueuedConnection)
        session.reference_changed.connect(self._measure_all)

    @property
    def noise(self) -> NoiseMeasured | None:
        """What was estimated of the open short photo; None while it is not known."""
        pair = self._pair()
        return self._noise.get(pair) if pair else None

    def measure_again(self, fused: Fused) -> None:
        """A result is new, or looks different now."""
        if fused not in self._due:
            self._due.append(fused)
        self._go_on()

    def _measure_all(self) -> None:
        for fused in self._session.results:
            fused.figures = {}
        self._due = list(self._session.results)
        self.changed.emit()
        self._go_on()

    def _pair(self) -> _Pair | None:
        if not self._session.has_pair:
            return None
        return self._session.photos[Role.SHORT].stamp, self._session.photos[Role.LONG].stamp

    def _go_on(self) -> None:
        if self._runner.is_busy:
            if self._job is not None:
                self._jobs.cancel(self._job)
            return
        if self._job is not None:
            if isinstance(self._subject, tuple) and self._subject != self._pair():
                self._jobs.cancel(self._job)
            return
        self._due = [fused for fused in self._due if fused in self._session.results]
        pair = self._pair()
        if pair is not None and pair not in self._noise:
            self._subject = pair
            self._job = self._jobs.submit(partial(MeasureNoise, short=pair[0].path, long=pair[1].path))
        elif self._due:
            self._subject = fused = self._due.pop(0)
            self._job = self._jobs.submit(
                partial(
                    MeasurePicture,
                    image=fused.picture.image,
                    reference=self._reference_for(fused),
                    blend=fused.blend,
                    crop=fused.crop,
                )
            )

    def _reference_for(self, fused: Fused) -> Path | None:
        photo = self._session.reference
        if photo is None or (photo.picture.width, photo.picture.height) != (fused.picture.width, fused.picture.height):
            return None
        return photo.path

    def _on_end(self, job: Job, reply: object) -> None:
        if job is not self._job:
            return
        subject, self._job, self._subject = self._subject, None, None
        if isinstance(reply, NoiseMeasured) and isinstance(subject, tuple):
            self._noise = {subject: reply}
        elif isinstance(reply, PictureMeasured) and isinstance(subject, Fused):
            subject.figures = dict(reply.figures)
        elif isinstance(reply, Failed) and isinstance(subject, tuple):
            self._noise = {subject: None}  # never asked again: a run that needs the level will say what is wrong
        elif isinstance(reply, Failed):
            self._herald.fail(reply, ())
        elif isinstance(subject, Fused) and subject not in self._due:
            self._due.insert(0, subject)  # it made way for a run
        self.changed.emit()
        self._go_on()
