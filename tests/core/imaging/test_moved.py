"""Moved objects are found in pairs made by hand; blur, noise, shifts, lamps and vignetting are not taken for them."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from lsd2.imaging.moved import NOWHERE, MovedAreas, find_moved
from lsd2.photo import Crop, FloatImage
from lsd2.progress import Cancelled

HEIGHT, WIDTH = 300, 420
RADIUS, HERE, THERE = 36, (110, 150), (300, 170)
"""Of a moved disc, and its centre (x, y) in the short frame and in the long one, pixels."""


def _scene(seed: int = 1) -> FloatImage:
    """Linear light with edges and soft detail, (H, W, 3)."""
    rng = np.random.default_rng(seed)
    soft = cv2.resize(rng.random((6, 9, 3), np.float32), (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
    hard = cv2.resize(rng.random((20, 28, 1), np.float32), (WIDTH, HEIGHT), interpolation=cv2.INTER_NEAREST)
    return np.clip(0.3 + 0.3 * soft + 0.3 * hard[..., None], 0.02, 0.98).astype(np.float32) ** 2.2


def _with_disc(scene: FloatImage, centre: tuple[int, int]) -> FloatImage:
    return np.asarray(cv2.circle(scene.copy(), centre, RADIUS, (0.05, 0.02, 0.15), -1, cv2.LINE_AA), np.float32)


def _stored(linear: FloatImage, noise: float = 0.0) -> FloatImage:
    """As an 8-bit file holds it, with noise that grows with the light."""
    grain = np.sqrt((linear + 2e-4) * noise) * np.random.default_rng(3).standard_normal(linear.shape)
    return (np.rint(np.clip(linear + grain, 0, 1) ** (1 / 2.2) * 255) / 255).astype(np.float32)


def _blurred(linear: FloatImage) -> FloatImage:
    return np.asarray(cv2.blur(linear, (9, 3)), np.float32)


def _found(short: FloatImage, long: FloatImage, blur_px: float = 2.5) -> MovedAreas:
    return find_moved(short, lambda at: long[at.rows, at.columns], blur_px, lambda: None)


def _weights(found: MovedAreas) -> FloatImage:
    return found.weight(Crop(0, 0, WIDTH, HEIGHT))[..., 0]


def _distance(centre: tuple[int, int]) -> FloatImage:
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    return np.hypot(x - centre[0], y - centre[1]).astype(np.float32)


@pytest.mark.parametrize("noise", [0.0, 0.004, 0.02])
def test_both_places_of_a_moved_object_are_found_and_nothing_else(noise: float) -> None:
    short = _stored(0.1 * _with_disc(_scene(), HERE), noise)
    weights = _weights(_found(short, _stored(_blurred(_with_disc(_scene(), THERE)))))
    here, there = _distance(HERE), _distance(THERE)
    assert weights[here < RADIUS].mean() > 0.95
    assert weights[there < RADIUS].mean() > 0.95
    assert weights[np.minimum(here, there) > RADIUS + 30].max() < 0.01


def test_an_object_that_is_in_one_frame_only_is_found() -> None:
    dark, bright = _stored(0.1 * _scene(), 0.004), _stored(_blurred(_with_disc(_scene(), THERE)))
    assert _weights(_found(dark, bright))[_distance(THERE) < RADIUS].mean() > 0.95
    dark, bright = _stored(0.1 * _with_disc(_scene(), HERE), 0.004), _stored(_blurred(_scene()))
    assert _weights(_found(dark, bright))[_distance(HERE) < RADIUS].mean() > 0.95


def _lamps(linear: FloatImage) -> FloatImage:
    lit = linear.copy()
    for x, y in np.random.default_rng(5).integers(20, 280, (14, 2)):
        cv2.circle(lit, (int(x), int(y)), 3, (40.0, 30.0, 20.0), -1)
    return lit


def _moved_by(image: FloatImage, x: float, y: float) -> FloatImage:
    matrix = np.array([[1, 0, x], [0, 1, y]], np.float64)
    return np.asarray(cv2.warpAffine(image, matrix, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REPLICATE), np.float32)


def _vignetted(linear: FloatImage) -> FloatImage:
    corner = _distance((WIDTH // 2, HEIGHT // 2)) / np.hypot(WIDTH / 2, HEIGHT / 2)
    return (linear * (1 - 0.3 * corner**2)[..., None]).astype(np.float32)


_STILL: dict[str, Callable[[FloatImage], tuple[FloatImage, FloatImage]]] = {
    "blur": lambda s: (_stored(0.1 * s), _stored(_blurred(s))),
    "noise": lambda s: (_stored(0.1 * s, 0.02), _stored(_blurred(s))),
    "shift": lambda s: (_stored(0.1 * s, 0.004), _moved_by(_stored(_blurred(s)), 2.0, 1.5)),
    "far apart": lambda s: (_stored(s / 200, 0.002), _stored(_blurred(s))),
    "alike": lambda s: (_stored(s), _stored(s)),
    "lamps": lambda s: (_stored(0.1 * _lamps(s), 0.004), _stored(_blurred(_lamps(s)))),
    "clipped": lambda s: (_stored(0.2 * s, 0.004), _stored(_blurred(3 * s))),
    "vignetting": lambda s: (_stored(_vignetted(0.1 * s), 0.004), _stored(_blurred(s))),
    "another curve": lambda s: (_stored(0.1 * s, 0.004) ** 1.3, _stored(_blurred(s)) ** 0.8),
}


@pytest.mark.parametrize("case", list(_STILL))
@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_is_found_in_still_scenes(case: str, seed: int) -> None:
    assert not _found(*_STILL[case](_scene(seed))).mask.any()


def test_frames_that_have_little_in_common_tell_nothing() -> None:
    assert _found(_stored(0.1 * _scene(1)), _stored(_blurred(_scene(2)))).share <= 0.4
    assert not _found(np.full((80, 90, 3), 0.1, np.float32), np.full((80, 90, 3), 0.9, np.float32)).mask.any()


@pytest.mark.parametrize("size", [(1, 1), (5, 70), (33, 17)])
def test_tiny_photos_are_borne(size: tuple[int, int]) -> None:
    short, long = np.random.default_rng(0).random((2, *size, 3), np.float32)
    assert _found(short, long).weight(Crop(0, 0, size[1], size[0])).shape == (*size, 1)


def test_the_long_frame_is_replaced_only_there_and_by_a_clean_short_one() -> None:
    truth = _stored(_blurred(_with_disc(_scene(), HERE)))
    short, long = _stored(0.1 * _with_disc(_scene(), HERE), 0.01), _stored(_blurred(_with_disc(_scene(), THERE)))
    found, whole = _found(short, long), Crop(0, 0, WIDTH, HEIGHT)
    filled, weights = found.filled(long, short, whole), _weights(found)
    assert np.array_equal(filled[weights == 0], long[weights == 0])
    for centre in (HERE, THERE):
        inside = _distance(centre) < RADIUS - 8
        before, after = (np.abs(image - truth)[inside].mean() for image in (long, filled))
        assert after < before / 3
    part = Crop(97, 61, 200, 150)
    cut = found.filled(np.ascontiguousarray(long[part.rows, part.columns]), short, part)
    np.testing.assert_allclose(cut, filled[part.rows, part.columns], atol=1e-5)
    seen = found.seen_from(part)(Crop(3, 4, 50, 60))
    np.testing.assert_allclose(seen[..., 0], weights[65:125, 100:150], atol=1e-6)


def test_of_a_still_scene_nothing_is_copied() -> None:
    short, long = _stored(0.1 * _scene()), _stored(_blurred(_scene()))
    assert NOWHERE.filled(long, short, Crop(0, 0, WIDTH, HEIGHT)) is long
    assert _found(short, long).filled(long, short, Crop(0, 0, WIDTH, HEIGHT)) is long
    assert NOWHERE.note is None


def test_the_note_tells_how_much() -> None:
    found = MovedAreas(np.eye(20, dtype=np.uint8), 4, NOWHERE.brightness)
    assert found.note == "where something moved between the photos (5.0% of the picture), only the short one was used"
    small = np.zeros((100, 100), np.uint8)
    small[3, 4] = 1
    assert "(0.1% of" in str(MovedAreas(small, 4, NOWHERE.brightness).note)


def test_looking_can_be_cancelled() -> None:
    def cancelled() -> None:
        raise Cancelled

    short, long = _stored(0.1 * _scene()), _stored(_scene())
    with pytest.raises(Cancelled):
        find_moved(short, lambda at: long[at.rows, at.columns], 0.0, cancelled)
