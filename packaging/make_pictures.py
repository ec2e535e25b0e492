"""Make the pictures of the README from the bundled sample pair: `python packaging/make_pictures.py`.

The window's picture is taken from the real window with the real worker and network; the crops come from the same pair.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import cv2
import numpy as np

from lsd2.imaging.photometry import match_to_long
from lsd2.io.read import read_photo
from lsd2.io.write import write_photo
from lsd2.options import ProcessOptions, WriteOptions
from lsd2.photo import ExposurePair, FloatImage
from lsd2.pipeline import process
from lsd2.resources import resource_path

TARGET = Path(__file__).resolve().parents[1] / "docs" / "images"
CROP = (slice(330, 510), slice(250, 570))
"""Rows and columns of the sample that the crops show, enlarged twice."""
TIMEOUT_MS = 120_000


def take_window() -> None:
    """The window with the fused sample, as it is at 1280x800."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QTimer

    from lsd2.worker.client import WorkerClient
    from lsd2_gui.app import make_application
    from lsd2_gui.controller import Controller
    from lsd2_gui.main_window import MainWindow
    from lsd2_gui.settings import Settings

    with tempfile.TemporaryDirectory() as folder:
        app = make_application()
        controller = Controller(Settings(Path(folder)), WorkerClient)
        window = MainWindow(controller, Path(folder) / "lsd2.log")
        window.resize(1280, 800)
        window.show()
        controller.jobs.start()
        window.open_sample()
        timer = QTimer()
        timer.timeout.connect(lambda: _step(window, app))
        timer.start(200)
        QTimer.singleShot(TIMEOUT_MS, lambda: app.exit(1))
        code = app.exec()
        if code == 0:
            window.grab().save(str(TARGET / "window.jpg"), quality=88)
        controller.close()
    if code:
        raise SystemExit("the sample was not fused in time")


def _step(window: object, app: object) -> None:
    """Fuse as soon as the pair is open; end as soon as there is a result."""
    controller = window.controller  # type: ignore[attr-defined]
    if controller.session.results and not controller.runner.is_busy:
        app.exit(0)  # type: ignore[attr-defined]
    elif controller.session.has_pair and not controller.runner.is_busy:
        controller.runner.fuse()


def make_crops() -> None:
    """The short frame matched to the long one, the long frame, the result."""
    pair = ExposurePair(*(read_photo(resource_path(f"samples/street_{role}.jpg")) for role in ("short", "long")))
    result = process(pair, ProcessOptions())
    matched, _ = match_to_long(pair.short.pixels, pair.long.pixels)
    for name, pixels in (("short", matched), ("long", pair.long.pixels), ("lsd2", result.pixels)):
        write_photo(
            TARGET / f"crop_{name}.jpg", _enlarged(pixels[CROP]), overwrite=True, options=WriteOptions(quality=90)
        )


def _enlarged(pixels: FloatImage) -> FloatImage:
    return np.asarray(np.kron(pixels, np.ones((2, 2, 1), np.float32)), np.float32)


if __name__ == "__main__":
    cv2.setNumThreads(1)
    TARGET.mkdir(parents=True, exist_ok=True)
    make_crops()
    take_window()
