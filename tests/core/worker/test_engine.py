"""The real engine: decoders and writers behind the worker."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import cv2
import numpy as np
import pytest

from lsd2.io.read import read_photo
from lsd2.io.recipe import Recipe, check_inputs, read_recipe, recipe_path
from lsd2.io.rgb_spaces import DISPLAY_P3, profile_of
from lsd2.options import OutputProfile, ProcessOptions, WriteOptions
from lsd2.photo import Development, ExposurePair, Photo
from lsd2.pipeline import Prepared, process
from lsd2.progress import Silent
from lsd2.worker.client import DEFAULT_ENGINE
from lsd2.worker.engine import NO_RECIPE, PipelineEngine, load_engine
from lsd2.worker.protocol import (
    Blend,
    Failed,
    ImageSaved,
    OpenPhoto,
    OpenPreview,
    PhotoOpened,
    PreviewOpened,
    SaveComparison,
    SaveImage,
)
from lsd2.worker.server import IN_SRGB
from tests.core.io.raw_files import Shot, dng
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


def _raw_pair(folder: Path) -> tuple[Path, Path]:
    """A long and a short raw frame of a ramp; the camera chose another white balance for the short one."""
    scene = np.repeat(np.linspace(0.05, 1, 96)[None, :, None], 64, 0) * np.ones(3)
    long, short = folder / "long.dng", folder / "short.dng"
    preview = cv2.imencode(".jpg", np.full((24, 36, 3), 128, np.uint8))[1].tobytes()
    long.write_bytes(dng(scene, Shot(gain=0.8), preview))
    short.write_bytes(dng(scene, Shot(gain=0.1, as_shot=(0.8, 1.0, 0.4))))
    return long, short


def test_raw_files_show_their_preview_and_are_developed_alike(make_desk: MakeDesk, tmp_path: Path) -> None:
    desk = make_desk(engine=DEFAULT_ENGINE)
    long, short = _raw_pair(tmp_path)
    desk.client.submit(OpenPreview(first := desk.client.next_job(), long))
    preview = desk.end_of(first)
    assert isinstance(preview, PreviewOpened)
    assert preview.image is not None
    assert desk.client.pixels(preview.image).shape == (24, 36, 3)
    desk.client.submit(OpenPreview(second := desk.client.next_job(), short))
    assert desk.end_of(second) == PreviewOpened(second, short, None, None)

    colours = []
    for like in (None, long):
        desk.client.submit(OpenPhoto(job := desk.client.next_job(), short, like))
        opened = desk.end_of(job)
        assert isinstance(opened, PhotoOpened)
        red, _, blue = desk.client.pixels(opened.image)[20:40, 70].mean(0)
        colours.append(blue / red)
    assert colours[0] > 1.3, "on its own it has its own white balance"
    assert abs(colours[1] - 1) < 0.03, "developed as the long one, a grey is grey"


def test_a_hostile_raw_file_does_not_hurt_the_worker(make_desk: MakeDesk, tmp_path: Path) -> None:
    desk = make_desk(engine=DEFAULT_ENGINE)
    long, _ = _raw_pair(tmp_path)
    hostile = tmp_path / "hostile.dng"
    data = bytearray(long.read_bytes())
    start = int.from_bytes(data[4:8], "little")
    data[start + 2 : start + 200] = bytes((7 * i) % 256 for i in range(198))
    hostile.write_bytes(data)
    refused = desk.end_of(desk.open(hostile))
    assert isinstance(refused, Failed)
    assert "hostile.dng" in refused.message
    assert not refused.detail, "a foreseen error, not a bug"
    assert isinstance(desk.end_of(desk.open(long)), PhotoOpened)
    assert len(desk.pids) == 1


class CrashingLibrary(PipelineEngine):
    """LibRaw that crashes at one file, as libraries in C do."""

    def open(self, path: Path, like: Development | None = None) -> Photo:
        if path.stem == "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        return super().open(path, like)


def test_a_crash_in_a_decoder_leaves_the_pictures_that_are_open(make_desk: MakeDesk, tmp_path: Path) -> None:
    desk = make_desk(engine=f"{__name__}:CrashingLibrary")
    long, short = _raw_pair(tmp_path)
    opened = desk.end_of(desk.open(long))
    assert isinstance(opened, PhotoOpened)
    before = desk.client.pixels(opened.image).copy()
    (tmp_path / "crash.dng").write_bytes(long.read_bytes())
    assert isinstance(desk.end_of(desk.open(tmp_path / "crash.dng")), Failed)
    assert np.array_equal(desk.client.pixels(opened.image), before)
    assert isinstance(desk.end_of(desk.open(short)), PhotoOpened)
    assert len(desk.pids) == 2


def test_saving_as_chosen_with_a_recipe(make_desk: MakeDesk, tmp_path: Path) -> None:
    desk = make_desk(engine=DEFAULT_ENGINE)
    long, short = _raw_pair(tmp_path)
    opened = desk.end_of(desk.open(long))
    assert isinstance(opened, PhotoOpened)
    options = WriteOptions(gps=True, profile=OutputProfile.DISPLAY_P3)
    recipe = Recipe(short, long, ProcessOptions(), options, {"method": "lsd2", "model": None})
    target = tmp_path / "out.tif"
    request = SaveImage(
        job := desk.client.next_job(), opened.image, target, long, inputs=(short, long), options=options, recipe=recipe
    )
    desk.client.submit(request)
    assert desk.end_of(job) == ImageSaved(job, target)
    saved = read_photo(target)
    assert saved.metadata.position is not None
    assert saved.icc_profile == profile_of(DISPLAY_P3)
    back = read_recipe(recipe_path(target))
    assert (back.process, back.write, back.short, back.result) == (recipe.process, options, short, "out.tif")
    check_inputs(back)

    half = Blend(opened.image, 0.5)
    other = tmp_path / "half.tif"
    partial = replace(request, job=desk.client.next_job(), target=other, blend=half)
    desk.client.submit(partial)
    assert desk.end_of(partial.job) == ImageSaved(partial.job, other, (NO_RECIPE,))
    assert not recipe_path(other).exists()


@pytest.mark.parametrize("profile", [OutputProfile.SRGB, OutputProfile.SOURCE])
def test_a_result_is_saved_though_its_photos_are_gone(
    make_desk: MakeDesk, tmp_path: Path, profile: OutputProfile
) -> None:
    desk = make_desk(engine=DEFAULT_ENGINE)
    long, short = _raw_pair(tmp_path)
    opened = desk.end_of(desk.open(short))
    assert isinstance(opened, PhotoOpened)
    long.unlink()
    options, target = WriteOptions(profile=profile), tmp_path / "out.png"
    recipe = Recipe(short, long, ProcessOptions(), options, {"method": "lsd2", "model": None})
    request = SaveImage(
        job := desk.client.next_job(), opened.image, target, long, inputs=(short, long), options=options, recipe=recipe
    )
    desk.client.submit(request)
    saved = desk.end_of(job)
    assert isinstance(saved, ImageSaved)
    assert target.is_file()
    assert not recipe_path(target).exists()
    [data, *colours, made] = saved.notes
    assert data.startswith("the result was saved without camera data: ")
    assert made.startswith("the result was saved without a recipe: ")
    assert all("long.dng" in note for note in (data, made))
    assert colours == ([IN_SRGB] if profile is OutputProfile.SOURCE else [])


@pytest.mark.parametrize("align", [True, False])
def test_a_sheet_tells_of_the_alignment_that_its_rows_had(align: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    shade = np.random.default_rng(2).random((120, 160, 3), dtype=np.float32)
    pair = ExposurePair(Photo(shade * np.float32(0.3)), Photo(shade))
    row = SimpleNamespace(result=process(pair, ProcessOptions(method="mertens", align=align)))
    given: list[Prepared] = []
    monkeypatch.setattr("lsd2.worker.comparing.write_comparison", lambda *args: given.append(args[2]))
    request = cast(SaveComparison, SimpleNamespace(rows=(row,)))
    PipelineEngine().save_comparison(request, pair, None, Silent())
    assert not row.result.alignment.applied
    assert given[0].alignment.reason == row.result.alignment.reason
