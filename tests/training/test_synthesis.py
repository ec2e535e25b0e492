"""Exposure, colour, noise and whole triplets have the statistics that the paper gives."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from lsd2.errors import PhotoWriteError, TrainingError
from lsd2.training.shake import Shaker
from lsd2.training.synthesis import colour, exposure, noise
from lsd2.training.synthesis.files import write_triplets
from lsd2.training.synthesis.pair import PAPER, REALISTIC, Scene, crispened, make_scene, make_triplet, to_u8

RNG = np.random.default_rng


def _flat(value: float, size: int = 128) -> np.ndarray:
    return np.full((size, size, 3), value, np.float32)


LEVELS = np.array([0.01, 0.005, 0.01], np.float32)
TEXTURE = noise.Texture((1.0, 0.7, 1.0), blotch_radius=2.5, blotch_share=0.2, common=0.3)


def _neighbours(field: np.ndarray) -> float:
    return float((field[:, 1:] * field[:, :-1]).mean() / field.var())


def test_gamma_there_and_back() -> None:
    image = np.linspace(0, 1, 300, dtype=np.float32).reshape(10, 10, 3)
    np.testing.assert_allclose(exposure.to_display(exposure.to_linear(image)), image, atol=1e-5)
    assert exposure.to_linear(_flat(0.5, 2))[0, 0, 0] == pytest.approx(0.5**2.2, rel=1e-4)


def test_overexposure_does_not_clip() -> None:
    assert exposure.overexpose(_flat(0.8), 3.0).max() == pytest.approx(2.4)


def test_display_clips() -> None:
    assert exposure.to_display(_flat(2.4)).max() == 1
    assert exposure.to_display(_flat(-0.1)).min() == 0


def test_lights_are_boosted_and_shadows_are_not() -> None:
    image = _flat(0.5)
    image[0, 0] = 1.0
    out = exposure.boost_lights(image, gain=6.0)
    assert out[0, 0, 0] == pytest.approx(6.0)
    np.testing.assert_array_equal(out[1:], image[1:])


def test_colour_distortion_is_affine_per_channel() -> None:
    gains, offsets = np.array([0.2, 0.1, 0.3], np.float32), np.array([0.005, -0.01, 0.002], np.float32)
    out = colour.distort(_flat(0.5), gains, offsets)
    np.testing.assert_allclose(out[0, 0], [0.105, 0.04, 0.152], rtol=1e-5)
    assert colour.distort(_flat(0.0), gains, offsets)[0, 0, 1] == 0


def test_sampled_distortion_keeps_to_the_papers_bounds() -> None:
    rng = RNG(0)
    draws = [colour.MEASURED.sample(rng) for _ in range(500)]
    gains, offsets = np.array([d[0] for d in draws]), np.array([d[1] for d in draws])
    assert gains.max() <= 0.35
    assert gains.min() >= 0.12
    assert (np.ptp(gains, axis=0) > 0.04).all()
    assert np.abs(offsets).max() < 0.01
    assert np.abs(np.corrcoef(gains[:, 0], gains[:, 2])[0, 1]) < 0.9


def test_shot_noise_variance_is_proportional_to_intensity() -> None:
    for level in (0.05, 0.2):
        out = noise.add_shot_noise(_flat(level, 256), LEVELS, RNG(1))
        variance = out.reshape(-1, 3).var(axis=0)
        np.testing.assert_allclose(variance, np.array([0.01, 0.005, 0.01]) * level, rtol=0.05)
        np.testing.assert_allclose(out.mean(axis=(0, 1)), level, rtol=0.02)


def test_long_frame_has_a_quarter_of_the_noise_variance() -> None:
    draw = noise.draw_noise(noise.SHOT_ONLY, RNG(0))
    short, long = (
        exposure.to_linear(noise.add_noise(_flat(0.2, 256), draw, RNG(seed), ratio)).var()
        for seed, ratio in ((1, 1.0), (2, draw.ratio))
    )
    assert short / long == pytest.approx(4, rel=0.04)


def test_textured_noise_keeps_its_strength_and_is_coarse() -> None:
    field = noise.textured_noise((256, 256), TEXTURE, RNG(0))
    np.testing.assert_allclose(field.std(axis=(0, 1)), 1, rtol=0.05)
    assert all(0.4 < _neighbours(field[..., i]) < 0.9 for i in range(3))
    assert _neighbours(field[..., 0]) > _neighbours(field[..., 1])
    assert 0.1 < np.corrcoef(field[..., 0].ravel(), field[..., 2].ravel())[0, 1] < 0.5


def test_camera_noise_is_nearly_gaussian_in_the_encoded_picture() -> None:
    """As strong as shot noise of the same k behind the gamma, but not skewed by clipping before it."""
    draw = noise.NoiseDraw(LEVELS, 4.0, TEXTURE, None)
    out = noise.add_noise(_flat(0.1, 256), draw, RNG(0))
    linear_deviation = np.sqrt(0.1 * LEVELS)
    slope = 0.1 ** (1 / 2.2 - 1) / 2.2
    np.testing.assert_allclose(out.std(axis=(0, 1)), linear_deviation * slope, rtol=0.06)
    deviations = out[..., 0] - out[..., 0].mean()
    assert abs((deviations**3).mean() / deviations.std() ** 3) < 0.15


@pytest.mark.parametrize("texture", [None, TEXTURE])
def test_a_lamp_is_white_without_noise(texture: noise.Texture | None) -> None:
    draw = noise.NoiseDraw(LEVELS, 4.0, texture, None)
    assert noise.add_noise(_flat(30.0), draw, RNG(0)).min() == 1


def test_noise_in_black_is_bounded() -> None:
    draw = noise.NoiseDraw(LEVELS, 4.0, TEXTURE, None)
    assert noise.add_noise(_flat(0.0, 128), draw, RNG(0)).std() < 0.02


def test_jpeg_changes_little_at_high_quality() -> None:
    ramp = np.tile(np.linspace(0, 255, 64, dtype=np.uint8)[None, :, None], (64, 1, 3))
    assert np.abs(noise.jpeg_round_trip(ramp, 97).astype(int) - ramp).max() <= 4


def test_rounding_to_eight_bits_is_unbiased() -> None:
    values = np.linspace(0, 1, 2**14, dtype=np.float32)
    assert abs(to_u8(values).astype(float).mean() / 255 - 0.5) < 1e-3
    assert to_u8(np.array([0.0, 1.0], np.float32)).tolist() == [0, 255]


def test_without_noise_the_sharp_frame_is_the_long_frame_of_a_still_scene() -> None:
    image = RNG(0).random((64, 64, 3), dtype=np.float32)
    recipe = replace(PAPER, still=1.0, noise_free=1.0, scale=(1.5, 1.5))
    scene = make_scene(image, Shaker([], 0).draw(RNG(1)), recipe, RNG(2))
    triplet = make_triplet(scene, recipe, RNG(3))
    expected = to_u8(np.clip(image * 1.5 ** (1 / 2.2), 0, 1))
    assert np.abs(triplet.sharp.astype(int) - expected).max() <= 1
    assert np.abs(triplet.long.astype(int) - triplet.sharp).mean() < 1


def _detail(frame: np.ndarray) -> float:
    return float(cv2.Laplacian(frame.astype(np.float32), cv2.CV_32F).std())


def test_short_frame_is_dark_noisy_and_in_place() -> None:
    image = np.clip(cv2.GaussianBlur(RNG(0).random((128, 128, 3), dtype=np.float32), (0, 0), 2) * 3 - 1, 0, 1)
    shaker = Shaker([], 0)
    scene = make_scene(image, shaker.draw(RNG(1)), PAPER, RNG(2))
    triplet = make_triplet(scene, PAPER, RNG(3))
    assert triplet.short.mean() < 0.7 * triplet.sharp.mean()

    assert _detail(triplet.sharp) < _detail(triplet.short)
    assert _detail(scene.blurred) < _detail(scene.sharp)
    shift, _ = cv2.phaseCorrelate(*(np.float32(f.mean(axis=2)) for f in (triplet.short, triplet.sharp)))
    assert np.hypot(*shift) < 0.5


def test_lights_leave_trails_that_clip() -> None:
    scene = Scene(*(np.full((32, 32, 3), value, np.float32) for value in (0.1, 0.1)))
    scene.blurred[10:12] = 4.0
    triplet = make_triplet(scene, replace(PAPER, noise_free=1.0), RNG(0))
    assert triplet.long[10:12].min() >= 250


@pytest.mark.parametrize("recipe", ["paper", "realistic"])
def test_written_triplets_are_reproducible(photo_folder: Path, tmp_path: Path, recipe: str) -> None:
    folders = [tmp_path / name for name in ("one", "two", "other")]
    for folder, seed in zip(folders, (5, 5, 6), strict=True):
        assert write_triplets(photo_folder, folder, 2, seed, (96, 64), recipe, ()) == 2
    names = sorted(path.name for path in folders[0].iterdir())
    assert names == [f"0000000{i}_{role}.png" for i in range(2) for role in ("long", "sharp", "short")]
    for name in names:
        contents = [(folder / name).read_bytes() for folder in folders]
        assert contents[0] == contents[1] != contents[2]
    assert cv2.imread(str(folders[0] / names[0])).shape == (64, 96, 3)


def test_triplets_do_not_overwrite(photo_folder: Path, tmp_path: Path) -> None:
    write_triplets(photo_folder, tmp_path, 1, 0, (64, 64), "paper", ())
    with pytest.raises(PhotoWriteError, match="exists already"):
        write_triplets(photo_folder, tmp_path, 1, 0, (64, 64), "paper", ())


def test_folder_without_photos_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="holds no photos"):
        write_triplets(tmp_path, tmp_path / "out", 1, 0, (64, 64), "paper", ())


def test_realistic_recipe_reaches_darker_scenes() -> None:
    scene = Scene(*(np.full((32, 32, 3), 0.3, np.float32) for _ in range(2)))
    means = [make_triplet(scene, REALISTIC, RNG(seed)).short.mean() for seed in range(60)]
    assert min(means) < 20
    assert max(means) > 60


def test_what_a_small_copy_leaves_lacks_fine_detail_but_is_in_place() -> None:
    image = np.random.default_rng(3).random((96, 96, 3), dtype=np.float32)
    rotations = Shaker([], 0.0).draw(RNG(1))
    recipe = replace(REALISTIC, softened=1.0, still=0.0, moving=0.0, residual_shift=0.0, registered=1.0)
    scene = make_scene(image, rotations, recipe, RNG(2))
    coarse = [cv2.GaussianBlur(part, (0, 0), 4) for part in (scene.sharp, scene.blurred)]
    assert np.abs(scene.blurred - scene.sharp).mean() > 0.1
    assert np.abs(coarse[0] - coarse[1]).mean() < 0.03


def test_a_crisper_photo_has_more_of_the_finest_detail_and_the_rest_as_it_was() -> None:
    rng = np.random.default_rng(8)
    coarse, fine = (cv2.GaussianBlur(rng.random((64, 64, 3), np.float32), (0, 0), sigma) for sigma in (6.0, 0.7))
    photo = (0.3 + 0.2 * coarse + 0.2 * fine).astype(np.float32)
    crisp = crispened(photo, 1.5, 1.0)
    detail = [image - cv2.GaussianBlur(image, (0, 0), 1.0) for image in (photo, crisp)]
    assert 1.8 < detail[1].std() / detail[0].std() < 2.6
    smooth = [cv2.GaussianBlur(image, (0, 0), 4.0) for image in (photo, crisp)]
    assert np.abs(smooth[1] - smooth[0]).max() < 0.01
    assert np.array_equal(crispened(photo, 0.0, 1.0), photo)


def test_a_scene_is_made_crisper_where_the_recipe_says_so() -> None:
    image = np.random.default_rng(3).random((96, 96, 3), np.float32)
    plain = replace(PAPER, still=1.0)
    rotations = Shaker([], 0.0).draw(np.random.default_rng(1))
    soft, crisp = (
        make_scene(image, rotations, replace(plain, crisp=(share, 2.0)), np.random.default_rng(1)).sharp
        for share in (0.0, 1.0)
    )
    assert np.array_equal(soft, exposure.to_linear(image))
    assert np.abs(np.diff(crisp, axis=1)).mean() > 1.1 * np.abs(np.diff(soft, axis=1)).mean()
