"""The comparison sheet in the making: which parts of the photo it enlarges, and which results it shows."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from lsd2.io.naming import unique_path
from lsd2.photo import Crop
from lsd2.worker.protocol import Failed, ImageSaved, SaveComparison, SheetRow
from lsd2_gui.canvas.crop_grips import SMALLEST_CROP
from lsd2_gui.jobs import Job, JobQueue
from lsd2_gui.notices import Herald
from lsd2_gui.pictures import Fused, Role
from lsd2_gui.session import Session
from lsd2_gui.text import tr

MOST_CROPS = 8


class SheetMaker(QObject):
    """Keeps the crops and has the sheet written.

    Signals: `changed` (crops, results, or whether it is being written); before it `outgrown` where the program itself
    took crops away that do not lie in the open photos, and `failed` where the sheet was not written.
    """

    changed = Signal()
    failed = Signal()
    outgrown = Signal()

    def __init__(self, jobs: JobQueue, session: Session, herald: Herald) -> None:
        super().__init__()
        self._jobs, self._session, self._herald = jobs, session, herald
        self._job: Job | None = None
        self._left_out: set[int] = set()
        self.crops: tuple[Crop, ...] = ()
        jobs.ended.connect(self._on_end)
        session.pair_changed.connect(self._keep_inside)
        session.results_changed.connect(self.changed)

    @property
    def is_busy(self) -> bool:
        return self._job is not None

    @property
    def candidates(self) -> tuple[Fused, ...]:
        """Results that can be on the sheet: of this pair, and of all of it."""
        return tuple(fused for fused in self._session.results if fused.crop is None and self._session.is_of_pair(fused))

    @property
    def chosen(self) -> tuple[Fused, ...]:
        return tuple(fused for fused in self.candidates if fused.number not in self._left_out)

    @property
    def is_settled(self) -> bool:
        """Whether the results can be shown at their strengths."""
        return all(fused.is_settled for fused in self.chosen)

    def choose(self, fused: Fused, on: bool) -> None:
        """Take a result onto the sheet, or leave it out."""
        if on:
            self._left_out.discard(fused.number)
        else:
            self._left_out.add(fused.number)
        self.changed.emit()

    def put_crops(self, crops: tuple[Crop, ...]) -> None:
        """Enlarge other parts, as far as they lie in the photo; none means those in which the results differ most."""
        self.crops = self._inside(crops)[:MOST_CROPS]
        self.changed.emit()

    def add_crop(self, crop: Crop) -> None:
        """Enlarge one more part, if it is large enough and there is room for it."""
        if min(crop.width, crop.height) < SMALLEST_CROP or crop in self.crops:
            return
        if len(self.crops) == MOST_CROPS:
            self._herald.said.emit(tr("A sheet holds {0} parts at most.").format(MOST_CROPS))
            return
        self.put_crops((*self.crops, crop))

    def replace_crop(self, old: Crop, new: Crop) -> None:
        """Put another part in a part's place, unless that is a part already."""
        if old in self.crops and new not in self.crops:
            self.put_crops(tuple(new if crop == old else crop for crop in self.crops))

    def remove_crop(self, crop: Crop) -> None:
        self.put_crops(tuple(one for one in self.crops if one != crop))

    def proposed_target(self) -> Path | None:
        """A free name beside the short photo, as far as that can be looked up; None without a pair."""
        short = self._session.photos.get(Role.SHORT)
        if short is None:
            return None
        folder, name = short.path.absolute().parent, f"{short.path.stem}_comparison"
        try:
            return unique_path(folder, name, ".png")
        except OSError:  # the drive failed, or is away
            return folder / f"{name}.png"

    def save(self, target: Path, *, overwrite: bool) -> None:
        """Draw the sheet and write it: PNG or PDF by the suffix."""
        if self.is_busy or not self.chosen or not self.is_settled:
            return
        short, long = (self._session.photos[role].path for role in Role)
        request = partial(
            SaveComparison,
            target=target,
            short=short,
            long=long,
            rows=tuple(SheetRow(one.picture.image, one.reply, one.figures, one.blend) for one in self.chosen),
            crops=self.crops,
            reference=self._session.reference.path if self._session.reference else None,
            overwrite=overwrite,
        )
        self._job = self._jobs.submit(request)
        self._herald.settled.emit()
        self._herald.said.emit(tr("Drawing {0}…").format(target.name))
        self.changed.emit()

    def _keep_inside(self) -> None:
        """Of another pair, only crops that lie in it."""
        kept = self._inside(self.crops)
        if kept != self.crops:
            self.crops = kept
            self.outgrown.emit()
            self.changed.emit()

    def _inside(self, crops: tuple[Crop, ...]) -> tuple[Crop, ...]:
        short = self._session.photos.get(Role.SHORT)
        size = (short.picture.width, short.picture.height) if short else (0, 0)
        return tuple(crop for crop in crops if crop.fits(*size))

    def _on_end(self, job: Job, reply: object) -> None:
        if job is not self._job:
            return
        self._job = None
        if isinstance(reply, ImageSaved):
            self._herald.saved.emit(reply.path)
        elif isinstance(reply, Failed):
            self.failed.emit()
            self._herald.fail(reply, ("save_comparison",))
        self.changed.emit()
