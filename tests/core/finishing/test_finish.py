"""The finishing step brings highlights back, and nothing else from the short frame."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from lsd2.finishing.finish import FUSED_ALREADY, NOT_THE_SAME, finish, is_finished
from lsd2.imaging.fusion.highlights import fit_transfer
from lsd2.methods.base import MethodInfo, MethodOutput
from lsd2.methods.registry import get_method
from lsd2.options import Fusion, FusionOptions, ProcessOptions
from lsd2.photo import Crop, ExposurePair, FloatImage, Photo
from lsd2.pipeline import Preparation, process, process_part
from lsd2.progress import Cancelled, Silent, Stage

METHOD = MethodInfo("any", "Any", "Gives what it is given.")
GAINS = np.float32([0.06, 0.05, 0.07])
LAMP = np.s_[70:110, 120:170]
SHADOW = np.s_[10:50, 10:100]
OPTIONS = ProcessOptions(fusion=FusionOptions(Fusion.MERTENS))


def _display(linear: FloatImage) -> FloatImage:
    return np.clip(linear, 0, 1).astype(np.float32) ** np.float32(1 / 2.2)


def _scene(lamp: float = 10.0) -> FloatImage:
    """A dark, textured wall with a patterned lamp far beyond white; linear light (180, 240, 3)."""
    rng = np.random.default_rng(0)
    grain = cv2.GaussianBlur(rng.standard_normal((180, 240, 3), dtype=np.float32), (0, 0), 2.0)
    wall = np.clip(0.12 + 0.25 * grain, 0.01, 0.6)
    wall *= np.linspace(0.5, 1.5, 240, dtype=np.float32)[None, :, None]
    y, x = np.mgrid[0:40, 0:50]
    pattern = 0.6 + 0.3 * np.sin(x / 3.0) * np.cos(y / 4.0)
    wall[LAMP] = lamp * pattern[..., None] * np.float32([1.0, 0.8, 0.5])
    return wall.astype(np.float32)


def _short(scene: FloatImage, noise: float = 0.0) -> FloatImage:
    grain = np.random.default_rng(1).normal(0, noise, scene.shape) if noise else 0.0
    return np.clip(_display(scene * GAINS) + grain, 0, 1).astype(np.float32)


def _finish(picture: FloatImage, short: FloatImage, options: ProcessOptions = OPTIONS) -> MethodOutput:
    return finish(METHOD, MethodOutput(picture), short, options, Silent())


def test_highlights_come_back_and_shadows_keep_their_brightness() -> None:
    scene = _scene()
    picture = _display(scene)
    out = _finish(picture, _short(scene))
    assert np.ptp(picture[LAMP][..., 0]) < 0.01
    wanted, got = _short(scene)[LAMP][4:-4, 4:-4], out.pixels[LAMP][4:-4, 4:-4]
    assert np.corrcoef(wanted[..., 1].ravel(), got[..., 1].ravel())[0, 1] > 0.95
    assert np.abs(out.pixels[SHADOW] - picture[SHADOW]).mean() < 0.02
    assert out.pixels.min() >= 0
    assert out.pixels.max() <= 1
    assert out.short_share is not None
    assert np.median(out.short_share[LAMP]) > 200
    assert out.short_share[SHADOW].max() == 0
    gains = out.parameters["fusion"]["gain"]
    assert gains == pytest.approx(list(1 / GAINS), rel=0.05)


def test_a_lamp_stays_brighter_than_its_surroundings_and_keeps_its_hue() -> None:
    """No grey lamps, no dark or light ring around them, and no colour that clipping made."""
    scene = _scene()
    out = _finish(_display(scene), _short(scene)).pixels
    ring = np.concatenate([out[60:67, 120:170].ravel(), out[113:120, 120:170].ravel()])
    before = np.concatenate([_display(scene)[60:67, 120:170].ravel(), _display(scene)[113:120, 120:170].ravel()])
    assert np.abs(ring - before).mean() < 0.06
    lamp = out[LAMP][6:-6, 6:-6].reshape(-1, 3).mean(axis=0)
    assert lamp.mean() > ring.mean() + 0.2
    assert lamp[0] >= lamp[1] > lamp[2]
    assert lamp[2] / lamp[0] < 0.9, "in the clipped result the lamp is white"


def test_noise_of_the_short_frame_stays_out_of_the_shadows_and_is_smoothed_in_highlights() -> None:
    scene = _scene()
    scene[LAMP] = np.float32([8.0, 6.4, 4.0])
    picture = _display(scene)
    clean, noisy = (_finish(picture, _short(scene, sigma)).pixels for sigma in (0.0, 0.04))
    assert cv2.Laplacian(noisy - clean, cv2.CV_32F)[SHADOW].std() < 0.002
    inside = np.s_[80:100, 130:160]
    raw = _short(scene, 0.04) - _short(scene)
    left, given = (cv2.Laplacian(noise, cv2.CV_32F)[inside].std() for noise in (noisy - clean, raw))
    assert left < 0.5 * given


def test_noise_does_not_hide_that_the_frames_show_the_same() -> None:
    """Most of such a short frame is noise around black; averaged over small areas it tells its exposure."""
    scene = _scene()
    short = _short(scene, 0.06)
    transfer = fit_transfer(_display(scene), short)
    assert transfer is not None
    assert transfer.gains == pytest.approx(GAINS, rel=0.35)
    assert np.median(_finish(_display(scene), short).short_share[LAMP]) > 200  # type: ignore[index]


def test_texture_is_not_taken_for_noise_where_even_highlights_show_little() -> None:
    """The frames' curves differ, so that nothing foretells the texture of the short one; its sky is even."""
    scene = _scene()
    scene[:70, :] = 6.0
    short = _short(scene, 0.002)
    short[70:] = np.clip(short[70:] + np.random.default_rng(4).normal(0, 0.05, short[70:].shape), 0, 1)
    transfer = fit_transfer(_display(scene), short.astype(np.float32))
    assert transfer is not None
    assert transfer.sigma == pytest.approx(0.002, rel=0.25)


def test_what_the_frames_disagree_on_is_seen_once() -> None:
    """A lamp that only the result shows, and one that only the short frame shows: both as in the result."""
    scene, moved = _scene(), _scene()
    scene[20:50, 180:220], moved[130:160, 30:70] = 9.0, 9.0
    picture = _display(scene)
    out = _finish(picture, _short(moved))
    assert out.short_share is not None
    assert out.short_share[26:44, 186:214].max() == 0
    assert out.short_share[125:165, 25:75].max() == 0
    assert out.short_share[LAMP].max() > 0
    assert np.abs(out.pixels[130:160, 30:70] - picture[130:160, 30:70]).mean() < 0.02
    edges = [np.abs(cv2.Laplacian(image[125:165, 25:75], cv2.CV_32F)).max() for image in (picture, out.pixels)]
    assert edges[1] < 1.2 * edges[0]


def test_frames_of_different_scenes_are_left_alone_with_a_note() -> None:
    picture = _display(_scene())
    other = np.random.default_rng(9).random(picture.shape, dtype=np.float32) / 3
    out = _finish(picture, other)
    assert out.pixels is picture
    assert NOT_THE_SAME in out.notes
    assert fit_transfer(picture, picture) is None, "equally bright frames have nothing to give each other"
    assert fit_transfer(picture[:4, :4], picture[:4, :4] / 3) is None, "too few pixels to compare"


def test_a_short_frame_that_is_black_but_for_the_lamp_gives_the_lamp() -> None:
    """Eight stops and more between the frames: their gain cannot be measured, but nothing contradicts the lamp."""
    scene = _scene()
    picture, black = _display(scene), np.zeros_like(scene)
    black[LAMP] = _short(scene)[LAMP]
    black += np.float32(1 / 255) * (np.random.default_rng(2).random(scene.shape) > 0.8)
    out = _finish(picture, black)
    wanted, got = black[LAMP][4:-4, 4:-4, 1], out.pixels[LAMP][4:-4, 4:-4, 1]
    assert np.corrcoef(wanted.ravel(), got.ravel())[0, 1] > 0.9
    assert np.abs(out.pixels[SHADOW] - picture[SHADOW]).mean() < 0.03


@pytest.mark.parametrize("level", [0.0, 4 / 255], ids=["black", "four levels above black"])
def test_a_short_frame_whose_gain_is_less_than_any_that_can_be_measured_gives_what_the_result_clips(
    level: float,
) -> None:
    """Fifteen stops: what the result does not clip is as good as black in the short frame."""
    scene = _scene(lamp=4e4)
    picture = _display(scene)
    short = np.maximum(_display(scene * np.float32(2e-5)), np.float32(level))
    short = (short * np.float32(255)).round() / np.float32(255)
    transfer = fit_transfer(picture, short)
    assert transfer is not None
    assert np.ptp(transfer.gains) == 0, "channels that show nothing tell no cast"
    out = _finish(picture, short)
    wanted, got = short[LAMP][4:-4, 4:-4, 1], out.pixels[LAMP][4:-4, 4:-4, 1]
    assert np.corrcoef(wanted.ravel(), got.ravel())[0, 1] > 0.85
    assert np.abs(out.pixels[SHADOW] - picture[SHADOW]).mean() < 0.03


@pytest.mark.parametrize("memory", [0.1, 8.0])
def test_the_result_does_not_depend_on_the_memory(memory: float) -> None:
    scene = np.tile(_scene(), (3, 1, 1))
    wide = np.tile(scene, (1, 12, 1))
    results = [
        _finish(_display(wide), _short(wide), replace(OPTIONS, memory_budget_gb=budget)).pixels
        for budget in (memory, 1.0)
    ]
    assert np.array_equal(*results)


def test_strength_goes_from_nothing_to_everything() -> None:
    scene = _scene()
    picture, short = _display(scene), _short(scene)
    changes = []
    for strength in (0.0, 0.02, 0.5, 1.0):
        options = ProcessOptions(fusion=FusionOptions(Fusion.MERTENS, strength=strength))
        changes.append(float(np.abs(_finish(picture, short, options).pixels - picture).mean()))
    assert changes[0] == 0
    assert changes[1] < 0.25 * changes[2]
    assert changes[2] < changes[3]


def test_black_and_white_points_are_set() -> None:
    scene = _scene()
    chosen = FusionOptions(Fusion.MERTENS, black_point=0.2, white_point=0.5)
    out = _finish(_display(scene), _short(scene), ProcessOptions(fusion=chosen)).pixels
    plain = _finish(
        _display(scene), _short(scene), ProcessOptions(fusion=FusionOptions(Fusion.MERTENS, white_point=1.0))
    ).pixels
    assert out[plain < 0.19].max() == 0
    assert out[plain > 0.65].min() > 0.99


def test_only_results_that_do_not_fuse_exposures_are_finished() -> None:
    assert is_finished(get_method("lsd2").info, OPTIONS)
    assert is_finished(get_method("bm3d").info, OPTIONS)
    assert not any(is_finished(get_method(name).info, OPTIONS) for name in ("short", "long", "mertens"))
    assert not is_finished(get_method("lsd2").info, ProcessOptions())
    picture = _display(_scene())
    out = finish(get_method("mertens").info, MethodOutput(picture), picture, OPTIONS, Silent())
    assert out.notes == (FUSED_ALREADY,)
    assert finish(get_method("short").info, MethodOutput(picture), picture, OPTIONS, Silent()).notes == ()


def test_finishing_is_reported_and_can_be_cancelled() -> None:
    class Impatient(Silent):
        def report(self, stage: Stage, done: int, total: int) -> None:
            assert stage is Stage.FINISH
            if done:
                raise Cancelled

    scene = _scene()
    with pytest.raises(Cancelled):
        finish(METHOD, MethodOutput(_display(scene)), _short(scene), OPTIONS, Impatient())


def _pair() -> ExposurePair:
    scene = _scene()
    return ExposurePair(Photo(_short(scene, 0.01)), Photo(_display(scene)))


def test_the_pipeline_runs_it_after_the_method_and_says_so() -> None:
    options = ProcessOptions(align=False, fusion=FusionOptions(Fusion.MERTENS))
    plain = process(_pair(), replace(options, fusion=FusionOptions()))
    fused = process(_pair(), options)
    assert plain.short_share is None
    assert fused.short_share is not None
    assert fused.short_share.shape == fused.pixels.shape[:2]
    assert fused.label == plain.label + " + exposure fusion"
    assert fused.parameters["options"]["fusion"]["kind"] == "mertens"
    assert fused.parameters["fusion"]["from_short"] > 0
    assert fused.pixels[LAMP].std() > plain.pixels[LAMP].std()


def test_a_part_is_that_of_the_whole() -> None:
    options = ProcessOptions(align=False, fusion=FusionOptions(Fusion.MERTENS))
    crop = Crop(100, 60, 90, 70)
    whole = process(_pair(), options)
    part = process_part(Preparation(_pair(), False), options, crop)
    assert np.array_equal(part.pixels, whole.pixels[crop.rows, crop.columns])
    assert part.short_share is not None
    assert whole.short_share is not None
    assert np.array_equal(part.short_share, whole.short_share[crop.rows, crop.columns])
