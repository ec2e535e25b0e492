"""What the user can do, without a widget: the session, the jobs, and the parts that open, run and save."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from lsd2.io.on_disk import is_folder
from lsd2.worker.protocol import SharedImage
from lsd2_gui.background import Background
from lsd2_gui.batching import Batch
from lsd2_gui.blending import Blender, Strengths
from lsd2_gui.exporting import Exporter
from lsd2_gui.folder import Folder
from lsd2_gui.history import History, RoleKeeper
from lsd2_gui.jobs import EngineFactory, JobQueue
from lsd2_gui.layers import LayerBook
from lsd2_gui.measuring import Measurer
from lsd2_gui.notices import Herald
from lsd2_gui.opening import Opener
from lsd2_gui.parameters import ParameterBook
from lsd2_gui.preparing import Preparer
from lsd2_gui.previewing import Previewer
from lsd2_gui.reference import ReferenceLoader
from lsd2_gui.restoring import SessionKeeper
from lsd2_gui.running import Runner
from lsd2_gui.saving import Saver
from lsd2_gui.session import Session
from lsd2_gui.settings import Settings
from lsd2_gui.sheets import SheetMaker
from lsd2_gui.text import tr


class Controller(QObject):
    """Signal: `changed` when something that decides what may be done next is different."""

    changed = Signal()

    def __init__(self, settings: Settings, make_engine: EngineFactory) -> None:
        super().__init__()
        self.settings = settings
        self.herald = Herald(self)
        self.background = Background(self)
        self.jobs = JobQueue(make_engine, self)
        self.session = Session(self._release, self)
        self.layers = LayerBook(self.session, self.background, self)
        self.previewer = Previewer(self.jobs, self)
        self.opener = Opener(settings, self.jobs, self.session, self.herald, self.previewer)
        self.parameters = ParameterBook(settings, self)
        self.runner = Runner(self.parameters, self.jobs, self.session, self.opener, self.layers, self.herald)
        self.blender = Blender(self.jobs, self.session, self.background, self.herald)
        self.preparer = Preparer(self.jobs, self.session, self.opener, self.parameters, self.herald)
        self.measurer = Measurer(self.jobs, self.session, self.runner, self.herald)
        self.reference = ReferenceLoader(self.jobs, self.session, self.herald)
        self.saver = Saver(settings, self.jobs, self.session, self.herald)
        self.batch = Batch(settings, self.parameters, self.jobs, self.herald)
        self.folder = Folder(settings, self.jobs, self.herald)
        self.keeper = SessionKeeper(settings, self.session, self.background, self)
        self.sheets = SheetMaker(self.jobs, self.session, self.herald)
        self.history = self._make_history()
        self.exporter = Exporter(self.jobs, self.session, self.saver, self.layers, self.background, self.herald)
        for source in (self.previewer, self.folder, self.opener, self.runner, self.saver, self.sheets):
            source.changed.connect(self.changed)
        self.blender.mixed.connect(self.measurer.measure_again)
        self.parameters.changed.connect(lambda before, after: self.changed.emit())
        for signal in (
            self.session.pair_changed,
            self.session.results_changed,
            self.session.view_changed,
            self.session.reference_changed,
            self.measurer.changed,
        ):
            signal.connect(self.changed)

    def _release(self, image: SharedImage) -> None:
        """Free a picture's memory in the background: the system takes tens of milliseconds for a large one."""
        self.background.run(partial(self.jobs.engine.release, image), lambda done: None)

    def _make_history(self) -> History:
        history = History(self)
        history.watch(tr("parameters"), self.parameters.changed, lambda: self.parameters.value, self.parameters.put)
        crops = history.watch(
            tr("parts of the sheet"), self.sheets.changed, lambda: self.sheets.crops, self.sheets.put_crops
        )
        self.sheets.outgrown.connect(lambda: history.overlook(crops))
        strengths = history.watch(
            tr("strength"),
            self.blender.strength_chosen,
            lambda: self.blender.strengths,
            self.blender.put_strengths,
            self._has_result_of,
        )
        self.blender.drag_began.connect(history.seal)
        self.blender.gave_up.connect(lambda: history.overlook(strengths))
        self._roles = RoleKeeper(self, history)
        history.changed.connect(self.changed)
        return history

    def _has_result_of(self, before: Strengths, after: Strengths) -> bool:
        """Whether a result whose strength was changed is still there."""
        return before.concerns(after, [fused.number for fused in self.session.results])

    def restore(self) -> None:
        """Open the pair that was open when the program ended last, in its roles."""
        last = self.keeper.last
        if last is not None:
            self.open_as(last.short, last.long)

    def open_dropped(self, paths: Sequence[Path]) -> None:
        """Open photos and guess their roles, or show the pairs of a folder; a run that is on makes way."""
        if len(paths) == 1 and is_folder(paths[0]):
            self.folder.open(paths[0])
            return
        if self.opener.open_dropped(paths):
            self.runner.cancel_all()

    def open_as(self, short: Path | None = None, long: Path | None = None) -> None:
        """Open photos whose roles are known; a run that is on makes way."""
        if self.opener.open_as(short, long):
            self.runner.cancel_all()

    def open_own_folder(self) -> None:
        """Show the other pairs of the folder that the open photos are in."""
        for photo in self.session.photos.values():
            self.folder.open(photo.path.absolute().parent)
            return

    def close_pair(self) -> None:
        """Back to the empty window."""
        self.runner.cancel_all()
        self.session.stop_running()
        self.session.clear()
        self.history.forget()
        self.keeper.forget()
        self.herald.settled.emit()
        self.herald.said.emit("")

    def swap_roles(self) -> None:
        """Short becomes long, and long short; not while a run works on them."""
        if self.session.photos and not self.runner.is_busy:
            self.opener.keep_roles()
            self.session.swap()

    def close(self) -> None:
        """End all work and free all pictures; nothing is signalled afterwards."""
        self.jobs.close()
        self.background.close()
        self.keeper.close()
        self.exporter.close()
