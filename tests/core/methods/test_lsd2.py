"""The shipped network on wrong use and on pairs that need no help: warned about, and never garbage."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from lsd2.imaging.exposure_gap import ORDINARY, TRAINED, exposure_gap
from lsd2.imaging.photometry import fit_to_long
from lsd2.imaging.quality import psnr
from lsd2.methods import registry
from lsd2.methods.base import PreparedPair
from lsd2.methods.lsd2 import footprint
from lsd2.methods.network import run_network
from lsd2.networks.predictor import stacked
from lsd2.options import ProcessOptions
from lsd2.photo import FloatImage
from lsd2.progress import Silent

SIZE = (160, 224)


def stored(linear: FloatImage) -> FloatImage:
    """Linear light as an 8-bit file would hold it, gamma-encoded."""
    return (np.rint(np.clip(linear, 0, 1) ** (1 / 2.2) * 255) / 255).astype(np.float32)


@pytest.fixture(scope="module")
def scene() -> FloatImage:
    """Linear light with edges and soft detail."""
    rng = np.random.default_rng(7)
    soft = cv2.resize(rng.random((10, 14, 3), dtype=np.float32), SIZE[::-1], interpolation=cv2.INTER_CUBIC)
    hard = cv2.resize(rng.random((20, 28, 1), dtype=np.float32), SIZE[::-1], interpolation=cv2.INTER_NEAREST)
    return np.clip(0.6 * soft + 0.35 * hard[..., None], 0.02, 0.98).astype(np.float32) ** 2.2


def noisy(linear: FloatImage, level: float) -> FloatImage:
    spread = np.sqrt((linear + 2e-4) * level) * np.random.default_rng(3).standard_normal(linear.shape)
    return stored((linear + spread).astype(np.float32))


def fuse(short: FloatImage, long: FloatImage) -> tuple[FloatImage, tuple[str, ...]]:
    output = registry.get_method("lsd2").run(PreparedPair(short, long), ProcessOptions(), Silent())
    return output.pixels, output.notes


@pytest.mark.parametrize("part", [0.05, 0.1, 0.25])
def test_a_good_pair_is_not_damaged(scene: FloatImage, part: float) -> None:
    pixels, notes = fuse(stored(scene * part), stored(scene))
    assert psnr(pixels, stored(scene)) > 35
    assert notes == ()


@pytest.mark.parametrize("level", [0.0, 0.01])
def test_two_frames_of_one_exposure_are_harmless(scene: FloatImage, level: float) -> None:
    pixels, notes = fuse(noisy(scene, level), stored(scene))
    assert psnr(pixels, stored(scene)) > 35
    assert "hardly darker" in notes[0]


def test_a_gap_of_two_hundred_leaves_the_long_frame(scene: FloatImage) -> None:
    pixels, notes = fuse(noisy(scene / 200, 0.002), stored(scene))
    assert psnr(pixels, stored(scene)) > 25
    assert "very much darker" in notes[0]


def test_swapped_roles_give_a_dark_picture_of_the_scene(scene: FloatImage) -> None:
    dark = noisy(scene * 0.1, 0.01)
    pixels, notes = fuse(stored(scene), dark)
    assert psnr(pixels, stored(scene * 0.1)) > psnr(dark, stored(scene * 0.1)) - 1
    assert "hardly darker" in notes[0]


@pytest.mark.parametrize("part", [1 / 300, 0.05, 0.2, 0.9, 4.0])
def test_the_gap_is_measured_and_brought_into_range(scene: FloatImage, part: float) -> None:
    short = stored(np.minimum(scene * 0.2, 1) * min(part, 1.0))
    long = stored(scene * 0.2 / max(part, 1.0))
    gap = exposure_gap(fit_to_long(short, long))
    assert gap.part == pytest.approx(part, rel=0.25)
    again = exposure_gap(fit_to_long(gap.apply(short), long))
    assert TRAINED[0] * 0.8 <= again.part <= TRAINED[1]
    if TRAINED[0] < part < TRAINED[1]:
        assert gap.apply(short) is short
        assert gap.note is None
    else:
        assert again.part == pytest.approx(ORDINARY[0 if part < 1 / 10 else 1], rel=0.4)


def test_much_blurred_pairs_are_fused_from_coarse_to_fine(scene: FloatImage) -> None:
    blurred = cv2.blur(scene, (25, 1))
    pair = PreparedPair(noisy(scene * 0.1, 0.004), stored(blurred), blur_px=9.0)
    method = registry.get_method("lsd2")
    coarse = method.run(pair, ProcessOptions(), Silent())
    plain = method.run(PreparedPair(pair.short, pair.long), ProcessOptions(), Silent())
    assert (coarse.parameters["coarse_levels"], plain.parameters["coarse_levels"]) == (1, 0)
    assert psnr(coarse.pixels, stored(scene)) > psnr(pair.long, stored(scene)) + 3
    assert not np.array_equal(coarse.pixels, plain.pixels)


def test_a_blurred_pair_is_looked_at_twice_and_gains(scene: FloatImage) -> None:
    pair = PreparedPair(noisy(scene * 0.1, 0.004), stored(cv2.blur(scene, (7, 1))))
    output = registry.get_method("lsd2").run(pair, ProcessOptions(), Silent())
    once = run_network("lsd2", footprint, stacked(pair.long, pair.short), SIZE, ProcessOptions(), Silent())
    assert output.parameters["second_look"] == 0.5
    assert psnr(output.pixels, stored(scene)) > psnr(once.pixels, stored(scene))


def test_a_sharp_pair_of_fine_detail_is_looked_at_once(scene: FloatImage) -> None:
    detail = cv2.resize(
        np.random.default_rng(9).random((80, 112, 1), np.float32), SIZE[::-1], interpolation=cv2.INTER_AREA
    )
    fine = (0.5 * scene + 0.4 * detail[..., None]).astype(np.float32)
    pair = PreparedPair(noisy(fine * 0.1, 0.004), stored(fine))
    output = registry.get_method("lsd2").run(pair, ProcessOptions(), Silent())
    once = run_network("lsd2", footprint, stacked(pair.long, pair.short), SIZE, ProcessOptions(), Silent())
    assert output.parameters["second_look"] == 0
    assert np.array_equal(output.pixels, once.pixels)


def test_a_pair_too_small_to_be_halved_is_looked_at_once(scene: FloatImage) -> None:
    dark, blurred = (frame[:90, :110] for frame in (noisy(scene * 0.1, 0.004), stored(cv2.blur(scene, (7, 1)))))
    output = registry.get_method("lsd2").run(PreparedPair(dark, blurred), ProcessOptions(), Silent())
    assert output.parameters["second_look"] == 0
