"""Where something moved between the frames, LSD2 shows the short one's moment without a ghost of the long one's."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from lsd2.imaging.moved import NOWHERE
from lsd2.imaging.quality import psnr
from lsd2.methods import registry
from lsd2.methods.base import MethodOutput, PreparedPair
from lsd2.options import Effort, ProcessOptions
from lsd2.photo import Crop, ExposurePair, FloatImage, Photo
from lsd2.pipeline import Preparation, process_part
from lsd2.progress import Silent

SIZE = (256, 384)
HERE, THERE = Crop(72, 92, 60, 70), Crop(252, 92, 60, 70)
"""Where an object is in the short frame, and in the long one."""


def _stored(linear: FloatImage) -> FloatImage:
    return (np.rint(np.clip(linear, 0, 1) ** (1 / 2.2) * 255) / 255).astype(np.float32)


def _scene(place: Crop) -> FloatImage:
    """Linear light: a textured wall, and a dark object with a light in it."""
    rng = np.random.default_rng(7)
    soft = cv2.resize(rng.random((6, 9, 3), dtype=np.float32), SIZE[::-1], interpolation=cv2.INTER_CUBIC)
    hard = cv2.resize(rng.random((16, 24, 1), dtype=np.float32), SIZE[::-1], interpolation=cv2.INTER_NEAREST)
    scene = np.clip(0.4 + 0.3 * soft + 0.2 * hard[..., None], 0.02, 0.98).astype(np.float32) ** 2.2
    scene[place.rows, place.columns] = (0.01, 0.02, 0.05)
    scene[place.y + 25 : place.y + 45, place.x + 20 : place.x + 40] = (0.6, 0.05, 0.02)
    return scene


TRUTH = _stored(_scene(HERE))


@pytest.fixture(scope="module")
def pair() -> PreparedPair:
    dark = _scene(HERE) * np.float32(0.1)
    noise = np.sqrt((dark + 2e-4) * 0.004) * np.random.default_rng(3).standard_normal(dark.shape)
    return PreparedPair(_stored((dark + noise).astype(np.float32)), _stored(cv2.blur(_scene(THERE), (7, 1))))


def _run(pair: PreparedPair, effort: Effort = Effort.NORMAL, method: str = "lsd2") -> MethodOutput:
    return registry.get_method(method).run(pair, ProcessOptions(method=method, effort=effort), Silent())


def _within(image: FloatImage, place: Crop) -> FloatImage:
    return image[place.rows, place.columns]


def test_the_short_frames_moment_is_shown_without_a_ghost(pair: PreparedPair, monkeypatch: pytest.MonkeyPatch) -> None:
    output = _run(pair)
    monkeypatch.setattr("lsd2.methods.lsd2.find_moved", lambda *_: NOWHERE)
    ghosts = _run(pair)
    for place in (HERE, THERE):
        better, worse = (psnr(_within(made.pixels, place), _within(TRUTH, place)) for made in (output, ghosts))
        assert better > 23
        assert better > worse + 3
    far = Crop(172, 0, 40, SIZE[0])
    assert np.abs(_within(output.pixels, far) - _within(ghosts.pixels, far)).mean() < 1 / 255
    moved = output.parameters["moved"]
    assert 0.08 < moved < 0.2
    assert output.notes == (
        f"where something moved between the photos ({moved:.1%} of the picture), only the short one was used",
    )
    assert (ghosts.parameters["moved"], ghosts.notes) == (0, ())


def test_the_classical_look_brings_no_ghost_back(pair: PreparedPair) -> None:
    quick, normal = _run(pair, Effort.QUICK), _run(pair)
    assert normal.parameters["classical_look"] > 0
    for place in (HERE, THERE):
        inner = Crop(place.x + 6, place.y + 6, place.width - 12, place.height - 12)
        np.testing.assert_allclose(_within(normal.pixels, inner), _within(quick.pixels, inner), atol=1 / 255)
    assert np.abs(normal.pixels - quick.pixels).max() > 4 / 255


def test_the_papers_own_network_sees_the_frames_as_they_are(pair: PreparedPair) -> None:
    output = _run(pair, method="lsd2-synth")
    assert (output.parameters["moved"], output.notes) == (0, ())


@pytest.mark.parametrize("effort", [Effort.QUICK, Effort.NORMAL])
def test_a_part_shows_the_same_as_the_whole(pair: PreparedPair, effort: Effort) -> None:
    preparation = Preparation(ExposurePair(Photo(pair.short), Photo(pair.long)), align=False)
    options, crop = ProcessOptions(effort=effort, align=False), Crop(90, 70, 60, 60)
    whole = process_part(preparation, options, None)
    part = process_part(preparation, options, crop)
    assert part.parameters["moved"] == whole.parameters["moved"] > 0
    assert np.abs(part.pixels - _within(whole.pixels, crop)).max() < 1.5 / 255
