"""The classical look: what its samples tell, and how much say it has where."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from lsd2.imaging.photometry import ChannelMatch, PhotometryReport
from lsd2.imaging.quality import psnr
from lsd2.imaging.yuan import quick
from lsd2.methods import registry
from lsd2.methods.base import PreparedPair
from lsd2.methods.classical_look import LEAST_BELIEVED, WIDEST, ClassicalLook, Sample, judge
from lsd2.options import Effort, ProcessOptions
from lsd2.photo import FloatImage
from lsd2.progress import Silent

SIZE = (192, 256)
STILL = np.zeros((*SIZE, 1), np.float32)


def _scene() -> FloatImage:
    """Linear light with edges and soft detail."""
    rng = np.random.default_rng(7)
    soft = cv2.resize(rng.random((10, 14, 3), dtype=np.float32), SIZE[::-1], interpolation=cv2.INTER_CUBIC)
    hard = cv2.resize(rng.random((20, 28, 1), dtype=np.float32), SIZE[::-1], interpolation=cv2.INTER_NEAREST)
    return np.clip(0.6 * soft + 0.35 * hard[..., None], 0.02, 0.98).astype(np.float32) ** 2.2


def _stored(linear: FloatImage) -> FloatImage:
    return (np.rint(np.clip(linear, 0, 1) ** (1 / 2.2) * 255) / 255).astype(np.float32)


def _sample(length: int = 7) -> Sample:
    light = _scene()
    noise = np.sqrt((0.1 * light + 2e-4) * 0.004) * np.random.default_rng(3).standard_normal(light.shape)
    nearly = cv2.GaussianBlur(_stored(light), (0, 0), 1.0)
    return Sample(_stored(cv2.blur(light, (length, 1))), _stored((0.1 * light + noise).astype(np.float32)), nearly)


def _look(sample: Sample, blur_px: float = 2.0) -> ClassicalLook:
    look = judge([sample], blur_px)
    assert look is not None
    return look


def test_it_is_nearer_to_the_scene_than_either_and_so_is_the_mean() -> None:
    sample, truth = _sample(), _stored(_scene())
    views = _look(sample).views(sample.long, sample.short, sample.fused, STILL)
    assert psnr(views.picture, truth) > psnr(views.cleaned, truth)
    assert psnr(views.mean, truth) > max(psnr(sample.fused, truth), psnr(sample.long, truth)) + 0.5


def test_a_blur_wider_than_kernels_are_is_not_deconvolved() -> None:
    sample = _sample(45)
    near, far = (_look(sample, blur) for blur in (WIDEST, WIDEST + 1))
    assert near.kernel is not None
    assert far.kernel is None
    views = far.views(sample.long, sample.short, sample.fused, STILL)
    assert np.array_equal(views.picture, far.correction.apply(views.cleaned))


def test_where_the_deconvolution_is_not_believed_it_keeps_half_of_its_say_in_that_channel(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sample = _sample()
    look = _look(sample)
    believed = np.ones((*SIZE, 3), np.float32)
    believed[..., 2] = 0
    other = np.clip(sample.fused + 0.1, 0, 1)
    monkeypatch.setattr(quick, "sharpened", lambda *_: (other, believed))
    mean = look.views(sample.long, sample.short, sample.fused, STILL).mean
    inside = (sample.fused > 0.3).all(axis=2) & (sample.fused < 0.7).all(axis=2)
    change = (mean - sample.fused)[inside].mean(axis=0) / 0.1
    np.testing.assert_allclose(change, look.share * np.array([1, 1, LEAST_BELIEVED]), atol=0.02)


@pytest.mark.parametrize(("highest", "known"), [(1.0, 1.0), (0.9, 0.0)])
def test_white_is_known_where_samples_are_saturated(highest: float, known: float) -> None:
    levels = tuple(np.linspace(0.1, highest, 40))
    curve = PhotometryReport((ChannelMatch(levels, levels, 1.0, 0.0),) * 3)
    sample = _sample()
    look = ClassicalLook(np.ones((1, 1), np.float32), 0.02, curve, curve)
    white = np.ones_like(sample.fused)
    assert look.views(sample.long, sample.short, white, STILL).free.mean() == pytest.approx(known, abs=1e-4)


def test_nothing_is_changed_where_something_moved() -> None:
    sample = _sample()
    moved = STILL.copy()
    moved[:, 128:] = 1
    views = _look(sample).views(sample.long, sample.short, sample.fused, moved)
    assert np.array_equal(views.mean[:, 140:], sample.fused[:, 140:])
    assert not np.array_equal(views.mean[:, :100], sample.fused[:, :100])
    assert not views.free[:, 140:].any()


@pytest.mark.parametrize("length", [21, 45])
def test_a_much_blurred_pair_gains_by_it_too(length: int) -> None:
    sample, truth = _sample(length), _stored(_scene())
    pair = PreparedPair(sample.short, sample.long, blur_px=length / np.sqrt(12))
    quick_one, normal = (
        registry.get_method("lsd2").run(pair, ProcessOptions(effort=effort), Silent())
        for effort in (Effort.QUICK, Effort.NORMAL)
    )
    assert quick_one.parameters["coarse_levels"] == normal.parameters["coarse_levels"] > 0
    assert normal.parameters["classical_look"] > 0
    assert psnr(normal.pixels, truth) > psnr(quick_one.pixels, truth) + 0.3
