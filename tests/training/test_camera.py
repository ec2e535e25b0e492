"""The sensor, the camera's processing and moving objects of the synthesis."""

from __future__ import annotations

import numpy as np
import pytest

from lsd2.training.synthesis import mosaic, moving, noise
from lsd2.training.synthesis.processing import UNPROCESSED, Processing, draw_processing, process

RNG = np.random.default_rng
LEVELS = np.array([0.01, 0.005, 0.01], np.float32)


def _flat(value: float, size: int = 96) -> np.ndarray:
    return np.full((size, size, 3), value, np.float32)


def _ramp(size: int = 64) -> np.ndarray:
    y, x = np.mgrid[:size, :size].astype(np.float32) / size
    return np.stack([0.2 + 0.5 * x, 0.3 + 0.3 * y, 0.6 - 0.4 * x], axis=2)


@pytest.mark.parametrize("red", list(mosaic.PATTERNS))
def test_every_pattern_gives_each_channel_back(red: tuple[int, int]) -> None:
    image = _ramp()
    again = mosaic.demosaic(mosaic.bayer(image, red), red)
    np.testing.assert_allclose(again[4:-4, 4:-4], image[4:-4, 4:-4], atol=0.01)


def test_sensor_keeps_what_is_below_black_and_above_white() -> None:
    assert mosaic.demosaic(np.full((8, 8), -0.05, np.float32), (0, 0)).max() == pytest.approx(-0.05, abs=1e-3)
    assert mosaic.demosaic(np.full((8, 8), 1.4, np.float32), (0, 0)).min() == pytest.approx(1.4, abs=1e-3)


def test_sensor_noise_is_proportional_and_spread_by_demosaicing() -> None:
    dark, bright = (
        mosaic.expose_on_sensor(_flat(value, 256), LEVELS, noise.READ_FLOOR, RNG(1)) - value for value in (0.05, 0.2)
    )
    assert bright.var() / dark.var() == pytest.approx(4, rel=0.1)
    assert abs(bright.mean()) < 1e-3
    beside = (bright[:, 1:] * bright[:, :-1]).mean((0, 1)) / bright.var((0, 1))
    assert (beside[[0, 2]] > 0.25).all()  # of red and blue three pixels in four are interpolated
    assert bright[..., 1].var() < bright[..., 0].var()


def test_processing_that_is_off_changes_nothing() -> None:
    image = _ramp()
    assert process(image, UNPROCESSED) is image
    assert draw_processing(0.0, RNG(0)) == UNPROCESSED


def test_chroma_is_smoothed_and_brightness_is_not() -> None:
    luma = np.array([0.299, 0.587, 0.114], np.float32)
    image = np.clip(0.5 + RNG(2).normal(0, 0.05, (96, 96, 3)), 0, 1).astype(np.float32)
    out = process(image, Processing(chroma_sigma=2.0))
    np.testing.assert_allclose(out @ luma, image @ luma, atol=0.02)
    assert (out[..., 0] - out @ luma).std() < 0.3 * (image[..., 0] - image @ luma).std()


def test_denoising_lowers_and_sharpening_raises_local_contrast() -> None:
    image = np.repeat(np.clip(0.5 + RNG(3).normal(0, 0.02, (96, 96, 1)), 0, 1), 3, axis=2).astype(np.float32)
    assert process(image, Processing(luma_range=0.1)).std() < 0.7 * image.std()
    assert process(image, Processing(sharpen=0.8)).std() > 1.2 * image.std()


def test_one_object_moves_and_the_rest_stays() -> None:
    scene = _ramp(128)
    moved = moving.move_object(scene, RNG(4))
    changed = np.abs(moved - scene).max(axis=2) > 1e-4
    assert 0.01 < changed.mean() < 0.6
    np.testing.assert_array_equal(scene, _ramp(128))
    assert moved.min() >= scene.min() - 1e-5
    assert moved.max() <= scene.max() + 1e-5


def test_cameras_differ() -> None:
    draws = [noise.draw_noise(noise.CAMERA, RNG(seed)) for seed in range(60)]
    assert any(draw.mosaic for draw in draws)
    assert any(draw.texture for draw in draws)
    assert not any(draw.mosaic and draw.texture for draw in draws)
    assert any(draw.processing != UNPROCESSED for draw in draws)
    paper = [noise.draw_noise(noise.SHOT_ONLY, RNG(seed)) for seed in range(60)]
    assert not any(draw.mosaic or draw.texture or draw.processing != UNPROCESSED for draw in paper)


def test_pictures_of_every_camera_are_in_range() -> None:
    for seed in range(12):
        draw = noise.draw_noise(noise.CAMERA, RNG(seed))
        picture = noise.add_noise(_ramp() * 1.5, draw, RNG(seed))
        assert picture.dtype == np.float32
        assert picture.min() >= 0
        assert picture.max() <= 1
