"""The shipped network on wrong use and on pairs that need no help: warned about, and never garbage."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from lsd2.imaging.exposure_gap import ORDINARY, TRAINED, exposure_gap
from lsd2.imaging.photometry import fit_to_long
from lsd2.imaging.quality import psnr
from lsd2.methods import registry
from lsd2.methods.base import MethodOutput, PreparedPair, Scene
from lsd2.methods.classical_look import Sample, judge
from lsd2.methods.network import run_network, unet_footprint
from lsd2.networks.predictor import stacked
from lsd2.options import Effort, ProcessOptions
from lsd2.parts import sample_windows
from lsd2.photo import Crop, FloatImage
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


class Areas(Silent):
    """Of the tiles of the result: where they are, and how many pixels."""

    def __init__(self) -> None:
        self.seen = np.zeros((512, 512), bool)

    def tile(self, left: int, top: int, pixels: FloatImage) -> None:
        self.seen[top : top + pixels.shape[0], left : left + pixels.shape[1]] = True


@pytest.mark.parametrize(
    ("blur_px", "effort", "levels", "most"),
    [
        (9.0, Effort.NORMAL, 2, 2 / 255),
        (5.0, Effort.NORMAL, 1, 2 / 255),
        (0.0, Effort.QUICK, 0, 1 / 255),
        (0.0, Effort.NORMAL, 0, 2 / 255),
    ],
)
def test_only_the_surroundings_of_what_is_kept_are_looked_at(
    scene: FloatImage, blur_px: float, effort: Effort, levels: int, most: float
) -> None:
    large = np.tile(scene, (4, 3, 1))[:512, :512]
    pair = PreparedPair(noisy(large * 0.1, 0.004), stored(cv2.blur(large, (15, 1))), blur_px=blur_px)
    method, options, kept = registry.get_method("lsd2"), ProcessOptions(effort=effort), Crop(201, 205, 103, 95)
    areas = Areas()
    whole, part = method.run(pair, options, Silent()), method.run(replace(pair, kept=kept), options, areas)
    assert whole.parameters["coarse_levels"] == part.parameters["coarse_levels"] == levels
    assert part.pixels.shape == whole.pixels.shape
    inside = kept.rows, kept.columns
    assert np.abs(part.pixels[inside] - whole.pixels[inside]).max() < most
    assert (whole.parameters["classical_look"] > 0) == (effort is Effort.NORMAL)
    assert areas.seen[inside].all()
    assert areas.seen.mean() < (0.6 if whole.parameters["classical_look"] else 0.35)


def _run(pair: PreparedPair, effort: Effort) -> MethodOutput:
    return registry.get_method("lsd2").run(pair, ProcessOptions(effort=effort), Silent())


def test_every_effort_gains_on_a_blurred_pair(scene: FloatImage) -> None:
    pair = PreparedPair(noisy(scene * 0.1, 0.004), stored(cv2.blur(scene, (7, 1))))
    outputs = [_run(pair, effort) for effort in Effort]
    looks = [(output.parameters["mirrored_look"] > 0, output.parameters["classical_look"] > 0) for output in outputs]
    assert looks == [(False, False), (False, True), (True, True)]
    quick, normal, best = (psnr(output.pixels, stored(scene)) for output in outputs)
    assert quick < min(normal, best)


def test_a_quick_result_is_the_networks(scene: FloatImage) -> None:
    pair = PreparedPair(noisy(scene * 0.1, 0.004), stored(cv2.blur(scene, (7, 1))))
    once = run_network("lsd2", unet_footprint, stacked(pair.long, pair.short), SIZE, ProcessOptions(), Silent())
    assert np.array_equal(_run(pair, Effort.QUICK).pixels, once.pixels)


def test_the_papers_own_network_looks_once_whatever_effort_is_asked_for(scene: FloatImage) -> None:
    pair = PreparedPair(noisy(scene / 8, 0.005), stored(cv2.GaussianBlur(scene, (0, 0), 2.0)))
    options = ProcessOptions(method="lsd2-synth", effort=Effort.BEST)
    output = registry.get_method("lsd2-synth").run(pair, options, Silent())
    assert output.parameters["mirrored_look"] == output.parameters["classical_look"] == 0
    assert output.model is not None
    assert output.model.name == "lsd2-synth"
    assert psnr(output.pixels, stored(scene)) > psnr(pair.long, stored(scene)) + 1


def test_a_sharp_pair_of_fine_detail_is_looked_at_once(scene: FloatImage) -> None:
    detail = cv2.resize(
        np.random.default_rng(9).random((80, 112, 1), np.float32), SIZE[::-1], interpolation=cv2.INTER_AREA
    )
    fine = (0.5 * scene + 0.4 * detail[..., None]).astype(np.float32)
    pair = PreparedPair(noisy(fine * 0.1, 0.004), stored(fine))
    quick, best = (_run(pair, effort) for effort in (Effort.QUICK, Effort.BEST))
    assert best.parameters["mirrored_look"] == 0
    assert psnr(best.pixels, stored(fine)) > psnr(quick.pixels, stored(fine)) - 0.3


def test_a_pair_too_small_to_be_halved_has_no_mirrored_look(scene: FloatImage) -> None:
    dark, blurred = (frame[:90, :110] for frame in (noisy(scene * 0.1, 0.004), stored(cv2.blur(scene, (7, 1)))))
    assert _run(PreparedPair(dark, blurred), Effort.BEST).parameters["mirrored_look"] == 0


def test_a_tiny_pair_is_looked_at_by_the_network_alone() -> None:
    dark, bright = (np.full((24, 30, 3), level, np.float32) for level in (0.1, 0.5))
    assert _run(PreparedPair(dark, bright), Effort.NORMAL).parameters["classical_look"] == 0


def test_the_classical_look_has_no_say_in_values_that_no_sample_has(scene: FloatImage) -> None:
    dark, blurred = noisy(scene * 0.1, 0.004), stored(cv2.blur(scene, (7, 1)))
    fused = _run(PreparedPair(dark, blurred), Effort.QUICK).pixels
    look = judge([Sample(blurred, dark, fused)])
    assert look is not None
    lamps = fused + 1.1
    views = look.views(blurred, dark, lamps, np.zeros((*SIZE, 1), np.float32))
    assert np.array_equal(views.mean, lamps)
    assert not views.free.any()


def test_what_is_found_of_a_scene_is_found_once(scene: FloatImage) -> None:
    calls: list[Crop] = []
    dark, blurred = noisy(scene * 0.1, 0.004), stored(cv2.blur(scene, (7, 1)))

    def registered(at: Crop, _: object) -> FloatImage:
        calls.append(at)
        return blurred[at.rows, at.columns]

    whole = Scene(dark, blurred, registered)
    for top in (0, 64):
        at = Crop(0, top, SIZE[1], 96)
        part = PreparedPair(dark[at.rows], blurred[at.rows], whole, at=at)
        assert _run(part, Effort.NORMAL).parameters["classical_look"] > 0
    for_moved_objects = 1
    assert len(calls) == len(sample_windows(*SIZE)) + for_moved_objects
