"""The rendered night scene: the same for a seed, different for another, and lit as a street is."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from lsd2.training.synthesis.night.camera import Piece, View, draw
from lsd2.training.synthesis.night.ground import periodic_noise
from lsd2.training.synthesis.night.light import Frame, Light, glow, irradiance
from lsd2.training.synthesis.night.scene import MEAN_DISPLAY, render_night_scene
from lsd2.training.synthesis.night.street import plan
from lsd2.training.synthesis.night.surface import Surface, fractal_noise
from lsd2.training.synthesis.night.text import fitted_text, text_mask

SIZE = (160, 120)


@pytest.fixture(scope="module")
def scene() -> np.ndarray:
    return render_night_scene(*SIZE, 8)


def displayed(linear: np.ndarray) -> np.ndarray:
    return np.clip(linear, 0, 1) ** (1 / 2.2)


def test_a_scene_is_linear_light_with_lamps_beyond_white(scene: np.ndarray) -> None:
    assert scene.shape == (120, 160, 3)
    assert scene.dtype == np.float32
    assert np.isfinite(scene).all()
    assert scene.min() >= 0
    assert scene.max() > 3
    assert 0.0005 < (scene.max(axis=2) > 1).mean() < 0.1


def test_a_scene_is_exposed_as_a_night_photo(scene: np.ndarray) -> None:
    assert displayed(scene).mean() == pytest.approx(MEAN_DISPLAY, abs=0.03)
    assert (displayed(scene) < 0.25).mean() > 0.2


def test_a_seed_always_gives_the_same_scene(scene: np.ndarray) -> None:
    np.testing.assert_array_equal(render_night_scene(*SIZE, 8), scene)


def test_another_seed_gives_another_scene(scene: np.ndarray) -> None:
    other = render_night_scene(*SIZE, 9)
    assert np.abs(displayed(other) - displayed(scene)).mean() > 0.05


def test_the_layout_does_not_depend_on_the_size(scene: np.ndarray) -> None:
    twice = render_night_scene(2 * SIZE[0], 2 * SIZE[1], 8)
    small, halved = (
        cv2.GaussianBlur(displayed(image), (0, 0), 2)
        for image in (scene, cv2.resize(twice, SIZE, interpolation=cv2.INTER_AREA))
    )
    assert np.corrcoef(small.ravel(), halved.ravel())[0, 1] > 0.95


def test_seeds_vary_side_lamps_and_shops() -> None:
    streets = [plan(*SIZE, seed) for seed in range(20)]
    assert {street.side for street in streets} == {-1, 1}
    assert {street.lamp_kind for street in streets} == {"lantern", "globe", "cone"}
    assert len({street.plots[0][0].house.shop for street in streets}) > 4
    assert len({street.name for street in streets}) > 3


def test_a_point_straight_ahead_is_at_the_horizon() -> None:
    view = View(200, 100, 150.0, 60.0, 1.6, 0.0)
    place, depth = view.project(np.array([[0.0, 1.6, 10.0], [1.0, 0.0, 10.0]]))
    np.testing.assert_allclose(place, [[100, 60], [115, 84]])
    np.testing.assert_allclose(depth, [10, 10])


def test_a_mirrored_point_on_the_ground_stays_where_it_is() -> None:
    view = View(200, 100, 150.0, 60.0, 1.6, 0.2)
    ground, lamp = np.array([2.0, 0.0, 9.0]), np.array([2.0, 4.0, 9.0])
    np.testing.assert_allclose(view.project(ground, mirrored=True)[0], view.project(ground)[0])
    assert view.project(lamp, mirrored=True)[0][1] > view.project(ground)[0][1] > view.project(lamp)[0][1]


def test_a_drawn_piece_covers_its_projection_only() -> None:
    view = View(200, 100, 100.0, 60.0, 1.6, 0.0)
    canvas = np.zeros((100, 200, 3), np.float32)
    texture = np.ones((64, 64, 4), np.float32)
    draw(canvas, view, Piece(Frame((-1.0, 0.0, 10.0), (1.0, 0.0, 0.0)), 2.0, 2.0, texture))
    rows, columns = np.nonzero(canvas[..., 0] > 0.5)
    assert (columns.min(), columns.max()) == (90, 109)
    assert (rows.min(), rows.max()) == (56, 75)


def test_light_falls_off_with_the_square_of_the_distance() -> None:
    frame = Frame((0.0, 0.0, 0.0), (1.0, 0.0, 0.0))
    point = np.zeros((1, 3))
    near, far = (irradiance(point, frame, [Light((0.0, 0.0, -z), (8.0, 8.0, 8.0))], (0, 0, 0))[0] for z in (2.0, 4.0))
    assert near[0, 0] == pytest.approx(8 / 4, rel=0.02)
    assert far[0, 0] == pytest.approx(near[0, 0] / 4, rel=0.02)


def test_light_from_behind_a_wall_does_not_reach_its_front() -> None:
    frame = Frame((0.0, 0.0, 0.0), (1.0, 0.0, 0.0))
    total, _ = irradiance(np.zeros((1, 3)), frame, [Light((0.0, 0.0, 2.0), (8.0, 8.0, 8.0))], (0.1, 0.2, 0.3))
    np.testing.assert_allclose(total, [[0.1, 0.2, 0.3]], rtol=1e-6)


def test_glow_spreads_light_without_making_any() -> None:
    image = np.zeros((200, 200, 3), np.float32)
    image[100, 100] = 1000
    soft = glow(image, 0.2)
    assert soft[100, 110, 0] > 0
    assert soft.sum() == pytest.approx(image.sum() * (0.93 + 0.094), rel=0.05)


def test_text_fits_its_box_and_is_not_empty() -> None:
    mask = fitted_text("Night Owl Coffee", 120, 20)
    assert mask.shape[0] <= 20
    assert mask.shape[1] <= 120
    assert mask.max() > 0.9
    assert text_mask("II", 40).shape[1] < text_mask("WW", 40).shape[1]


def test_painting_outside_a_surface_changes_nothing() -> None:
    surface = Surface(1.0, 1.0, 50.0, np.random.default_rng(0))
    surface.paint((0.0, 1.5, 1.0, 2.0), (1.0, 0.0, 0.0))
    assert (surface.albedo == np.float32(0.2)).all()


def test_noise_has_the_asked_shape_and_the_tile_repeats() -> None:
    rng = np.random.default_rng(1)
    assert fractal_noise((37, 91), 16, rng).shape == (37, 91)
    tile = periodic_noise(128, 1.5, rng)
    inside = np.abs(np.diff(tile, axis=0)).mean()
    assert np.abs(tile[0] - tile[-1]).mean() < 2 * inside
