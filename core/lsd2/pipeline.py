"""The one door: a pair and options in, a result out.

The window, the command line, batch jobs and tests all go through it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from lsd2.imaging.align import align_long_to_short
from lsd2.io.pairing import check_pair
from lsd2.methods.base import PreparedPair
from lsd2.methods.registry import get_method
from lsd2.options import ProcessOptions
from lsd2.photo import AlignmentReport, ExposurePair, Result
from lsd2.progress import Progress, Silent
from lsd2.system import peak_rss_mb


@dataclass(frozen=True, slots=True)
class Prepared:
    """What all methods of one comparison share: the same pixels, the same alignment, the same notes."""

    pair: PreparedPair
    alignment: AlignmentReport
    notes: tuple[str, ...]


def prepare(pair: ExposurePair, align: bool, progress: Progress | None = None) -> Prepared:
    """Check the pair and register its long frame to the short one.

    Raises
    ------
    PairError
        When the photos do not make a pair.
    Cancelled
        When `progress` says so.
    """
    notes = (*check_pair(pair.short, pair.long), *pair.short.notes, *pair.long.notes)
    short, long = pair.short.pixels, pair.long.pixels
    if align:
        long, report = align_long_to_short(short, long, progress or Silent())
    else:
        report = AlignmentReport.unaligned("alignment was switched off")
    return Prepared(PreparedPair(short, long), report, notes)


def run_method(prepared: Prepared, options: ProcessOptions, progress: Progress | None = None) -> Result:
    """Run one method on a prepared pair.

    Raises
    ------
    Lsd2Error
        With a message for the user.
    Cancelled
        When `progress` says so.
    """
    method = get_method(options.method)
    started = time.perf_counter()
    output = method.run(prepared.pair, options, progress or Silent())
    seconds = time.perf_counter() - started
    return Result(
        pixels=output.pixels,
        method=method.info.name,
        label=method.info.label,
        parameters={"options": options.to_dict(), **output.parameters},
        model=output.model,
        seconds=seconds,
        device=output.device,
        alignment=prepared.alignment,
        notes=(*prepared.notes, *output.notes),
        peak_rss_mb=peak_rss_mb(),
    )


def process(pair: ExposurePair, options: ProcessOptions, progress: Progress | None = None) -> Result:
    """Prepare a pair and run one method on it; see `prepare` and `run_method` for what may be raised."""
    return run_method(prepare(pair, options.align, progress), options, progress)
