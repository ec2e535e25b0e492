"""An engine without processes, networks or decoders: it answers when the test says so."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lsd2.methods.base import Kind
from lsd2.methods.registry import all_methods
from lsd2.options import Fusion
from lsd2.photo import AlignmentReport, Metadata, ModelIdentity
from lsd2.progress import Stage
from lsd2.worker.protocol import (
    Failed,
    ImageSaved,
    JobRequest,
    MeasureNoise,
    MeasurePicture,
    NoiseMeasured,
    OpenPhoto,
    PairPrepared,
    PhotoOpened,
    PictureMeasured,
    PreparePair,
    ProcessPair,
    Progressed,
    Reply,
    ResultReady,
    ResultStarted,
    SaveComparison,
    SaveImage,
    SharedImage,
    TileDone,
    WasCancelled,
)
from lsd2.worker.share import PackedShare, pack

HEIGHT, WIDTH = 90, 130
SIGMA = 8.4
SHORT_LEVEL, LONG_LEVEL, RESULT_LEVEL = 3000, 30000, 40000


class FakeEngine:
    """Photos open and are measured by themselves (by the file's name); runs and saves wait for the test."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._blocks = itertools.count(1)
        self.requests: list[JobRequest] = []
        self.cancelled: list[int] = []
        self.arrays: dict[str, NDArray[np.uint16]] = {}
        self.metadata: dict[str, Metadata] = {}
        self.sizes: dict[str, tuple[int, int]] = {}
        """Height and width of photos that have another size, by name."""
        self.opens_at_once = True
        self.measures_at_once = True
        self.figures: dict[str, float] = {}
        self.is_started = self.is_closed = False
        self.reply: Callable[[Reply], None] = lambda reply: None

    def attach(self, on_reply: Callable[[Reply], None]) -> FakeEngine:
        self.reply = on_reply
        return self

    # ---- what the window calls ----

    def start(self) -> None:
        self.is_started = True

    def next_job(self) -> int:
        return next(self._numbers)

    def submit(self, request: JobRequest) -> None:
        self.requests.append(request)
        if isinstance(request, OpenPhoto) and self.opens_at_once:
            self.open(request)
        if isinstance(request, PreparePair) and self.measures_at_once:
            self.reply(PairPrepared(request.job))
        if isinstance(request, MeasureNoise) and self.measures_at_once:
            self.reply(NoiseMeasured(request.job, SIGMA, SIGMA / 2))
        if isinstance(request, MeasurePicture) and self.measures_at_once:
            against = {"psnr": 31.25, "ssim": 0.875} if request.reference else {}
            self.reply(PictureMeasured(request.job, {**self.figures, **against}))

    def cancel(self, job: int) -> None:
        self.cancelled.append(job)

    def pixels(self, image: SharedImage) -> NDArray[np.uint16]:
        return self.arrays[image.block]

    def release(self, image: SharedImage) -> None:
        self.arrays.pop(image.block, None)

    def close(self) -> None:
        self.is_closed = True
        self.arrays.clear()

    # ---- what the test calls ----

    def picture(self, level: int, height: int = HEIGHT, width: int = WIDTH) -> SharedImage:
        """A grey picture, with a ramp in it so that no two pixels of a row are alike."""
        block = f"block{next(self._blocks)}"
        ramp = np.arange(width, dtype=np.uint16)[None, :, None]
        self.arrays[block] = np.full((height, width, 3), level, np.uint16) + ramp
        return SharedImage(block, height, width)

    def open(self, request: OpenPhoto) -> None:
        name = request.path.name
        if not request.path.is_file() or "broken" in name:
            self.reply(Failed(request.job, f"{name} is not a photo that can be read: choose another file"))
            return
        level = LONG_LEVEL if "long" in name else SHORT_LEVEL
        metadata, size = self.metadata.get(name, Metadata()), self.sizes.get(name, (HEIGHT, WIDTH))
        self.reply(PhotoOpened(request.job, request.path, self.picture(level, *size), metadata, ()))

    def last(self, kind: type[JobRequest]) -> JobRequest:
        return next(request for request in reversed(self.requests) if isinstance(request, kind))

    def progress(self, done: int, total: int, stage: Stage = Stage.PROCESS) -> None:
        self.reply(Progressed(self.last(ProcessPair).job, stage, done, total))

    def start_result(self) -> SharedImage:
        image = self.picture(0)
        self.arrays[image.block][:] = 0
        self.reply(ResultStarted(self.last(ProcessPair).job, image))
        return image

    def tile(self, image: SharedImage, left: int, top: int, width: int, height: int, level: int) -> None:
        self.arrays[image.block][top : top + height, left : left + width] = level
        self.reply(TileDone(self.last(ProcessPair).job, left, top, width, height))

    def finish(
        self,
        image: SharedImage | None = None,
        notes: tuple[str, ...] = (),
        seconds: float = 12.3,
        level: int = RESULT_LEVEL,
    ) -> None:
        """The last run ends with a result."""
        image = image or self.start_result()
        request = self.last(ProcessPair)
        assert isinstance(request, ProcessPair)
        part = request.crop
        window = (part.rows, part.columns) if part else (slice(None), slice(None))
        self.arrays[image.block][window] = level
        report = AlignmentReport(
            True, ((1, 0, 0), (0, 1, 0), (0, 0, 1)), 3.2, 0.9, "the long photo was moved by 3.2 px"
        )
        info = next(info for info in all_methods() if info.name == request.options.method)
        is_denoiser = info.kind is Kind.DENOISER
        model = None if is_denoiser else ModelIdentity("lsd2-fast", "0123456789abcdef")
        sigma = request.options.sigma
        noise = {"sigma": sigma or SIGMA, "sigma_source": "given" if sigma else "auto"} if is_denoiser else {}
        parameters = {"options": request.options.to_dict(), **noise}
        self.reply(
            ResultReady(
                request.job, image, info.name, info.label, parameters, model, seconds, "cpu", report, notes, 500.0,
                request.crop, _share(request, self.arrays[image.block].shape[:2]),
            )
        )  # fmt: skip

    def fail(self, message: str = "it went wrong", detail: str = "", *, memory: bool = False) -> None:
        self.reply(Failed(self.last(ProcessPair).job, message, detail, less_memory_may_help=memory))

    def confirm_cancel(self) -> None:
        self.reply(WasCancelled(self.cancelled[-1]))

    def saved(self, kind: type[SaveImage] | type[SaveComparison] = SaveImage, notes: tuple[str, ...] = ()) -> Path:
        """The last file of a kind is written."""
        request = self.last(kind)
        assert isinstance(request, SaveImage | SaveComparison)
        self.reply(ImageSaved(request.job, request.target, notes))
        return request.target


def _share(request: ProcessPair, size: tuple[int, int]) -> PackedShare | None:
    """The left half of what is made comes from the short photo, if exposures are fused."""
    if request.options.fusion.kind is Fusion.NONE:
        return None
    height, width = (request.crop.height, request.crop.width) if request.crop else size
    share = np.zeros((height, width), np.uint8)
    share[:, : width // 2] = 255
    return pack(share)
