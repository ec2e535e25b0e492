"""A result on its way to a file."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from lsd2.io.naming import unique_path
from lsd2.worker.protocol import Failed, ImageSaved, SaveImage
from lsd2_gui import settings as declared
from lsd2_gui.jobs import Job, JobQueue
from lsd2_gui.notices import Herald
from lsd2_gui.pictures import Fused
from lsd2_gui.session import Session
from lsd2_gui.settings import Settings
from lsd2_gui.text import tr

SUFFIXES = {"jpeg": ".jpg", "png": ".png", "tiff": ".tif"}
"""Of the formats that `settings.SAVE_FORMAT` knows."""


def format_of(target: Path) -> str | None:
    """The format that a file's suffix stands for."""
    known = {".jpeg": "jpeg", ".tiff": "tiff", **{suffix: name for name, suffix in SUFFIXES.items()}}
    return known.get(target.suffix.lower())


class Saver(QObject):
    """Has results written.  Signal: `changed` when it begins or ends work."""

    changed = Signal()

    def __init__(self, settings: Settings, jobs: JobQueue, session: Session, herald: Herald) -> None:
        super().__init__()
        self._settings, self._jobs, self._session, self._herald = settings, jobs, session, herald
        self._saving: dict[int, Fused] = {}
        jobs.ended.connect(self._on_end)

    @property
    def is_busy(self) -> bool:
        return bool(self._saving)

    def proposed_target(self) -> Path | None:
        """A free name beside the short photo for the result on the screen; None without a result."""
        fused = self._session.shown_result
        if fused is None:
            return None
        suffix = SUFFIXES[self._settings.get(declared.SAVE_FORMAT)]
        return unique_path(fused.short.absolute().parent, f"{fused.short.stem}_{fused.reply.method}", suffix)

    def save(self, target: Path, *, overwrite: bool) -> None:
        """Write the result on the screen to `target`, which may be replaced only if `overwrite`.

        The result has the long photo's exposure, so it carries that photo's metadata on.
        """
        fused = self._session.shown_result
        if fused is None:
            return
        self._settings.put(declared.SAVE_FORMAT, format_of(target) or self._settings.get(declared.SAVE_FORMAT))
        request = partial(
            SaveImage,
            image=fused.picture.image,
            target=target,
            parent=fused.long,
            inputs=(fused.short, fused.long),
            overwrite=overwrite,
            blend=fused.blend,
        )
        self._saving[self._jobs.submit(request).number] = fused
        self._herald.settled.emit()
        self._herald.said.emit(tr("Saving {0}…").format(target.name))
        self.changed.emit()

    def _on_end(self, job: Job, reply: object) -> None:
        fused = self._saving.pop(job.number, None)
        if fused is None:
            return
        if isinstance(reply, ImageSaved):
            self._session.mark_saved(fused, reply.path)
            self._herald.saved.emit(reply.path)
        elif isinstance(reply, Failed):
            self._herald.fail(reply, ("save",))
        self.changed.emit()
