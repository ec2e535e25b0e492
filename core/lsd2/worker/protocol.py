"""The words that the window and the worker process say to each other.

One worker serves one window.  Requests go down a pipe, replies come up it; pixels travel in shared memory as
`SharedImage`.  Every job request carries a job number that its replies repeat; a job ends in exactly one of `Finished`,
`Failed`, `WasCancelled`.
Photos are named by path: the worker keeps the last few decoded, and decodes again after it was restarted.
This module imports neither torch nor any decoder, so that the window process may import it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lsd2.io.recipe import Recipe
from lsd2.options import ProcessOptions, WriteOptions
from lsd2.photo import AlignmentReport, Crop, Metadata, ModelIdentity
from lsd2.progress import Stage
from lsd2.worker.folder_protocol import FolderReply, FolderRequest
from lsd2.worker.share import PackedShare


@dataclass(frozen=True, slots=True)
class SharedImage:
    """A display image in a shared-memory block: uint16, HWC, RGB, gamma-encoded sRGB, 0..65535 for [0, 1].

    The worker makes the block; the window owns it from the reply on, and unlinks it when it drops the picture.
    """

    block: str
    height: int
    width: int


@dataclass(frozen=True, slots=True)
class Blend:
    """What a picture is blended with: `strength` of the picture, the rest of `base`, which has its size.

    Gamma-encoded values are blended, as a stack of layers is everywhere.
    """

    base: SharedImage
    strength: float


# ---- requests: window to worker ----


@dataclass(frozen=True, slots=True)
class OpenPhoto:
    """Decode a file.  Replies: `PhotoOpened`.

    `like`: develop a raw file as this other one of the pair, the long one, is; so they are when the pair is processed.
    """

    job: int
    path: Path
    like: Path | None = None


@dataclass(frozen=True, slots=True)
class OpenPreview:
    """Show the small picture inside a raw file, in milliseconds.  Replies: `PreviewOpened`."""

    job: int
    path: Path


@dataclass(frozen=True, slots=True)
class ProcessPair:
    """Run one method on a pair, or on the part of it in `crop`.  Replies: `Progressed`, `TileDone`, then `ResultReady`.

    Pictures and tiles are those of the whole photo; of a part, the rest of the picture is black.
    """

    job: int
    short: Path
    long: Path
    options: ProcessOptions
    crop: Crop | None = None


@dataclass(frozen=True, slots=True)
class PreparePair:
    """Find out ahead what a run with these options will need to know of a pair.  Replies: `PairPrepared`."""

    job: int
    short: Path
    long: Path
    options: ProcessOptions


@dataclass(frozen=True, slots=True)
class MeasureNoise:
    """Estimate the noise of a pair's short photo, as denoisers do that are not given a level.

    Replies: `NoiseMeasured`.
    """

    job: int
    short: Path
    long: Path


@dataclass(frozen=True, slots=True)
class MeasurePicture:
    """Tell the quality of a picture, and how near it comes to a sharp photo.  Replies: `PictureMeasured`.

    `crop` is the part of the picture that counts; None is all of it.
    """

    job: int
    image: SharedImage
    reference: Path | None = None
    blend: Blend | None = None
    crop: Crop | None = None


@dataclass(frozen=True, slots=True)
class SaveImage:
    """Write pixels to a file.  Replies: `ImageSaved`.

    `parent` is the photo whose metadata the file carries on; `options.parent` says which of the pair it is.  `inputs`
    are further files that are never overwritten.  With a `recipe` (`made` from `ResultReady`, without hashes) a file is
    written beside the photo, from which `lsd2 redo` makes it again.
    """

    job: int
    image: SharedImage
    target: Path
    parent: Path | None
    overwrite: bool = False
    inputs: tuple[Path, ...] = ()
    options: WriteOptions = field(default_factory=WriteOptions)
    recipe: Recipe | None = None
    blend: Blend | None = None


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A finished result on a comparison sheet, with what is said about it."""

    image: SharedImage
    result: ResultReady
    figures: Mapping[str, float] = field(default_factory=dict)
    blend: Blend | None = None


@dataclass(frozen=True, slots=True)
class SaveComparison:
    """Write a comparison sheet, PNG or PDF by the suffix of `target`.  Replies: `ImageSaved`.

    Without `crops`, they are chosen where the results differ most.
    """

    job: int
    target: Path
    short: Path
    long: Path
    rows: tuple[SheetRow, ...]
    crops: tuple[Crop, ...] = ()
    reference: Path | None = None
    overwrite: bool = False


@dataclass(frozen=True, slots=True)
class CancelJob:
    """Stop a job at its next report.  Replies: `WasCancelled`, or how the job ended if it was quicker."""

    job: int


@dataclass(frozen=True, slots=True)
class ImageTaken:
    """The window holds this block now; the worker lets go of it.  No reply.

    Windows frees a block with its last handle, so the worker must not let go earlier.
    """

    block: str


@dataclass(frozen=True, slots=True)
class Shutdown:
    """End the worker process."""


JobRequest = (
    OpenPhoto
    | OpenPreview
    | ProcessPair
    | PreparePair
    | MeasureNoise
    | MeasurePicture
    | SaveImage
    | SaveComparison
    | FolderRequest
)
Request = JobRequest | CancelJob | ImageTaken | Shutdown


def pictures_of(request: JobRequest) -> tuple[SharedImage, ...]:
    """The window's pictures that a job reads: they must live until it has ended."""
    if isinstance(request, SaveComparison):
        return tuple(image for row in request.rows for image in _with_base(row.image, row.blend))
    if isinstance(request, MeasurePicture | SaveImage):
        return _with_base(request.image, request.blend)
    return ()


def _with_base(image: SharedImage, blend: Blend | None) -> tuple[SharedImage, ...]:
    return (image, blend.base) if blend else (image,)


# ---- replies: worker to window ----


@dataclass(frozen=True, slots=True)
class WorkerReady:
    """The worker has started and waits for requests."""

    pid: int


@dataclass(frozen=True, slots=True)
class Progressed:
    job: int
    stage: Stage
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class ResultStarted:
    """The block that tiles of the running job are written to; it is black where no tile has arrived."""

    job: int
    image: SharedImage


@dataclass(frozen=True, slots=True)
class TileDone:
    """The pixels of this rectangle are in the block that `ResultStarted` named."""

    job: int
    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PhotoOpened:
    job: int
    path: Path
    image: SharedImage
    metadata: Metadata
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PreviewOpened:
    """The camera's own picture; `image` is None for files that have none, which `OpenPhoto` may well read."""

    job: int
    path: Path
    image: SharedImage | None
    metadata: Metadata | None


@dataclass(frozen=True, slots=True)
class ResultReady:
    """A finished result; `image` is the block of `ResultStarted`, now complete.

    `share` tells where it comes from, of results that mix the frames pixel by pixel; of a part, it is as large as that.
    """

    job: int
    image: SharedImage
    method: str
    label: str
    parameters: dict[str, object]
    model: ModelIdentity | None
    seconds: float
    device: str
    alignment: AlignmentReport
    notes: tuple[str, ...]
    peak_rss_mb: float = 0.0
    crop: Crop | None = None
    share: PackedShare | None = None


@dataclass(frozen=True, slots=True)
class PairPrepared:
    """The worker knows what runs on the pair have in common."""

    job: int


@dataclass(frozen=True, slots=True)
class NoiseMeasured:
    """Noise of a photo on the 0-255 scale: what a denoiser is given, and what its finest frequencies alone say."""

    job: int
    sigma: float
    fine_sigma: float


@dataclass(frozen=True, slots=True)
class PictureMeasured:
    """Figures by name: those of `imaging.no_reference`; with a reference "psnr" (dB; infinite for equal pictures) and
    "ssim" as well.
    """

    job: int
    figures: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class ImageSaved:
    """`notes` say what of the parent's metadata the file has no room for."""

    job: int
    path: Path
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failed:
    """`message` is one line for the user; `detail` a traceback for the log, empty for foreseen errors.

    `less_memory_may_help`: memory ran out, or the process ended in the middle of the job, as when the system takes its
    memory; the window then offers to try again with a smaller budget.
    """

    job: int
    message: str
    detail: str = ""
    less_memory_may_help: bool = False


@dataclass(frozen=True, slots=True)
class WasCancelled:
    job: int


Finished = (
    PhotoOpened
    | PreviewOpened
    | ResultReady
    | PairPrepared
    | NoiseMeasured
    | PictureMeasured
    | ImageSaved
    | FolderReply
)
JobReply = Progressed | ResultStarted | TileDone | Finished | Failed | WasCancelled
Reply = WorkerReady | JobReply
