"""The one door: a pair and options in, a result out.

The window, the command line, batch jobs and tests all go through it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from functools import partial

from lsd2.finishing.finish import check_weights, finish, is_finished
from lsd2.imaging.align import estimate_alignment, measure_blur, warp_long
from lsd2.imaging.coarse import SECOND_LOOK_LEVELS, coarse_levels
from lsd2.io.pairing import check_pair
from lsd2.methods.base import MethodInfo, MethodOutput, PreparedPair, Reach, Scene
from lsd2.methods.network import make_ready
from lsd2.methods.registry import get_method
from lsd2.options import ProcessOptions
from lsd2.parts import Part, part_around
from lsd2.photo import AlignmentReport, Crop, ExposurePair, FloatImage, Result
from lsd2.progress import Progress, Silent, Stage
from lsd2.system import peak_rss_mb

FINISHED_LABEL = "{0} + exposure fusion"
UNWANTED = AlignmentReport.unaligned("alignment was switched off")


@dataclass(frozen=True, slots=True)
class Prepared:
    """What all methods of one comparison share: the same pixels, the same alignment, the same notes.

    `window` is the part of the photos that `pair` shows; None is all of them.
    """

    pair: PreparedPair
    alignment: AlignmentReport
    notes: tuple[str, ...]
    window: Crop | None = None


@dataclass(slots=True)
class Preparation:
    """A pair on its way to several runs: checked, and registered once however many parts of it are wanted."""

    pair: ExposurePair
    align: bool
    _notes: tuple[str, ...] = field(init=False)
    _alignment: AlignmentReport | None = field(init=False, default=None)
    _whole: Prepared | None = field(init=False, default=None)
    _scene: Scene | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        short, long = self.pair.short, self.pair.long
        self._notes = (*check_pair(short, long), *short.notes, *long.notes)

    def is_of(self, pair: ExposurePair, align: bool) -> bool:
        """Whether it is of these very photos, whatever notes go with them."""
        mine, theirs = (self.pair.short, self.pair.long), (pair.short, pair.long)
        return self.align == align and all(a.pixels is b.pixels for a, b in zip(mine, theirs, strict=True))

    def prepared(self, window: Crop | None = None, progress: Progress | None = None) -> Prepared:
        """The pair, or the part of it that `window` shows; see `prepare` for what may be raised."""
        if window is None and self._whole is not None:
            return self._whole
        silent = progress or Silent()
        short, long = self.pair.short.pixels, self.pair.long.pixels
        report = self.registration(silent)
        aligned = warp_long(short, long, report, silent, window, lambda: self.scene.brightness)
        if window is None:
            self._whole = Prepared(PreparedPair(short, aligned, blur_px=report.blur_px), report, self._notes)
            return self._whole
        part = PreparedPair(short[window.rows, window.columns], aligned, self.scene, report.blur_px, at=window)
        return Prepared(part, report, self._notes, window)

    @property
    def scene(self) -> Scene:
        """All of the photos, for methods that are handed a part."""
        if self._scene is None:
            short, long, report = self.pair.short.pixels, self.pair.long.pixels, self.registration(Silent())
            self._scene = Scene(short, long, partial(warp_long, short, long, report, Silent()))
        return self._scene

    def release(self) -> None:
        """Let go of the photos and of what was made of them; nothing can be prepared any more."""
        del self.pair
        self._whole = self._scene = None

    def registration(self, progress: Progress) -> AlignmentReport:
        """How the long frame is moved, and how much it is blurred; measured once."""
        if self._alignment is None:
            short, long = self.pair.short.pixels, self.pair.long.pixels
            told = partial(progress.report, Stage.ALIGN, 0, 1)
            told()
            if self.align:
                self._alignment = estimate_alignment(short, long, told)
            else:
                self._alignment = replace(UNWANTED, blur_px=measure_blur(short, long, told))
            progress.report(Stage.ALIGN, 1, 1)
        return self._alignment


def prepare(pair: ExposurePair, align: bool, progress: Progress | None = None) -> Prepared:
    """Check the pair and register its long frame to the short one.

    Raises
    ------
    PairError
        When the photos do not make a pair.
    Cancelled
        When `progress` says so.
    """
    return Preparation(pair, align).prepared(progress=progress)


def run_method(
    prepared: Prepared, options: ProcessOptions, progress: Progress | None = None, crop: Crop | None = None
) -> Result:
    """Run one method, and the finishing step that is asked for, on a prepared pair.

    Parameters
    ----------
    crop : the part of the photos that is kept; None is all that is prepared.

    Raises
    ------
    Lsd2Error
        With a message for the user.
    Cancelled
        When `progress` says so.
    """
    return _finished(_apply(prepared, options, progress, crop), options)


@dataclass(frozen=True, slots=True)
class _Applied:
    """What a method made, and what of the prepared pair is still needed: the long frame is not."""

    method: MethodInfo
    output: MethodOutput = field(repr=False)
    short: FloatImage = field(repr=False)
    alignment: AlignmentReport
    notes: tuple[str, ...]
    part: Part | None
    told: Progress
    started: float


def _apply(prepared: Prepared, options: ProcessOptions, progress: Progress | None, crop: Crop | None) -> _Applied:
    method = get_method(options.method)
    check_weights(method.info, options)
    part = Part(crop, prepared.window) if crop else None
    told = part.progress(progress or Silent()) if part else progress or Silent()
    make_ready(method.info, options, told)
    started = time.perf_counter()
    kept = part.inner if part and part.window else None  # a finishing step has to see all of the photo
    output = method.run(replace(prepared.pair, kept=kept), options, told)
    return _Applied(method.info, output, prepared.pair.short, prepared.alignment, prepared.notes, part, told, started)


def _finished(applied: _Applied, options: ProcessOptions) -> Result:
    output = finish(applied.method, applied.output, applied.short, options, applied.told)
    part, share = applied.part, output.short_share
    return Result(
        pixels=part.cut(output.pixels) if part else output.pixels,
        method=applied.method.name,
        label=(FINISHED_LABEL if "fusion" in output.parameters else "{0}").format(applied.method.label),
        parameters={"options": options.to_dict(), **output.parameters},
        model=output.model,
        seconds=time.perf_counter() - applied.started,
        device=output.device,
        alignment=applied.alignment,
        notes=(*applied.notes, *output.notes),
        peak_rss_mb=peak_rss_mb(),
        crop=part.crop if part else None,
        short_share=part.cut(share) if part and share is not None else share,
    )


def process(pair: ExposurePair, options: ProcessOptions, progress: Progress | None = None) -> Result:
    """Prepare a pair and run one method on it; see `prepare` and `run_method` for what may be raised."""
    return run_once(Preparation(pair, options.align), options, progress)


def run_once(preparation: Preparation, options: ProcessOptions, progress: Progress | None = None) -> Result:
    """`run_method` on all of a pair that nothing more is wanted of.

    The photos are let go as soon as they are not needed, if the caller holds them no more: the long one that was read
    when it has been registered, the registered one before the finishing step.  At 24 megapixels each is 288 MB.
    """
    prepared = preparation.prepared(progress=progress)
    preparation.release()
    applied = _apply(prepared, options, progress, None)
    del prepared
    return _finished(applied, options)


def process_part(
    preparation: Preparation, options: ProcessOptions, crop: Crop | None, progress: Progress | None = None
) -> Result:
    """Only a part of the result, as the whole result shows it, in little more time than the part needs.

    A method whose pixels depend on the whole photo is run on all of it.

    Parameters
    ----------
    crop : the part, inside the photos; None is all of them.

    Raises
    ------
    Lsd2Error, Cancelled
        As `prepare` and `run_method`.
    """
    if crop is None:
        return run_method(preparation.prepared(progress=progress), options, progress)
    short, reach = preparation.pair.short, _reach(preparation, options, progress or Silent())
    window = part_around(crop, reach.context, reach.grid, short.width, short.height) if reach else None
    return run_method(preparation.prepared(window, progress), options, progress, crop)


def learn(preparation: Preparation, options: ProcessOptions, progress: Progress) -> None:
    """Find out ahead what runs with these options have in common, whichever part of the pair they are of.

    The frames are registered; and where a method can be run on a part, it is run on a single pixel, for which it looks
    at all that it judges the pair by.

    Raises
    ------
    Lsd2Error, Cancelled
        As `process_part`.
    """
    preparation.registration(progress)
    if _reach(preparation, options, progress):
        short = preparation.pair.short
        process_part(preparation, options, Crop(short.width // 2, short.height // 2, 1, 1), progress)


def _reach(preparation: Preparation, options: ProcessOptions, progress: Progress) -> Reach | None:
    """How far around a part a method looks; None if it has to see all of the photos."""
    method = get_method(options.method).info
    if method.reach is None or is_finished(method, options):
        return None
    if not method.coarse_first:
        return method.reach
    short, blur_px = preparation.pair.short, preparation.registration(progress).blur_px
    levels = coarse_levels(blur_px, short.height, short.width)
    reach = method.reach.halved(max(levels, SECOND_LOOK_LEVELS))
    return replace(reach, context=reach.context + method.reach.context) if levels else reach
