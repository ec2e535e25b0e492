"""Results that leave the window without being saved: dragged to the file manager, or copied."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QImage

from lsd2.io.on_disk import is_file
from lsd2.worker.protocol import Failed, ImageSaved, SharedImage
from lsd2_gui.background import Background
from lsd2_gui.jobs import Job, JobQueue
from lsd2_gui.layers import LayerBook
from lsd2_gui.notices import Herald
from lsd2_gui.pictures import Fused
from lsd2_gui.qimage import owned_image
from lsd2_gui.saving import Saver, save_request
from lsd2_gui.session import Session
from lsd2_gui.text import tr

_Look = tuple[SharedImage, float]
"""What a file shows: a result, and its strength."""


class Exporter(QObject):
    """Writes results to a folder of its own, which is removed with the window."""

    def __init__(
        self,
        jobs: JobQueue,
        session: Session,
        saver: Saver,
        layers: LayerBook,
        background: Background,
        herald: Herald,
    ) -> None:
        super().__init__()
        self._jobs, self._session, self._saver, self._background = jobs, session, saver, background
        self._layers, self._herald = layers, herald
        self._folder: Path | None = None
        self._files: dict[_Look, Path] = {}
        self._wanted: dict[Job, tuple[_Look, Callable[[Path], None]]] = {}
        jobs.ended.connect(self._on_end)

    def file_of(self, fused: Fused) -> Path | None:
        """A file of the result at its strength, if there is one already."""
        if fused.saved_to is not None and is_file(fused.saved_to):
            return fused.saved_to
        return self._files.get(_look(fused))

    def prepare(self, fused: Fused, take: Callable[[Path], None]) -> None:
        """Have a file written, as saving would do it, and give it to `take` when it is there."""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="lsd2-"))
        folder = self._folder / str(len(self._files) + len(self._wanted))  # the name stays what it would be
        folder.mkdir(exist_ok=True)
        plan = self._saver.plan(fused)
        target = folder / self._saver.targets(plan, [fused])[0].name
        job = self._jobs.submit(partial(save_request, fused, target, plan))
        self._wanted[job] = _look(fused), take

    def copy(self, fused: Fused) -> None:
        """Put the result, as it is shown, on the clipboard."""
        layer = self._layers.layer(self._session.key_of(fused))
        if layer is None:
            return
        self._background.run(partial(owned_image, layer.chain.levels[0].pixels), self._put_on_clipboard)

    def _put_on_clipboard(self, image: QImage) -> None:
        QGuiApplication.clipboard().setImage(image)
        self._herald.said.emit(tr("Copied, in 8 bits. Paste it into another program."))

    def close(self) -> None:
        """Remove what was written."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _on_end(self, job: Job, reply: object) -> None:
        wanted = self._wanted.pop(job, None)
        if wanted is None:
            return
        look, take = wanted
        if isinstance(reply, ImageSaved):
            self._files[look] = reply.path
            take(reply.path)
        elif isinstance(reply, Failed):
            self._herald.fail(reply, ())


def _look(fused: Fused) -> _Look:
    return fused.picture.image, fused.strength
