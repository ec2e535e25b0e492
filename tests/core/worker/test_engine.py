"""The real engine: decoders and writers behind the worker."""

from __future__ import annotations

import sys
from pathlib import Path

import cv2
import numpy as np

from lsd2.worker.client import DEFAULT_ENGINE
from lsd2.worker.engine import PipelineEngine, load_engine
from lsd2.worker.protocol import Failed, ImageSaved, PhotoOpened, SaveImage
from tests.core.worker.desk import MakeDesk


def test_the_default_engine_is_the_pipeline() -> None:
    assert isinstance(load_engine(DEFAULT_ENGINE), PipelineEngine)


def test_a_16_bit_photo_passes_through_the_worker_unchanged(make_desk: MakeDesk, tmp_path: Path) -> None:
    desk = make_desk(engine=DEFAULT_ENGINE)
    levels = np.random.default_rng(1).integers(0, 65536, (9, 11, 3), dtype=np.uint16)
    source, target = tmp_path / "nächte.png", tmp_path / "out.png"
    source.write_bytes(cv2.imencode(".png", levels[..., ::-1])[1].tobytes())
    opened = desk.end_of(desk.open(source))
    assert isinstance(opened, PhotoOpened)
    assert np.array_equal(desk.client.pixels(opened.image), levels)
    job = desk.client.next_job()
    desk.client.submit(SaveImage(job, opened.image, target, source))
    assert desk.end_of(job) == ImageSaved(job, target)
    written = cv2.imdecode(np.frombuffer(target.read_bytes(), np.uint8), cv2.IMREAD_UNCHANGED)
    assert written is not None
    assert np.array_equal(written[..., ::-1], levels)


def test_an_input_is_never_overwritten(make_desk: MakeDesk, tmp_path: Path) -> None:
    desk = make_desk(engine=DEFAULT_ENGINE)
    source = tmp_path / "long.png"
    source.write_bytes(cv2.imencode(".png", np.zeros((4, 4, 3), np.uint8))[1].tobytes())
    before = source.read_bytes()
    opened = desk.end_of(desk.open(source))
    assert isinstance(opened, PhotoOpened)
    job = desk.client.next_job()
    desk.client.submit(SaveImage(job, opened.image, source, None, overwrite=True, inputs=(source,)))
    assert isinstance(desk.end_of(job), Failed)
    assert source.read_bytes() == before


def test_warming_up_loads_what_the_first_job_needs() -> None:
    PipelineEngine().warm_up()
    assert {"torch", "lsd2.pipeline", "lsd2.io.read", "lsd2.io.write"} <= sys.modules.keys()
