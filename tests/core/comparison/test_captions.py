"""What a sheet says: the figures that there are, and how each method was brought to the long frame's exposure."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from lsd2.comparison.captions import exposure, footer, method_lines
from lsd2.comparison.compose import Scene, pick_crops
from lsd2.comparison.rows import Compared
from lsd2.photo import AlignmentReport, Metadata, Photo, Result

STILL = AlignmentReport.unaligned("already aligned")


def row(method: str, figures: Mapping[str, float], level: int = 20000, **parameters: Any) -> Compared:
    pixels = np.full((96, 128, 3), level, np.uint16)
    nothing = np.empty((0, 0, 3), np.float32)
    return Compared(Result(nothing, method, method.upper(), parameters, None, 2.0, "cpu", STILL), pixels, figures)


def test_figures_without_a_reference_are_shown_and_explained() -> None:
    rows = [row("bm3d", {"sharpness": 10.64, "noise": 5.0}), row("tiny", {"noise": 5.0})]
    assert [lines[1] for lines in method_lines(rows)] == ["Q 10.6, noise 5.0", "noise 5.0"]
    assert "Zhu and Milanfar" in footer(rows, [], True, None)


def test_with_a_reference_there_is_no_need_of_them() -> None:
    rows = [row("bm3d", {"psnr": 30.0, "ssim": 0.9, "sharpness": 10.64, "noise": 5.0})]
    assert method_lines(rows)[0][1] == "30.00 dB / 0.900"
    about = footer(rows, [], True, "sharp.png")
    assert "sharp.png" in about
    assert "Zhu" not in about


def test_the_footer_says_how_each_method_was_matched() -> None:
    gains = {"gain": [1.0, 1.0, 1.0], "offset": [0.0, 0.0, 0.0]}
    rows = [row("bm3d", {}, photometry=gains), row("yuan", {}, exposure=gains), row("lsd2", {})]
    about = footer(rows, [], True, None)
    assert "BM3D: every channel has the histogram of the long exposure (gain: of its red, green and blue)." in about
    assert "YUAN: gain and offset of each channel, found through the blur." in about
    assert "LSD2:" not in about


@pytest.mark.parametrize(
    ("seconds", "text"),
    [("1/250", "1/250 s"), ("0.4", "0.4 s"), ("0.6", "0.6 s"), ("0.8", "0.8 s"), ("2", "2 s")],
)
def test_shutter_times_are_those_that_the_window_shows(seconds: str, text: str) -> None:
    assert exposure(Metadata(exposure_seconds=Fraction(seconds), iso=400)) == f"{text}, ISO 400"
    assert exposure(Metadata()) == ""


def test_rows_that_differ_everywhere_do_not_choose_the_crops() -> None:
    """A strong difference of the dark fusion on one side must not hide the small one of two methods on the other."""
    long = np.full((400, 600, 3), 0.5, np.float32)
    one, two, dark = (np.full((400, 600, 3), 20000, np.uint16) for _ in range(3))
    dark[:, :200] = 0
    two[300:360, 500:560] += np.uint16(500)
    rows = []
    for name, pixels in (("mertens", dark), ("bm3d", one), ("lsd2", two)):
        made = row(name, {})
        rows.append(Compared(made.result, pixels, made.figures))
    scene = Scene(Photo(long), Photo(long), long, long)
    first = pick_crops(scene, rows)[0]
    assert first.x <= 500
    assert first.x + first.width >= 560
