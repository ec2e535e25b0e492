"""The open pair is prepared while the user looks at it, so that the first run has less to do."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Qt

from lsd2.methods.registry import method_info
from lsd2.worker.protocol import Failed, PreparePair
from lsd2_gui.jobs import Job, JobQueue
from lsd2_gui.notices import Herald, Level, Notice
from lsd2_gui.opening import Opener
from lsd2_gui.parameters import ParameterBook, options_for
from lsd2_gui.pictures import Role
from lsd2_gui.recipes import FileStamp
from lsd2_gui.session import Session
from lsd2_gui.text import sentence


class Preparer(QObject):
    """Has the worker learn once of every pair what the first ticked method needs.

    A run that begins meanwhile waits for it, for it would need the same; opening other photos does not.  That two
    photos cannot be a pair is told at once; whatever else goes wrong, by the run.
    """

    def __init__(
        self, jobs: JobQueue, session: Session, opener: Opener, parameters: ParameterBook, herald: Herald
    ) -> None:
        super().__init__()
        self._jobs, self._session, self._opener = jobs, session, opener
        self._parameters, self._herald = parameters, herald
        self._job: Job | None = None
        self._pair: tuple[FileStamp, ...] = ()
        jobs.ended.connect(self._on_end)
        opener.changed.connect(self._give_way)
        # Later, because roles are put first and guessed then.
        session.pair_changed.connect(self._go_on, Qt.ConnectionType.QueuedConnection)

    def _go_on(self) -> None:
        photos = self._session.photos
        pair = tuple(photos[role].stamp for role in Role) if self._session.can_run else ()
        if pair == self._pair:
            return
        self._give_up()
        self._pair = pair
        wanted = self._parameters.value.wanted()
        if pair and wanted:
            options = options_for(method_info(wanted[0]), self._parameters.value)
            request = partial(PreparePair, short=pair[0].path, long=pair[1].path, options=options)
            self._job = self._jobs.submit(request)

    def _give_way(self) -> None:
        if self._opener.is_busy:
            self._give_up()

    def _give_up(self) -> None:
        if self._job is not None:
            self._jobs.cancel(self._job)

    def _on_end(self, job: Job, reply: object) -> None:
        if job is not self._job:
            return
        self._job = None
        if isinstance(reply, Failed) and not reply.detail and not reply.less_memory_may_help:
            self._herald.noticed.emit(Notice(Level.WARNING, sentence(reply.message)))
