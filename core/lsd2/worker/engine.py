"""What the worker can do: open, process, measure, save.

An engine is named by an import string, so that tests may put a scripted one in.
"""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from lsd2.errors import Lsd2Error, PhotoReadError
from lsd2.options import ProcessOptions
from lsd2.photo import Crop, Development, ExposurePair, FloatImage, Photo, Result
from lsd2.progress import Progress
from lsd2.worker.folder_protocol import FolderReply, FolderRequest, RunBatchItem
from lsd2.worker.protocol import SaveComparison, SaveImage

if TYPE_CHECKING:
    from lsd2.pipeline import Preparation


NO_RECIPE = "a result of partial strength has no recipe: it was saved without one"


class Engine(Protocol):
    """The work behind the requests.  Raises `Lsd2Error` with a message fit for the user."""

    def open(self, path: Path, like: Development | None = None) -> Photo:
        """Decode a file; a raw file is developed `like` another one of its camera."""

    def preview(self, path: Path) -> Photo | None:
        """The camera's own small picture in a raw file; None for files without any."""

    def process(self, pair: ExposurePair, options: ProcessOptions, crop: Crop | None, progress: Progress) -> Result:
        """Run one method on a pair or a part of it; `progress` may raise `Cancelled`."""

    def prepare(self, pair: ExposurePair, options: ProcessOptions, progress: Progress) -> None:
        """Find out ahead what `process` will need to know of the pair; `progress` may raise `Cancelled`."""

    def measure_noise(self, photo: Photo, progress: Progress) -> tuple[float, float]:
        """Sigma for denoisers and that of the finest frequencies, on the 0-255 scale."""

    def measure(self, pixels: FloatImage, reference: Photo | None, crop: Crop | None) -> dict[str, float]:
        """Figures of a display image; `crop` is the part of the reference that it is to be compared with."""

    def save(self, request: SaveImage, pixels: FloatImage, parent: Photo | None) -> tuple[Path, tuple[str, ...]]:
        """Write a display image (H, W, 3) as asked, with the parent's metadata; the path, and what was left out."""

    def save_comparison(
        self, request: SaveComparison, pair: ExposurePair, reference: Photo | None, progress: Progress
    ) -> Path:
        """Draw and write a sheet; the path written."""

    def folder_job(self, request: FolderRequest, progress: Progress) -> FolderReply:
        """Find pairs, show small pictures, plan batches and do their pairs."""

    def warm_up(self) -> None:
        """Import what the first job will need; called once in an idle moment, on a thread of its own."""


class PipelineEngine:
    """The real engine.  Decoders and networks are imported when they are first needed.

    The last pair stays prepared, so that several methods, and first a part and then the whole, are aligned once.
    """

    def __init__(self) -> None:
        self._last: Preparation | None = None

    def open(self, path: Path, like: Development | None = None) -> Photo:
        from lsd2.io.read import read_photo

        return read_photo(path, like)

    def preview(self, path: Path) -> Photo | None:
        from lsd2.io.read import read_preview

        return read_preview(path)

    def process(self, pair: ExposurePair, options: ProcessOptions, crop: Crop | None, progress: Progress) -> Result:
        from lsd2.pipeline import process_part

        return process_part(self._preparation(pair, options.align), options, crop, progress)

    def prepare(self, pair: ExposurePair, options: ProcessOptions, progress: Progress) -> None:
        from lsd2.pipeline import learn

        learn(self._preparation(pair, options.align), options, progress)

    def measure_noise(self, photo: Photo, progress: Progress) -> tuple[float, float]:
        from lsd2.imaging.noise import estimate_noise
        from lsd2.options import MAX_SIGMA

        estimate = estimate_noise(photo.pixels, progress)
        return min(estimate.sigma, MAX_SIGMA), estimate.fine_sigma

    def measure(self, pixels: FloatImage, reference: Photo | None, crop: Crop | None) -> dict[str, float]:
        from lsd2.evaluation.figures import measure
        from lsd2.imaging.no_reference import measure_alone

        if reference is None:
            return measure_alone(pixels)
        truth = reference.pixels if crop is None else reference.pixels[crop.rows, crop.columns]
        return {**measure(pixels, truth), **measure_alone(pixels)}

    def save(self, request: SaveImage, pixels: FloatImage, parent: Photo | None) -> tuple[Path, tuple[str, ...]]:
        from lsd2.io.atomic import write_atomically
        from lsd2.io.recipe import recipe_path
        from lsd2.io.write import write_photo, writing_notes

        target, overwrite = request.target, request.overwrite
        recipe, lost = _recipe(request, pixels)
        notes = writing_notes(target, pixels, parent, request.options)
        inputs = request.inputs
        write_photo(target, pixels, parent=parent, inputs=inputs, overwrite=overwrite, options=request.options)
        if recipe is not None:
            write_atomically(recipe_path(target), recipe, overwrite=overwrite)
        return target, (*notes, *lost)

    def save_comparison(
        self, request: SaveComparison, pair: ExposurePair, reference: Photo | None, progress: Progress
    ) -> Path:
        from lsd2.pipeline import UNWANTED
        from lsd2.worker.comparing import write_comparison

        wanted = any(row.result.alignment.reason != UNWANTED.reason for row in request.rows)
        prepared = self._preparation(pair, wanted).prepared(progress=progress)
        return write_comparison(request, pair, prepared, reference, progress)

    def folder_job(self, request: FolderRequest, progress: Progress) -> FolderReply:
        from lsd2.worker.folders import answer

        if isinstance(request, RunBatchItem):
            self._last = None  # the memory is for the batch's pair
        return answer(request, progress)

    def warm_up(self) -> None:
        for module in ("lsd2.io.read", "lsd2.pipeline", "lsd2.io.write", "lsd2.networks.engine"):
            import_module(module)
        with suppress(Lsd2Error):  # the first job will say it
            import_module("lsd2.networks.engine").load_library()

    def _preparation(self, pair: ExposurePair, align: bool) -> Preparation:
        """Of this very pair; a former one is forgotten."""
        from lsd2.pipeline import Preparation

        last = self._last
        if last is None or not last.is_of(pair, align):
            self._last = last = Preparation(pair, align)
        return last


def _recipe(request: SaveImage, pixels: FloatImage) -> tuple[bytes | None, tuple[str, ...]]:
    """What is to be written beside a result, if so wished and if it can be; why it cannot."""
    from lsd2.io.recipe import check_recipe, recipe_bytes

    if request.recipe is None:
        return None, ()
    if request.blend is not None and request.blend.strength < 1:
        return None, (NO_RECIPE,)
    check_recipe(request.target, overwrite=request.overwrite)
    try:
        return recipe_bytes(request.target, request.recipe, pixels), ()
    except PhotoReadError as error:  # it names the photos by their content
        return None, (f"the result was saved without a recipe: {error}",)


def load_engine(name: str) -> Engine:
    """Make the engine that "module:attribute" names."""
    module, _, attribute = name.partition(":")
    return cast(Engine, getattr(import_module(module), attribute)())
