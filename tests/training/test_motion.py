"""Camera shake: rotations, homographies and blur against what can be worked out by hand."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lsd2.errors import TrainingError
from lsd2.training.synthesis import motion
from lsd2.training.synthesis.gyro import GyroTrack, read_gyro_csv, simulate_gyro
from lsd2.training.synthesis.motion import Camera, Exposure, Rotations, blur, displacements, integrate

CAMERA = Camera(width=640, height=360, focal=500.0, readout=0.0)


def _steady(rate: tuple[float, float, float], seconds: float = 2.0) -> Rotations:
    times = np.linspace(0, seconds, 401)
    return integrate(GyroTrack(times, np.tile(rate, (401, 1))))


def test_constant_rate_integrates_to_the_angle_times_time() -> None:
    rotation = _steady((0.0, 0.0, 0.5)).at(np.array([1.0]))[0]
    expected = [[math.cos(0.5), -math.sin(0.5), 0], [math.sin(0.5), math.cos(0.5), 0], [0, 0, 1]]
    np.testing.assert_allclose(rotation, expected, atol=1e-6)


@given(st.tuples(*[st.floats(-3, 3)] * 3))
@settings(max_examples=25, deadline=None)
def test_rotations_are_orthonormal(rate: tuple[float, float, float]) -> None:
    rotation = _steady(rate).at(np.array([0.77]))[0]
    np.testing.assert_allclose(rotation @ rotation.T, np.eye(3), atol=1e-9)
    assert np.linalg.det(rotation) == pytest.approx(1)


def test_turn_about_the_vertical_axis_shifts_the_centre_by_focal_length_times_tangent() -> None:
    moves = displacements(
        _steady((0.0, 0.1, 0.0)), CAMERA, Exposure(0.2, 0.3), np.array([1.0]), np.array([320.0]), np.array([180.0])
    )
    assert abs(moves[0, 0, 0, 0]) == pytest.approx(500 * math.tan(0.03), rel=1e-6)
    assert moves[0, 0, 0, 1] == pytest.approx(0, abs=1e-9)


def test_roll_moves_points_in_proportion_to_their_distance_from_the_centre() -> None:
    xs = np.array([320.0, 420.0, 520.0])
    moves = displacements(_steady((0, 0, 0.2)), CAMERA, Exposure(0, 0.1), np.array([1.0]), xs, np.array([180.0]))
    lengths = np.linalg.norm(moves[0, 0], axis=-1)
    np.testing.assert_allclose(lengths, [0, 100 * 2 * math.sin(0.01), 200 * 2 * math.sin(0.01)], atol=1e-6)


def test_the_trail_begins_at_the_pixel_itself_in_every_row() -> None:
    """The origin of the point-spread function is the start of the row's own exposure (Section 3.1.4)."""
    camera = Camera(640, 360, 500.0, readout=0.03)
    ys = np.linspace(0, 359, 5)
    moves = displacements(
        _steady((0.3, 0.2, 0.1)), camera, Exposure(0.1, 0.2), np.array([0.0]), np.array([0.0, 600.0]), ys
    )
    np.testing.assert_allclose(moves, 0, atol=1e-9)


def test_rolling_shutter_exposes_lower_rows_later() -> None:
    """With a rate that sets in at 0.5 s, rows read out after that are blurred more than those before."""
    times = np.linspace(0, 1, 1001)
    rates = np.where(times[:, None] > 0.5, [[0.0, 1.0, 0.0]], 0.0)
    camera = Camera(640, 360, 500.0, readout=0.04)
    moves = displacements(
        integrate(GyroTrack(times, rates)),
        camera,
        Exposure(0.45, 0.05),
        np.array([1.0]),
        np.array([320.0]),
        np.array([0.0, 180.0, 359.0]),
    )
    top, middle, bottom = np.linalg.norm(moves[0, :, 0], axis=-1)
    assert top < 1
    assert top < middle < bottom
    assert bottom == pytest.approx(500 * math.tan(0.04 * 359 / 360), rel=0.03)


def test_no_motion_leaves_the_picture_alone() -> None:
    image = np.random.default_rng(0).random((64, 80, 3), dtype=np.float32) * 3
    np.testing.assert_allclose(blur(image, _steady((0, 0, 0)), CAMERA, Exposure(0, 0.3)), image, atol=1e-5)


def test_blur_keeps_the_light_of_a_lamp_brighter_than_white() -> None:
    image = np.zeros((96, 96, 3), np.float32)
    image[48, 48] = 50.0
    out = blur(image, _steady((0.05, 0.08, 0)), CAMERA, Exposure(0, 0.3), origin=(272, 132))
    assert out.sum() == pytest.approx(image.sum(), rel=0.02)
    assert 1 < out.max() < 25
    assert np.count_nonzero(out[..., 0] > 0.5) > 10


def test_trail_has_the_length_the_rotation_gives() -> None:
    image = np.zeros((96, 96, 3), np.float32)
    image[48, 48] = 1.0
    out = blur(image, _steady((0, 0.1, 0)), CAMERA, Exposure(0, 0.3), origin=(272, 132))
    columns = np.flatnonzero(out[48, :, 0] > 1e-3)
    assert columns[-1] - columns[0] == pytest.approx(500 * math.tan(0.03), abs=2)
    assert 48 in (columns[0], columns[-1])


def test_coarse_grid_is_as_good_as_every_pixel(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(5)
    rotations = integrate(simulate_gyro(rng, level=3.0))
    image = rng.random((97, 129, 3), dtype=np.float32)
    camera = Camera.nvidia_shield(1600, 900)
    coarse = blur(image, rotations, camera, Exposure(1.0, 0.2), origin=(40, 700))
    monkeypatch.setattr(motion, "GRID_STEP", 1)
    exact = blur(image, rotations, camera, Exposure(1.0, 0.2), origin=(40, 700))
    assert np.abs(coarse - exact).max() < 0.01


def test_registered_frame_has_its_trails_centred() -> None:
    image = np.zeros((65, 65, 3), np.float32)
    image[32, 32] = 1.0
    for centred in (False, True):
        trail = blur(image, _steady((0, 0.1, 0)), CAMERA, Exposure(0, 0.3), (272, 132), centred=centred)[..., 0]
        centre = float((trail.sum(axis=0) * np.arange(65)).sum() / trail.sum())
        assert abs(centre - 32) == pytest.approx(0 if centred else 7.5, abs=0.5)


def test_offset_shifts_the_whole_frame() -> None:
    image = np.zeros((64, 64, 3), np.float32)
    image[32, 32] = 1.0
    out = blur(image, _steady((0, 0, 0)), CAMERA, Exposure(0, 0.1), offset=(3.0, -2.0))
    assert np.unravel_index(out[..., 0].argmax(), (64, 64)) == (34, 29)


def test_simulated_shake_is_that_of_a_steady_hand() -> None:
    rates = np.concatenate(
        [np.linalg.norm(simulate_gyro(np.random.default_rng(seed)).rates, axis=1) for seed in range(8)]
    )
    assert 0.03 < np.median(rates) < 0.09
    assert np.percentile(rates, 95) < 0.3


def test_simulated_shake_is_reproducible() -> None:
    one, two = (simulate_gyro(np.random.default_rng(4)) for _ in range(2))
    np.testing.assert_array_equal(one.rates, two.rates)


def test_recording_is_cut_at_gaps(tmp_path: Path) -> None:
    times = np.concatenate([np.arange(0, 2, 0.01), np.arange(3, 4.5, 0.01), np.arange(6, 6.5, 0.01)])
    rows = np.column_stack([times, np.zeros((len(times), 3))])
    path = tmp_path / "gyro.csv"
    np.savetxt(path, rows, delimiter=",", header="t_s,wx,wy,wz", comments="")
    tracks = read_gyro_csv(path)
    assert [round(track.seconds, 1) for track in tracks] == [2.0, 1.5]


@pytest.mark.parametrize("text", ["", "t,x,y,z\nhello\n", "t,x,y,z\n0,0,0,0\n0.1,0,0,0\n"])
def test_unusable_recording_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "gyro.csv"
    path.write_text(text)
    with pytest.raises(TrainingError, match=r"gyro\.csv"):
        read_gyro_csv(path)


def test_missing_recording_is_named(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match=r"none\.csv"):
        read_gyro_csv(tmp_path / "none.csv")
