"""Alignment of pairs made with known geometry, blur, exposure and noise; and its refusals."""

from __future__ import annotations

import re

import cv2
import numpy as np
import pytest

from lsd2.errors import PairError
from lsd2.imaging.align import FILL_SIGMA, align_long_to_short, estimate_alignment, measure_blur
from lsd2.imaging.photometry import fit_to_long
from lsd2.imaging.registration import BLURS, ROTATIONS, Motion, register, scaled
from lsd2.photo import AlignmentReport
from lsd2.progress import Cancelled, Silent, Stage

HEIGHT, WIDTH, MARGIN = 270, 360, 160


def _scene(seed: int, height: int = HEIGHT + 2 * MARGIN, width: int = WIDTH + 2 * MARGIN) -> np.ndarray:
    """A made-up scene in linear light with detail of every size, lamps above 1, and colour: float32 (H, W, 3)."""
    random = np.random.default_rng(seed)
    scene = np.full((height, width, 3), 0.2, np.float32)
    for _ in range(height * width // 1200):
        centre = int(random.integers(width)), int(random.integers(height))
        size = tuple(int(2 + side) for side in random.gamma(1.2, 16, 2))
        colour = tuple(float(channel) for channel in random.gamma(1.5, 0.2) * random.uniform(0.6, 1.4, 3))
        box = cv2.boxPoints((centre, size, float(random.uniform(0, 90)))).astype(np.int32)
        cv2.fillConvexPoly(scene, box, colour, cv2.LINE_AA)
    return cv2.GaussianBlur(scene, (0, 0), 0.8)


def _motion(shift: float = 0.0, degrees: float = 0.0, perspective: float = 0.0, seed: int = 0) -> np.ndarray:
    """Homography about the centre from short to long pixel coordinates, `shift` pixels long."""
    direction = np.random.default_rng(seed).uniform(0, 2 * np.pi)
    middle, angle = scaled(np.eye(3), 1, 1), np.deg2rad(degrees)
    middle[:2, 2] = (WIDTH - 1) / 2, (HEIGHT - 1) / 2
    turn = np.array([[np.cos(angle), -np.sin(angle), 0], [np.sin(angle), np.cos(angle), 0], [0, 0, 1]])
    turn[:2, 2] = shift * np.cos(direction), shift * np.sin(direction)
    bend = np.eye(3)
    bend[2, :2] = perspective / WIDTH, -perspective / WIDTH / 2
    return middle @ turn @ bend @ np.linalg.inv(middle)


def _expose(light: np.ndarray, gain: np.ndarray, noise: float, seed: int) -> np.ndarray:
    """Shot noise, clipping, gamma 2.2 and 8 bits."""
    exposed = light * gain
    exposed = exposed + np.sqrt(noise * exposed) * np.random.default_rng(seed).standard_normal(light.shape)
    return (np.round(np.clip(exposed, 0, 1) ** (1 / 2.2) * 255) / 255).astype(np.float32)


def _pair(motion: np.ndarray, trail: int = 0, seed: int = 0, noise: float = 0.01) -> tuple[np.ndarray, np.ndarray]:
    """A short and a long frame; the blur of the long one, a horizontal trail, has its centroid in place."""
    scene, place = _scene(seed), np.array([[1, 0, MARGIN], [0, 1, MARGIN], [0, 0, 1]], np.float64)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    light = cv2.warpPerspective(scene, place @ np.linalg.inv(motion), (WIDTH, HEIGHT), flags=flags)
    if trail:
        light = cv2.blur(light, (trail, 1))
    still = scene[MARGIN : MARGIN + HEIGHT, MARGIN : MARGIN + WIDTH]
    gain = np.array([0.16, 0.12, 0.2], np.float32)
    return _expose(still, gain, noise, seed), _expose(light, np.ones(3, np.float32), noise / 16, seed + 1)


def _error(report: AlignmentReport, motion: np.ndarray) -> float:
    """Largest distance between found and true positions over the middle of the frame, pixels."""
    y, x = np.mgrid[0.1:0.9:5j, 0.1:0.9:5j]
    points = np.stack([x.ravel() * WIDTH, y.ravel() * HEIGHT], axis=1)[None]
    found, true = (cv2.perspectiveTransform(points, np.array(matrix)) for matrix in (report.matrix, motion))
    return float(np.linalg.norm(found - true, axis=2).max())


class Steps(Silent):
    def __init__(self, cancel_at: int | None = None) -> None:
        self.steps: list[tuple[Stage, int, int]] = []
        self.cancel_at = cancel_at

    def report(self, stage: Stage, done: int, total: int) -> None:
        self.steps.append((stage, done, total))
        if done == self.cancel_at:
            raise Cancelled


@pytest.mark.parametrize(
    ("shift", "degrees", "trail", "within"),
    [
        (3, 0, 0, 0.5),
        (10, 0, 9, 1.0),
        (12, 1, 5, 1.0),
        (30, 2, 15, 2.0),
        (60, -3, 0, 1.0),
        (90, 0, 5, 1.5),
        (20, 0, 31, 3.0),
    ],
)
def test_known_motion_is_found(shift: float, degrees: float, trail: int, within: float) -> None:
    motion = _motion(shift, degrees, seed=shift)
    report = estimate_alignment(*_pair(motion, trail, seed=shift))
    assert report.applied
    assert report.confidence > 0.5
    assert _error(report, motion) < within
    assert report.shift_px == pytest.approx(shift, abs=within)


def test_perspective_is_found_only_where_it_is_there() -> None:
    motion = _motion(8, 1, perspective=0.25)
    report = estimate_alignment(*_pair(motion))
    assert "perspective" in report.reason
    assert _error(report, motion) < 1.5
    assert "(shift without rotation)" in estimate_alignment(*_pair(_motion(8), trail=9)).reason


def test_heavy_noise_is_borne() -> None:
    motion = _motion(25, 1, seed=5)
    short, long = _pair(motion, trail=11, seed=5, noise=0.08)
    assert _error(estimate_alignment(short, long), motion) < 2.5


def test_the_simplest_model_is_taken() -> None:
    still, moved = (register(*(image.mean(axis=2) for image in _pair(_motion(shift), seed=3))) for shift in (0, 7))
    assert still.motion is Motion.NONE
    np.testing.assert_array_equal(still.matrix, np.eye(3))
    assert moved.motion is Motion.TRANSLATION
    np.testing.assert_array_equal(moved.matrix[:2, :2], np.eye(2))


def test_half_a_pixel_is_taken_out() -> None:
    short, long = _pair(_motion(0.5), trail=5)
    _, report = align_long_to_short(short, long, Silent())
    assert report.applied
    assert report.shift_px == pytest.approx(0.5, abs=0.25)


def test_an_aligned_pair_is_returned_untouched() -> None:
    short, long = _pair(_motion(0), trail=5)
    aligned, report = align_long_to_short(short, long, Silent())
    assert aligned is long
    assert not report.applied
    assert report.reason == "already aligned"
    assert report.shift_px == 0
    assert report.confidence > 0.5


def test_the_aligned_frame_lies_on_the_short_one_and_its_border_is_filled() -> None:
    motion = _motion(20, 1, seed=2)
    short, long = _pair(motion, seed=2, noise=1e-5)
    aligned, report = align_long_to_short(short, long, Silent())
    truth = _pair(_motion(), seed=2, noise=1e-5)[1]
    assert aligned.dtype == np.float32
    assert aligned.min() >= 0
    assert aligned.max() <= 1
    assert np.abs(aligned - truth).mean() < 0.25 * np.abs(long - truth).mean()
    assert "filled from the short one" in report.reason
    corner = np.linalg.inv(motion) @ (0, 0, 1)  # where the long frame's first pixel comes to lie
    edge = np.s_[: int(corner[1]) - 2] if corner[1] > 4 else np.s_[int(corner[1]) + 2 :]
    assert np.abs(aligned[edge] - truth[edge]).mean() < 0.06  # not black: matched to the long frame's brightness


def test_every_strip_is_reported_and_may_cancel() -> None:
    short, long = _pair(_motion(12))
    steps = Steps()
    align_long_to_short(short, long, steps)
    assert list(dict.fromkeys(steps.steps)) == [(Stage.ALIGN, done, 3) for done in range(4)]
    for done in (0, 2):
        with pytest.raises(Cancelled):
            align_long_to_short(short, long, Steps(cancel_at=done))


def test_the_estimate_may_be_cancelled_at_every_of_its_steps() -> None:
    pair = _pair(_motion(12))
    calls = [0]

    def told() -> None:
        calls[0] += 1
        if calls[0] == cancel_at:
            raise Cancelled

    for measure in (estimate_alignment, measure_blur):
        calls[0], cancel_at = 0, 0
        undisturbed = measure(*pair, told)
        assert undisturbed == measure(*pair)
        steps = calls[0]
        assert steps >= (len(ROTATIONS) if measure is estimate_alignment else 0) + len(BLURS)
        for cancel_at in (1, steps // 2, steps):
            calls[0] = 0
            with pytest.raises(Cancelled):
                measure(*pair, told)
            assert calls[0] == cancel_at


def _refusal_cases() -> dict[str, tuple[np.ndarray, np.ndarray]]:
    short, long = _pair(_motion())
    square_short, square_long = short[:, :HEIGHT], long[:, :HEIGHT]
    noise = np.random.default_rng(0).random((2, *short.shape), np.float32)
    return {
        "unrelated": (short, _pair(_motion(), seed=9)[1]),
        "unrelated, blurred": (short, _pair(_motion(), seed=8, trail=31)[1]),
        "turned left": (square_short, np.ascontiguousarray(np.rot90(square_long))),
        "turned right": (square_short, np.ascontiguousarray(np.rot90(square_long, -1))),
        "upside down": (short, np.ascontiguousarray(long[::-1, ::-1])),
        "mirrored": (short, np.ascontiguousarray(long[:, ::-1])),
        "flat short": (np.full_like(short, 0.1), long),
        "flat long": (short, np.ones_like(long)),
        "both flat": (np.full_like(short, 0.1), np.ones_like(long)),
        "noise": (noise[0], noise[1]),
        "noise short": (noise[0] * 0.2, long),
    }


@pytest.mark.parametrize("case", list(_refusal_cases()))
def test_a_guess_is_refused(case: str) -> None:
    short, long = _refusal_cases()[case]
    aligned, report = align_long_to_short(short, long, Silent())
    assert aligned is long
    assert not report.applied
    assert report.confidence < 0.3
    assert report.matrix == ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
    assert "too little in common" in report.reason


@pytest.mark.parametrize("size", [(1, 1), (5, 300), (63, 63)])
def test_tiny_photos_are_left_alone(size: tuple[int, int]) -> None:
    report = estimate_alignment(*np.random.default_rng(0).random((2, *size, 3), np.float32))
    assert not report.applied
    assert "too small" in report.reason


def test_the_smallest_photo_that_is_looked_at() -> None:
    short, long = _pair(_motion(4))
    assert estimate_alignment(short[:64, :64], long[:64, :64]).shift_px == pytest.approx(4, abs=2)


def test_different_sizes_are_an_error_that_names_them() -> None:
    short = np.zeros((70, 100, 3), np.float32)
    with pytest.raises(PairError, match=r"100x70.*70x100"):
        align_long_to_short(short, short.transpose(1, 0, 2), Silent())


def test_a_large_photo_is_estimated_small_and_reported_in_its_own_pixels() -> None:
    motion = _motion(10, 1, seed=1)
    pair = _pair(motion, seed=1)
    short, long = (cv2.resize(image, None, fx=4, fy=4, interpolation=cv2.INTER_LINEAR) for image in pair)
    report = estimate_alignment(short, long)
    shrunk = scaled(np.array(report.matrix), 1 / 4, 1 / 4)
    assert report.shift_px == pytest.approx(40, abs=2)
    assert _error(AlignmentReport(True, tuple(map(tuple, shrunk)), 0, 0, ""), motion) < 1


def test_strips_join_without_a_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    short, long = _pair(_motion(15, 2, perspective=0.2))
    whole, _ = align_long_to_short(short, long, Silent())
    monkeypatch.setattr("lsd2.imaging.align.STRIP_ROWS", 37)
    in_strips, _ = align_long_to_short(short, long, Silent())
    np.testing.assert_allclose(in_strips, whole, atol=1 / 255)


def test_the_softened_matched_short_frame_fills_what_lies_well_beyond_the_long_one() -> None:
    short, long = _pair(_motion(30, 2, seed=4), seed=4)
    aligned, report = align_long_to_short(short, long, Silent())
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float64)
    moved = cv2.perspectiveTransform(np.stack([x, y], axis=2), np.array(report.matrix))
    inside = np.minimum(moved, (WIDTH - 1, HEIGHT - 1) - moved).min(axis=2)
    fill = fit_to_long(short, long).apply(cv2.GaussianBlur(short, (0, 0), FILL_SIGMA))
    np.testing.assert_allclose(aligned[inside < -8.01], fill[inside < -8.01], atol=1e-4)
    at = moved.astype(np.float32)
    warped = np.clip(cv2.remap(long, at[..., 0], at[..., 1], cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE), 0, 1)
    np.testing.assert_allclose(aligned[inside > 0.01], warped[inside > 0.01], atol=0.05)
    missing = re.search(r"([\d.]+)% that it does not show", report.reason)
    assert missing
    assert float(missing[1]) == pytest.approx(100 * (inside < 0).mean(), abs=0.3)


def test_scaling_keeps_the_centre_of_a_turn_in_the_centre() -> None:
    turn = np.vstack([cv2.getRotationMatrix2D((4.5, 2.0), 30, 1), (0, 0, 1)])
    larger = np.vstack([cv2.getRotationMatrix2D((19.5, 9.5), 30, 1), (0, 0, 1)])
    np.testing.assert_allclose(scaled(turn, 4, 4), larger, atol=1e-12)
    np.testing.assert_allclose(scaled(larger, 0.25, 0.25), turn, atol=1e-12)


@pytest.mark.parametrize(
    ("sigma", "noise", "least", "most"),
    [(0, 0.05, 0, 1.3), (1.5, 0.0, 0.5, 2), (3, 0.05, 2, 4), (6, 0.0, 4.5, 7), (12, 0.05, 8, 14)],
)
def test_blur_of_a_large_photo_is_told_from_a_small_copy(sigma: float, noise: float, least: float, most: float) -> None:
    large = cv2.resize(_scene(11, 428, 548), (3836, 2996), interpolation=cv2.INTER_NEAREST) ** (1 / 2.2)
    sharp = np.clip(large, 0, 1).astype(np.float32)
    long = cv2.GaussianBlur(sharp, (0, 0), sigma) if sigma else sharp
    grain = np.random.default_rng(3).standard_normal(sharp.shape, np.float32)
    short = np.clip(sharp * np.float32(0.4) + np.float32(noise) * grain, 0, 1)
    for blur in (estimate_alignment(short, long).blur_px, measure_blur(short, long)):
        assert least <= blur <= most
