"""An engine without decoders or networks; the method's name says what `process` does, the file's text what it shows.

A photo is a text file "HEIGHT WIDTH VALUE"; its display image has that value everywhere.  One called "lethal" kills the
process that looks at its pixels.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import numpy as np

from lsd2.errors import PairError, PhotoReadError, PhotoWriteError
from lsd2.options import ProcessOptions
from lsd2.photo import AlignmentReport, Crop, Development, ExposurePair, FloatImage, Metadata, Photo, Result
from lsd2.progress import Progress, Stage
from lsd2.worker.protocol import SaveComparison, SaveImage

UNALIGNED = AlignmentReport(False, ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)), 0.0, 1.0, "not tried")
TILE = 4


class Lethal(np.ndarray[tuple[int, ...], np.dtype[np.float32]]):
    def __getitem__(self, key: object) -> NoReturn:
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError("still alive")


class ScriptedEngine:
    def open(self, path: Path, like: Development | None = None) -> Photo:
        try:
            height, width, value = path.read_text(encoding="utf-8").split()
        except (OSError, ValueError) as error:
            raise PhotoReadError(f"{path.name} is not a photo") from error
        pixels = np.full((int(height), int(width), 3), float(value), np.float32)
        if path.stem == "lethal":
            pixels = pixels.view(Lethal)
        return Photo(pixels, Metadata(iso=100), path, notes=("scripted",))

    def preview(self, path: Path) -> Photo | None:
        return self.open(path) if path.stem == "previewed" else None

    def process(self, pair: ExposurePair, options: ProcessOptions, crop: Crop | None, progress: Progress) -> Result:
        if crop is not None:
            short, long = (replace(one, pixels=one.pixels[crop.rows, crop.columns]) for one in (pair.short, pair.long))
            pair = ExposurePair(short, long)
        pixels = SCRIPTS[options.method](pair, progress)
        return Result(pixels, options.method, "Scripted", {"sigma": 1.5}, None, 0.5, "cpu", UNALIGNED, ("note",))

    def prepare(self, pair: ExposurePair, options: ProcessOptions, progress: Progress) -> None:
        if pair.short.pixels.mean() > pair.long.pixels.mean():
            raise PairError("the roles are swapped")
        SCRIPTS[options.method](pair, progress)

    def save(self, request: SaveImage, pixels: FloatImage, parent: Photo | None) -> tuple[Path, tuple[str, ...]]:
        target = request.target
        if target in request.inputs or not request.overwrite:
            raise PhotoWriteError(f"{target.name} is taken")
        np.save(target, pixels)
        if parent is not None:
            target.with_suffix(".parent").write_text(parent.name, encoding="utf-8")
        return target, ()

    def measure_noise(self, photo: Photo, progress: Progress) -> tuple[float, float]:
        return 255 * float(photo.pixels.mean()), 1.0

    def measure(self, pixels: FloatImage, reference: Photo | None, crop: Crop | None) -> dict[str, float]:
        return {"mean": float(pixels.mean()), **({} if reference is None else {"true": float(reference.pixels.mean())})}

    def save_comparison(
        self, request: SaveComparison, pair: ExposurePair, reference: Photo | None, progress: Progress
    ) -> Path:
        request.target.write_text(" ".join(row.result.label for row in request.rows), encoding="utf-8")
        return request.target

    def warm_up(self) -> None:
        sys.stdout.write("warm\n")


def unstartable() -> ScriptedEngine:
    raise ImportError("libmissing.so")


def _mean(pair: ExposurePair) -> FloatImage:
    return (pair.short.pixels + pair.long.pixels) / np.float32(2)


def _tiles(pair: ExposurePair, progress: Progress) -> FloatImage:
    result = _mean(pair)
    height, width = result.shape[:2]
    places = [(left, top) for top in range(0, height, TILE) for left in range(0, width, TILE)]
    for done, (left, top) in enumerate(places, 1):
        progress.tile(left, top, result[top : top + TILE, left : left + TILE])
        progress.report(Stage.PROCESS, done, len(places))
    return result


def _endless(pair: ExposurePair, progress: Progress) -> FloatImage:
    progress.tile(0, 0, _mean(pair)[:1, :1])
    while True:
        progress.report(Stage.PROCESS, 0, 1)
        time.sleep(0.01)


def _deaf(pair: ExposurePair, progress: Progress) -> FloatImage:
    """Heeds neither the cancel nor SIGTERM, as a long call into C does."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    progress.tile(0, 0, _mean(pair)[:1, :1])
    while True:
        time.sleep(1)


def _killed(pair: ExposurePair, progress: Progress) -> FloatImage:
    progress.tile(0, 0, _mean(pair)[:1, :1])
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("still alive")


def _crash(pair: ExposurePair, progress: Progress) -> FloatImage:
    faulthandler._sigsegv()  # type: ignore[attr-defined]
    raise AssertionError("still alive")


def _exit(pair: ExposurePair, progress: Progress) -> FloatImage:
    os._exit(7)


def _memory(pair: ExposurePair, progress: Progress) -> FloatImage:
    raise MemoryError


def _bug(pair: ExposurePair, progress: Progress) -> FloatImage:
    raise ZeroDivisionError("two\nlines")


def _refuse(pair: ExposurePair, progress: Progress) -> FloatImage:
    raise PairError("these two do not make a pair")


def _wrong_size(pair: ExposurePair, progress: Progress) -> FloatImage:
    return _mean(pair)[1:]


def _loud(pair: ExposurePair, progress: Progress) -> FloatImage:
    sys.stdout.write("from Python to stdout\n")
    sys.stderr.write("from Python to stderr\n")
    os.write(1, b"from C to 1\n")
    os.write(2, b"from C to 2\n")
    return _mean(pair)


SCRIPTS: dict[str, Callable[[ExposurePair, Progress], FloatImage]] = {
    "tiles": _tiles,
    "endless": _endless,
    "deaf": _deaf,
    "killed": _killed,
    "crash": _crash,
    "exit": _exit,
    "memory": _memory,
    "bug": _bug,
    "refuse": _refuse,
    "wrong-size": _wrong_size,
    "loud": _loud,
}
