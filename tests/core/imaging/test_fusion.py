"""Exposure fusion: whole pyramids from strips, sane borders, and weights that choose what is well exposed."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lsd2.imaging.fusion.blend import plan_strips
from lsd2.imaging.fusion.levels import Levels, apply_levels
from lsd2.imaging.fusion.mertens import fuse, strip_rows
from lsd2.imaging.fusion.weights import Weighting, normalised_weights
from lsd2.photo import FloatImage

LIGHT_ONLY = Weighting(detail=0, colour=0, light=1)


def _pictures(height: int, width: int, seed: int = 0) -> list[FloatImage]:
    rng = np.random.default_rng(seed)
    bright = cv2.GaussianBlur(rng.random((height, width, 3), dtype=np.float32), (0, 0), 1.0).reshape(height, width, 3)
    return [np.clip(2 * bright - 0.4, 0, 1), bright / 3]


def _silent(done: int, total: int) -> None:
    pass


@settings(max_examples=25, deadline=None)
@given(height=st.integers(1, 200), width=st.integers(1, 40), weighting=st.sampled_from([Weighting(), LIGHT_ONLY]))
def test_strips_give_what_the_whole_photo_gives(height: int, width: int, weighting: Weighting) -> None:
    pictures = _pictures(height, width)
    whole = fuse(pictures, weighting, 1e9, _silent)
    in_strips = fuse(pictures, weighting, 1, _silent)
    assert strip_rows(width, 1) == 64
    assert np.array_equal(whole.pixels, in_strips.pixels)
    assert np.array_equal(whole.last_weight, in_strips.last_weight)
    assert whole.pixels.shape == (height, width, 3)
    assert whole.pixels.min() >= 0
    assert whole.pixels.max() <= 1


def test_strips_cover_every_row_once() -> None:
    strips = list(plan_strips(1000, 130))
    assert [strip.first for strip in strips] == [0, *(strip.last for strip in strips[:-1])]
    assert strips[-1].last == 1000
    assert all(strip.first - strip.top in (0, 64) and strip.top % 16 == 0 for strip in strips)


@pytest.mark.parametrize("weights", [(0.0, 0.0, 1.0), (1.0, 1.0, 1.0)])
def test_the_result_is_that_of_opencv(weights: tuple[float, float, float]) -> None:
    pictures = _pictures(230, 310)
    theirs = cv2.createMergeMertens(*weights).process([picture * 255 for picture in pictures])
    ours = fuse(pictures, Weighting(*weights), 1e9, _silent).pixels
    difference = np.abs(ours - np.clip(theirs, 0, 1))
    # Where a grey pixel has no saturation, rounding decides their weights and ours; nowhere else do they differ.
    assert difference.mean() < 1e-3
    if weights[1] == 0:
        assert difference.max() < 1e-5


def test_equal_pictures_come_out_as_they_are() -> None:
    picture = _pictures(90, 70)[0]
    fused = fuse([picture, picture], Weighting(), 1e9, _silent)
    assert np.abs(fused.pixels - picture).max() < 1e-5
    assert set(np.unique(fused.last_weight)) == {128}


def test_even_pictures_stay_even_to_the_border() -> None:
    """No halo at the photo's edges: they are mirrored in every level."""
    pictures = [np.full((75, 101, 3), level, np.float32) for level in (0.9, 0.4)]
    fused = fuse(pictures, LIGHT_ONLY, 1e9, _silent).pixels
    assert np.ptp(fused) < 1e-5
    assert 0.4 < fused[0, 0, 0] < 0.5


def test_every_half_has_the_detail_of_the_exposure_that_shows_it_well() -> None:
    grain = np.random.default_rng(5).normal(0, 0.03, (64, 128, 1)).astype(np.float32)
    scene = np.repeat(0.5 + grain, 3, axis=2)
    long, short = scene.copy(), scene.copy()
    long[:, :64], short[:, 64:] = 1.0, 0.02
    fused = fuse([long, short], LIGHT_ONLY, 1e9, _silent)
    assert fused.last_weight[:, :60].min() > 250
    assert fused.last_weight[:, 70:].max() < 5
    for half in (np.s_[:, 8:56], np.s_[:, 72:120]):
        wanted, got = (cv2.Laplacian(image[half], cv2.CV_32F) for image in (scene, fused.pixels))
        assert np.corrcoef(wanted.ravel(), got.ravel())[0, 1] > 0.99


def test_a_measure_that_is_ignored_does_not_count() -> None:
    rng = np.random.default_rng(0)
    grey = rng.random((20, 20, 1), dtype=np.float32).repeat(3, axis=2)
    colourful = rng.random((20, 20, 3), dtype=np.float32)
    by_colour = normalised_weights([grey, colourful], Weighting(detail=0, colour=1, light=0))[0]
    assert by_colour.max() < 1e-3
    nothing = normalised_weights([grey, colourful], Weighting(detail=0, colour=0, light=0))[0]
    assert np.allclose(nothing, 0.5)


def test_contrast_of_the_size_of_noise_chooses_no_exposure() -> None:
    rng = np.random.default_rng(4)
    even = np.full((40, 40, 3), 0.5, np.float32)
    grainy = (even + rng.normal(0, 0.01, (40, 40, 1))).astype(np.float32)
    edges = even.copy()
    edges[:, 20:] = 1.0

    def share(first: FloatImage, noise: float) -> FloatImage:
        return normalised_weights([first, even], Weighting(1, 0, 0, noise))[0]

    assert share(grainy, 0.0).mean() > 0.99
    assert share(grainy, 0.2).mean() == pytest.approx(0.5, abs=0.06)
    assert share(edges, 0.2)[:, 19:21].min() > 0.7
    assert np.all(share(even, 0.2) == 0.5)


def test_work_is_reported_and_can_be_given_up() -> None:
    steps: list[tuple[int, int]] = []
    fuse(_pictures(200, 16), Weighting(), 1, lambda *step: steps.append(step))
    assert steps == [(done, 8) for done in range(9)]

    def impatient(done: int, total: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        fuse(_pictures(20, 16), Weighting(), 1, impatient)


@pytest.mark.parametrize(("black", "white"), [(0.0, 0.8), (0.2, 0.8), (0.4, 0.8), (0.2, 1.0)])
def test_the_white_point_becomes_white_and_the_black_point_black(black: float, white: float) -> None:
    image = np.array([[[black, white, (black + white) / 2]]], np.float32)
    apply_levels(image, Levels(black, white))
    assert image[0, 0, :2] == pytest.approx([0, 1], abs=1e-6)
    assert 0 < image[0, 0, 2] < 1
