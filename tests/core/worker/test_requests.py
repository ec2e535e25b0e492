"""What the worker does beside opening, running and saving: parts, blends, figures, sheets."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from lsd2.evaluation.figures import measure
from lsd2.imaging.noise import estimate_noise
from lsd2.io.read import read_photo
from lsd2.options import ProcessOptions
from lsd2.photo import Crop
from lsd2.worker.client import DEFAULT_ENGINE
from lsd2.worker.pictures import blended
from lsd2.worker.protocol import (
    Blend,
    Failed,
    ImageSaved,
    MeasureNoise,
    MeasurePicture,
    NoiseMeasured,
    PairPrepared,
    PictureMeasured,
    PreparePair,
    ProcessPair,
    ResultReady,
    SaveComparison,
    SaveImage,
    SheetRow,
    TileDone,
    WasCancelled,
    pictures_of,
)
from tests.core.worker.desk import Desk, MakeDesk, blocks, image_of

CROP = Crop(3, 2, 5, 4)


def _run(desk: Desk, method: str, crop: Crop | None = None) -> ResultReady:
    job = desk.client.next_job()
    short, long = desk.photo("short.txt", value=0.25), desk.photo("long.txt", value=0.75)
    desk.client.submit(ProcessPair(job, short, long, ProcessOptions(method=method), crop))
    reply = desk.end_of(job)
    assert isinstance(reply, ResultReady)
    return reply


@pytest.mark.parametrize("method", ["tiles", "loud"])
def test_a_part_arrives_at_its_place_in_a_black_picture(make_desk: MakeDesk, method: str) -> None:
    desk = make_desk()
    reply = _run(desk, method, CROP)
    assert (reply.image.height, reply.image.width) == (6, 10)
    expected = np.zeros((6, 10, 3), np.uint16)
    expected[CROP.rows, CROP.columns] = 32768
    assert np.array_equal(desk.client.pixels(reply.image), expected)
    for tile in desk.replies_of(reply.job):
        if isinstance(tile, TileDone):
            assert tile.left >= CROP.x
            assert tile.top >= CROP.y
            assert Crop(tile.left, tile.top, tile.width, tile.height).seen_from(CROP).fits(CROP.width, CROP.height)


def test_a_blend_is_between_its_pictures(make_desk: MakeDesk, tmp_path: Path) -> None:
    desk = make_desk()
    bright, dark = (desk.end_of(desk.open(desk.photo(f"{value}.txt", value=value))) for value in (0.8, 0.2))
    blend = Blend(image_of(dark), 0.25)
    job = desk.client.next_job()
    desk.client.submit(MeasurePicture(job, image_of(bright), None, blend))
    desk.client.release(image_of(bright))
    desk.client.release(image_of(dark))  # both are held until the job has ended
    reply = desk.end_of(job)
    assert isinstance(reply, PictureMeasured)
    assert reply.figures == {"mean": pytest.approx(0.35, abs=1e-4)}
    assert not blocks() & {image_of(bright).block, image_of(dark).block}


def test_blending_ends_at_the_pictures_themselves() -> None:
    one, other = np.full((2, 2, 3), 0.9, np.float32), np.full((2, 2, 3), 0.1, np.float32)
    assert np.array_equal(blended(one, other, 0.0), other)
    assert np.allclose(blended(one, other, 1.0), one)


def test_jobs_name_the_pictures_they_read() -> None:
    from lsd2.worker.protocol import SharedImage

    image, base = SharedImage("a", 1, 1), SharedImage("b", 1, 1)
    blend = Blend(base, 0.5)
    assert pictures_of(SaveImage(1, image, Path("x.png"), None, blend=blend)) == (image, base)
    assert pictures_of(MeasurePicture(1, image)) == (image,)
    assert pictures_of(MeasureNoise(1, Path("x.png"), Path("y.png"))) == ()


def test_a_pair_is_prepared_cancelled_or_refused(make_desk: MakeDesk, tmp_path: Path) -> None:
    desk = make_desk()
    dark, bright = tmp_path / "dark", tmp_path / "bright"
    dark.write_text("9 9 0.25")
    bright.write_text("9 9 0.75")

    def prepare(short: Path, long: Path, method: str) -> int:
        job = desk.client.next_job()
        desk.client.submit(PreparePair(job, short, long, ProcessOptions(method=method)))
        return job

    assert desk.end_of(done := prepare(dark, bright, "tiles")) == PairPrepared(done)
    refused = desk.end_of(prepare(bright, dark, "tiles"))
    assert isinstance(refused, Failed)
    assert refused.message == "the roles are swapped"
    desk.client.cancel(endless := prepare(dark, bright, "endless"))
    assert desk.end_of(endless) == WasCancelled(endless)
    assert len(desk.pids) == 1


# ---- the real engine ----


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """A dark noisy and a bright frame of one scene."""
    rng = np.random.default_rng(2)
    scene = cv2.GaussianBlur(rng.random((160, 220, 3)), (0, 0), 5)
    scene = (scene - scene.min()) / np.ptp(scene)
    paths = tmp_path / "short.png", tmp_path / "long.png"
    for path, gain in zip(paths, (0.3, 0.9), strict=True):
        frame = np.clip(scene * gain + rng.normal(0, 0.03 * (gain < 0.5), scene.shape), 0, 1)
        path.write_bytes(cv2.imencode(".png", (frame * 255).round().astype(np.uint8))[1].tobytes())
    return paths


def test_the_noise_is_what_denoisers_are_given(make_desk: MakeDesk, pair: tuple[Path, Path]) -> None:
    desk = make_desk(engine=DEFAULT_ENGINE)
    job = desk.client.next_job()
    desk.client.submit(MeasureNoise(job, *pair))
    reply = desk.end_of(job)
    assert isinstance(reply, NoiseMeasured)
    assert reply.sigma == pytest.approx(estimate_noise(read_photo(pair[0]).pixels).sigma)
    assert 4 < reply.sigma < 12  # 0.03 of full scale, less what is clipped at black


def test_figures_and_a_sheet_of_real_results(make_desk: MakeDesk, pair: tuple[Path, Path], tmp_path: Path) -> None:
    desk = make_desk(engine=DEFAULT_ENGINE)
    rows = []
    for method in ("short", "lsd2"):
        job = desk.client.next_job()
        desk.client.submit(ProcessPair(job, *pair, ProcessOptions(method=method)))
        reply = desk.end_of(job)
        assert isinstance(reply, ResultReady)
        rows.append(reply)
    short, fused = rows
    assert fused.peak_rss_mb > 50
    crop = Crop(20, 30, 90, 80)
    job = desk.client.next_job()
    desk.client.submit(MeasurePicture(job, fused.image, pair[1], crop=crop))
    measured = desk.end_of(job)
    assert isinstance(measured, PictureMeasured)
    pixels = desk.client.pixels(fused.image)[crop.rows, crop.columns].astype(np.float32) / 65535
    expected = measure(pixels, read_photo(pair[1]).pixels[crop.rows, crop.columns])
    assert {name: measured.figures[name] for name in expected} == pytest.approx(expected, rel=1e-4)
    sheet_rows = (SheetRow(short.image, short), SheetRow(fused.image, fused, expected, Blend(short.image, 0.5)))
    for name in ("sheet.png", "sheet.pdf"):
        job = desk.client.next_job()
        desk.client.submit(SaveComparison(job, tmp_path / name, *pair, sheet_rows, (crop,), pair[1]))
        assert desk.end_of(job) == ImageSaved(job, tmp_path / name)
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    picture = cv2.imread(str(tmp_path / "sheet.png"))
    assert picture is not None
    assert picture.shape[1] > 1900
    for target in (tmp_path / "sheet.png", tmp_path / "sheet.jpg"):
        job = desk.client.next_job()
        desk.client.submit(SaveComparison(job, target, *pair, sheet_rows))
        failed = desk.end_of(job)
        assert isinstance(failed, Failed)
        assert target.name in failed.message
