"""Several methods on one pair, all on the same prepared pixels."""

from __future__ import annotations

from lsd2.comparison.rows import Compared
from lsd2.errors import Lsd2Error
from lsd2.evaluation.figures import measure
from lsd2.imaging.no_reference import measure_alone
from lsd2.options import ProcessOptions
from lsd2.photo import FloatImage
from lsd2.pipeline import Prepared, run_method
from lsd2.progress import Progress
from lsd2.system import forget_peak_rss, release_freed_memory


def compare(
    prepared: Prepared, requests: list[ProcessOptions], reference: FloatImage | None, progress: Progress
) -> list[Compared]:
    """Run the methods one after the other; `peak_rss_mb` of each is its own where the system can count anew (Linux).

    Parameters
    ----------
    prepared : the pair, prepared once; every method gets these very arrays, and cannot write to them.
    requests : one per method; whether to align is answered by `prepared`.
    reference : display image (H, W, 3) of the sharp scene; None if it is not known.

    Raises
    ------
    Lsd2Error
        When a method fails; its message begins with the method's name.
    Cancelled
        When `progress` says so.
    """
    for array in (prepared.pair.short, prepared.pair.long):
        array.flags.writeable = False
    return [_run(prepared, options, reference, progress) for options in requests]


def _run(prepared: Prepared, options: ProcessOptions, reference: FloatImage | None, progress: Progress) -> Compared:
    release_freed_memory()
    forget_peak_rss()
    try:
        result = run_method(prepared, options, progress)
        figures = {} if reference is None else measure(result.pixels, reference)
        figures.update(measure_alone(result.pixels))
    except Lsd2Error as error:
        raise type(error)(f"{options.method}: {error}") from error
    return Compared.of(result, figures)
