"""The classical look on a short frame that FDnCNN has denoised: where that is better, and where it cannot be had."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from lsd2.errors import WeightsError
from lsd2.imaging.quality import psnr
from lsd2.io.read import read_photo
from lsd2.methods import denoised_base, registry
from lsd2.methods.base import MethodOutput, PreparedPair
from lsd2.methods.classical_look import ClassicalLook, Sample, judge
from lsd2.methods.denoised_base import better_base, denoised
from lsd2.options import Effort, ProcessOptions
from lsd2.photo import Crop, FloatImage
from lsd2.progress import Progress, Silent
from lsd2.resources import resource_path

SIZE, SIGMA = (144, 176), 0.06
OPTIONS = ProcessOptions(effort=Effort.BEST)


def _scene() -> FloatImage:
    """A bit of a photo, small and therefore without noise."""
    photo = read_photo(resource_path("samples/street_sharp.jpg")).pixels
    quarter = cv2.resize(photo, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    return np.asarray(quarter[40 : 40 + SIZE[0], 40 : 40 + SIZE[1]], np.float32)


def _noise() -> FloatImage:
    return (SIGMA * np.random.default_rng(6).standard_normal((*SIZE, 3))).astype(np.float32)


def _sample() -> Sample:
    """A short frame as bright as the long one, which is shaken, and a fusion that is nearly right."""
    scene = _scene()
    return Sample(cv2.blur(scene, (7, 1)), np.clip(scene + _noise(), 0, 1), cv2.GaussianBlur(scene, (0, 0), 0.6))


def _look(sample: Sample) -> ClassicalLook:
    look = judge([sample])
    assert look is not None
    return look


def test_white_noise_is_taken_out_first() -> None:
    sample = _sample()
    plain = _look(sample)
    look, note = better_base([sample], 0.0, plain, OPTIONS, Silent())
    assert (look.removed, note) == (plain.sigma, None)
    assert look.sigma < plain.sigma / 2


def test_a_base_in_which_noise_is_left_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    sample = _sample()
    plain = _look(sample)
    left = np.clip(_scene() + 2 * cv2.GaussianBlur(_noise(), (0, 0), 1.0), 0, 1)
    monkeypatch.setattr(denoised_base, "denoised", lambda *_: left)
    assert better_base([sample], 0.0, plain, OPTIONS, Silent()) == (plain, None)


def test_a_clean_short_frame_is_not_denoised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(denoised_base, "denoised", lambda *_: pytest.fail("it was"))
    plain = replace(_look(_sample()), sigma=0.002)
    assert better_base([_sample()], 0.0, plain, OPTIONS, Silent()) == (plain, None)


def test_a_part_is_denoised_as_the_whole_and_no_tile_is_shown() -> None:
    class Shown(Silent):
        def tile(self, left: int, top: int, pixels: FloatImage) -> None:
            pytest.fail("a tile of the denoised short frame is none of the result")

    short, kept = _sample().short, Crop(60, 50, 40, 30)
    whole, part = (denoised(short, SIGMA, OPTIONS, Shown(), at) for at in (None, kept))
    np.testing.assert_allclose(part[kept.rows, kept.columns], whole[kept.rows, kept.columns], atol=2e-3)
    assert not part[:20].any()


class _Missing:
    def denoise(self, *_: FloatImage | float | ProcessOptions | Progress) -> MethodOutput:
        raise WeightsError("there are no weights for fdncnn")


def _pair() -> PreparedPair:
    light = _scene() ** 2.2
    dark = np.clip(light * 0.1 + np.sqrt(light * 4e-4) * _noise() / SIGMA, 0, 1)
    long = cv2.blur(light, (7, 1))
    return PreparedPair(*((np.rint(frame ** (1 / 2.2) * 255) / 255).astype(np.float32) for frame in (dark, long)))


def _best() -> MethodOutput:
    return registry.get_method("lsd2").run(_pair(), OPTIONS, Silent())


def test_the_best_effort_gains_by_it_and_without_weights_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    best = _best()
    monkeypatch.setattr(denoised_base, "get_denoiser", lambda _: _Missing())
    without = _best()
    assert psnr(best.pixels, _scene()) > psnr(without.pixels, _scene()) + 0.2
    assert (best.parameters["denoised_sigma"] > 3, best.notes) == (True, ())
    assert best.parameters["denoiser"]["name"] == "fdncnn-colour"
    assert "denoiser" not in without.parameters
    assert (without.parameters["denoised_sigma"], without.parameters["classical_look"] > 0) == (0, True)
    assert without.notes == ("the best effort did without FDnCNN: there are no weights for fdncnn",)


def test_a_normal_effort_does_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(denoised_base, "get_denoiser", lambda _: pytest.fail("it was asked for"))
    output = registry.get_method("lsd2").run(_pair(), ProcessOptions(effort=Effort.NORMAL), Silent())
    assert (output.parameters["denoised_sigma"], output.notes) == (0, ())
