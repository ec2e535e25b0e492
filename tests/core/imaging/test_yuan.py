"""Deblurring with a blurred/noisy pair: the kernel is found, nothing is damaged, and the result beats both inputs."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from lsd2.imaging.quality import psnr
from lsd2.imaging.yuan import deblur_with_pair
from lsd2.imaging.yuan.deconvolution import ALPHA, ResidualDeconvolution, Scene, gain_map
from lsd2.imaging.yuan.detail import detail_layer
from lsd2.imaging.yuan.exposure import Exposure, through_blur
from lsd2.imaging.yuan.fourier import Fourier
from lsd2.imaging.yuan.kernel import Frames, Prior, delta, estimate_kernel, resized
from lsd2.imaging.yuan.light import to_display, to_light
from lsd2.imaging.yuan.support import trace
from lsd2.photo import FloatImage
from lsd2.progress import Cancelled, Silent, Stage

BUDGET = 0.5e9


def scene(height: int, width: int, seed: int = 0) -> FloatImage:
    """Light of flat patches of many sizes and colours, float32 (H, W, 3) in [0.02, 0.8]."""
    rng = np.random.default_rng(seed)
    light = np.full((height, width, 3), 0.2, np.float32)
    for size in (60, 30, 15, 7):
        for _ in range(height * width // (6 * size * size)):
            y, x = rng.integers(-size // 2, height), rng.integers(-size // 2, width)
            light[max(y, 0) : y + size, max(x, 0) : x + size] = rng.uniform(0.02, 0.8, 3)
    return light


def trail(radius: int = 6) -> NDArray[np.float32]:
    """A curved path of a camera that lingers at one end."""
    kernel = np.zeros((2 * radius + 1, 2 * radius + 1), np.float32)
    for t in np.linspace(0, 1, 50):
        kernel[round(radius + 4 * np.sin(2.5 * t)), round(radius - 5 + 10 * t)] += 1 + 3 * (t < 0.2)
    return kernel / kernel.sum()


def blurred(light: FloatImage, kernel: NDArray[np.float32]) -> FloatImage:
    return np.asarray(cv2.filter2D(light, -1, kernel[::-1, ::-1], borderType=cv2.BORDER_REPLICATE), np.float32)


def frames(light: FloatImage, kernel: NDArray[np.float32]) -> Frames:
    return Frames(light.mean(2), blurred(light, kernel).mean(2), np.ones(light.shape[:2], np.float32))


def softened(light: FloatImage) -> FloatImage:
    """Stands in for a denoised short frame: fine detail is gone, blotches of noise are left."""
    blotches = cv2.GaussianBlur(np.random.default_rng(3).normal(0, 0.2, light.shape), (0, 0), 4)
    return np.asarray(np.clip(cv2.GaussianBlur(light, (0, 0), 0.8) + blotches, 0, 1), np.float32)


def test_convolution_and_its_adjoint_belong_together() -> None:
    rng = np.random.default_rng(0)
    x, y = rng.random((2, 40, 53)).astype(np.float32)
    kernel = trail(6)
    fourier = Fourier(40, 53, 6)
    spectrum = fourier.of_kernel(kernel)
    forward = fourier.convolved(fourier.of_plane(x), spectrum)
    expected = cv2.filter2D(x, -1, kernel[::-1, ::-1], borderType=cv2.BORDER_CONSTANT)
    assert forward == pytest.approx(expected, abs=1e-5)
    back = fourier.correlated(fourier.of_plane(y), spectrum)
    assert np.vdot(forward, y) == pytest.approx(np.vdot(x, back), rel=1e-4)
    lags = fourier.lags(fourier.of_plane(y), fourier.of_plane(x))
    assert np.vdot(forward, y) == pytest.approx(np.vdot(kernel, lags), rel=1e-4)


def test_the_kernel_of_a_clean_pair_is_recovered() -> None:
    found, _ = estimate_kernel(frames(scene(200, 240), trail(6)), 8)
    expected = np.pad(trail(6), 2)
    assert found.sum() == pytest.approx(1, abs=1e-5)
    assert found.min() >= 0
    assert np.abs(found - expected).sum() < 0.15  # of 2, for kernels without anything in common


def test_the_kernel_is_recovered_from_a_noisy_pair_beside_a_saturated_lamp() -> None:
    light = scene(240, 240)
    light[90:120, 90:120] = 5.0
    pair = frames(light, trail(6))
    noisy = pair.sharp + np.random.default_rng(1).normal(0, 0.01, pair.sharp.shape).astype(np.float32)
    clear = (blurred(light, trail(6)) < 0.9).all(axis=2).astype(np.float32)
    found, _ = estimate_kernel(Frames(noisy, np.minimum(pair.blurred, 1), clear), 8)
    assert np.abs(found - np.pad(trail(6), 2)).sum() < 0.4


def test_a_block_without_structure_takes_the_kernel_of_the_whole() -> None:
    _, energy = estimate_kernel(frames(scene(200, 200), trail(6)), 6)
    flat = np.full((100, 100), 0.3, np.float32)
    noise = np.random.default_rng(2).normal(0, 1e-4, (2, 100, 100)).astype(np.float32)
    found, _ = estimate_kernel(Frames(flat + noise[0], flat + noise[1], np.ones_like(flat)), 6, Prior(trail(6), energy))
    assert np.abs(found - trail(6)).sum() < 0.2
    unseen = Frames(flat, flat, np.zeros_like(flat))
    assert np.array_equal(estimate_kernel(unseen, 6, Prior(trail(6), energy))[0], trail(6))
    assert np.array_equal(estimate_kernel(unseen, 6)[0], delta(6))


def test_hysteresis_keeps_weak_parts_of_a_strong_trace_and_drops_the_rest() -> None:
    kernel = np.zeros((21, 21), np.float32)
    kernel[10, 3:17] = np.linspace(1, 0.12, 14)
    kernel[2, 2] = 0.05
    kernel[17, 4:9] = 0.02
    kept = trace(kernel)
    assert kept[10, 3:17].all()
    assert not kept[1:4, 1:4].any()
    assert not kept[17, 4:9].any()
    assert not trace(np.zeros((5, 5), np.float32)).any()


def test_a_kernel_keeps_its_middle_and_its_sum_at_another_scale() -> None:
    for radius in (2, 5, 13):
        other = resized(trail(6), radius)
        assert other.shape == (2 * radius + 1,) * 2
        assert other.sum() == pytest.approx(1, abs=1e-5)
        assert resized(delta(6), radius).argmax() == delta(radius).argmax()


def test_exposure_is_found_through_the_blur() -> None:
    light = scene(160, 200)
    long = np.minimum(blurred(light, trail()), 1) * np.float32(1)
    short = (light - np.float32([0.01, 0.0, 0.02])) / np.float32([4, 7, 5])
    start = Exposure((1.0, 1.0, 1.0), (0.0, 0.0, 0.0))
    found = through_blur(short, long, np.ones_like(long), lambda plane: blurred(plane, trail()), start)
    assert found.gain == pytest.approx((4, 7, 5), rel=0.01)
    assert found.offset == pytest.approx((0.01, 0, 0.02), abs=2e-3)
    nothing_seen = through_blur(short, long, np.zeros_like(long), lambda plane: plane, start)
    assert nothing_seen == start


def test_deconvolution_recovers_what_the_base_lacks_and_leaves_agreement_alone() -> None:
    light = scene(120, 140)
    base = cv2.GaussianBlur(light, (0, 0), 1.0)
    long, weight = blurred(light, trail()), np.ones_like(light)
    made = ResidualDeconvolution(Scene(base, long, weight), trail()).run(10, lambda: None, controlled=True)
    assert psnr(made, light) > psnr(base, light) + 1.5
    agreeing = ResidualDeconvolution(Scene(light, long, weight), trail())
    assert agreeing.run(10, lambda: None, controlled=True) == pytest.approx(light, abs=1e-3)
    assert agreeing.contradicted == 0


def test_what_the_long_frame_does_not_show_stays_as_the_short_one_has_it() -> None:
    light = scene(100, 100)
    weight = np.ones_like(light)
    weight[30:70, 30:70] = 0
    long = np.where(weight > 0, blurred(light, trail()), np.float32(0))
    made = ResidualDeconvolution(Scene(light, long, weight), trail()).run(6, lambda: None, controlled=False)
    assert made == pytest.approx(light, abs=1e-3)


def test_smooth_parts_are_held_back_and_edges_are_not() -> None:
    light = np.full((64, 64, 3), 0.2, np.float32)
    light[:, 32:] = 0.9
    gain = gain_map(light)
    assert gain[32, 2] == pytest.approx(1 - ALPHA)
    assert gain[32, 32] > gain[32, 2] + 0.05
    assert gain.max() <= 1


def test_the_detail_layer_has_fine_detail_but_no_ringing_and_no_noise() -> None:
    guide = np.full((48, 64, 3), 0.4, np.float32)
    plain = guide + np.random.default_rng(0).normal(0, 0.01, guide.shape).astype(np.float32)
    plain[20:22, 30:32] += 0.3
    layer = detail_layer(plain, guide)
    assert layer[20, 30].min() > 0.15
    assert np.abs(layer[:10]).mean() < 2e-4
    slow = guide + 0.05 * np.sin(np.arange(64) / 12, dtype=np.float32)[None, :, None]
    assert np.abs(detail_layer(slow, guide)).max() < 5e-3


def test_a_synthetic_pair_is_better_than_both_its_frames() -> None:
    light = scene(256, 320)
    sharp = to_display(light)
    long = to_display(blurred(light, trail()))
    denoised = to_display(softened(light) / 4)
    result = deblur_with_pair(denoised, long, Silent(), BUDGET)
    matched = to_display(4 * to_light(denoised))
    assert psnr(result.pixels, sharp) > max(psnr(matched, sharp), psnr(long, sharp)) + 0.5
    assert result.blocks > 1
    assert result.contradicted < 0.05
    assert result.overview.exposure.gain == pytest.approx((4, 4, 4), rel=0.05)


def test_a_pair_without_blur_is_left_alone() -> None:
    sharp = to_display(scene(128, 160))
    result = deblur_with_pair(sharp, sharp, Silent(), BUDGET)
    assert psnr(result.pixels, sharp) > 40


@pytest.mark.parametrize("size", [(64, 64), (64, 300), (20, 17), (8, 8)])
def test_small_and_narrow_pairs_are_processed(size: tuple[int, int]) -> None:
    light = scene(*size)
    result = deblur_with_pair(to_display(light / 3), to_display(light), Silent(), BUDGET)
    assert result.pixels.shape == (*size, 3)
    assert result.pixels.dtype == np.float32
    assert result.pixels.min() >= 0
    assert result.pixels.max() <= 1


@pytest.mark.parametrize("level", [0.0, 0.5, 1.0])
def test_frames_without_content_come_out_as_the_long_one(level: float) -> None:
    long = np.full((80, 96, 3), level, np.float32)
    result = deblur_with_pair(long / 2, long, Silent(), BUDGET)
    assert result.pixels == pytest.approx(long, abs=0.02)


def test_every_iteration_is_reported_and_may_cancel() -> None:
    class Counting(Silent):
        def __init__(self, last: int) -> None:
            self.seen: list[tuple[int, int]] = []
            self._last = last

        def report(self, stage: Stage, done: int, total: int) -> None:
            if stage is Stage.PROCESS:
                self.seen.append((done, total))
                if done == self._last:
                    raise Cancelled

    sharp = to_display(scene(64, 64))
    whole = Counting(last=-1)
    deblur_with_pair(sharp, sharp, whole, BUDGET)
    total = whole.seen[0][1]
    assert [done for done, _ in whole.seen] == list(range(total + 1))
    early = Counting(last=3)
    with pytest.raises(Cancelled):
        deblur_with_pair(sharp, sharp, early, BUDGET)
    assert len(early.seen) == 4
