"""The worker process: runs jobs one at a time on its main thread, while a second thread reads requests.

Importing this module loads no decoder and no network: the window process imports it to name `serve`.
"""

from __future__ import annotations

import os
import queue
import sys
import threading
import traceback
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path

from lsd2.errors import PhotoReadError
from lsd2.options import OutputProfile
from lsd2.photo import ExposurePair, Photo, Result
from lsd2.progress import Cancelled, CancelToken, Progress, Stage
from lsd2.worker.engine import load_engine
from lsd2.worker.failures import failure
from lsd2.worker.folder_protocol import FolderRequest, RunBatchItem
from lsd2.worker.inbox import Inbox
from lsd2.worker.outbox import Outbox
from lsd2.worker.photos import PhotoCache
from lsd2.worker.pictures import read_display
from lsd2.worker.protocol import (
    ImageSaved,
    ImageTaken,
    JobRequest,
    MeasureNoise,
    MeasurePicture,
    NoiseMeasured,
    OpenPhoto,
    OpenPreview,
    PairPrepared,
    PhotoOpened,
    PictureMeasured,
    PreparePair,
    PreviewOpened,
    ProcessPair,
    Reply,
    ResultReady,
    SaveComparison,
    SaveImage,
    SharedImage,
    Shutdown,
    WasCancelled,
    WorkerReady,
)
from lsd2.worker.reporter import Reporter, Stepper, Watched
from lsd2.worker.share import pack
from lsd2.worker.surroundings import forget_noise, settle

_IDLE_SECONDS = 0.3
IN_SRGB = "the result was saved in sRGB, for the colours of that photo are not known"


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker needs to know: its engine, how its blocks are named, and where its output goes."""

    engine: str
    block_prefix: str
    noise_log: Path


def serve(connection: Connection, setup: Setup) -> None:
    """The main function of the worker process; does not return."""
    code: object = 1
    try:
        settle(setup.noise_log)
        server = Server(connection, setup)
        server.run()
        code = 0
    except SystemExit as end:
        code = end.code
    except BaseException:
        traceback.print_exc()  # to the log of output, which the window reads
    finally:
        sys.stderr.flush()
        # Not sys.exit: libraries may be half imported on the warm-up thread, and the pipe holds nothing back.
        os._exit(code if isinstance(code, int) else 1)


class Server:
    """Takes requests from the inbox and answers each with exactly one final reply."""

    def __init__(self, connection: Connection, setup: Setup) -> None:
        self._setup = setup
        self._engine = load_engine(setup.engine)
        self._photos = PhotoCache(self._engine.open)
        self._outbox = Outbox(connection, setup.block_prefix)
        self._inbox = Inbox(connection, self._flush)
        self._reporter: Reporter | None = None
        self._is_warm = False

    def run(self) -> None:
        """Serve until `Shutdown`, or until the window is gone."""
        self._inbox.start()
        try:
            self._serve()
        except OSError:  # of the pipe; those of jobs are replies
            self._inbox.window_is_gone = True
        if self._inbox.window_is_gone:
            with suppress(OSError):
                self._setup.noise_log.unlink()  # nobody else is left to do it

    def _serve(self) -> None:
        self._outbox.send(WorkerReady(os.getpid()))
        while True:
            request = self._next()
            if isinstance(request, Shutdown):
                return
            if isinstance(request, ImageTaken):
                self._outbox.taken(request.block)
            else:
                self._run_job(request)

    def _next(self) -> JobRequest | ImageTaken | Shutdown:
        if not self._is_warm:
            with suppress(queue.Empty):
                return self._inbox.next(_IDLE_SECONDS)
            self._is_warm = True
            threading.Thread(target=self._engine.warm_up, name="lsd2-warm-up", daemon=True).start()
        return self._inbox.next()

    def _flush(self) -> None:
        reporter = self._reporter  # the main thread may clear it at any time
        if reporter is not None:
            reporter.flush()

    def _run_job(self, request: JobRequest) -> None:
        forget_noise()
        reply: Reply | None
        try:
            reply = self._do(request, self._inbox.token(request.job))
        except Cancelled:
            reply = WasCancelled(request.job)
        except Exception as error:
            reply = failure(request, error)
        self._inbox.ended(request.job)
        if reply is not None:
            self._outbox.send(reply)

    def _do(self, request: JobRequest, token: CancelToken) -> Reply | None:
        """The final reply, or None if it was sent already."""
        token.raise_if_cancelled()
        if isinstance(request, OpenPhoto):
            self._open(request, token)
            return None
        if isinstance(request, OpenPreview):
            return self._preview(request)
        if isinstance(request, ProcessPair):
            return self._process(request, token)
        if isinstance(request, PreparePair):
            return self._prepare(request, token)
        if isinstance(request, MeasureNoise):
            return self._measure_noise(request, token)
        if isinstance(request, MeasurePicture):
            return self._measure_picture(request, token)
        if isinstance(request, SaveComparison):
            return self._save_comparison(request, token)
        if isinstance(request, FolderRequest):
            return self._folder_job(request, token)
        return self._save(request, token)

    def _open(self, request: OpenPhoto, token: CancelToken) -> None:
        like = self._photos.get(request.like).development if request.like else None
        token.raise_if_cancelled()
        photo = self._photos.get(request.path, like)
        token.raise_if_cancelled()
        self._outbox.give(
            (photo.height, photo.width),
            lambda image: PhotoOpened(request.job, request.path, image, photo.metadata, photo.notes),
            photo.pixels,
        )

    def _preview(self, request: OpenPreview) -> Reply | None:
        photo = self._engine.preview(request.path)
        if photo is None:
            return PreviewOpened(request.job, request.path, None, None)
        self._outbox.give(
            (photo.height, photo.width),
            lambda image: PreviewOpened(request.job, request.path, image, photo.metadata),
            photo.pixels,
        )
        return None

    def _process(self, request: ProcessPair, token: CancelToken) -> ResultReady:
        self._reporter = reporter = Reporter(request.job, token, self._outbox)
        try:
            pair = self._read_pair(request, reporter)
            reporter.expect(pair.short.height, pair.short.width, request.crop)
            result = self._engine.process(pair, request.options, request.crop, reporter)
            return _result_ready(request.job, reporter.finish(result.pixels), result)
        finally:
            reporter.end()
            self._reporter = None

    def _prepare(self, request: PreparePair, token: CancelToken) -> PairPrepared:
        watched = Watched(token)
        self._engine.prepare(self._read_pair(request, watched), request.options, watched)
        return PairPrepared(request.job)

    def _read_pair(self, request: ProcessPair | PreparePair | SaveComparison, progress: Progress) -> ExposurePair:
        progress.report(Stage.READ, 0, 2)
        long = self._photos.get(request.long)
        progress.report(Stage.READ, 1, 2)
        short = self._photos.get(request.short, long.development)
        progress.report(Stage.READ, 2, 2)
        if long.development is not None:
            from lsd2.io.read_pair import light_notes  # loads the decoders, which are loaded by now

            short = replace(short, notes=short.notes + light_notes(short, long))
        return ExposurePair(short, long)

    def _folder_job(self, request: FolderRequest, token: CancelToken) -> Reply:
        if isinstance(request, RunBatchItem):
            self._photos.forget()  # the memory is for the batch's pair
        self._reporter = reporter = Stepper(request.job, token, self._outbox)
        try:
            return self._engine.folder_job(request, reporter)
        finally:
            reporter.end()
            self._reporter = None

    def _save(self, request: SaveImage, token: CancelToken) -> ImageSaved:
        parent, lost = self._parent(request)
        pixels = read_display(request.image, request.blend)
        token.raise_if_cancelled()
        path, notes = self._engine.save(request, pixels, parent)
        return ImageSaved(request.job, path, (*lost, *notes))

    def _parent(self, request: SaveImage) -> tuple[Photo | None, tuple[str, ...]]:
        """The photo whose metadata the file carries on, and what is lost without it: a result waits for no drive."""
        if request.parent is None:
            return None, ()
        try:
            return self._photos.get(request.parent), ()
        except PhotoReadError as error:
            kept_colours = request.options.profile is not OutputProfile.SOURCE
            return None, (f"the result was saved without camera data: {error}", *(() if kept_colours else (IN_SRGB,)))

    def _save_comparison(self, request: SaveComparison, token: CancelToken) -> ImageSaved:
        watched = Watched(token)
        pair = self._read_pair(request, watched)
        reference = self._photos.get(request.reference) if request.reference else None
        token.raise_if_cancelled()
        return ImageSaved(request.job, self._engine.save_comparison(request, pair, reference, watched))

    def _measure_noise(self, request: MeasureNoise, token: CancelToken) -> NoiseMeasured:
        short = self._photos.get(request.short, self._photos.get(request.long).development)
        token.raise_if_cancelled()
        sigma, fine_sigma = self._engine.measure_noise(short, Watched(token))
        return NoiseMeasured(request.job, sigma, fine_sigma)

    def _measure_picture(self, request: MeasurePicture, token: CancelToken) -> PictureMeasured:
        reference = self._photos.get(request.reference) if request.reference else None
        token.raise_if_cancelled()
        pixels = read_display(request.image, request.blend, request.crop)
        return PictureMeasured(request.job, self._engine.measure(pixels, reference, request.crop))


def _result_ready(job: int, image: SharedImage, result: Result) -> ResultReady:
    return ResultReady(
        job=job,
        image=image,
        method=result.method,
        label=result.label,
        parameters=dict(result.parameters),
        model=result.model,
        seconds=result.seconds,
        device=result.device,
        alignment=result.alignment,
        notes=result.notes,
        peak_rss_mb=result.peak_rss_mb,
        crop=result.crop,
        share=None if result.short_share is None else pack(result.short_share),
    )
