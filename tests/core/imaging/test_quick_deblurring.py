"""The kernel between a sharp and a long frame, and deconvolution guided by a picture at hand."""

from __future__ import annotations

import cv2
import numpy as np

from lsd2.imaging.yuan.light import to_display, to_light
from lsd2.imaging.yuan.quick import RADIUS, kernel_between, sharpened
from lsd2.photo import FloatImage


def _scene(seed: int = 0, size: int = 200) -> FloatImage:
    random = np.random.default_rng(seed)
    scene = np.full((size, size, 3), 0.3, np.float32)
    for _ in range(60):
        x, y = (int(place) for place in random.integers(0, size, 2))
        side = int(random.integers(4, 30))
        scene[y : y + side, x : x + side] = random.uniform(0.1, 0.9, 3)
    return scene


def _trail(across: int = 9, down: int = 0) -> FloatImage:
    kernel = np.zeros((2 * RADIUS + 1, 2 * RADIUS + 1), np.float32)
    cv2.line(kernel, (RADIUS - across // 2, RADIUS - down // 2), (RADIUS + across // 2, RADIUS + down // 2), 1.0)
    return np.asarray(kernel / kernel.sum(), np.float32)


def _blurred(scene: FloatImage, kernel: FloatImage) -> FloatImage:
    light = cv2.filter2D(to_light(scene), -1, kernel[::-1, ::-1], borderType=cv2.BORDER_REPLICATE)
    return to_display(np.asarray(light, np.float32))


def _db(a: FloatImage, b: FloatImage) -> float:
    inner = np.s_[30:-30, 30:-30]
    return float(-10 * np.log10(np.square(a[inner] - b[inner]).mean()))


def test_the_kernel_is_found_where_it_is() -> None:
    scene, true = _scene(), _trail(9, 4)
    found = kernel_between([(scene, _blurred(scene, true))])
    assert found is not None
    assert found.sum() == np.float32(1) or abs(found.sum() - 1) < 1e-5
    assert found.min() == 0
    assert np.corrcoef(found.ravel(), true.ravel())[0, 1] > 0.8


def test_several_places_tell_one_kernel() -> None:
    true = _trail(0, 11)
    places = [(scene, _blurred(scene, true)) for scene in (_scene(1), np.full((200, 200, 3), 0.5, np.float32))]
    found = kernel_between(places)
    assert found is not None
    assert np.corrcoef(found.ravel(), true.ravel())[0, 1] > 0.9


def test_a_sharp_long_frame_has_a_small_kernel_in_the_middle() -> None:
    found = kernel_between([(_scene(), _scene())])
    assert found is not None
    assert found.argmax() == found.size // 2
    assert found[RADIUS - 2 : RADIUS + 3, RADIUS - 2 : RADIUS + 3].sum() > 0.8


def test_nothing_to_see_tells_nothing() -> None:
    flat = np.full((100, 100, 3), 0.4, np.float32)
    assert kernel_between([(flat, flat)]) is None
    assert kernel_between([]) is None


def test_detail_of_the_long_frame_comes_into_a_soft_picture() -> None:
    scene, kernel = _scene(2), _trail(9)
    base = np.asarray(cv2.GaussianBlur(scene, (0, 0), 1.5), np.float32)
    better, believed = sharpened(base, _blurred(scene, kernel), kernel)
    assert better.shape == believed.shape == scene.shape
    assert believed[30:-30, 30:-30].mean() > 0.9
    assert _db(better, scene) > _db(base, scene) + 1.5


def test_a_saturated_or_contradicting_long_frame_has_no_say() -> None:
    scene, kernel = _scene(3), _trail(9)
    same, believed = sharpened(scene, np.ones_like(scene), kernel)
    np.testing.assert_allclose(same, scene, atol=1e-3)
    assert believed.max() == 0
    long = _blurred(scene, kernel)
    long[80:120, 80:120] = 1 - long[80:120, 80:120]  # something else stood there while it was taken
    picture, believed = sharpened(scene, long, kernel)
    error = (np.abs(picture - scene) * believed)[85:115, 85:115].mean()
    assert error < np.abs(long - scene)[85:115, 85:115].mean() / 4
