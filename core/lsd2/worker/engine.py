"""What the worker can do: open, process, save.  Named by an import string, so that tests may put a scripted one in."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from lsd2.options import ProcessOptions
from lsd2.photo import Development, ExposurePair, FloatImage, Photo, Result
from lsd2.progress import Progress


class Engine(Protocol):
    """The work behind the requests.  Raises `Lsd2Error` with a message fit for the user."""

    def open(self, path: Path, like: Development | None = None) -> Photo:
        """Decode a file; a raw file is developed `like` another one of its camera."""

    def preview(self, path: Path) -> Photo | None:
        """The camera's own small picture in a raw file; None for files without any."""

    def process(self, pair: ExposurePair, options: ProcessOptions, progress: Progress) -> Result:
        """Run one method; `progress` may raise `Cancelled`."""

    def save(
        self, target: Path, pixels: FloatImage, *, parent: Photo | None, inputs: Sequence[Path], overwrite: bool
    ) -> Path:
        """Write a display image (H, W, 3) with the parent's metadata, never over `inputs`; the path written."""

    def warm_up(self) -> None:
        """Import what the first job will need; called once in an idle moment, on a thread of its own."""


class PipelineEngine:
    """The real engine.  Decoders and networks are imported when they are first needed."""

    def open(self, path: Path, like: Development | None = None) -> Photo:
        from lsd2.io.read import read_photo

        return read_photo(path, like)

    def preview(self, path: Path) -> Photo | None:
        from lsd2.io.read import read_preview

        return read_preview(path)

    def process(self, pair: ExposurePair, options: ProcessOptions, progress: Progress) -> Result:
        from lsd2.pipeline import process

        return process(pair, options, progress)

    def save(
        self, target: Path, pixels: FloatImage, *, parent: Photo | None, inputs: Sequence[Path], overwrite: bool
    ) -> Path:
        from lsd2.io.write import write_photo

        return write_photo(target, pixels, parent=parent, inputs=inputs, overwrite=overwrite)

    def warm_up(self) -> None:
        for module in ("lsd2.io.read", "lsd2.pipeline", "lsd2.io.write", "lsd2.networks.predictor"):
            import_module(module)


def load_engine(name: str) -> Engine:
    """Make the engine that "module:attribute" names."""
    module, _, attribute = name.partition(":")
    return cast(Engine, getattr(import_module(module), attribute)())
