"""A large photo by any method: does it finish, in how much memory, how often does it report, does it stop when told to.

    python tests/benchmarks/large.py yuan [--megapixels 24]

The pair is the bundled one, mirrored again and again until it is large enough.  Seconds are of the processor; the
longest silence is what a user may have to wait after Cancel.  The cancelled run is a second one, told to stop after a
tenth of its reports.
"""

from __future__ import annotations

import argparse
import time

import cv2
import numpy as np

from lsd2.io.read import read_photo
from lsd2.options import ProcessOptions
from lsd2.photo import ExposurePair, FloatImage, Photo
from lsd2.pipeline import prepare, run_method
from lsd2.progress import Cancelled, Silent, Stage
from lsd2.resources import resource_path
from lsd2.system import forget_peak_rss, peak_rss_mb

STOP_AFTER = 0.1


class Watch(Silent):
    """Counts the reports, in processor seconds; cancels after `stop_after` of them."""

    def __init__(self, stop_after: float = float("inf")) -> None:
        self.count, self.longest, self._stop_after = 0, 0.0, stop_after
        self._last = time.process_time()

    def report(self, stage: Stage, done: int, total: int) -> None:
        now = time.process_time()
        self.longest, self._last = max(self.longest, now - self._last), now
        self.count += 1
        if self.count > self._stop_after:
            raise Cancelled


def enlarged(image: FloatImage, megapixels: float) -> FloatImage:
    """A 3:2 display image, the given one mirrored at its edges."""
    height = int((megapixels * 1e6 / 1.5) ** 0.5)
    down, right = max(height - image.shape[0], 0), max(height * 3 // 2 - image.shape[1], 0)
    whole = cv2.copyMakeBorder(image, 0, down, 0, right, cv2.BORDER_REFLECT)
    return np.ascontiguousarray(whole[:height, : height * 3 // 2])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("method")
    parser.add_argument("--megapixels", type=float, default=24)
    args = parser.parse_args()
    frames = [read_photo(resource_path(f"samples/street_{role}.jpg")).pixels for role in ("short", "long")]
    short, long = (enlarged(frame, args.megapixels) for frame in frames)
    megapixels = short.shape[0] * short.shape[1] / 1e6
    prepared = prepare(ExposurePair(Photo(short), Photo(long)), align=True)
    options = ProcessOptions(method=args.method)
    forget_peak_rss()
    watch, started = Watch(), time.process_time()
    result = run_method(prepared, options, watch)
    seconds = time.process_time() - started
    spread = float(result.pixels[::97, ::97].std())
    print(f"{args.method} on {short.shape[1]}x{short.shape[0]} ({megapixels:.1f} MP): finished, spread {spread:.3f}")
    print(f"  {seconds:.0f} processor seconds, {seconds / megapixels:.1f} per megapixel; peak {peak_rss_mb():.0f} MB")
    print(f"  {watch.count} reports, the longest silence {watch.longest:.1f} s", flush=True)
    del result
    stopping, started = Watch(watch.count * STOP_AFTER), time.process_time()
    try:
        run_method(prepared, options, stopping)
        print("  was told to stop and did not")
    except Cancelled:
        print(f"  told to stop after {stopping.count} reports: stopped after {time.process_time() - started:.0f} s")


if __name__ == "__main__":
    main()
