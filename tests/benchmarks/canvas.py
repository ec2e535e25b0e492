"""Frame times of the canvas while it is panned and zoomed, and how long the event loop was ever held up.

    python tests/benchmarks/canvas.py [--megapixels 24 45] [--frames 300] [--rounds 3] [--size 1400 900] [--scale 1]

Every frame moves the view and paints it at once.  Each arrangement is timed alone and while another process keeps one
processor busy, as a running method does.  The journey is made several times and each frame's fastest painting counts,
so that the figures are the canvas's own and not those of whatever else the machine does.  Two times are told: on the
clock, and of the processor for the painting thread alone, which other programs hardly change.  For comparison the table
gives the time of painting one picture of the canvas's size unscaled, which is the least that a frame can take.

The last lines are of a scripted session with a real event loop: the view moves with every tick while pictures are made
ready in the background, histograms are measured, and tiles of a result arrive.  There, too, the time that the thread
waited for a free processor (`/proc/self/schedstat`) is taken off, where the system tells it.
"""

from __future__ import annotations

import argparse
import math
import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import cv2
import numpy as np
from PySide6.QtCore import QPointF, QTimer
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from lsd2.system import give_way
from lsd2_gui.background import Background
from lsd2_gui.canvas.canvas import Canvas
from lsd2_gui.canvas.clipping import ClipMap
from lsd2_gui.canvas.look import Look, Mode
from lsd2_gui.canvas.transform import Point
from lsd2_gui.layers import Layer
from lsd2_gui.panels.histogram import HistogramPanel
from lsd2_gui.qimage import U16, MipChain, display_table

sys.path.insert(0, str(Path(__file__).parent))
from event_loop import Watch

SCENES = {
    "split, fit to 400 %": Look(),
    "grid of 4, fit to 400 %": Look(mode=Mode.GRID),
    "side by side, fit to 400 %": Look(mode=Mode.SIDE),
    "difference, fit to 400 %": Look(mode=Mode.DIFFERENCE),
    "split, clipping and loupe": Look(shadows=True, highlights=True, loupe=True),
}


def make_layers(megapixels: float, count: int = 4) -> tuple[tuple[Layer, ...], U16]:
    """Soft noise, so that no scaling is trivial; all layers share the 16-bit pixels but not what is painted."""
    height = int((megapixels * 1e6 / 1.5) ** 0.5)
    small = np.random.default_rng(0).integers(0, 65536, (height // 8, height * 3 // 16, 3), np.uint16)
    pixels = np.asarray(cv2.resize(small, (height * 3 // 2, height), interpolation=cv2.INTER_CUBIC), np.uint16)
    clips = ClipMap.of(pixels)
    chains = [MipChain.from_u16(pixels, display_table(1.0 + index)) for index in range(count)]
    return tuple(Layer(i, f"{i}", f"layer {i}", chain, clips, pixels) for i, chain in enumerate(chains)), pixels


def journey(canvas: Canvas, frames: int) -> Iterator[None]:
    """From fit to 400 % and back while the place wanders: every mip level and both kinds of scaling."""
    for frame in range(frames):
        assert canvas.transform is not None
        phase = 2 * math.pi * frame / frames
        fit = canvas.transform.fit_scale
        scale = fit * (4.0 / fit) ** (0.5 - 0.5 * math.cos(phase))
        image = canvas.transform.image
        place = Point(image.width * (0.5 + 0.3 * math.sin(5 * phase)), image.height * (0.5 + 0.3 * math.cos(3 * phase)))
        canvas.move_to(canvas.transform.zoomed_to(scale, canvas.transform.centre).centred_on(place))
        yield


def frame_times(canvas: Canvas, frames: int, rounds: int) -> np.ndarray:
    """Milliseconds of each frame of the journey, the fastest of all rounds: on the clock, and of the processor."""
    times = np.full((rounds, 2, frames), np.inf)
    for once in times:
        for frame, _ in enumerate(journey(canvas, frames)):
            started = time.perf_counter(), time.thread_time()
            canvas.repaint()
            ended = time.perf_counter(), time.thread_time()
            once[:, frame] = [1e3 * (end - start) for start, end in zip(started, ended, strict=True)]
    return np.asarray(times.min(axis=0))


def bare_time(canvas: Canvas) -> float:
    """Milliseconds for painting a picture of the canvas's size unscaled, the median of 50."""
    ratio = canvas.devicePixelRatioF()
    size = int(canvas.width() * ratio), int(canvas.height() * ratio)
    source, target = (QImage(*size, QImage.Format.Format_RGB32) for _ in range(2))
    source.fill(0xFF336699)
    times = []
    for _ in range(50):
        started = time.perf_counter()
        painter = QPainter(target)
        painter.drawImage(QPointF(0, 0), source)
        painter.end()
        times.append(1e3 * (time.perf_counter() - started))
    return float(np.median(times))


def _spin() -> None:
    give_way()
    x = np.random.default_rng(0).random((256, 256))
    while True:
        x = np.tanh(x @ x / 256)


@contextmanager
def busy_process() -> Iterator[None]:
    """Another process that computes all the time, like a running method."""
    process = multiprocessing.get_context("spawn").Process(target=_spin, daemon=True)
    process.start()
    time.sleep(1.0)
    try:
        yield
    finally:
        process.kill()
        process.join()


def longest_blocks(app: QApplication, canvas: Canvas, pixels: U16, frames: int) -> dict[str, float]:
    """Milliseconds by what was begun just before, in a scripted session."""
    background = Background()
    panel = HistogramPanel(canvas, background)
    panel.show()
    canvas.set_look(replace(Look(), histogram=True, histogram_visible=True))
    steps = journey(canvas, frames)
    tile = pixels[:512, :512]
    chain = canvas.layers[1].chain

    def tick(frame: int) -> None:
        if frame % 40 == 0:
            watch.task = "a picture is made ready"
            background.run(partial(MipChain.from_u16, pixels, display_table()), lambda made: None)
        if frame % 10 == 5:
            watch.task = "a tile is drawn"
            chain.write(512, 512, tile, display_table())
            canvas.layers[1].clips.renew(pixels, 512, 512, 1024, 1024)
        if frame % 60 == 59:
            watch.task = "the arrangement changes"
            canvas.set_look(replace(canvas.look, mode=list(Mode)[frame // 60 % len(Mode)]))
        next(steps)

    watch = Watch(task_between="moving the view")
    run_loop(app, tick, frames)
    watch.stop()
    background.close()
    panel.close()
    return watch.longest


def run_loop(app: QApplication, tick: Callable[[int], None], frames: int) -> None:
    """Call `tick` with every frame of 60 Hz from the event loop."""
    count = iter(range(frames))

    def step() -> None:
        frame = next(count, None)
        if frame is None:
            app.exit(0)
        else:
            tick(frame)

    timer = QTimer()
    timer.timeout.connect(step)
    timer.start(16)
    app.exec()
    timer.stop()


def _figures(times: np.ndarray) -> str:
    words = []
    for name, kind in zip(("clock", "processor"), times, strict=True):
        median, p99 = np.percentile(kind, [50, 99])
        words.append(f"{name}: median {median:4.1f}  99 % {p99:4.1f}  longest {kind.max():4.1f}")
    return "   ".join(words) + " ms"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megapixels", type=float, nargs="+", default=[24.0, 45.0])
    parser.add_argument("--frames", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--size", type=int, nargs=2, default=[1400, 900], metavar=("W", "H"))
    parser.add_argument("--scale", default="1", help="scale factor of the desktop")
    arguments = parser.parse_args()
    os.environ["QT_SCALE_FACTOR"] = arguments.scale
    app = QApplication([])
    for megapixels in arguments.megapixels:
        canvas = Canvas()
        canvas.resize(*arguments.size)
        canvas.show()
        layers, pixels = make_layers(megapixels)
        print(f"{megapixels:g} MP on {arguments.size[0]}x{arguments.size[1]} at scale {arguments.scale}")
        print(f"  one picture of that size, unscaled: {bare_time(canvas):.2f} ms")
        for name, look in SCENES.items():
            canvas.show_layers(layers, 0, 1)
            canvas.set_look(look)
            canvas.fit()
            app.processEvents()
            canvas.point_at(Point(canvas.width() / 3, canvas.height() / 3))
            print(f"  {name:28} {_figures(frame_times(canvas, arguments.frames, arguments.rounds))}")
            with busy_process():
                times = frame_times(canvas, arguments.frames, arguments.rounds)
            print(f"  {'beside a busy process':>28} {_figures(times)}")
        canvas.set_look(Look())
        canvas.fit()
        print("  longest hold-up of the event loop, when")
        for task, longest in longest_blocks(app, canvas, pixels, arguments.frames).items():
            print(f"    {task:26} {longest:5.0f} ms")
        canvas.close()


if __name__ == "__main__":
    main()
