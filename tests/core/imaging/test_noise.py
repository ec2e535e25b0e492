"""The noise estimate finds what was added, and nothing where nothing was."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from lsd2.imaging.noise import estimate_noise
from lsd2.imaging.noise_blocks import dct_matrix
from lsd2.photo import FloatImage
from lsd2.progress import Cancelled, Silent, Stage


def scene(height: int = 256, width: int = 320) -> FloatImage:
    """Shading, edges, and fine texture on two thirds of the picture."""
    rng = np.random.default_rng(4)
    y, x = np.mgrid[:height, :width].astype(np.float32)
    shade = 0.3 + 0.3 * x / width + 0.1 * np.sin(y / 40)
    picture = np.stack([shade, shade * 0.9, shade * 0.8], axis=-1).astype(np.float32)
    texture = smoothed(rng.normal(0, 1, (height, width, 1)), 1.2)
    picture[height // 3 :] += np.float32(0.25) * texture[height // 3 :]
    picture[60:90, 40:200] = (0.7, 0.2, 0.3)
    return np.asarray(picture.clip(0.05, 0.95), np.float32)


def textured(strength: float, grain: float, height: int, width: int) -> FloatImage:
    """Texture all over, much stronger in some places than in others; `grain` is its Gaussian's sigma, pixels."""
    rng = np.random.default_rng(9)
    y, x = np.mgrid[:height, :width].astype(np.float32)
    texture, places = (smoothed(rng.normal(0, 1, (height, width)), sigma) for sigma in (grain, 30))
    unevenness = np.exp(places / places.std())
    shade = 0.35 + 0.2 * x / width + 0.05 * np.sin(y / 60)
    grey = shade + strength * unevenness / np.median(unevenness) * texture / texture.std()
    return np.repeat(grey[..., None].clip(0.05, 0.95), 3, axis=2).astype(np.float32)


def smoothed(noise: NDArray[np.float64], blur: float) -> FloatImage:
    return np.asarray(cv2.GaussianBlur(noise, (0, 0), blur), np.float32).reshape(noise.shape)


def noisy(image: FloatImage, sigma: float, blur: float = 0.0) -> FloatImage:
    noise = np.random.default_rng(1).normal(0, 1, image.shape)
    grain = smoothed(noise, blur) if blur else noise.astype(np.float32)
    return np.asarray(image + sigma / 255 * grain / grain.std(), np.float32)


@pytest.mark.parametrize("sigma", [5, 10, 25, 50])
def test_white_noise_on_a_textured_scene_is_found(sigma: float) -> None:
    estimate = estimate_noise(noisy(scene(), sigma))
    assert estimate.sigma == pytest.approx(sigma, rel=0.1)
    assert estimate.channels == pytest.approx([sigma] * 3, rel=0.12)


def test_a_clean_picture_has_no_noise() -> None:
    assert estimate_noise(scene()).sigma < 1


def test_each_channel_has_its_own_noise() -> None:
    image = scene()
    for channel, sigma in enumerate((5, 15, 30)):
        image[..., channel] = noisy(scene(), sigma)[..., channel]
    assert estimate_noise(image).channels == pytest.approx([5, 15, 30], rel=0.12)


def test_smoothed_camera_noise_is_not_missed() -> None:
    """Gaussian blur of sigma 1 takes white noise to 1 / (2 sqrt(pi)) of itself: it was 8 * 3.54 = 28 before."""
    estimate = estimate_noise(noisy(scene(), 8, blur=1.0))
    assert estimate.fine_sigma < 2
    assert 8 < estimate.sigma < 30


def test_demosaiced_noise_is_not_taken_for_weaker_than_it_is() -> None:
    """Interpolation leaves little at the finest frequencies, and what else there is must not hide how little."""
    rng = np.random.default_rng(1)
    y, x = np.mgrid[:512, :640].astype(np.float32)
    shade = np.repeat((0.2 + 0.2 * x / 640 + 0.05 * np.sin(y / 60))[..., None], 3, axis=2)
    sensor = shade[..., 1] + rng.normal(0, 12 / 255, shade.shape[:2])
    steps = np.rint(sensor.clip(0, 1) * 65535).astype(np.uint16)
    image = cv2.cvtColor(steps, cv2.COLOR_BayerRGGB2RGB_EA).astype(np.float32) / 65535
    image += rng.normal(0, 8 / 255, image.shape).astype(np.float32)
    estimate = estimate_noise(image)
    deviation = 255 * float((image - shade).std())
    assert estimate.fine_sigma < 0.85 * deviation
    assert deviation < estimate.sigma < 2.2 * deviation


def test_textured_parts_of_a_demosaiced_photo_get_the_level_of_the_smooth_ones() -> None:
    clean = textured(0.06, 2.0, 512, 640)
    rng = np.random.default_rng(1)
    sensor = clean[..., 1] + rng.normal(0, 12 / 255, clean.shape[:2])
    steps = np.rint(sensor.clip(0, 1) * 65535).astype(np.uint16)
    image = cv2.cvtColor(steps, cv2.COLOR_BayerRGGB2RGB_EA).astype(np.float32) / 65535
    image += rng.normal(0, 8 / 255, image.shape).astype(np.float32)
    deviation = 255 * float((image - clean).std())
    assert 1.2 * deviation < estimate_noise(image).sigma < 2.2 * deviation


@pytest.mark.parametrize("texture", [0.08, 0.10, 0.13])
def test_smoothed_noise_is_found_among_texture(texture: float) -> None:
    """By the few smooth blocks; texture makes the others disagree with each other."""
    clean = textured(texture, 1.5, 384, 512)
    camera = np.rint(255 * noisy(clean, 6, blur=0.8)).astype(np.float32) / 255
    estimate = estimate_noise(camera)
    assert estimate.fine_sigma < 1.5
    assert 9 < estimate.sigma < 24
    assert estimate_noise(clean).sigma < 1
    assert estimate_noise(noisy(clean, 10)).sigma == pytest.approx(10, rel=0.05)


def test_signal_dependent_noise_gives_a_rising_curve() -> None:
    ramp = np.repeat(np.linspace(0.1, 0.9, 512, dtype=np.float32)[None, :, None], 384, axis=0).repeat(3, axis=2)
    sigma = 40 / 255 * np.sqrt(ramp)
    image = ramp + sigma * np.random.default_rng(2).normal(0, 1, ramp.shape)
    for curve in estimate_noise(image.astype(np.float32)).curves:
        levels, sigmas = zip(*curve, strict=True)
        assert len(levels) > 4
        assert list(levels) == sorted(levels)
        assert sigmas[-1] > 1.8 * sigmas[0]
        assert sigmas == pytest.approx(40 * np.sqrt(levels), rel=0.2)


def test_piled_up_values_do_not_hide_the_noise() -> None:
    image = scene()
    image[:, 200:] = 0
    clipped = noisy(image, 20).clip(0, 1)
    assert estimate_noise(clipped).sigma == pytest.approx(20, rel=0.1)


@pytest.mark.parametrize("shape", [(1, 1, 3), (5, 40, 3), (64, 64)])
def test_any_size_has_an_estimate(shape: tuple[int, ...]) -> None:
    assert estimate_noise(np.full(shape, 0.5, np.float32)).sigma == pytest.approx(0, abs=1e-3)


def test_it_may_be_cancelled_between_the_steps_of_a_channel() -> None:
    class Counting(Silent):
        def __init__(self) -> None:
            self.done: list[int] = []

        def report(self, stage: Stage, done: int, total: int) -> None:
            self.done.append(done)

    counting = Counting()
    estimate_noise(scene(64, 64), counting)
    assert min(counting.done.count(channel) for channel in range(3)) > 3


def test_it_can_be_cancelled() -> None:
    class Impatient:
        def report(self, stage: Stage, done: int, total: int) -> None:
            assert (stage, total) == (Stage.ESTIMATE, 3)
            if done == 1:
                raise Cancelled

        def tile(self, left: int, top: int, pixels: FloatImage) -> None:
            raise AssertionError("an estimate has no pixels")

    with pytest.raises(Cancelled):
        estimate_noise(scene(64, 64), Impatient())


def test_the_transform_is_orthonormal() -> None:
    assert dct_matrix() @ dct_matrix().T == pytest.approx(np.eye(8), abs=1e-6)


def test_an_enlarged_clean_picture_has_no_noise_either() -> None:
    """It has no high frequencies, as smoothed noise has none, but parts without any texture."""
    enlarged = np.asarray(cv2.resize(scene(), None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC), np.float32)
    assert estimate_noise(enlarged).sigma < 1
