"""A comparison sheet of results that the window holds."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from lsd2.comparison.compose import Scene, compose, pick_crops
from lsd2.comparison.rows import Compared
from lsd2.comparison.sheet import as_pdf, as_png
from lsd2.errors import PhotoWriteError
from lsd2.evaluation.comparison import compare
from lsd2.io.atomic import check_target, write_atomically
from lsd2.io.naming import shown
from lsd2.options import ProcessOptions
from lsd2.photo import ExposurePair, Photo, Result
from lsd2.pipeline import Prepared
from lsd2.progress import Progress
from lsd2.worker.pictures import read_levels
from lsd2.worker.protocol import SaveComparison, SheetRow

FRAMES = ("short", "long")
"""Methods that show the frames as every method got them."""
ENCODERS = {".png": as_png, ".pdf": as_pdf}


def write_comparison(
    request: SaveComparison, pair: ExposurePair, prepared: Prepared, reference: Photo | None, progress: Progress
) -> Path:
    """Draw the sheet, the two frames before the results, and write it whole or not at all; the path written.

    Raises
    ------
    PhotoWriteError
        When it cannot be written; what was there is as it was.
    """
    target = request.target
    encode = ENCODERS.get(target.suffix.lower())
    if encode is None:
        raise PhotoWriteError(f"{shown(target)} was not written: a comparison sheet is a .png or a .pdf file")
    check_target(target, overwrite=request.overwrite)
    frames = compare(
        prepared, [ProcessOptions(method=name) for name in FRAMES], reference.pixels if reference else None, progress
    )
    rows = [*frames, *(_row(row) for row in request.rows)]
    short, long = pair.short.without_pixels(), pair.long.without_pixels()
    scene = Scene(short, long, prepared.pair.short, prepared.pair.long, reference)
    crops = list(request.crops) or pick_crops(scene, rows)
    data = encode(compose(scene, rows, crops, chosen_by_user=bool(request.crops)))
    write_atomically(target, data, overwrite=request.overwrite)
    return target


def _row(row: SheetRow) -> Compared:
    reply = row.result
    strength = {"strength": row.blend.strength} if row.blend else {}
    result = Result(
        pixels=np.empty((0, 0, 3), np.float32),
        method=reply.method,
        label=reply.label,
        parameters={**reply.parameters, **strength},
        model=reply.model,
        seconds=reply.seconds,
        device=reply.device,
        alignment=reply.alignment,
        notes=reply.notes,
        peak_rss_mb=reply.peak_rss_mb,
    )
    return Compared(result, read_levels(row.image, row.blend), row.figures)
